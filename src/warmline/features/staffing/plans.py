"""Plans: made in the background, with progress; stopped, published or thrown away by supervisors."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
import msgspec
from msgspec import Struct
from msgspec.structs import replace

from warmline.domain.staffing.cover import Costs, Demand, Staff
from warmline.domain.staffing.rules import Worker, is_late, is_weekend, week_of
from warmline.domain.staffing.shifts import Shift, local_at, staffed
from warmline.features.security import audit
from warmline.features.security.audit import Actor
from warmline.features.staffing import store, store_shifts
from warmline.features.staffing.needs_service import Asked, Needs, NeedsService
from warmline.features.staffing.planner import PlanInput, PlanOutput
from warmline.features.staffing.planner_process import PlanFailed, Progress, run_planner
from warmline.features.staffing.refusals import BUSY, NO_PATTERN, NOBODY, NOT_READY, NOTHING_EXPECTED
from warmline.features.staffing.settings import worker_of
from warmline.kernel.errors import NOT_FOUND, Refused
from warmline.kernel.ids import new_id
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.apart import follow
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

LOG = logging.getLogger(__name__)
LOOK_S = 0.5  # how often progress is written and a wish to stop is seen
DEAD_AFTER = timedelta(seconds=30)  # without a sign of life nobody makes the plan any more
FAIRNESS = timedelta(days=28)  # late and weekend shifts of this long count


class Plan(Struct, frozen=True):
    """A plan as supervisors see it. `status`: planning, ready, failed, stopped, published.

    A stopped one has a result where anything had been found.
    """

    id: UUID
    starts_at: datetime
    ends_at: datetime
    status: str
    request: dict[str, Any]
    progress: dict[str, Any]
    result: dict[str, Any] | None
    created_at: datetime


def plan_of(row: asyncpg.Record, now: datetime) -> Plan:
    """Read a plan; one that nobody makes any more has failed."""
    status = row["status"]
    if status == "planning" and now - row["seen_at"] > DEAD_AFTER:
        status = "failed"
    return Plan(
        row["id"], row["starts_at"], row["ends_at"], status, row["request"], row["progress"], row["result"],
        row["created_at"],
    )  # fmt: skip


class Plans:
    """Makes one plan at a time for each company."""

    def __init__(
        self, database: Database, needs: NeedsService, tasks: TaskRegistry, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._database = database
        self._needs = needs
        self._tasks = tasks
        self._now = now
        self._one_at_a_time = asyncio.Semaphore(1)  # of this process: planners are heavy

    async def begin(self, tenant_id: str, actor: Actor, asked: Asked) -> Plan:
        """Begin to plan in the background. Raises Refused: busy, nothing expected, nobody, no pattern, invalid."""
        needs = await self._needs.needs(tenant_id, asked)
        if not any(need.on_shift > 0 for curve in needs.curves for need in curve.needs):
            raise Refused(NOTHING_EXPECTED)
        if not needs.people:
            raise Refused(NOBODY)
        if not needs.settings.patterns:
            raise Refused(NO_PATTERN)
        now, plan_id = self._now(), new_id()
        async with self._database.tenant(tenant_id) as conn:
            given = await self._input(conn, tenant_id, needs)
            async with conn.transaction():
                await conn.execute(
                    "SELECT pg_advisory_xact_lock(hashtextextended('staffing:' || $1, 0))", tenant_id
                )
                if await store.planning_since(conn, tenant_id, now - DEAD_AFTER) is not None:
                    raise Refused(BUSY)
                await store.insert_plan(
                    conn, tenant_id, plan_id, needs.first_at, needs.end_at, msgspec.to_builtins(asked),
                    actor.agent_id or plan_id, now,
                )  # fmt: skip
                row = await store.plan(conn, tenant_id, plan_id)
        self._tasks.spawn(f"staffing plan {plan_id}", self._make(tenant_id, plan_id, needs, given))
        assert row is not None  # noqa: S101 -- written above
        return plan_of(row, now)

    async def _input(self, conn: asyncpg.Connection, tenant_id: str, needs: Needs) -> PlanInput:
        zone = ZoneInfo(needs.time_zone)
        week_at = local_at(week_of(needs.days[0]), 0, zone)
        published = await store_shifts.between(
            conn, tenant_id, min(week_at, needs.first_at - FAIRNESS), needs.end_at + timedelta(days=7)
        )
        shifts = [row.shift for row in published]
        before = [one for one in shifts if one.start_at < needs.first_at]
        late = Counter(one.agent_id for one in before if is_late(one, zone))
        weekend = Counter(one.agent_id for one in before if is_weekend(one, zone))
        workers = tuple(
            worker_of(person, late[str(person.id)], weekend[str(person.id)]) for person in needs.people
        )
        near = (week_at - timedelta(days=1), needs.end_at + timedelta(days=7))
        worked = tuple(
            one
            for one in shifts
            if near[0] <= one.start_at < near[1] and not needs.first_at <= one.start_at < needs.end_at
        )
        return PlanInput(
            demand_of(needs, workers), workers, worked, needs.settings.time_limit_s, needs.settings.gap
        )

    async def _make(self, tenant_id: str, plan_id: UUID, needs: Needs, given: PlanInput) -> None:
        progress = Progress()
        made: PlanOutput | None = None
        stop = asyncio.Event()

        def hear(step: Progress) -> None:
            nonlocal progress
            progress = step

        async def plan() -> None:
            nonlocal made
            try:
                made = await run_planner(given, hear, stop)
            except PlanFailed as failure:
                LOG.warning("Plan %s failed: %s", plan_id, failure)

        async def tell() -> bool:
            async with self._database.tenant(tenant_id) as conn:
                return await store.told(conn, tenant_id, plan_id, msgspec.to_builtins(progress), self._now())

        await follow(plan, tell, stop, turn=self._one_at_a_time, look_s=LOOK_S)
        if made is None:
            await self._end(tenant_id, plan_id, "stopped" if stop.is_set() else "failed")
        else:
            await self._keep(tenant_id, plan_id, needs, made)

    async def _keep(self, tenant_id: str, plan_id: UUID, needs: Needs, made: PlanOutput) -> None:
        """Keep the plan; the best of a search that was stopped is marked so, with its gap."""
        status = "ready" if made.complete else "stopped"
        ids = {shift.id: str(new_id()) for shift in made.schedule.shifts}
        shifts = [replace(shift, id=ids[shift.id]) for shift in made.schedule.shifts]
        result = result_of(needs, shifts, made, ids)
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            if await store.finish_plan(conn, tenant_id, plan_id, status, result, self._now()):
                await store_shifts.insert_many(conn, tenant_id, plan_id, shifts)

    async def _end(self, tenant_id: str, plan_id: UUID, status: str) -> None:
        async with self._database.tenant(tenant_id) as conn:
            await store.finish_plan(conn, tenant_id, plan_id, status, None, self._now())

    async def all(self, tenant_id: str) -> list[Plan]:
        """Return the newest plans."""
        async with self._database.tenant(tenant_id) as conn:
            rows = await store.plans(conn, tenant_id)
        return [plan_of(row, self._now()) for row in rows]

    async def one(self, tenant_id: str, plan_id: UUID) -> Plan:
        """Return a plan. Raises Refused `not_found`."""
        async with self._database.tenant(tenant_id) as conn:
            return await self._read(conn, tenant_id, plan_id)

    async def _read(self, conn: asyncpg.Connection, tenant_id: str, plan_id: UUID) -> Plan:
        row = await store.plan(conn, tenant_id, plan_id)
        if row is None:
            raise Refused(NOT_FOUND, what="plan")
        return plan_of(row, self._now())

    async def stop(self, tenant_id: str, plan_id: UUID) -> Plan:
        """Ask whoever makes the plan to stop, in whichever process; the best found by then is kept.

        Raises Refused `not_found`.
        """
        async with self._database.tenant(tenant_id) as conn:
            await self._read(conn, tenant_id, plan_id)
            await store.ask_to_stop(conn, tenant_id, plan_id)
            return await self._read(conn, tenant_id, plan_id)

    async def publish(self, tenant_id: str, actor: Actor, plan_id: UUID) -> Plan:
        """Show the shifts to their agents, in place of those published before. Raises Refused."""
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            plan = await self._read(conn, tenant_id, plan_id)
            if plan.status not in {"ready", "published", "stopped"} or plan.result is None:
                raise Refused(NOT_READY)
            count = await store_shifts.publish(conn, tenant_id, plan_id, plan.starts_at, plan.ends_at, self._now())
            await store.set_plan_status(conn, tenant_id, plan_id, "published")
            await audit.append(
                conn, tenant_id, actor, "staffing_plan.published", f"staffing_plan:{plan_id}", {"shifts": count},
                now=self._now(),
            )  # fmt: skip
            return await self._read(conn, tenant_id, plan_id)

    async def remove(self, tenant_id: str, plan_id: UUID) -> None:
        """Throw a plan away; what was published of it stays. Raises Refused `not_found`."""
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            await self._read(conn, tenant_id, plan_id)
            await store.delete_plan(conn, tenant_id, plan_id)


def demand_of(needs: Needs, workers: tuple[Worker, ...]) -> Demand:
    """Return what the cover is asked for."""
    settings = needs.settings
    patterns = tuple(kind.pattern for kind in settings.patterns)
    pools = [curve.pool for curve in needs.curves]

    def staff(pool_ids: frozenset[str], able: list[Worker]) -> Staff:
        limited = {
            pattern.id: sum(one.patterns is None or pattern.id in one.patterns for one in able)
            for pattern in patterns
            if any(one.patterns is not None and pattern.id not in one.patterns for one in able)
        }
        days = [(day.weekday(), day.isoformat()) for day in needs.days]
        weeks = len({week_of(day) for day in needs.days})
        shifts = sum(
            min(
                one.days_at_most * weeks,
                sum(weekday in one.weekdays and day not in one.days_off for weekday, day in days),
            )
            for one in able
        )
        return Staff(pool_ids, len(able), weeks * sum(one.week_max_min for one in able), shifts, limited)

    groups = [
        staff(frozenset({pool.id}), [one for one in workers if not one.queues.isdisjoint(pool.queues)])
        for pool in pools
    ]
    if len(pools) > 1:
        groups.append(staff(frozenset(pool.id for pool in pools), [one for one in workers if one.queues]))
    return Demand(
        needs.curves, patterns, tuple(groups), needs.days, needs.time_zone, needs.first_at, settings.least,
        settings.rest_min, Costs(under=settings.under_cost, over=settings.over_cost),
    )  # fmt: skip


def result_of(needs: Needs, shifts: list[Shift], made: PlanOutput, ids: dict[str, str]) -> dict[str, Any]:
    """Return what is kept of a plan besides its shifts: figures, conflicts, and the needs it was made for."""
    half_hours = len(needs.curves[0].needs)
    wanted = [sum(curve.needs[slot].on_shift for curve in needs.curves) for slot in range(half_hours)]
    there = staffed([one for one in shifts if one.agent_id is not None], needs.first_at, half_hours)
    return {
        "gap": made.gap,
        "seconds": made.seconds,
        "shifts": len(shifts),
        "paid_h": sum(shift.paid_min for shift in shifts) / 60,
        "missing_h": sum(max(0.0, want - have) for want, have in zip(wanted, there, strict=True)) / 2,
        "over_h": sum(max(0.0, have - want) for want, have in zip(wanted, there, strict=True)) / 2,
        "unfilled": [{"shift_id": ids[one.shift_id], "reasons": one.reasons} for one in made.schedule.unfilled],
        "short": msgspec.to_builtins(made.schedule.short),
    }
