"""Every question about a journey's places is one that PostgreSQL understands, whatever is chosen of them."""

from datetime import UTC, datetime, timedelta
from typing import get_args

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
        assert await store.ask(conn, store.PLACES, "onda", "UTC", CHOSEN) == []
        assert not await store.is_known(conn, "rival", "front")


async def test_a_day_begins_where_the_company_is(town: Town):
    it = await town.open()
    async with town.database.tenant("onda") as conn:
        late = datetime(2026, 11, 2, 16, 0, tzinfo=UTC)  # one in the morning of the third in Seoul
        await conn.execute("UPDATE journey_passage SET at = $1 WHERE contact_id = $2", late, it.id)
        second, third, fourth = (late.date() + timedelta(days=more) for more in range(3))
        for first, end, entered in ((second, third, 0), (third, fourth, 2)):
            chosen = Chosen("front", first, end)
            rows = await store.ask(conn, store.PLACES, "onda", "Asia/Seoul", chosen)
            assert sum(row["entered"] for row in rows) == entered


async def test_what_can_be_chosen_of_is_told_whatever_is_chosen(town: Town):
    await town.open("email", "ja")
    async with town.database.tenant("onda") as conn:
        rows = await store.seen(conn, "onda", "UTC", NARROW)
    assert [tuple(row.values()) for row in rows] == [(1, "email", "ja", 1)]
