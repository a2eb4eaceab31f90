"""The emergency switch: one click to tell everybody, one click to stop, and both are on record."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import asyncpg

from warmline.domain.contact.announcements import EMERGENCY
from warmline.features.admin import references, store
from warmline.features.admin.resources import ANNOUNCEMENTS
from warmline.features.admin.schemas_telling import LASTS_AT_MOST, AnnouncementNew, EmergencyStart, Scope
from warmline.features.admin.service import Signal, values_of
from warmline.features.admin.store import Row
from warmline.features.contacts.hearing import Hearers, hearers, scope_arguments
from warmline.features.security import audit
from warmline.features.security.audit import Actor
from warmline.kernel.errors import INVALID, NOT_FOUND, Refused
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

ON = (
    "SELECT id, slot, texts, spoken, scope, starts_at, ends_at, enabled, version FROM announcement"
    " WHERE tenant_id = $1 AND slot = $2 AND enabled AND ends_at > $3 ORDER BY starts_at, id LIMIT 100"
)
STOP = (
    "UPDATE announcement SET enabled = false, version = version + 1"
    " WHERE tenant_id = $1 AND id = $2 AND enabled AND ends_at > $3 RETURNING id"
)


def check_end(ends_at: datetime, now: datetime) -> None:
    """An emergency ends by itself, soon enough to be remembered. Raises Refused `invalid`."""
    if not now < ends_at <= now + LASTS_AT_MOST:
        raise Refused(INVALID, field="ends_at", reason="it must end, after now and within a year")


class Emergencies:
    """Announcements with slot `emergency` that are on, or will be."""

    def __init__(self, database: Database, signal: Signal, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._signal = signal
        self._now = now

    async def all(self, tenant_id: str) -> list[Row]:
        """Return what is on or will be, each with how many hear it at this moment."""
        now = self._now()
        async with self._database.tenant(tenant_id) as conn:
            rows = [dict(row) for row in await conn.fetch(ON, tenant_id, EMERGENCY, now)]
            for row in rows:
                row |= await _heard_by(conn, tenant_id, Scope.model_validate(row["scope"]))
                row["valid_now"] = row["starts_at"] <= now
        return rows

    async def start(self, tenant_id: str, actor: Actor, wanted: EmergencyStart) -> Row:
        """Tell everybody it concerns from now on; the same id again changes nothing. Raises Refused `invalid`."""
        now = self._now()
        check_end(wanted.ends_at, now)
        said = wanted.model_dump(exclude={"id", "prepared_id"})
        values = values_of(AnnouncementNew(slot=EMERGENCY, starts_at=now, **said))
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            await references.check_known(conn, tenant_id, ANNOUNCEMENTS.kind, values)
            count = await hearers(conn, tenant_id, _arguments(wanted.scope))
            before = await store.read(conn, ANNOUNCEMENTS, tenant_id, wanted.id, lock=True)
            if before is None:
                row = await store.insert(conn, ANNOUNCEMENTS, tenant_id, wanted.id, values)
                await self._audit(conn, tenant_id, actor, "started", wanted.id, _detail(wanted, count))
            else:
                row = before
        await self._signal(tenant_id, "settings", ANNOUNCEMENTS.kind)
        return row | _counts(count) | {"valid_now": bool(row["enabled"])}

    async def stop(self, tenant_id: str, actor: Actor, announcement_id: UUID) -> None:
        """Be silent from now on, whoever changed it since; twice is once. Raises Refused `not_found`."""
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            if await conn.fetchval(STOP, tenant_id, announcement_id, self._now()) is not None:
                await self._audit(conn, tenant_id, actor, "stopped", announcement_id, {})
            elif await store.read(conn, ANNOUNCEMENTS, tenant_id, announcement_id) is None:
                raise Refused(NOT_FOUND, what=ANNOUNCEMENTS.kind)
        await self._signal(tenant_id, "settings", ANNOUNCEMENTS.kind)

    async def _audit(
        self, conn: asyncpg.Connection, tenant_id: str, actor: Actor, what: str, key: UUID, detail: audit.Detail
    ) -> None:
        action, subject = f"{ANNOUNCEMENTS.kind}.{what}", f"{ANNOUNCEMENTS.kind}:{key}"
        await audit.append(conn, tenant_id, actor, action, subject, detail, now=self._now())


def _detail(wanted: EmergencyStart, count: Hearers) -> audit.Detail:
    return {
        "prepared": wanted.prepared_id,
        "ends_at": wanted.ends_at.isoformat(),
        "queues": wanted.scope.queues,
        "journeys": wanted.scope.journeys,
        "channels": list(wanted.scope.channels),
        "waiting": count.waiting,
        "self_service": count.self_service,
    }


def _arguments(scope: Scope) -> tuple[list[str], list[str], list[str]]:
    return scope_arguments(scope.queues, scope.journeys, scope.channels)


async def _heard_by(conn: asyncpg.Connection, tenant_id: str, scope: Scope) -> Row:
    return _counts(await hearers(conn, tenant_id, _arguments(scope)))


def _counts(count: Hearers) -> Row:
    return {"waiting_now": count.waiting, "self_service_now": count.self_service}
