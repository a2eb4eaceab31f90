"""The map of contact reasons: the catalogue, what the record says of each, and what is missing."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import asyncpg
import msgspec
from msgspec import Struct

from warmline.domain.journey.checker_tags import Duty
from warmline.domain.journey.tasks import Tasks, TasksOf, by_company
from warmline.features.journeys import store as journeys
from warmline.features.journeys.proof import Proof, load_ground
from warmline.features.journeys.service import compared_breaks
from warmline.features.reasons import store
from warmline.features.reasons.gaps import Entry, Gap, declared_in, gaps_of
from warmline.features.reasons.store import Served, ServedBy, Unheard
from warmline.features.reports.service import check_range
from warmline.features.reports.store import time_zone_of
from warmline.features.security import audit
from warmline.features.security.audit import Actor
from warmline.kernel.errors import CONFLICT, NOT_FOUND, Refused, declare
from warmline.kernel.locale import Locale
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

USUAL_DAYS = 28
MOST_PROOFS = 3
NOBODY = Served(0, None, None, None, None, 0, None)
UNDERSTOOD = Unheard(0, 0, 0)

TAKEN = declare(
    "reasons.taken",
    409,
    "There is already a contact reason {reason}.",
    "Choose another identifier, or change the one that is there.",
)
BREAKS = declare(
    "reasons.breaks",
    409,
    "With this change of {reason}, the published journey {journey} would have {problems} problems.",
    "Read the report, correct the journey first, and save again.",
)

Signal = Callable[[str, str, str], Awaitable[None]]
Written = TypeVar("Written")


class ReasonLine(Struct, frozen=True):
    """One contact reason. `entry` is None for one that journeys declare or contacts had, but nobody catalogued."""

    id: str
    entry: Entry | None
    served: Served
    channels: tuple[ServedBy, ...]
    declared_in: tuple[str, ...]
    gaps: tuple[Gap, ...]
    unheard: Unheard = UNDERSTOOD


class ReasonMap(Struct, frozen=True):
    """All contact reasons of a time, most contacts first; `undeclared`: the contacts that had none."""

    first: date
    last: date
    time_zone: str
    items: tuple[ReasonLine, ...]
    undeclared: Served
    unheard: Unheard = UNDERSTOOD  # of all contacts, with a reason and without


class Reasons:
    """A tenant's catalogue of contact reasons."""

    def __init__(
        self,
        database: Database,
        proof: Proof,
        tasks: Tasks | TasksOf,
        signal: Signal,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database = database
        self._proof = proof
        self._tasks = by_company(tasks)
        self._signal = signal
        self._now = now

    async def map(self, tenant_id: str, first: date | None, last: date | None) -> ReasonMap:
        """Return the map of these days, the last included; else of the last 28. Raises Refused `invalid`."""
        now = self._now()
        async with self._database.tenant(tenant_id) as conn, conn.transaction(isolation="repeatable_read"):
            zone = await time_zone_of(conn, tenant_id)
            last = last or now.astimezone(ZoneInfo(zone)).date()
            first = first or last - timedelta(days=USUAL_DAYS - 1)
            check_range(first, last)
            entries = {entry.id: entry for entry in await store.all_entries(conn, tenant_id)}
            ground = await load_ground(conn, tenant_id)
            found = await store.served(conn, tenant_id, zone, first, last + timedelta(days=1), now)
            unheard = await store.unheard(conn, tenant_id, zone, first, last + timedelta(days=1))
        library = ground.library()
        declared = declared_in(library)
        whole = {one.intent: one.served for one in found if one.channel is None}
        parts: dict[str | None, list[ServedBy]] = {}
        for one in found:
            if one.channel is not None:
                parts.setdefault(one.intent, []).append(one)
        names = {*entries, *declared, *(intent for intent in whole if intent is not None)}
        lines = [
            ReasonLine(
                name,
                entries.get(name),
                whole.get(name, NOBODY),
                tuple(parts.get(name, ())),
                tuple(declared.get(name, ())),
                tuple(
                    gaps_of(entries[name], library, self._tasks(tenant_id))
                    if name in entries
                    else [Gap("uncatalogued")]
                ),
                unheard.get(name, UNDERSTOOD),
            )
            for name in names
        ]
        lines.sort(key=lambda line: (-line.served.volume, line.id))
        return ReasonMap(first, last, zone, tuple(lines), whole.get(None, NOBODY), _together(unheard.values()))

    async def create(self, tenant_id: str, actor: Actor, entry: Entry, locale: Locale = "en") -> Entry:
        """Add a reason. Raises Refused: `reasons.taken`, `reasons.breaks` with the report told in `locale`."""

        async def write(conn: asyncpg.Connection) -> Entry:
            if await store.one(conn, tenant_id, entry.id) is not None:
                raise Refused(TAKEN, reason=entry.id)
            await store.write(conn, tenant_id, entry)
            await self._audit(conn, tenant_id, actor, "reason.created", entry.id)
            return entry

        return await self._proved(tenant_id, entry, locale, write)

    async def change(self, tenant_id: str, actor: Actor, entry: Entry, locale: Locale = "en") -> Entry:
        """Change a reason still at `entry.version`. Raises Refused: not_found, conflict, `reasons.breaks`."""
        after = msgspec.structs.replace(entry, version=entry.version + 1)

        async def write(conn: asyncpg.Connection) -> Entry:
            before = await store.one(conn, tenant_id, entry.id)
            if before is None:
                raise Refused(NOT_FOUND, what="contact reason")
            if before.version != entry.version:
                raise Refused(CONFLICT)
            await store.write(conn, tenant_id, after)
            await self._audit(conn, tenant_id, actor, "reason.changed", entry.id)
            return after

        return await self._proved(tenant_id, entry, locale, write)

    async def remove(self, tenant_id: str, actor: Actor, key: str, version: int | None) -> None:
        """Take a reason out of the catalogue; the record keeps it. Raises Refused: not_found, conflict."""
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            before = await store.one(conn, tenant_id, key)
            if before is None:
                raise Refused(NOT_FOUND, what="contact reason")
            if version not in (None, before.version):
                raise Refused(CONFLICT)
            await store.remove(conn, tenant_id, key)
            await self._audit(conn, tenant_id, actor, "reason.removed", key)
        await self._signal(tenant_id, "settings", "contact_reason")

    async def _proved(
        self,
        tenant_id: str,
        entry: Entry,
        locale: Locale,
        write: Callable[[asyncpg.Connection], Awaitable[Written]],
    ) -> Written:
        """Write an entry if every published journey keeps what it then demands; if they moved meanwhile, anew."""
        for _ in range(MOST_PROOFS):
            async with self._database.tenant(tenant_id) as conn:
                ground = await load_ground(conn, tenant_id)
            duties = {name: duty for name, duty in ground.duties.items() if name != entry.id}
            if entry.tags:
                duties[entry.id] = Duty(frozenset(entry.tags), entry.level)
            broken = None
            if duties != ground.duties:
                after = msgspec.structs.replace(ground, duties=duties)
                broken = await self._proof.of_duties(ground, after, locale)
            if broken is not None:
                raise compared_breaks(broken) or Refused(
                    BREAKS,
                    reason=entry.id,
                    journey=broken.journey,
                    problems=len(broken.problems),
                    report="\n".join(broken.lines()),
                )
            async with self._database.tenant(tenant_id) as conn, conn.transaction():
                await journeys.lock(conn, tenant_id)
                if await load_ground(conn, tenant_id) == ground:
                    written = await write(conn)
                    break
        else:
            raise Refused(CONFLICT)
        await self._signal(tenant_id, "settings", "contact_reason")
        return written

    async def _audit(self, conn: asyncpg.Connection, tenant_id: str, actor: Actor, action: str, key: str) -> None:
        await audit.append(conn, tenant_id, actor, action, f"reason:{key}", {}, now=self._now())


def _together(parts: Iterable[Unheard]) -> Unheard:
    found = list(parts)
    return Unheard(
        sum(one.times for one in found), sum(one.contacts for one in found), sum(one.handed for one in found)
    )
