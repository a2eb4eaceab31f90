"""The demo begins with a schedule: written by its supervisor over the public API of the real product."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from fastapi import FastAPI
from tests.features.conftest import ORIGIN, PASSWORD, People
from tests.features.staffing.conftest import Company

from warmline.domain.staffing.adherence import Adherence
from warmline.features.staffing.presence import Presences
from warmline.features.staffing.roster import Rosters
from warmline.runtime.database import Database
from warmline_demo.colleagues.schedule import NoAnswer, Schedule, shifts_for
from warmline_demo.colleagues.sign_in import NotSignedIn, sign_in

NOW = datetime(2026, 11, 23, 4, 20, tzinfo=UTC)
TODAY = NOW.date()


def schedule(product: FastAPI, said: list[str], *names: str, role: str = "supervisor") -> Schedule:
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app=product), base_url=ORIGIN)

    async def enter() -> str:
        return await sign_in(client, ORIGIN, "onda", f"{role}@onda.example", PASSWORD)

    return Schedule(client, ORIGIN, enter, names, said.append)


async def test_a_demo_without_a_schedule_gets_one_that_has_begun_already(
    product: FastAPI, people: People, company: Company, database: Database
):
    said: list[str] = []
    writer = schedule(product, said, "Mina", "Emma", "Nobody")
    until_at = await writer.look(NOW)
    assert until_at == datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
    roster = await Rosters(database).roster("onda", TODAY, TODAY)
    assert {(company.name_of(row.shift.agent_id), row.shift.start_at.hour) for row in roster.shifts} == {
        ("mina", 3),
        ("emma", 3),
    }
    assert all(row.published_at is not None for row in roster.shifts)
    assert roster.violations == []
    assert {row.shift.pauses[0].start_at.isoformat()[11:16] for row in roster.shifts} == {"06:00", "06:30"}
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO agent_presence (tenant_id, agent_id, presence, since_at, idle_since_at)"
            " VALUES ('onda', $1, 'available', $2, $2)",
            company["mina"], NOW,
        )  # fmt: skip
    _, standing = await Presences(database, lambda: NOW + timedelta(minutes=5)).live("onda")
    assert {one.name: one.standing.state for one in standing} == {"Mina": Adherence.IN, "Emma": Adherence.ABSENT}
    assert said == ["colleagues: 2 shifts are on the schedule"]


async def test_a_schedule_that_is_there_is_left_alone_and_goes_on_where_it_ends(
    product: FastAPI, people: People, company: Company, database: Database
):
    writer = schedule(product, [], "Mina")
    until_at = await writer.look(NOW)
    assert await writer.look(NOW + timedelta(hours=3)) == until_at
    assert await writer.look(until_at + timedelta(minutes=1)) == until_at + timedelta(hours=8)
    roster = await Rosters(database).roster("onda", TODAY, TODAY)
    assert [row.shift.start_at for row in roster.shifts] == [until_at - timedelta(hours=8), until_at]


async def test_who_may_not_write_a_schedule_says_so(product: FastAPI, people: People, company: Company):
    with pytest.raises(NoAnswer, match="refused with 403"):
        await schedule(product, [], "Mina", role="agent").look(NOW)
    with pytest.raises(NotSignedIn):
        await schedule(product, [], "Mina", role="stranger").look(NOW)


def test_lunches_take_turns():
    shifts = shifts_for([{"agent_id": str(number), "queues": []} for number in range(6)], NOW, None)
    assert len({str(shift["pauses"]) for shift in shifts}) == 6
    assert shifts_for([], NOW, None) == []
