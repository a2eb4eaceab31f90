"""Every question about a journey's places is one that PostgreSQL understands, whatever is chosen of them."""

from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest
from tests.features.watch.conftest import Town

from warmline.features.watch import store
from warmline.features.watch.store import Chosen, What

NOW = datetime.now(UTC).date()
CHOSEN = Chosen("front", NOW - timedelta(days=1), NOW + timedelta(days=2))
NARROW = Chosen("front", CHOSEN.first, CHOSEN.end, 1, "webchat", "ko")


@pytest.mark.parametrize("what", get_args(What))
@pytest.mark.parametrize("chosen", [CHOSEN, NARROW], ids=["all", "narrow"])
async def test_the_contacts_behind_any_number_are_theirs_alone(town: Town, chosen: Chosen, what: What):
    it = await town.open()
    await town.tap(it.id, "agent")
    async with town.database.tenant("onda") as conn:
        path = None if what == "end" else "agent/0"
        which = {"way": "agent", "end": "under_way"}.get(what)
        rows = await store.behind(conn, "onda", "Asia/Seoul", chosen, what, path, which, 10, 0)
    expected = [it.id] if what in ("entered", "now", "way", "end") else []
    assert [row["contact_id"] for row in rows] == expected


async def test_another_company_sees_none_of_it(town: Town):
    await town.open()
    async with town.database.tenant("rival") as conn:
        assert await store.now(conn, "rival", CHOSEN) == []
        assert (await store.walked(conn, "onda", "UTC", CHOSEN)).places == []
        assert not await store.is_known(conn, "rival", "front")


async def test_a_day_begins_where_the_company_is(town: Town):
    it = await town.open()
    async with town.database.tenant("onda") as conn:
        late = datetime(2026, 11, 2, 16, 0, tzinfo=UTC)  # one in the morning of the third in Seoul
        await conn.execute("UPDATE journey_passage SET at = $1 WHERE contact_id = $2", late, it.id)
        second, third, fourth = (late.date() + timedelta(days=more) for more in range(3))
        for first, end, entered in ((second, third, 0), (third, fourth, 2)):
            chosen = Chosen("front", first, end)
            found = await store.walked(conn, "onda", "Asia/Seoul", chosen)
            assert sum(row["entered"] for row in found.places) == entered


async def test_what_can_be_chosen_of_is_told_whatever_is_chosen(town: Town):
    await town.open("email", "ja")
    async with town.database.tenant("onda") as conn:
        found = await store.walked(conn, "onda", "UTC", NARROW)
    assert [tuple(row.values()) for row in found.seen] == [(1, "email", "ja", 1)]


def _rows_touched(plan: dict[str, Any]) -> float:
    """Count what a plan's nodes gave and threw away, in all their turns."""
    turns = plan["Actual Loops"]
    own = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Join Filter", 0)
    return own * turns + sum(_rows_touched(one) for one in plan.get("Plans", []))


async def test_a_map_costs_in_proportion_to_its_passages_even_where_the_planner_knows_nothing_of_the_table(
    town: Town,
):
    contacts, each = 1_500, 6
    async with town.database.tenant("onda") as conn, conn.transaction():
        await conn.execute(
            "INSERT INTO journey_passage"
            " SELECT 'onda', md5(c::text)::uuid, n, now() + make_interval(secs => n), n, 'front', 1,"
            " 'start/' || (c * 7 + n) % 40,"
            " CASE WHEN n = $2 THEN 'left' WHEN n % 2 = 0 THEN 'step' ELSE 'block' END,"
            " CASE WHEN n = $2 THEN 'contained' END, 'start/' || (c + n) % 3, 'webchat', 'ko'"
            " FROM generate_series(1, $1::int) c, generate_series(1, $2::int) n",
            contacts, each,
        )  # fmt: skip
        await conn.execute(store.ROOM)
        arguments = ("front", "Asia/Seoul", CHOSEN.first, CHOSEN.end, None, None, None)
        told = await conn.fetch(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {store.WALKED}", "onda", *arguments)
    ((plan,),) = [row[0] for row in told]
    assert _rows_touched(plan["Plan"]) < 22 * contacts * each
