"""A worker takes up all its duties, and lays them down when told."""

import asyncio
import contextlib
from pathlib import Path

import asyncpg

from warmline.config import Config
from warmline.core import Core
from warmline.role_worker import run_worker


async def test_a_worker_leads_the_routing_of_every_tenant_and_hands_it_over(
    database_url: str, admin_url: str, tmp_path: Path
):
    watcher = await asyncpg.connect(admin_url)
    async with await Core.open(Config(database_url=database_url, data_dir=tmp_path)) as core:
        running = core.tasks.spawn("worker", run_worker(core, {}))
        async with asyncio.timeout(20):
            while len(await watcher.fetch("SELECT 1 FROM routing_lease WHERE domain = 'routing'")) < 2:
                await asyncio.sleep(0.05)
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
    held = await watcher.fetchval(
        "SELECT count(*) FROM routing_lease WHERE domain = 'routing' AND expires_at > now() + interval '1 second'"
    )
    await watcher.close()
    assert held == 0, "a clean stop lets another worker lead at once"
