"""Guides as rows."""

from datetime import timedelta

from msgspec.structs import replace

from warmline.features.guides import store
from warmline.features.guides.store import Row, Step
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database


async def test_a_guide_is_written_only_over_the_revision_its_writer_has_seen(database: Database):
    me, now = new_id(), utc_now()
    row = Row(new_id(), new_id(), "g", 1, 1, b"sealed", me, now, me, now, None, None)
    async with database.tenant("onda") as conn, conn.transaction():
        await store.insert(conn, "onda", row)
        await store.add_step(conn, "onda", row, Step("started", ("g#start",), me, now))
        second = replace(row, revision=2, state=b"more", ended_at=now, outcome="contained")
        assert await store.update(conn, "onda", second)
        assert not await store.update(conn, "onda", replace(second, state=b"late"))
        assert await store.one(conn, "onda", row.contact_id, row.id) == second
        assert await store.of_contact(conn, "onda", row.contact_id) == [second]
        third = replace(second, revision=3)
        assert await store.take(conn, "onda", second, now, now + timedelta(seconds=60))
        assert not await store.take(conn, "onda", second, now, now + timedelta(seconds=60))
        assert not await store.update(conn, "onda", third)
        assert not await store.take(conn, "onda", row, now + timedelta(seconds=61), now)
        await store.release(conn, "onda", second)
        assert await store.take(conn, "onda", second, now, now + timedelta(seconds=60))
        assert await store.update(conn, "onda", third, taken=True)
        assert await store.take(conn, "onda", third, now, now), "written: it is anybody's again"
    async with database.tenant("rival") as conn:
        assert await store.one(conn, "onda", row.contact_id, row.id) is None
        assert await store.of_contact(conn, "rival", row.contact_id) == []
