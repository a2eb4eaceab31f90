"""Planned against actual presence: live for everybody, and by day."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from warmline.domain.staffing.adherence import Actual, DayFigures, Standing, day_figures, standing
from warmline.domain.staffing.shifts import Shift
from warmline.features.staffing import store, store_shifts
from warmline.features.staffing.needs_service import span_of
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

LOOK_BACK = timedelta(hours=20)  # longer than any shift


class AgentStanding(Struct, frozen=True):
    """An agent now."""

    agent_id: str
    name: str
    presence: str
    reason: str | None
    standing: Standing


class AgentDay(Struct, frozen=True):
    """An agent's day in figures."""

    agent_id: str
    name: str
    figures: DayFigures


class Presences:
    """Reads only."""

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    async def live(self, tenant_id: str) -> tuple[datetime, list[AgentStanding]]:
        """Return the moment, and everybody who has a shift around it or is at work.

        Nobody, where no shift of anybody is published around it: without a schedule nobody departs from it.
        """
        now = self._now()
        async with self._database.tenant(tenant_id) as conn:
            people = await store.people(conn, tenant_id)
            rows = await store_shifts.between(conn, tenant_id, now - LOOK_BACK, now + LOOK_BACK)
            if not rows:
                return now, []
            current = await conn.fetch(
                "SELECT agent_id, presence, reason, since_at FROM agent_presence WHERE tenant_id = $1", tenant_id
            )
            history = await store_shifts.presence_history(conn, tenant_id, now - LOOK_BACK, now)
        mine = _by_agent([row.shift for row in rows])
        at_work = {str(row["agent_id"]): row for row in current}
        found: list[AgentStanding] = []
        for person in people:
            agent_id = str(person.id)
            row = at_work.get(agent_id)
            presence, reason = ("offline", None) if row is None else (row["presence"], row["reason"])
            if agent_id not in mine and presence == "offline":
                continue
            actual = history.get(agent_id, [])
            if row is not None and (not actual or actual[-1].start_at < row["since_at"] <= now):
                # A presence from before its history was kept.
                actual = [*_until(actual, row["since_at"]), Actual(row["since_at"], None, presence, reason)]
            found.append(
                AgentStanding(
                    agent_id, person.name, presence, reason, standing(mine.get(agent_id, []), actual, now)
                )
            )
        return now, found

    async def day(self, tenant_id: str, day: date) -> list[AgentDay]:
        """Return everybody's figures of a local day, up to now. Raises Refused `invalid` for an impossible day."""
        now = self._now()
        async with self._database.tenant(tenant_id) as conn:
            zone = ZoneInfo(await store.time_zone_of(conn, tenant_id))
            first_at, end_at = span_of(day, day, zone)
            people = await store.people(conn, tenant_id)
            rows = await store_shifts.between(conn, tenant_id, first_at - LOOK_BACK, end_at)
            history = await store_shifts.presence_history(conn, tenant_id, first_at, end_at)
        mine = _by_agent([row.shift for row in rows])
        until = max(first_at, min(end_at, now))
        found: list[AgentDay] = []
        for person in people:
            agent_id = str(person.id)
            figures = day_figures(mine.get(agent_id, []), history.get(agent_id, []), first_at, until)
            if figures.planned_min or figures.worked_min:
                found.append(AgentDay(agent_id, person.name, figures))
        return found


def _by_agent(shifts: list[Shift]) -> dict[str, list[Shift]]:
    found: dict[str, list[Shift]] = {}
    for shift in shifts:
        if shift.agent_id is not None:
            found.setdefault(shift.agent_id, []).append(shift)
    return found


def _until(actual: list[Actual], end_at: datetime) -> list[Actual]:
    """Return a history whose last stretch ends at `end_at`."""
    if not actual:
        return []
    last = actual[-1]
    return [*actual[:-1], Actual(last.start_at, end_at, last.status, last.reason)]
