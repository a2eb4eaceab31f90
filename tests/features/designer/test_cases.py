"""Conversations are kept with a journey, changed over what was seen, and never without a trace."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from tests.features.designer.conftest import hello

from warmline.domain.journey.case import Case, Expectation
from warmline.domain.journey.rehearsal import Deed
from warmline.domain.journey.simulate import Answer
from warmline.domain.journey.stage import Scenery
from warmline.features.designer import cases as room
from warmline.features.designer.cases import Cases
from warmline.features.journeys.service import Journeys
from warmline.features.security.audit import Actor
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database

MORNING = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
CASE = Case(
    "누가 인사만 하고 가요",
    "hello",
    Scenery(MORNING, "voice", "ko", queues={"orders": "full"}, answers={"orders.find": (Answer("failed"),)}),
    (Deed(press="1#"), Deed(wait_s=2.5), Deed(leave=True)),
    Expectation("left", ("hello.hi",), variables={"n": 3, "ok": True, "none": None}),
)


@pytest.fixture
async def cases(database: Database, journeys: Journeys) -> Cases:
    await journeys.publish("onda", Actor("setup"), "hello", hello("hello.hi"))
    return Cases(database)


async def _actions(database: Database) -> list[str]:
    async with database.tenant("onda") as conn:
        rows = await conn.fetch("SELECT action FROM audit WHERE tenant_id = 'onda' ORDER BY seq")
    return [row["action"] for row in rows if "case" in row["action"]]


async def test_a_case_comes_back_as_it_was_kept(cases: Cases, mina: Actor, database: Database):
    kept = await cases.keep("onda", mina, CASE, "random", 17)
    assert await cases.all("onda", ["hello"]) == [kept]
    assert (await cases.one("onda", "hello", kept.id)).case == CASE
    assert (kept.origin, kept.seed, kept.version) == ("random", 17, 1)
    assert await cases.all("rival", ["hello"]) == []
    assert await _actions(database) == ["journey.case_kept"]


async def test_a_case_is_changed_only_over_what_was_seen(cases: Cases, mina: Actor, database: Database):
    kept = await cases.keep("onda", mina, CASE, "script")
    changed = await cases.change("onda", mina, kept.id, 1, replace(CASE, name="다른 이름"))
    assert (changed.version, changed.case.name) == (2, "다른 이름")
    with pytest.raises(Refused, match="conflict"):
        await cases.change("onda", mina, kept.id, 1, CASE)
    with pytest.raises(Refused, match="not_found"):
        await cases.change("onda", mina, new_id(), 1, CASE)
    await cases.forget("onda", mina, "hello", kept.id)
    with pytest.raises(Refused, match="not_found"):
        await cases.one("onda", "hello", kept.id)
    with pytest.raises(Refused, match="not_found"):
        await cases.forget("onda", mina, "hello", kept.id)
    assert await _actions(database) == ["journey.case_kept", "journey.case_changed", "journey.case_deleted"]


async def test_what_is_too_much_is_refused(cases: Cases, mina: Actor, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(Refused, match="not_found"):
        await cases.keep("onda", mina, replace(CASE, journey="nowhere"), "script")
    long = replace(CASE, deeds=tuple(Deed(say="x" * 4000) for _ in range(60)))
    with pytest.raises(Refused, match="case_too_large"):
        await cases.keep("onda", mina, long, "script")
    monkeypatch.setattr(room, "MOST_CASES", 1)
    await cases.keep("onda", mina, CASE, "script")
    with pytest.raises(Refused, match="too_many_cases"):
        await cases.keep("onda", mina, CASE, "script")
