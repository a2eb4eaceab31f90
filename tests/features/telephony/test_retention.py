"""Recordings go when their time is over."""

import asyncio
from datetime import timedelta
from pathlib import Path

from warmline.features.telephony.recordings import Recordings
from warmline.features.telephony.retention import Retention
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring


async def test_everything_due_is_deleted_and_the_rest_is_heard_on(
    database: Database, keyring: Keyring, tmp_path: Path
) -> None:
    customer_id = new_id()
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO customer (tenant_id, id, known, locale, created_at, updated_at)"
            " VALUES ('onda', $1, 0, 'ko', $2, $2)",
            customer_id, utc_now(),
        )  # fmt: skip
    recordings = Recordings(database, keyring, tmp_path)
    kept = [await recordings.begin("onda", new_id(), customer_id, kept=timedelta(days=days)) for days in (1, 1, 9)]
    for one in kept:
        one.path.write_bytes(b"audio")
    retention = Retention(recordings, lambda: utc_now() + timedelta(days=2))
    running = asyncio.ensure_future(retention.run())  # noqa: TID251 -- held and cancelled below
    async with asyncio.timeout(10):
        while kept[1].path.exists() or kept[0].path.exists():
            await asyncio.sleep(0.01)
    running.cancel()
    assert kept[2].path.exists()
    assert await retention.sweep() == 0
