"""Rules of queues and profiles reach the router: several desks ring, lines widen, promised calls keep a turn."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest_asyncio
from msgspec.structs import replace

from runtime.centre import Centre, QuietWorld
from warmline.domain.contact.commands import (
    AcceptOffer,
    AgentEnds,
    Decision,
    DeclineOffer,
    SetTimer,
    TimerFired,
)
from warmline.domain.contact.events import CallbackPromised
from warmline.domain.contact.machine import handle
from warmline.domain.contact.model import Callback, CallbackStage, Contact, ContactStatus
from warmline.domain.contact.policy import ContactPolicy
from warmline.features.desk import presence_store
from warmline.runtime.committer import Committer
from warmline.runtime.database import Database
from warmline.runtime.notifier import Notifier


@pytest_asyncio.fixture
async def centre(database: Database, committer: Committer, notifier: Notifier) -> AsyncIterator[Centre]:
    opened = Centre(database, committer, notifier)
    await opened.queue()
    yield opened
    await opened.close()


async def rules(centre: Centre, queue_id: str = "orders", **rules: Any) -> None:
    async with centre.database.tenant("onda") as conn:
        await conn.execute("UPDATE queue SET rules = $2 WHERE id = $1", queue_id, rules)
    for leader in centre.leaders:
        leader.settings_changed()


async def offer_row(centre: Centre) -> dict[str, Any]:
    async with centre.database.tenant("onda") as conn:
        rows = await conn.fetch("SELECT agent_id, also, outcome FROM offer ORDER BY offered_at")
    (row,) = rows
    return dict(row)


async def test_a_contact_rings_at_several_desks_and_the_first_to_accept_gets_it(centre: Centre):
    mina, yuki, sora = [await centre.agent(idle_s=idle_s) for idle_s in (300, 200, 100)]
    await rules(centre, broadcast=2)
    centre.lead("one")
    customer = await centre.customer()
    contact = await centre.offered_to(customer, mina)
    assert contact.offer is not None
    assert contact.offer.recipients == (mina, yuki)
    assert (await offer_row(centre))["also"] == [yuki]
    second = await centre.customer()
    await centre.offered_to(second, sora)
    await centre.command("onda", customer, AcceptOffer(yuki, "Yuki", contact.offer.id))
    assert (await centre.contact(customer)).agent_id == yuki
    third = await centre.customer()
    assert (await centre.offered_to(third, mina)).offer is not None, "who was too late is free again"


async def test_one_who_declines_leaves_the_others_ringing_and_is_free(centre: Centre):
    mina, yuki = [await centre.agent(idle_s=idle_s) for idle_s in (300, 200)]
    await rules(centre, broadcast=2)
    centre.lead("one")
    customer = await centre.customer()
    contact = await centre.offered_to(customer, mina)
    assert contact.offer is not None
    await centre.command("onda", customer, DeclineOffer(mina, contact.offer.id))
    assert (await centre.contact(customer)).status is ContactStatus.OFFERED
    other = await centre.customer()
    await centre.offered_to(other, mina)
    await centre.command("onda", customer, AcceptOffer(yuki, "Yuki", contact.offer.id))
    async with centre.database.tenant("onda") as conn:
        told = await conn.fetchrow("SELECT agent_id, outcome FROM offer WHERE id = $1", contact.offer.id)
    assert (told["agent_id"], told["outcome"]) == (yuki, "accepted")


async def test_an_agent_who_leaves_is_taken_out_of_a_ringing_offer(centre: Centre):
    mina, yuki = [await centre.agent(idle_s=idle_s) for idle_s in (300, 200)]
    await rules(centre, broadcast=2)
    centre.lead("one")
    customer = await centre.customer()
    await centre.offered_to(customer, mina)
    await centre.becomes(mina, "away")
    contact = await centre.offered_to(customer, yuki)
    assert contact.offer is not None
    assert contact.offer.recipients == (yuki,)


async def test_a_line_widens_to_another_queue_and_the_offer_says_why(centre: Centre):
    await centre.queue("general")
    nori = await centre.agent(profile="general")
    centre.lead("one")
    customer = await centre.customer()
    await centre.until(lambda: centre.leaders[0].core.engine.is_waiting(customer))
    await rules(centre, overflow_queue_id="general", overflow_after_s=0)
    await centre.offered_to(customer, nori)
    async with centre.database.tenant("onda") as conn:
        body = await conn.fetchval("SELECT body FROM event WHERE kind = 'contact_offered'")
    assert (body["why"]["queue_id"], body["why"]["ring_queue_id"]) == ("orders", "general")


async def test_only_the_team_a_ring_names_is_asked_as_well(centre: Centre):
    await centre.queue("general")
    nori, hana = await centre.agent(profile="general", idle_s=500), await centre.agent(profile="general")
    async with centre.database.tenant("onda") as conn:
        await conn.execute(
            "UPDATE agent SET team = 'Seoul', attributes = $2 WHERE id = $1", hana, {"tier": "gold"}
        )
    ring = {"queue_id": "general", "teams": ["Seoul"], "attributes": [["tier", "gold"]]}
    await rules(centre, rings=[ring])
    centre.lead("one")
    await centre.offered_to(await centre.customer(), hana)
    assert not list(centre.leaders[0].core.engine.in_hand(nori))


async def test_an_agent_carries_no_more_than_the_total_of_the_profile(centre: Centre):
    async with centre.database.tenant("onda") as conn:
        await conn.execute(
            "UPDATE routing_profile SET capacity = $1, media = $2",
            {"webchat": 5},
            {"weights": {"webchat": 2}, "total": 4},
        )
    mina = await centre.agent()
    centre.lead("one")
    for _ in range(2):
        await centre.accept(await centre.customer(), mina)
    third = await centre.customer()
    await centre.until(lambda: centre.leaders[0].core.engine.is_waiting(third))
    assert len(list(centre.leaders[0].core.engine.in_hand(mina))) == 2


async def promised(centre: Centre, customer: UUID) -> None:
    """The waiting customer is promised a call that competes in its line."""

    def run(contact: Contact | None, now: Any) -> Decision:
        assert contact is not None
        assert contact.queue is not None
        callback = Callback(CallbackStage.LINE, now, now, phone="+821012345678")
        after = replace(
            contact,
            version=contact.version + 1,
            seq=contact.seq + 1,
            status=ContactStatus.CALLBACK,
            callback=callback,
        )
        event = CallbackPromised("orders", now, "phone", contact.queue, CallbackStage.LINE)
        return Decision(after, (event,), (SetTimer("callback", now + timedelta(minutes=5)),))

    await centre.committer.execute("onda", customer, run)


async def test_a_promised_call_keeps_its_turn_among_those_who_wait(centre: Centre):
    centre.lead("one")
    first, second = await centre.customer(), await centre.customer()
    await promised(centre, first)
    engine = centre.leaders[0].core
    await centre.until(lambda: engine.engine.is_waiting(first) and engine.engine.is_waiting(second))
    mina = await centre.agent()
    contact = await centre.offered_to(first, mina)
    assert contact.callback is not None
    offer = contact.offer
    assert offer is not None
    await centre.command("onda", first, DeclineOffer(mina, offer.id))
    assert (await centre.contact(first)).status is ContactStatus.CALLBACK
    await centre.offered_to(second, mina)


async def test_a_new_leader_finds_promised_calls_that_are_due(centre: Centre):
    first = await centre.customer()
    await promised(centre, first)
    mina = await centre.agent()
    centre.lead("one")
    await centre.accept(first, mina)
    assert (await centre.contact(first)).status is ContactStatus.CONNECTED


async def test_a_wrap_up_that_leaves_room_lets_the_next_contact_come(centre: Centre):
    centre.policy = ContactPolicy(wrap_up_s=600, wrap_up_optional=True)
    mina = await centre.agent()
    centre.lead("one")
    first = await centre.customer()
    await centre.accept(first, mina)
    await centre.command("onda", first, AgentEnds(mina))
    assert (await centre.contact(first)).wrap_up is not None
    await centre.offered_to(await centre.customer(), mina)


async def misses(centre: Centre, *agents: UUID) -> list[int]:
    async with centre.database.tenant("onda") as conn:
        found = {
            presence.agent_id: reviewed.misses
            for presence, reviewed in await presence_store.reviews(conn, "onda", agents)
        }
    return [found[agent_id] for agent_id in agents]


async def rings_out(centre: Centre, customer: UUID) -> None:
    """The offer's time is over; a timer may fire up to two seconds early."""
    async with centre.database.tenant("onda") as conn:
        due_at = await conn.fetchval("SELECT due_at FROM timer WHERE key = $1 AND timer = 'offer'", customer)

    def run(contact: Contact | None, _now: Any) -> Decision:
        return handle(contact, TimerFired("offer"), QuietWorld(), due_at, centre.policy)

    await centre.committer.execute("onda", customer, run)


async def test_everybody_at_whose_desk_an_offer_rang_out_has_missed_it(centre: Centre):
    mina, yuki, sora = [await centre.agent(idle_s=idle_s) for idle_s in (300, 200, 100)]
    await rules(centre, broadcast=3)
    centre.lead("one")
    customer = await centre.customer()
    contact = await centre.offered_to(customer, mina)
    assert contact.offer is not None
    await centre.command("onda", customer, DeclineOffer(mina, contact.offer.id))
    await rings_out(centre, customer)
    assert await misses(centre, mina, yuki, sora) == [0, 1, 1], "who declined has answered"
    await centre.until(lambda: {yuki, sora} <= set(centre.reviewed))


async def test_those_who_were_beaten_to_it_have_missed_nothing(centre: Centre):
    mina, yuki = [await centre.agent(idle_s=idle_s) for idle_s in (300, 200)]
    await rules(centre, broadcast=2)
    centre.lead("one")
    customer = await centre.customer()
    contact = await centre.offered_to(customer, mina)
    assert contact.offer is not None
    await centre.command("onda", customer, AcceptOffer(yuki, "Yuki", contact.offer.id))
    assert await misses(centre, mina, yuki) == [0, 0]
