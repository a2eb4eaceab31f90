"""The ledger's questions to the tables stay cheap and honest."""

from datetime import UTC, datetime, timedelta

from warmline.features.contacts import ledger_store
from warmline.features.contacts.ledger_store import Orphan
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


async def test_one_orphan_has_one_open_alarm_however_often_it_is_found(database: Database):
    one, two = Orphan(new_id(), None, "lost"), Orphan(new_id(), "orders", "lost too")
    async with database.tenant("onda") as conn:
        for seconds in range(3):
            await ledger_store.raise_alarms(conn, "onda", [one, two], NOON + timedelta(seconds=seconds))
        found = await ledger_store.alarms(conn, "onda", 10)
        assert sorted((alarm.contact_id, alarm.found_at) for alarm in found) == sorted(
            [(one.contact_id, NOON), (two.contact_id, NOON)]
        )
        await ledger_store.settle(conn, "onda", [one.contact_id], NOON)
        await ledger_store.raise_alarms(conn, "onda", [], NOON + timedelta(seconds=9))
        assert all(alarm.repaired_at for alarm in await ledger_store.alarms(conn, "onda", 10))


async def test_a_late_timer_is_counted(database: Database):
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO timer (tenant_id, key, timer, due_at) VALUES ('onda', $1, 'idle', $2)", new_id(), NOON
        )
        early = await ledger_store.counts(conn, "onda", NOON, NOON)
        late = await ledger_store.counts(conn, "onda", NOON, NOON + timedelta(seconds=1))
    assert (early.late_timers, late.late_timers) == (0, 1)


async def test_queues_are_listed_the_most_urgent_first(database: Database):
    async with database.tenant("onda") as conn:
        for id, priority in (("a", 5), ("b", 1)):
            await conn.execute(
                "INSERT INTO queue (tenant_id, id, name, priority) VALUES ('onda', $1, '{}', $2)", id, priority
            )
        assert await ledger_store.queue_ids(conn, "onda") == ["b", "a"]
