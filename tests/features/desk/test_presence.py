"""Agents at work, in the tables: choices, unanswered offers, lost desks and the customers they leave behind."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import pytest_asyncio

from warmline.domain.contact.commands import AgentGone, AnyCommand
from warmline.domain.presence.model import Presence, Status
from warmline.features.desk.presence import PresenceService
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database

NINE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


class Office:
    """Agents and contacts as rows, a clock that is set by hand, and everything the service says."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = NINE
        self.signals: list[tuple[str, str, str]] = []
        self.commands: list[tuple[UUID, AnyCommand]] = []
        self.service = PresenceService(database, self, self.command, clock=lambda: self.now)

    async def signal(self, tenant_id: str, name: str, payload: str) -> None:
        self.signals.append((tenant_id, name, payload))

    async def command(self, tenant_id: str, contact_id: UUID, command: AnyCommand) -> None:
        self.commands.append((contact_id, command))

    def later(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    async def agent(self, status: str = "available") -> UUID:
        agent_id = new_id()
        async with self.database.tenant("onda") as conn:
            await conn.execute(
                "INSERT INTO agent (tenant_id, id, email, name, roles, created_at)"
                " VALUES ('onda', $1, $2, 'Yuki', '{agent}', $3)", agent_id, f"{agent_id.hex}@onda.kr", self.now,
            )  # fmt: skip
        await self.service.change("onda", agent_id, status)
        return agent_id

    async def contact(self, agent_id: UUID | None, status: str = "connected", *, wrapping: bool = False) -> UUID:
        contact_id = new_id()
        async with self.database.tenant("onda") as conn:
            await conn.execute(
                "INSERT INTO contact (tenant_id, id, version, seq, status, channel, locale, customer_id,"
                " conversation_id, agent_id, wrapping, opened_at, updated_at, state)"
                " VALUES ('onda', $1, 1, 1, $2, 'webchat', 'ko', $1, $1, $3, $4, $5, $5, '')",
                contact_id, status, agent_id, wrapping, self.now,
            )  # fmt: skip
        return contact_id

    async def done(self, contact_id: UUID) -> None:
        async with self.database.tenant("onda") as conn:
            await conn.execute(
                "UPDATE contact SET status = 'ended', agent_id = NULL, wrapping = false WHERE id = $1", contact_id
            )

    async def offer(self, agent_id: UUID, outcome: str | None) -> None:
        self.later(5)
        async with self.database.tenant("onda") as conn:
            await conn.execute(
                "INSERT INTO offer (tenant_id, id, contact_id, agent_id, epoch, offered_at, expires_at, ended_at,"
                " outcome) VALUES ('onda', $1, $2, $3, 1, $4, $4, $5, $6)",
                new_id(), new_id(), agent_id, self.now, self.now if outcome else None, outcome,
            )  # fmt: skip

    async def presence(self, agent_id: UUID) -> Presence:
        return await self.service.get("onda", agent_id)

    async def router_rows(self) -> list[UUID]:
        async with self.database.tenant("onda") as conn:
            rows = await conn.fetch("SELECT key FROM outbox WHERE lane = 'router' AND body = 'agent' ORDER BY id")
        return [row["key"] for row in rows]


@pytest_asyncio.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    yield Office(database)


async def test_a_choice_is_written_with_a_hint_for_the_router_and_told_to_everybody(office: Office):
    yuki = await office.agent("available")
    assert (await office.presence(yuki)).routable
    assert await office.router_rows() == [yuki]
    assert office.signals == [("onda", "presence", f'{{"agent":"{yuki.hex}","version":1}}')]


async def test_choosing_the_same_again_tells_nobody(office: Office):
    yuki = await office.agent("available")
    await office.service.change("onda", yuki, "available")
    assert len(office.signals) == 1
    assert len(await office.router_rows()) == 1


async def test_an_agent_of_another_tenant_is_nobody(office: Office):
    yuki = await office.agent()
    with pytest.raises(Refused) as refused:
        await office.service.change("rival", yuki, "available")
    assert refused.value.code == "not_found"
    with pytest.raises(Refused):
        await office.service.get("rival", yuki)


async def test_a_status_nobody_knows_is_refused(office: Office):
    yuki = await office.agent()
    with pytest.raises(Refused) as refused:
        await office.service.change("onda", yuki, "sleeping")
    assert refused.value.code == "invalid"


async def test_a_break_after_work_begins_when_the_last_wrap_up_is_done(office: Office):
    yuki = await office.agent()
    contact = await office.contact(yuki, "ended", wrapping=True)
    after = await office.service.change("onda", yuki, "away", "lunch", after_work=True)
    assert (after.status, after.next_status) == (Status.AVAILABLE, Status.AWAY)
    await office.service.review("onda", [yuki])
    assert (await office.presence(yuki)).status is Status.AVAILABLE
    await office.done(contact)
    await office.service.review("onda", [yuki])
    assert (await office.presence(yuki)).reason == "lunch"


async def test_three_unanswered_offers_in_a_row_send_the_agent_away(office: Office):
    yuki = await office.agent()
    for outcome in ("expired", "expired", "accepted", "expired", "withdrawn", "expired"):
        await office.offer(yuki, outcome)
        await office.service.review("onda", [yuki])
    still = await office.presence(yuki)
    assert (still.status, still.misses) == (Status.AVAILABLE, 2)
    await office.offer(yuki, "expired")
    await office.service.review("onda", [yuki])
    gone = await office.presence(yuki)
    assert (gone.status, gone.reason) == (Status.AWAY, "no_answer")


async def test_misses_are_forgotten_when_the_agent_comes_back(office: Office):
    yuki = await office.agent()
    for _ in range(3):
        await office.offer(yuki, "expired")
    await office.service.review("onda", [yuki])
    office.later(60)
    await office.service.change("onda", yuki, "available")
    await office.service.review("onda", [yuki])
    back = await office.presence(yuki)
    assert (back.status, back.misses) == (Status.AVAILABLE, 0)


async def test_a_desk_that_is_heard_stays_at_work(office: Office):
    yuki = await office.agent()
    for _ in range(10):
        office.later(10)
        office.service.seen("onda", yuki)
        await office.service.flush()
        await office.service.sweep("onda")
    assert (await office.presence(yuki)).status is Status.AVAILABLE


async def test_a_lost_desk_goes_offline_and_its_customers_are_handed_on(office: Office):
    yuki, mina = await office.agent(), await office.agent()
    left, kept = await office.contact(yuki), await office.contact(mina)
    await office.service.disconnected("onda", yuki)
    office.later(29)
    office.service.seen("onda", mina)
    await office.service.flush()
    await office.service.sweep("onda")
    assert office.commands == []
    office.later(2)
    await office.service.sweep("onda")
    assert (await office.presence(yuki)).reason == "desk_lost"
    assert office.commands == [(left, AgentGone(yuki))]
    assert (await office.presence(mina)).status is Status.AVAILABLE
    assert kept not in [contact for contact, _ in office.commands]


async def test_customers_are_handed_on_even_if_the_first_attempt_was_interrupted(office: Office):
    yuki = await office.agent()
    left = await office.contact(yuki)
    office.later(31)
    await office.service.sweep("onda")
    await office.service.sweep("onda")  # the command never took effect: it is asked for again
    assert office.commands == [(left, AgentGone(yuki))] * 2


async def test_a_customer_left_with_somebody_who_was_never_at_work_is_handed_on(office: Office):
    nobody = new_id()
    async with office.database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO agent (tenant_id, id, email, name, roles, created_at)"
            " VALUES ('onda', $1, 'never@onda.kr', 'Never', '{agent}', $2)", nobody, office.now,
        )  # fmt: skip
    stuck = await office.contact(nobody)
    await office.service.sweep("onda")
    assert office.commands == [(stuck, AgentGone(nobody))]


