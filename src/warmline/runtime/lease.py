"""A lease with an epoch: one holder at a time, and everything an earlier holder still does is fenced off."""

from datetime import timedelta

from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

ROUTING = "routing"  # the domain whose epoch fences offers


class Lease:
    """One named lease of a tenant. The epoch rises at each take-over, never at a renewal."""

    def __init__(
        self, database: Database, tenant_id: str, holder: str, *, domain: str = ROUTING, lasts_s: float = 6.0
    ) -> None:
        self._database = database
        self._tenant_id = tenant_id
        self._holder = holder
        self._domain = domain
        self._lasts = timedelta(seconds=lasts_s)
        self.epoch: int | None = None

    async def acquire(self) -> int | None:
        """Take the lease if it is free, expired or already ours; return its epoch, None while another holds it.

        Call again well before it expires (a third of `lasts_s`) to renew. Time is the database's, so that
        machines need not agree.
        """
        async with self._database.tenant(self._tenant_id) as conn:
            self.epoch = await conn.fetchval(
                """
                INSERT INTO routing_lease AS l (tenant_id, domain, epoch, holder, expires_at)
                VALUES ($1, $2, 1, $3, clock_timestamp() + $4)
                ON CONFLICT (tenant_id, domain) DO UPDATE
                SET epoch = l.epoch + (l.holder <> $3)::int, holder = $3, expires_at = EXCLUDED.expires_at
                WHERE l.holder = $3 OR l.expires_at < clock_timestamp()
                RETURNING epoch
                """,
                self._tenant_id,
                self._domain,
                self._holder,
                self._lasts,
            )
        return self.epoch

    async def release(self) -> None:
        """Let the next one take over at once."""
        async with self._database.tenant(self._tenant_id) as conn:
            await conn.execute(
                "UPDATE routing_lease SET expires_at = $4 WHERE tenant_id = $1 AND domain = $2 AND holder = $3",
                self._tenant_id,
                self._domain,
                self._holder,
                utc_now() - timedelta(days=1),
            )
        self.epoch = None
