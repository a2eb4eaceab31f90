"""The roster: shifts edited by hand with every broken rule shown, an agent's own, and files of them."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
from msgspec import Struct
from msgspec.structs import replace

from warmline.domain.staffing.ical import Entry, write_calendar
from warmline.domain.staffing.rules import Violation, local_day, violations, week_of
from warmline.domain.staffing.shifts import LUNCH, Pause, Shift, local_at, staffed
from warmline.domain.staffing.volumes import HALF_HOUR
from warmline.features.security import audit
from warmline.features.security.audit import Actor
from warmline.features.staffing import store, store_shifts
from warmline.features.staffing.needs_service import span_of
from warmline.features.staffing.plans import Plan, plan_of
from warmline.features.staffing.refusals import BEING_MADE
from warmline.features.staffing.settings import worker_of
from warmline.features.staffing.store_shifts import ShiftRow
from warmline.kernel.errors import CONFLICT, INVALID, NOT_FOUND, Refused
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

LONGEST = timedelta(hours=16)
DAYS_AT_MOST = 35


class Roster(Struct, frozen=True):
    """Shifts of some days, the rules they break, and how many are on the floor in each half hour."""

    first_at: datetime
    end_at: datetime
    time_zone: str
    shifts: list[ShiftRow]
    violations: list[Violation]
    planned: list[float]


class Draft(Struct, frozen=True):
    """A shift as somebody wrote it."""

    agent_id: UUID | None
    start_at: datetime
    end_at: datetime
    pauses: tuple[Pause, ...] = ()
    queues: tuple[str, ...] = ()
    pattern_id: str = ""


def paid_min(draft: Draft) -> int:
    """Return the paid minutes: all but lunch."""
    lunch = sum((pause.end_at - pause.start_at for pause in draft.pauses if pause.kind == LUNCH), timedelta())
    return int((draft.end_at - draft.start_at - lunch).total_seconds() // 60)


def check_draft(draft: Draft) -> None:
    """Raise Refused `invalid` for a shift that cannot be: backwards, endless, or with pauses outside."""
    if not timedelta() < draft.end_at - draft.start_at <= LONGEST:
        raise Refused(INVALID, field="end_at", reason="a shift takes up to 16 hours")
    end_at = draft.start_at
    for pause in sorted(draft.pauses, key=lambda one: one.start_at):
        if not end_at <= pause.start_at < pause.end_at <= draft.end_at:
            raise Refused(INVALID, field="pauses", reason="pauses lie in the shift, one after the other")
        end_at = pause.end_at


class Rosters:
    """Reads and changes shifts."""

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    async def roster(self, tenant_id: str, first: date, last: date, plan_id: UUID | None = None) -> Roster:
        """Return the shifts of a plan, or the published ones. Raises Refused: invalid days, no such plan."""
        async with self._database.tenant(tenant_id) as conn:
            return await self._roster(conn, tenant_id, first, last, plan_id)

    async def _roster(
        self, conn: asyncpg.Connection, tenant_id: str, first: date, last: date, plan_id: UUID | None
    ) -> Roster:
        zone = ZoneInfo(await store.time_zone_of(conn, tenant_id))
        first_at, end_at = span_of(first, last, zone, DAYS_AT_MOST)
        if plan_id is not None and await store.plan(conn, tenant_id, plan_id) is None:
            raise Refused(NOT_FOUND, what="plan")
        settings, _ = await store.read_settings(conn, tenant_id)
        people = await store.people(conn, tenant_id)
        # Rules look at whole weeks and the day before; only what breaks in these days is told.
        around = (local_at(week_of(first) - timedelta(1), 0, zone), end_at + timedelta(days=7))
        shifts = await store_shifts.between(conn, tenant_id, around[0], around[1], plan_id)
        if plan_id is not None:
            published = await store_shifts.between(conn, tenant_id, around[0], around[1])
            own = {row.shift.id for row in shifts}
            inside = (min((r.shift.start_at for r in shifts), default=first_at), end_at)
            shifts += [
                row
                for row in published
                if row.shift.id not in own and not inside[0] <= row.shift.start_at < inside[1]
            ]
        shown = [row for row in shifts if first_at <= row.shift.start_at < end_at]
        ids = {row.shift.id for row in shown}
        broken = violations(
            [worker_of(person) for person in people], [row.shift for row in shifts], zone.key, settings.rest_min
        )
        there = staffed(
            [row.shift for row in shifts if row.shift.agent_id is not None],
            first_at,
            int((end_at - first_at) / HALF_HOUR),
        )
        return Roster(first_at, end_at, zone.key, shown, [one for one in broken if one.shift_id in ids], there)

    async def _checked(self, conn: asyncpg.Connection, tenant_id: str, draft: Draft) -> None:
        check_draft(draft)
        if draft.agent_id is not None:
            people = {person.id for person in await store.people(conn, tenant_id)}
            if draft.agent_id not in people:
                raise Refused(INVALID, field="agent_id", reason="no such agent with a routing profile")

    async def add(self, tenant_id: str, actor: Actor, draft: Draft, plan_id: UUID | None) -> ShiftRow:
        """Write a shift into a plan, or as a published one. Raises Refused: invalid, no such plan, being made."""
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            await self._checked(conn, tenant_id, draft)
            plan = None if plan_id is None else await self._plan(conn, tenant_id, plan_id)
            if plan_id is not None and plan is None:
                raise Refused(NOT_FOUND, what="plan")
            shift = Shift(
                str(new_id()), "", draft.queues, draft.pattern_id, draft.start_at, draft.end_at, paid_min(draft),
                draft.pauses, None if draft.agent_id is None else str(draft.agent_id),
            )  # fmt: skip
            published = plan is None or plan.status == "published"
            await store_shifts.insert_many(conn, tenant_id, plan_id, [shift], self._now() if published else None)
            await self._audit(conn, tenant_id, actor, "added", shift.id)
            row = await store_shifts.one(conn, tenant_id, UUID(shift.id))
        assert row is not None  # noqa: S101 -- written above
        return row

    async def change(self, tenant_id: str, actor: Actor, shift_id: UUID, draft: Draft, version: int) -> ShiftRow:
        """Change a shift that is still at `version`. Raises Refused: not_found, conflict, invalid, being made."""
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            before = await self._locked(conn, tenant_id, shift_id)
            if before.version != version:
                raise Refused(CONFLICT)
            await self._checked(conn, tenant_id, draft)
            shift = replace(
                before.shift,
                agent_id=None if draft.agent_id is None else str(draft.agent_id),
                start_at=draft.start_at,
                end_at=draft.end_at,
                pauses=draft.pauses,
                queues=draft.queues,
                pattern_id=draft.pattern_id,
                paid_min=paid_min(draft),
            )
            await store_shifts.update(conn, tenant_id, shift)
            await self._audit(conn, tenant_id, actor, "changed", shift.id)
            row = await store_shifts.one(conn, tenant_id, shift_id)
        assert row is not None  # noqa: S101 -- locked above
        return row

    async def remove(self, tenant_id: str, actor: Actor, shift_id: UUID) -> None:
        """Remove a shift. Raises Refused: not_found, being made."""
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            await self._locked(conn, tenant_id, shift_id)
            await store_shifts.delete(conn, tenant_id, shift_id)
            await self._audit(conn, tenant_id, actor, "removed", str(shift_id))

    async def _locked(self, conn: asyncpg.Connection, tenant_id: str, shift_id: UUID) -> ShiftRow:
        row = await store_shifts.one(conn, tenant_id, shift_id, lock=True)
        if row is None:
            raise Refused(NOT_FOUND, what="shift")
        if row.plan_id is not None:
            await self._plan(conn, tenant_id, row.plan_id)
        return row

    async def _plan(self, conn: asyncpg.Connection, tenant_id: str, plan_id: UUID) -> Plan | None:
        """Return a plan, None once it was thrown away. Raises Refused for one that is still being made.

        What is written by hand meanwhile would mix with what is found.
        """
        row = await store.plan(conn, tenant_id, plan_id)
        plan = None if row is None else plan_of(row, self._now())
        if plan is not None and plan.status == "planning":
            raise Refused(BEING_MADE)
        return plan

    async def _audit(
        self, conn: asyncpg.Connection, tenant_id: str, actor: Actor, what: str, shift_id: str
    ) -> None:
        await audit.append(conn, tenant_id, actor, f"shift.{what}", f"shift:{shift_id}", now=self._now())

    async def own(self, tenant_id: str, agent_id: UUID, first: date, last: date) -> tuple[str, list[ShiftRow]]:
        """Return the time zone and an agent's published shifts. Raises Refused `invalid` for impossible days."""
        async with self._database.tenant(tenant_id) as conn:
            zone = await store.time_zone_of(conn, tenant_id)
            first_at, end_at = span_of(first, last, ZoneInfo(zone), DAYS_AT_MOST)
            return zone, await store_shifts.between(conn, tenant_id, first_at, end_at, agent_id=agent_id)

    async def names(self, tenant_id: str) -> dict[str, str]:
        """Return the names of agents by id."""
        async with self._database.tenant(tenant_id) as conn:
            rows = await conn.fetch("SELECT id, name FROM agent WHERE tenant_id = $1", tenant_id)
        return {str(row["id"]): row["name"] for row in rows}