async def test_an_open_desk_keeps_its_customer_also_off_shift(office: Office):
    yuki = await office.agent("offline")
    kept = await office.contact(yuki)
    for _ in range(10):
        office.later(10)
        office.service.seen("onda", yuki)
        await office.service.flush()
        await office.service.sweep("onda")
    assert office.commands == []
    await office.service.disconnected("onda", yuki)
    office.later(31)
    await office.service.sweep("onda")
    assert office.commands == [(kept, AgentGone(yuki))]


async def test_a_wrap_up_without_limit_does_not_wait_for_somebody_who_is_gone(office: Office):
    yuki = await office.agent()
    endless = await office.contact(yuki, "ended", wrapping=True)
    limited = await office.contact(yuki, "ended", wrapping=True)
    async with office.database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO timer (tenant_id, key, timer, due_at) VALUES ('onda', $1, 'wrap_up', $2)",
            limited, office.now + timedelta(minutes=5),
        )  # fmt: skip
    office.later(31)
    await office.service.sweep("onda")
    assert office.commands == [(endless, AgentGone(yuki))]


async def test_a_desk_that_comes_back_is_as_it_was(office: Office):
    yuki = await office.agent()
    office.later(40)
    await office.service.sweep("onda")
    assert (await office.presence(yuki)).status is Status.OFFLINE
    office.later(5)
    office.service.seen("onda", yuki)
    await office.service.flush()
    back = await office.presence(yuki)
    assert back.routable
    assert back.idle_since_at == office.now


async def test_signing_out_is_final_whatever_the_desk_still_sends(office: Office):
    yuki = await office.agent()
    await office.service.change("onda", yuki, "offline")
    office.later(5)
    office.service.seen("onda", yuki)
    await office.service.flush()
    assert (await office.presence(yuki)).status is Status.OFFLINE


async def test_the_profile_says_how_many_offers_may_ring_in_vain(office: Office):
    mina = await office.agent()
    async with office.database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO routing_profile (tenant_id, id, name, capacity, queues, misses_allowed)"
            " VALUES ('onda', 'strict', '{}', '{}', '[]', 1)"
        )
        await conn.execute("UPDATE agent SET routing_profile_id = 'strict' WHERE id = $1", mina)
    await office.offer(mina, "expired")
    await office.service.review("onda", [mina])
    assert (await office.presence(mina)).reason == "no_answer"


async def test_people_go_away_for_the_reasons_their_company_has_set(office: Office):
    mina = await office.agent()
    async with office.database.tenant("onda") as conn:
        await conn.execute("INSERT INTO pause_reason (tenant_id, id, name) VALUES ('onda', 'yoga', '{}')")
        await conn.execute("INSERT INTO pause_reason (tenant_id, id, name) VALUES ('onda', 'nap', '{}')")
    await office.service.change("onda", mina, "away", "yoga")
    assert (await office.presence(mina)).reason == "yoga"
    with pytest.raises(Refused):
        await office.service.change("onda", mina, "away", "lunch")


async def test_a_wrap_up_that_leaves_room_keeps_nobody_at_work(office: Office):
    mina = await office.agent()
    contact = await office.contact(mina, "ended", wrapping=True)
    async with office.database.tenant("onda") as conn:
        await conn.execute("UPDATE contact SET routing = $2 WHERE id = $1", contact, {"free": True})
    await office.service.change("onda", mina, "offline", after_work=True)
    assert (await office.presence(mina)).status is Status.OFFLINE
