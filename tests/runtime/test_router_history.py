"""A new leader knows what the tables tell: how customers waited lately, and what agents have done today."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio

from runtime.centre import Centre
from warmline.domain.contact.model import SkillNeed
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.committer import Committer
from warmline.runtime.database import Database
from warmline.runtime.notifier import Notifier
from warmline.runtime.router_history import agents_today, lore_of

NINE = datetime(2026, 11, 2, 0, 0, tzinfo=UTC)  # in Seoul
MIDNIGHT = datetime(2026, 11, 1, 15, tzinfo=UTC)
JAPANESE = ("orders", (SkillNeed("ja", 2),))


def at(seconds: float) -> datetime:
    return NINE + timedelta(seconds=seconds)


class Past:
    """Contacts as the committer left them. Times are seconds after nine."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def contact(
        self, queued: float, *, skills: tuple[SkillNeed, ...] = (), left: float | None = None,
        work: tuple[tuple[UUID, float, float | None, float | None], ...] = (),
    ) -> None:  # fmt: skip
        """`work`: (agent, joined, left, wrapped up) in order; `left`: the customer gave up."""
        id, over = new_id(), left if not work else work[-1][3] or work[-1][2]
        entry = {"queue_id": "orders", "skills": [{"skill": one.skill, "level": one.level} for one in skills]}
        events: list[tuple[float, str, dict[str, Any]]] = [(queued, "contact_queued", {"entry": entry})]
        for agent_id, joined, gone, wrapped in work:
            for seconds, kind in ((joined, "agent_joined"), (gone, "agent_left"), (wrapped, "contact_wrapped_up")):
                if seconds is not None:
                    events.append((seconds, kind, {"agent_id": str(agent_id)}))
        async with self._database.tenant("onda") as conn:
            await conn.execute(
                "INSERT INTO contact (tenant_id, id, version, seq, status, channel, locale, customer_id,"
                " conversation_id, queue_id, opened_at, first_queued_at, connected_at, ended_at, wrapped_at,"
                " agent_id, updated_at, state) VALUES ('onda', $1, 1, 1, $2, 'webchat', 'ko', $1, $1, 'orders',"
                " $3, $3, $4, $5, $6, $7, $3, '')",
                id, "connected" if over is None else "ended", at(queued), at(work[0][1]) if work else None,
                None if over is None else at(over), at(over) if work and over is not None else None,
                work[-1][0] if work and over is None else None,
            )  # fmt: skip
            await conn.executemany(
                "INSERT INTO event (tenant_id, contact_id, seq, at, kind, body)"
                " VALUES ('onda', $1, $2, $3, $4, $5)",
                [
                    (id, seq, at(seconds), kind, body | {"kind": kind})
                    for seq, (seconds, kind, body) in enumerate(sorted(events, key=lambda one: one[0]), start=1)
                ],
            )


@pytest.fixture
def past(database: Database) -> Past:
    return Past(database)


async def test_handle_times_and_patience_of_the_last_day_are_known_by_class(past: Past, database: Database):
    mina = new_id()
    for number in range(20):
        start = 200.0 * number
        await past.contact(start, work=((mina, start + 10, start + 100, start + 110),))
        await past.contact(start, skills=JAPANESE[1], work=((mina, start + 10, start + 410, None),))
        await past.contact(start, skills=JAPANESE[1], left=start + 40)
    await past.contact(-2 * 86_400.0, left=-86_400.0 * 1.5)
    async with database.tenant("onda") as conn:
        lore = await lore_of(conn, "onda", at(5_000))
    assert set(lore.latest(5)["orders"]) == {JAPANESE, ("orders", ())}
    assert lore.handle_s(("orders", ())) < 210 < lore.handle_s(JAPANESE)
    assert lore.patience_s(JAPANESE) == pytest.approx(50, abs=25), "answered ones lasted, too"


async def test_today_counts_what_was_accepted_and_the_time_with_something_in_hand(past: Past, database: Database):
    mina, yuki = new_id(), new_id()
    await past.contact(0, work=((mina, 10, 100, 160),))
    await past.contact(0, work=((mina, 60, 200, None), (yuki, 210, 260, None)))  # both at once until 160
    await past.contact(0, work=((mina, 1_000, None, None),))  # still in hand
    await past.contact(-40_000, work=((yuki, -39_000, -38_000, None),))  # yesterday
    async with database.tenant("onda") as conn:
        days = {day.agent_id: day for day in await agents_today(conn, "onda", MIDNIGHT, at(1_100))}
    assert (days[mina].handled, days[mina].busy_s) == (3, pytest.approx(190 + 100))
    assert (days[yuki].handled, days[yuki].busy_s) == (1, pytest.approx(50))


@pytest_asyncio.fixture
async def centre(database: Database, committer: Committer, notifier: Notifier) -> AsyncIterator[Centre]:
    built = Centre(database, committer, notifier)
    await built.queue()
    yield built
    await built.close()


async def test_a_new_leader_knows_what_agents_have_done_today_and_forgets_it_at_midnight(centre: Centre):
    """`fewest` and `least_occupied` would choose by yesterday, or by nothing, otherwise."""
    now = utc_now()
    clock = {"ahead": timedelta()}
    mina = await centre.agent("away")
    first = centre.lead("one")
    await centre.becomes(mina, "available")
    await centre.accept(await centre.customer(), mina)
    await centre.end(first)
    centre.leaders.remove(first)
    second = centre.lead("two", clock=lambda: utc_now() + clock["ahead"], lease_s=1.0)

    def handled() -> list[int]:
        return [hand.handled for hand in second.core.engine.hands()]

    await centre.until(lambda: second.epoch is not None)
    assert handled() == [1]
    assert second.core.lore.latest(1) == {"orders": [("orders", ())]}
    clock["ahead"] = timedelta(days=1)
    second.hint()
    await centre.until(lambda: handled() == [0])
    assert utc_now() - now < timedelta(minutes=5)
