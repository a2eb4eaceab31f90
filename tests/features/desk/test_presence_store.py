"""Rows of presence keep everything a presence is."""

from datetime import UTC, datetime

from tests.features.conftest import People

from warmline.domain.presence.model import Presence, Status
from warmline.features.desk import presence_store
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database

NINE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


async def test_what_is_saved_is_what_is_loaded(database: Database):
    yuki = new_id()
    full = Presence(
        yuki, Status.AWAY, NINE, NINE, "finishing", Status.OFFLINE, "other", misses=2, seen_at=NINE, version=7
    )
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO agent (tenant_id, id, email, name, roles, created_at)"
            " VALUES ('onda', $1, 'y@onda.kr', 'Yuki', '{agent}', $2)", yuki, NINE,
        )  # fmt: skip
        await presence_store.ensure(conn, "onda", yuki, NINE)
        assert await presence_store.load(conn, "onda", yuki) == Presence(yuki, Status.OFFLINE, NINE, NINE)
        await presence_store.save(conn, "onda", full, NINE, tell=False)
        assert await presence_store.load(conn, "onda", yuki) == full
        assert await presence_store.first_sign(conn, "onda") == NINE
        assert await presence_store.silent_since(conn, "onda", NINE) == [yuki]
        assert await conn.fetchval("SELECT count(*) FROM outbox") == 0


async def test_each_change_is_kept_for_schedules_once(database: Database, people: People):
    mina = people["onda", "agent"]
    ten, eleven = NINE.replace(hour=10), NINE.replace(hour=11)
    async with database.tenant("onda") as conn:
        await presence_store.ensure(conn, "onda", mina, NINE)
        for presence in (
            Presence(mina, Status.AVAILABLE, ten, ten, version=1),
            Presence(mina, Status.AVAILABLE, ten, ten, misses=1, version=2),
            Presence(mina, Status.AWAY, eleven, ten, "lunch", version=3),
        ):
            await presence_store.save(conn, "onda", presence, presence.since_at, tell=False)
        kept = await conn.fetch("SELECT at, presence, reason FROM presence_change ORDER BY at")
    assert [tuple(row) for row in kept] == [(ten, "available", None), (eleven, "away", "lunch")]


async def test_disabled_people_have_no_presence(database: Database):
    nobody = new_id()
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO agent (tenant_id, id, email, name, roles, created_at, disabled_at)"
            " VALUES ('onda', $1, 'x@onda.kr', 'X', '{agent}', $2, $2)", nobody, NINE,
        )  # fmt: skip
        await presence_store.ensure(conn, "onda", nobody, NINE)
        assert await presence_store.load(conn, "onda", nobody) is None
