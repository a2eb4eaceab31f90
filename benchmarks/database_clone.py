"""How long a test waits for a database of its own: a clone of the migrated template.

On the server the tests use (nothing in it has to outlive the machine, so it never waits for the disk), and on
one with the settings of production.
"""

import argparse
import asyncio
import json
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from warmline.runtime.migrate import migrate
from warmline.runtime.postgres import EmbeddedPostgres

TARGET_MS = 100
FOR_TESTS = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "64MB"}  # as in tests/conftest.py


async def run(postgres: EmbeddedPostgres, clones: int) -> dict[str, float]:
    """Return the median times of cloning, in ms, and of migrating the template once, in s."""
    admin = await asyncpg.connect(postgres.admin_url)
    await admin.execute("CREATE DATABASE template_one")
    began = time.perf_counter()
    url = urlunsplit(urlsplit(postgres.admin_url)._replace(path="/template_one"))
    await migrate(url, app_password=postgres.app_password)
    migrated_s = time.perf_counter() - began
    template = await asyncpg.connect(url)
    await template.execute("VACUUM ANALYZE")
    await template.close()
    times_ms: list[float] = []
    for number in range(clones):
        began = time.perf_counter()
        await admin.execute(f"CREATE DATABASE clone_{number} TEMPLATE template_one STRATEGY wal_log")
        times_ms.append((time.perf_counter() - began) * 1e3)
        await admin.execute(f"DROP DATABASE clone_{number}")
    await admin.close()
    return {"clone_median_ms": statistics.median(times_ms), "clone_max_ms": max(times_ms), "migrate_s": migrated_s}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--clones", type=int, default=20)
    given = arguments.parse_args()
    figures: dict[str, float] = {}
    for prefix, settings in (("", FOR_TESTS), ("durable_", {})):
        folder = Path(tempfile.mkdtemp(prefix="warmline-bench-"))
        folder.chmod(0o711)  # the unprivileged account passes through
        postgres = EmbeddedPostgres(folder, settings=settings)
        began = time.perf_counter()
        postgres.start()
        figures[f"{prefix}first_start_s"] = time.perf_counter() - began
        try:
            measured = asyncio.run(run(postgres, given.clones))
        finally:
            postgres.stop()
            shutil.rmtree(folder, ignore_errors=True)
        figures |= {prefix + name: value for name, value in measured.items()}
    print(json.dumps({name: round(value, 2) for name, value in figures.items()} | {"target_ms": TARGET_MS}))


if __name__ == "__main__":
    main()
