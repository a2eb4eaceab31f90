"""Rows keep what was written, and plans end once."""

from datetime import timedelta

from tests.features.staffing.conftest import MIDNIGHT, Company

from warmline.features.staffing import store
from warmline.features.staffing.settings import Terms, default_settings
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database


async def test_a_plan_ends_once_whatever_comes_after(database: Database, company: Company):
    plan_id = new_id()
    async with database.tenant("onda") as conn:
        end_at = MIDNIGHT + timedelta(days=1)
        await store.insert_plan(conn, "onda", plan_id, MIDNIGHT, end_at, {"first": "x"}, company["mina"], MIDNIGHT)
        assert await store.told(conn, "onda", plan_id, {"step": "cover"}, end_at)
        assert await store.planning_since(conn, "onda", MIDNIGHT) == plan_id
        assert await store.planning_since(conn, "onda", end_at) is None
        await store.ask_to_stop(conn, "onda", plan_id)
        assert not await store.told(conn, "onda", plan_id, {"step": "cover"}, end_at)
        assert await store.finish_plan(conn, "onda", plan_id, "stopped", None, end_at)
        assert not await store.finish_plan(conn, "onda", plan_id, "ready", {}, end_at)
        assert not await store.told(conn, "onda", plan_id, {}, end_at)
        (row,) = await store.plans(conn, "onda")
        assert (row["status"], row["progress"], row["result"]) == ("stopped", {"step": "cover"}, None)
        await store.set_plan_status(conn, "onda", plan_id, "published")
        found = await store.plan(conn, "onda", plan_id)
        assert found is not None
        assert found["status"] == "published"
        await store.delete_plan(conn, "onda", plan_id)
        assert await store.plans(conn, "onda") == []


async def test_only_the_version_that_was_read_is_overwritten(database: Database, company: Company):
    async with database.tenant("onda") as conn:
        assert await store.write_settings(conn, "onda", default_settings(), 3) is None
        assert await store.write_settings(conn, "onda", default_settings(), 0) == 1
        assert await store.write_terms(conn, "onda", company["mina"], Terms(), 0) == 1
        assert await store.write_terms(conn, "onda", company["mina"], Terms(), 0) is None
        assert await store.write_terms(conn, "onda", company["mina"], Terms(), 1) == 2
        assert await store.time_zone_of(conn, "onda") == "Asia/Seoul"
        assert [queue.id for queue in await store.queues(conn, "onda")] == ["orders", "refunds"]
