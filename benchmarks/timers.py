"""How late durable timers fire: steady load on a real server, each timer deleted after it has fired."""

import argparse
import asyncio
import json
import random
import shutil
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import asyncpg
import uvloop

from warmline.kernel.ids import new_id
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.database import Database
from warmline.runtime.migrate import migrate
from warmline.runtime.postgres import EmbeddedPostgres
from warmline.runtime.timers import TimerService

TARGET_P99_MS = 250


async def run(postgres: EmbeddedPostgres, a_second: int, seconds: int) -> dict[str, float]:
    """Set timers evenly over `seconds` and return how late they fired, in ms."""
    await migrate(postgres.admin_url, app_password=postgres.app_password)
    admin = await asyncpg.connect(postgres.admin_url)
    await admin.execute("INSERT INTO tenant (id, name, created_at) VALUES ('onda', 'Onda', now())")
    database = await Database.open(postgres.url)
    due: dict[UUID, datetime] = {}
    late_ms: list[float] = []
    done = asyncio.Event()
    twice = 0

    async def fire(_tenant_id: str, key: UUID, _timer: str) -> None:
        nonlocal twice
        at = due.pop(key, None)
        if at is None:
            twice += 1
            return
        late_ms.append((datetime.now(UTC) - at).total_seconds() * 1e3)
        if not due:
            done.set()

    begins = datetime.now(UTC) + timedelta(seconds=3)
    for _ in range(a_second * seconds):
        due[new_id()] = begins + timedelta(seconds=random.random() * seconds)
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO timer (tenant_id, key, timer, due_at) "
            "SELECT 'onda', k, 'idle', d FROM unnest($1::uuid[], $2::timestamptz[]) AS t (k, d)",
            list(due),
            list(due.values()),
        )
    tasks = TaskRegistry(lambda name, failure: print(name, failure))
    cpu = time.process_time()
    tasks.spawn("timers", TimerService(database).run(fire))
    await asyncio.wait_for(done.wait(), seconds + 120)
    cpu_us = (time.process_time() - cpu) / len(late_ms) * 1e6
    await asyncio.sleep(0.5)  # the last ones are deleted
    left = await admin.fetchval("SELECT count(*) FROM timer")
    assert (left, twice) == (0, 0), f"{left} timers are left, {twice} fired twice"
    await tasks.close()
    await database.close()
    await admin.close()
    cuts = statistics.quantiles(late_ms, n=100)
    return {"p50_ms": cuts[49], "p99_ms": cuts[98], "max_ms": max(late_ms), "client_cpu_us": cpu_us}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--a-second", type=int, default=1_000)
    arguments.add_argument("--seconds", type=int, default=15)
    given = arguments.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="warmline-bench-"))
    folder.chmod(0o711)
    postgres = EmbeddedPostgres(folder)
    postgres.start()
    try:
        figures = uvloop.run(run(postgres, given.a_second, given.seconds))
    finally:
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print(
        json.dumps({name: round(value, 1) for name, value in figures.items()} | {"target_p99_ms": TARGET_P99_MS})
    )


if __name__ == "__main__":
    main()
