"""One leader a tenant matches customers and agents from the tables; a leader of the past changes nothing."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest
import pytest_asyncio

from runtime.centre import Centre
from warmline.domain.contact.commands import (
    AnyCommand,
    CustomerEnds,
    Decision,
    DeclineOffer,
    FinishWrapUp,
    MakeOffer,
    Transfer,
)
from warmline.domain.contact.model import ContactStatus
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.committer import Committer, StaleEpoch
from warmline.runtime.database import Database
from warmline.runtime.notifier import Notifier


@pytest_asyncio.fixture
async def centre(database: Database, committer: Committer, notifier: Notifier) -> AsyncIterator[Centre]:
    opened = Centre(database, committer, notifier)
    await opened.queue()
    yield opened
    await opened.close()


async def test_a_waiting_customer_is_offered_when_an_agent_becomes_available(centre: Centre):
    centre.lead("one")
    mina = await centre.agent("offline")
    customer = await centre.customer()
    await centre.until(lambda: centre.leaders[0].core.engine.is_waiting(customer))
    await centre.becomes(mina, "available")
    contact = await centre.offered_to(customer, mina)
    assert contact.status is ContactStatus.OFFERED
    assert contact.offer is not None
    assert contact.offer.expires_at - contact.offer.offered_at <= timedelta(seconds=20)


async def test_an_arriving_customer_is_offered_to_the_longest_idle_agent(centre: Centre):
    await centre.agent(idle_s=10)
    longest = await centre.agent(idle_s=500)
    centre.lead("one")
    contact = await centre.offered_to(await centre.customer(), longest)
    assert contact.status is ContactStatus.OFFERED


async def test_a_new_leader_finds_everything_in_the_tables(centre: Centre):
    mina = await centre.agent()
    waiting = [await centre.customer() for _ in range(3)]
    leader = centre.lead("one")
    await centre.offered_to(waiting[0], mina)
    await centre.until(lambda: leader.core.engine.waiting("orders") == 2)
    assert [leader.core.engine.position(id) for id in waiting] == [None, 1, 2]
    assert list(leader.core.engine.in_hand(mina)) == [waiting[0]]


async def test_capacity_is_free_again_when_the_contact_is_passed_on(centre: Centre):
    mina = await centre.agent()
    centre.lead("one")
    first, second = await centre.customer(), await centre.customer()
    await centre.accept(first, mina)
    assert (await centre.contact(second)).status is ContactStatus.QUEUED
    await centre.queue("refunds")
    await centre.command("onda", first, Transfer(mina, queue_id="refunds"))
    await centre.offered_to(second, mina)


async def test_a_lone_agent_does_not_get_back_at_once_whom_they_passed_on_to_a_queue_they_serve(centre: Centre):
    mina = await centre.agent()
    first_leader = centre.lead("one")
    passed_on = await centre.customer()
    await centre.accept(passed_on, mina)
    await centre.command("onda", passed_on, Transfer(mina, queue_id="orders"))
    younger = await centre.customer()
    await centre.accept(younger, mina)
    await centre.end(first_leader)
    second = centre.lead("two")  # knows only what the tables say
    await centre.command("onda", younger, CustomerEnds())
    await centre.command("onda", younger, FinishWrapUp(mina, "solved"))
    await centre.until(lambda: not second.core.engine.in_hand(mina) and second.core.engine.is_waiting(passed_on))
    yuki = await centre.agent()
    assert (await centre.offered_to(passed_on, yuki)).transfers == 1


async def test_a_declined_customer_goes_to_the_next_agent_and_keeps_the_place(centre: Centre):
    first, second = await centre.agent(idle_s=90), await centre.agent(idle_s=30)
    centre.lead("one")
    customer = await centre.customer()
    contact = await centre.offered_to(customer, first)
    assert contact.offer is not None
    assert contact.queue is not None
    await centre.command("onda", customer, DeclineOffer(first, contact.offer.id))
    again = await centre.offered_to(customer, second)
    assert again.queue is not None
    assert again.queue.entered_at == contact.queue.entered_at
    await centre.until(lambda: first in centre.reviewed)


async def test_an_agent_who_goes_away_while_it_rings_loses_the_offer_to_somebody_else(centre: Centre):
    mina = await centre.agent(idle_s=90)
    centre.lead("one")
    customer = await centre.customer()
    await centre.offered_to(customer, mina)
    await centre.becomes(mina, "away")

    async def is_back() -> bool:
        return (await centre.contact(customer)).status is ContactStatus.QUEUED

    await centre.until(is_back)
    yuki = await centre.agent()
    assert (await centre.offered_to(customer, yuki)).misses == 0


async def test_a_customer_who_leaves_is_not_offered_any_more(centre: Centre):
    leader = centre.lead("one")
    customer, other = await centre.customer(), await centre.customer()
    await centre.command("onda", customer, CustomerEnds())
    await centre.until(
        lambda: leader.core.engine.is_waiting(other) and not leader.core.engine.is_waiting(customer)
    )
    mina = await centre.agent()
    await centre.offered_to(other, mina)
    assert (await centre.contact(customer)).status is ContactStatus.ENDED


async def test_customers_learn_place_and_staffing_once_they_change(centre: Centre):
    centre.lead("one")
    customers = [await centre.customer() for _ in range(2)]
    await centre.until(lambda: centre.stats.facts("orders", customers[1]).position == 2)
    assert not centre.stats.facts("orders", customers[1]).staffed
    await centre.agent("away")
    await centre.until(lambda: centre.stats.facts("orders", customers[1]).staffed)
    first, second = (centre.stats.facts("orders", customer) for customer in customers)
    assert first.told is not None
    assert second.told is not None
    assert first.told[1] < second.told[1], "an interval, and a longer one further back"


async def test_an_idle_router_says_little_and_asks_nothing(centre: Centre):
    leader = centre.lead("one")
    await centre.until(lambda: centre.payloads > 0)
    told = centre.payloads
    await centre.agent("away")
    await centre.until(lambda: leader.core.engine.hands() and centre.payloads > told)
    assert centre.payloads <= told + 2
    assert centre.refused == []


async def test_the_second_candidate_waits_and_takes_over_when_the_first_steps_down(centre: Centre):
    first = centre.lead("one")
    await centre.until(lambda: first.epoch == 1)
    second = centre.lead("two", lease_s=0.6)
    mina = await centre.agent()
    await centre.end(first)
    await centre.until(lambda: second.epoch == 2)
    contact = await centre.offered_to(await centre.customer(), mina)
    assert contact.status is ContactStatus.OFFERED


async def test_a_leader_that_was_stopped_and_wakes_up_too_late_changes_nothing(centre: Centre):
    """The process sleeps (SIGSTOP) beyond its lease: all it decided before must bounce off."""
    mina = await centre.agent("offline")
    customer = await centre.customer()
    old = centre.lead("old")
    await centre.until(lambda: old.epoch == 1 and old.core.engine.is_waiting(customer))
    centre.leaders.remove(old)  # stopped: no hint reaches it
    async with centre.database.tenant("onda") as conn:
        await conn.execute("UPDATE routing_lease SET expires_at = now() - interval '1 s' WHERE tenant_id = 'onda'")
    new = centre.lead("new")
    await centre.until(lambda: new.epoch == 2)
    late = MakeOffer(new_id(), mina, utc_now() + timedelta(seconds=20), "decided long ago")
    with pytest.raises(StaleEpoch):
        await centre.command("onda", customer, late, 1)
    assert (await centre.contact(customer)).status is ContactStatus.QUEUED
    await centre.becomes(mina, "available")
    await centre.offered_to(customer, mina)
    other = await centre.customer()
    old.hint()  # it goes on where it was: it must not swallow the hint
    await centre.until(lambda: old.epoch is None)
    await centre.until(lambda: new.core.engine.is_waiting(other))
    async with centre.database.tenant("onda") as conn:
        assert await conn.fetchval("SELECT count(*) FROM offer WHERE epoch = 1") == 0
        assert await conn.fetchval("SELECT count(*) FROM offer WHERE ended_at IS NULL") == 1


async def test_a_leader_that_lost_the_database_waits_for_its_own_offers_before_it_decides_again(
    centre: Centre, admin_url: str
):
    gate, asked = asyncio.Event(), asyncio.Semaphore(0)
    prompt = centre.command

    async def slow(tenant_id: str, contact_id: UUID, command: AnyCommand, epoch: int | None = None) -> Decision:
        asked.release()
        await gate.wait()
        return await prompt(tenant_id, contact_id, command, epoch)

    centre.command = slow
    mina = await centre.agent()
    leader = centre.lead("one")
    await centre.customer()
    await asked.acquire()  # one offer for Mina is on its way
    await centre.customer(priority=1)
    admin = await asyncpg.connect(admin_url)
    before = leader.core
    name = await admin.fetchval("SELECT current_database()")
    await admin.execute(f"REVOKE CONNECT ON DATABASE {name} FROM PUBLIC, warmline_app")
    await admin.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'warmline_app' AND datname = $1",
        name,
    )
    leader.hint()
    await centre.until(lambda: leader.epoch is None)
    await admin.execute(f"GRANT CONNECT ON DATABASE {name} TO warmline_app")
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(1.5):
            await asked.acquire()
    gate.set()
    await centre.until(lambda: leader.core is not before and leader.epoch is not None)
    await centre.until(lambda: not leader.core.in_flight and len(list(leader.core.engine.in_hand(mina))) == 1)
    live = await admin.fetchval("SELECT count(*) FROM offer WHERE ended_at IS NULL AND agent_id = $1", mina)
    await admin.close()
    assert live == 1


@pytest.mark.parametrize(
    "mishap", [asyncpg.InternalClientError("cannot switch to state 12"), OSError("reset"), ZeroDivisionError()]
)
async def test_whatever_goes_wrong_while_it_leads_the_leader_begins_again_and_customers_are_served(
    centre: Centre, mishap: Exception
):
    """The driver calls a connection that was cut between two questions an error of its own, not of the network."""
    leader, customer = centre.lead("one"), await centre.customer()
    await centre.until(lambda: centre.payloads > 0)
    before = leader.core
    centre.mishaps.append(mishap)
    mina = await centre.agent("away")  # staffing begins: everybody is to be told
    await centre.until(lambda: not centre.mishaps and leader.core is not before)
    await centre.becomes(mina, "available")
    contact = await centre.offered_to(customer, mina)
    assert contact.status is ContactStatus.OFFERED
