"""What was not understood goes when its time is over, and no step can fill the table."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from warmline.features.watch import unheard_retention
from warmline.features.watch.unheard_retention import KEPT_DAYS, UnheardRetention, sweep
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


async def misheard(database: Database, *ages: timedelta, path: str = "start/1", words: bytes = b"x") -> None:
    async with database.tenant("onda") as conn:
        await conn.executemany(
            "INSERT INTO journey_misunderstanding"
            " (tenant_id, contact_id, seq, n, at, journey_id, version, path, why, handed, channel, locale, words)"
            " VALUES ('onda', $1, 1, 1, $2, 'front', 1, $3, 'no_match', false, 'webchat', 'ko', $4)",
            [(new_id(), NOW - age, path, words) for age in ages],
        )


async def left(database: Database) -> list[tuple[str, timedelta, bool]]:
    async with database.tenant("onda") as conn:
        rows = await conn.fetch(
            "SELECT path, at, words IS NOT NULL AS told FROM journey_misunderstanding ORDER BY path, at DESC"
        )
    return [(row["path"], NOW - row["at"], row["told"]) for row in rows]


async def test_after_ninety_days_nothing_is_left_of_what_was_not_understood(database: Database):
    day = timedelta(days=1)
    await misheard(database, day, KEPT_DAYS * day - day, KEPT_DAYS * day + timedelta(seconds=1))
    await UnheardRetention(database, lambda: NOW).sweep()
    assert [age for _, age, _ in await left(database)] == [day, KEPT_DAYS * day - day]


async def test_of_each_step_the_newest_are_kept_and_of_fewer_still_the_words(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(unheard_retention, "MOST_OF_STEP", 3)
    monkeypatch.setattr(unheard_retention, "MOST_WORDS_OF_STEP", 2)
    hours = [timedelta(hours=n) for n in (1, 2, 3, 4)]
    await misheard(database, *hours)
    await misheard(database, hours[0], path="other/0")
    async with database.tenant("onda") as conn:
        await sweep(conn, "onda", NOW)
    assert await left(database) == [
        ("other/0", hours[0], True),
        ("start/1", hours[0], True),
        ("start/1", hours[1], True),
        ("start/1", hours[2], False),
    ]


async def test_it_sweeps_by_itself_until_it_is_stopped(database: Database):
    await misheard(database, timedelta(days=KEPT_DAYS + 1))
    running = asyncio.ensure_future(UnheardRetention(database, lambda: NOW).run())  # noqa: TID251 -- held below
    async with asyncio.timeout(10):
        while await left(database):
            await asyncio.sleep(0.01)
    running.cancel()
    assert await left(database) == []
