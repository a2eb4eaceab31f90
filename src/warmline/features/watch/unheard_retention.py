"""What was not understood is kept for ninety days, and of each step no more than is of use."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import asyncpg

from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

LOG = logging.getLogger(__name__)
EVERY_S = 3_600.0
KEPT_DAYS = 90
MOST_OF_STEP = 10_000  # the newest
MOST_WORDS_OF_STEP = 500  # the newest; of the others only that they were not understood

_RANKED = """ranked AS (
  SELECT contact_id, seq, n,
    row_number() OVER (PARTITION BY journey_id, path ORDER BY at DESC, contact_id, seq, n) AS nth
  FROM journey_misunderstanding WHERE tenant_id = $1{only}
)"""
_SAME = "m.tenant_id = $1 AND m.contact_id = r.contact_id AND m.seq = r.seq AND m.n = r.n AND r.nth > $2"
TOO_MANY = f"WITH {_RANKED.format(only='')} DELETE FROM journey_misunderstanding m USING ranked r WHERE {_SAME}"
TOO_MANY_WORDS = (
    f"WITH {_RANKED.format(only=' AND words IS NOT NULL')}"
    f" UPDATE journey_misunderstanding m SET words = NULL FROM ranked r WHERE {_SAME}"
)


async def sweep(conn: asyncpg.Connection, tenant_id: str, now: datetime) -> None:
    """Delete a company's misunderstandings whose time is over, and those that are too many for one step."""
    await conn.execute(
        "DELETE FROM journey_misunderstanding WHERE tenant_id = $1 AND at < $2",
        tenant_id, now - timedelta(days=KEPT_DAYS),
    )  # fmt: skip
    await conn.execute(TOO_MANY, tenant_id, MOST_OF_STEP)
    await conn.execute(TOO_MANY_WORDS, tenant_id, MOST_WORDS_OF_STEP)


class UnheardRetention:
    """Sweeps every company once an hour. Any number may run: deleting twice does nothing."""

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    async def run(self) -> None:
        """Sweep until cancelled."""
        while True:
            try:
                await self.sweep()
            except Exception:  # the database may be away; what is due stays due
                LOG.exception("Misunderstandings could not be swept; trying again.")
            await asyncio.sleep(EVERY_S)

    async def sweep(self) -> None:
        """Sweep every company once."""
        for tenant_id in await self._database.tenants():
            async with self._database.tenant(tenant_id) as conn:
                await sweep(conn, tenant_id, self._now())
