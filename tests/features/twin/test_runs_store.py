from datetime import timedelta

from tests.conftest import SEEDED_AT
from tests.features.twin.conftest import Diary

from warmline.features.twin import runs_store as store
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database


async def test_a_simulation_goes_through_its_life_and_ends_once(database: Database):
    id = new_id()
    async with database.tenant("onda") as conn:
        await store.insert(conn, "onda", id, {"kind": "replay"}, None, SEEDED_AT)
        assert await store.unfinished(conn, "onda", SEEDED_AT - timedelta(seconds=1)) == 1
        assert await store.unfinished(conn, "onda", SEEDED_AT) == 0  # nobody has given a sign since
        assert await store.told(conn, "onda", id, "running", {"share": 0.5}, SEEDED_AT)
        await store.ask_to_stop(conn, "onda", id)
        assert not await store.told(conn, "onda", id, "running", {"share": 0.6}, SEEDED_AT)
        await store.finish(conn, "onda", id, "stopped", {"runs": 3, "complete": False}, None, SEEDED_AT)
        await store.finish(conn, "onda", id, "done", None, None, SEEDED_AT)
        row = await store.one(conn, "onda", id)
    assert row is not None
    assert (row["status"], row["result"]["runs"], row["brief"]["complete"]) == ("stopped", 3, False)


async def test_the_oldest_are_forgotten_and_another_company_sees_nothing(database: Database):
    ids = [new_id() for _ in range(store.KEPT + 3)]
    async with database.tenant("onda") as conn:
        for number, id in enumerate(ids):
            at = SEEDED_AT + timedelta(seconds=number)
            await store.insert(conn, "onda", id, {}, None, at)
            await store.finish(conn, "onda", id, "done", {}, None, at)
        rows = await store.lines(conn, "onda")
        await store.forget(conn, "onda", ids[-1])
        assert await store.one(conn, "onda", ids[-1]) is None
    assert rows[0]["id"] == ids[-1]
    assert len(rows) <= store.KEPT + 1
    async with database.tenant("rival") as conn:
        assert await store.lines(conn, "rival") == []


async def test_a_company_s_queues_are_its_own(database: Database, diary: Diary):
    await diary.queue("help")
    async with database.tenant("onda") as conn:
        assert await store.queue_ids(conn, "onda") == ["help"]
    async with database.tenant("rival") as conn:
        assert await store.queue_ids(conn, "rival") == []
