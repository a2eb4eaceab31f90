"""Counting without persons: once for each way, written together."""

import asyncio
from datetime import UTC, date, datetime

import asyncpg
import pytest

from warmline.features.help import store
from warmline.features.help.counts import Counts
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.database import Database

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
DAY = date(2026, 11, 22)


async def counted(database: Database) -> dict[str, int]:
    async with database.tenant("onda") as conn:
        return {one.what: one.times for one in await store.of_page(conn, "onda", "returns", DAY, DAY)}


async def test_a_way_counts_once_and_whoever_changes_their_mind_is_taken_at_their_first_word(
    database: Database,
) -> None:
    tasks = TaskRegistry(lambda name, failure: None)
    counts = Counts(database, tasks, now=lambda: NOW)
    for way in ("a", "a", "b"):
        counts.add("onda", "returns", 1, "en", "seen", way)
    counts.add("onda", "returns", 1, "en", "helped", "a")
    counts.add("onda", "returns", 1, "en", "not_helped", "a")
    await counts.flush()
    counts.add("onda", "returns", 1, "en", "not_helped", "b")
    await counts.flush()
    await counts.flush()
    assert await counted(database) == {"seen": 2, "helped": 1, "not_helped": 1}
    await tasks.close()


async def test_what_was_counted_is_written_by_itself_after_a_moment(database: Database) -> None:
    failures: list[BaseException] = []
    tasks = TaskRegistry(lambda name, failure: failures.append(failure))
    counts = Counts(database, tasks, write_after_s=0, now=lambda: NOW)
    for written in (1, 2):
        counts.add("onda", "returns", 1, "en", "seen")
        async with asyncio.timeout(30):
            while (await counted(database)).get("seen") != written:
                pass
    assert failures == []
    await tasks.close()


async def test_what_cannot_be_written_is_written_as_soon_as_the_database_takes_it_again(
    database: Database, admin_url: str
) -> None:
    tasks = TaskRegistry(lambda name, failure: None)
    counts = Counts(database, tasks, write_after_s=3600, now=lambda: NOW)
    admin = await asyncpg.connect(admin_url)
    await admin.execute("ALTER TABLE help_count RENAME TO away")
    counts.add("onda", "returns", 1, "en", "seen", "a")
    counts.add("rival", "returns", 1, "en", "seen", "b")
    with pytest.raises(asyncpg.PostgresError):
        await counts.flush()
    await admin.execute("ALTER TABLE away RENAME TO help_count")
    await admin.close()
    counts.add("onda", "returns", 1, "en", "seen", "c")
    await counts.flush()
    assert await counted(database) == {"seen": 2}
    async with database.tenant("rival") as conn:
        assert [one.times for one in await store.of_page(conn, "rival", "returns", DAY, DAY)] == [1]
    await tasks.close()


async def test_a_process_that_is_told_to_stop_writes_what_it_counted_a_moment_ago(database: Database) -> None:
    failures: list[BaseException] = []
    tasks = TaskRegistry(lambda name, failure: failures.append(failure))
    counts = Counts(database, tasks, write_after_s=3600, now=lambda: NOW)
    counts.add("onda", "returns", 1, "en", "seen", "a")
    await asyncio.sleep(0)
    await tasks.close()
    assert await counted(database) == {"seen": 1}
    assert failures == []