def calendar_of(name: str, rows: Sequence[ShiftRow], time_zone: str, words: "Words", now: datetime) -> str:
    """Return shifts as an iCalendar, in somebody's language."""
    zone = ZoneInfo(time_zone)

    def describe(shift: Shift) -> str:
        pauses = [
            f"{words.pause(pause.kind)} {pause.start_at.astimezone(zone):%H:%M}"
            f"–{pause.end_at.astimezone(zone):%H:%M}"
            for pause in shift.pauses
        ]
        return "\n".join([", ".join(words.queue(queue_id) for queue_id in shift.queues), *pauses]).strip()

    return write_calendar(
        name,
        [
            Entry(
                f"{row.shift.id}@warmline",
                row.shift.start_at,
                row.shift.end_at,
                words.summary(row.shift),
                describe(row.shift),
                row.version,
            )
            for row in rows
        ],
        now,
    )


class Words(Struct, frozen=True):
    """The words of a calendar in one language; queues by name, agents by name when it shows several."""

    shift: str
    pauses: dict[str, str]
    queues: dict[str, str]
    agents: dict[str, str] = {}

    def pause(self, kind: str) -> str:
        return self.pauses.get(kind, kind)

    def queue(self, queue_id: str) -> str:
        return self.queues.get(queue_id, queue_id)

    def summary(self, shift: Shift) -> str:
        who = self.agents.get(shift.agent_id or "")
        return f"{self.shift}: {who}" if who else self.shift


def day_of(shift: Shift, time_zone: str) -> date:
    """Return the local day a shift begins on."""
    return local_day(shift, ZoneInfo(time_zone))
