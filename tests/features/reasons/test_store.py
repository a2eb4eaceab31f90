"""How well a reason is served is what one counts by hand."""

from datetime import date, timedelta

import pytest
from tests.features.reasons.conftest import NOON, NOW, contact, misheard

from warmline.features.reasons import store
from warmline.features.reasons.gaps import Entry
from warmline.features.reasons.store import Served, Unheard
from warmline.runtime.database import Database

DAY = date(2026, 11, 2)


async def _served(database: Database, now=NOW) -> dict[tuple[str | None, str | None], Served]:
    async with database.tenant("onda") as conn:
        found = await store.served(conn, "onda", "Asia/Seoul", DAY, DAY + timedelta(days=1), now)
    return {(one.intent, one.channel): one.served for one in found}


async def test_contacts_are_counted_by_reason_and_channel(database: Database):
    await contact(database, "refund", contained=True, lasted_s=100, csat=5)
    await contact(database, "refund", connected=True, transfers=1, lasted_s=300, csat=2)
    await contact(database, "refund", connected=True, channel="voice", lasted_s=None)
    await contact(database, None)
    await contact(database, "refund", at=NOON + timedelta(days=1))
    found = await _served(database)
    refund = found["refund", None]
    assert (refund.volume, refund.containment, refund.transfer) == (3, 0.5, 0.5)
    assert (refund.csat, refund.csat_answers, refund.lasted_s) == (3.5, 2, 200)
    assert found["refund", "voice"].volume == 1
    assert found["refund", "voice"].containment is None
    assert found[None, None].volume == 1


async def test_who_comes_again_for_the_same_reason_within_seven_days_was_not_helped(database: Database):
    again = await contact(database, "refund")
    await contact(database, "refund", at=NOON + timedelta(days=6), customer=again)
    other = await contact(database, "refund")
    await contact(database, "order_status", at=NOON + timedelta(days=2), customer=other)
    late = await contact(database, "refund")
    await contact(database, "refund", at=NOON + timedelta(days=8), customer=late)
    await contact(database, "refund")
    assert (await _served(database))["refund", None].repeat == pytest.approx(1 / 4)
    early = await _served(database, NOON + timedelta(days=6))
    assert early["refund", None].repeat is None, "seven days have not passed for anybody"


async def test_misunderstandings_are_counted_by_reason_with_how_many_came_to_a_person_by_them(database: Database):
    lost = await contact(database, "refund")
    for n in (1, 2):
        await misheard(database, lost, n=n, handed=n == 2)
    await misheard(database, await contact(database, "refund"))
    await misheard(database, await contact(database, None))
    await misheard(database, await contact(database, "refund"), at=NOON + timedelta(days=1))
    async with database.tenant("onda") as conn:
        found = await store.unheard(conn, "onda", "Asia/Seoul", DAY, DAY + timedelta(days=1))
    assert found == {"refund": Unheard(3, 2, 1), None: Unheard(1, 1, 0)}


async def test_an_entry_is_read_as_it_was_written(database: Database):
    entry = Entry(
        "refund", {"ko": "환불", "ja": "返金", "en": "Refund"}, ("number",), 2, ("a.b",), ("PIPA",), "refund"
    )
    async with database.tenant("onda") as conn, conn.transaction():
        await store.write(conn, "onda", entry)
        assert await store.one(conn, "onda", "refund") == entry
        assert await store.all_entries(conn, "onda") == [entry]
        await store.remove(conn, "onda", "refund")
        assert await store.one(conn, "onda", "refund") is None
