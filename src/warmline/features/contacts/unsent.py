"""Files that were uploaded but never sent: after some hours nobody will, and they are deleted."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from warmline.kernel.ids import first_id_at
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

LOG = logging.getLogger(__name__)
KEPT = timedelta(hours=6)  # a draft with a photo may wait over a lunch, a shift even
EVERY_S = 600.0
AT_ONCE = 100


class UnsentFiles:
    """The collector of files without a message. Any number may run: each takes what no other holds."""

    def __init__(
        self, database: Database, *, kept: timedelta = KEPT, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._database = database
        self._kept = kept
        self._now = now

    async def run(self) -> None:
        """Collect for all tenants until cancelled."""
        while True:
            try:
                for tenant_id in await self._database.tenants():
                    await self.collect(tenant_id)
            except Exception:  # the database may be away; what is left now is found the next time
                LOG.exception("Unsent files could not be collected; trying again.")
            await asyncio.sleep(EVERY_S)

    async def collect(self, tenant_id: str) -> int:
        """Delete the tenant's unsent files of long ago and return how many there were."""
        deleted = 0
        while found := await self._some(tenant_id):
            deleted += found
        if deleted:
            LOG.info("Deleted %d files of %s that were never sent.", deleted, tenant_id)
        return deleted

    async def _some(self, tenant_id: str) -> int:
        before = first_id_at(self._now() - self._kept)
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            held = await conn.fetch(
                "SELECT u.id FROM upload u WHERE u.tenant_id = $1 AND u.id < $2 AND NOT EXISTS"
                " (SELECT FROM upload_share s WHERE s.tenant_id = $1 AND s.upload_id = u.id)"
                " ORDER BY u.id LIMIT $3 FOR UPDATE OF u SKIP LOCKED",
                tenant_id,
                before,
                AT_ONCE,
            )
            # Looked at again under the lock: one that was being sent a moment ago has been sent by now.
            deleted = await conn.fetch(
                "DELETE FROM upload u WHERE u.tenant_id = $1 AND u.id = ANY($2::uuid[]) AND NOT EXISTS"
                " (SELECT FROM upload_share s WHERE s.tenant_id = $1 AND s.upload_id = u.id) RETURNING u.id",
                tenant_id,
                [row["id"] for row in held],
            )
        return len(deleted)
