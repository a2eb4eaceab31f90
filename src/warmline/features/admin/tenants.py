"""Companies: created from the command line only."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import available_timezones

import asyncpg

from warmline.features.admin.service import TAKEN
from warmline.features.security import audit
from warmline.features.security.audit import Actor
from warmline.features.security.tokens import TENANT_ID
from warmline.kernel.errors import INVALID, NOT_FOUND, Refused
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database


class Tenants:
    """The companies of this installation."""

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    async def create(self, actor: Actor, tenant_id: str, name: str, locale: str, time_zone: str) -> None:
        """Create a company. Raises Refused: `invalid` id, name or time zone, `admin.taken`."""
        if not TENANT_ID.fullmatch(tenant_id):
            raise Refused(INVALID, field="tenant", reason="use lower-case letters, digits and hyphens")
        if not name.strip():
            raise Refused(INVALID, field="name", reason="it is empty")
        if time_zone not in available_timezones():
            raise Refused(INVALID, field="time_zone", reason="use an IANA time zone such as Asia/Seoul")
        try:
            async with self._database.system() as conn:
                await conn.execute(
                    "INSERT INTO tenant (id, name, default_locale, time_zone, created_at)"
                    " VALUES ($1, $2, $3, $4, $5)",
                    tenant_id, name.strip(), locale, time_zone, self._now(),
                )  # fmt: skip
        except asyncpg.UniqueViolationError:
            raise Refused(TAKEN, what="company", field="id") from None
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            await audit.append(conn, tenant_id, actor, "tenant.created", f"tenant:{tenant_id}", now=self._now())

    async def check(self, tenant_id: str) -> None:
        """Raise Refused `not_found` for a company that is not there."""
        if tenant_id not in await self._database.tenants():
            raise Refused(NOT_FOUND, what="company")

    async def all(self) -> list[tuple[str, str, str]]:
        """Return (id, name, time zone) of every company."""
        async with self._database.system() as conn:
            rows = await conn.fetch("SELECT id, name, time_zone FROM tenant ORDER BY id")
        return [(row["id"], row["name"], row["time_zone"]) for row in rows]
