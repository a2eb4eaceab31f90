"""Who works which shift: day by day the cheapest pairing, then exchanges for shifts that nobody could take.

Cheap is fair: late and weekend shifts go to those who had fewest, hours to those furthest from their contract,
and starts stay near those of the days before. What cannot be filled is named with its reasons.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from warmline.domain.staffing.rules import (
    REST_MIN,
    Violation,
    Worker,
    alone,
    is_late,
    is_weekend,
    local_day,
    minutes_of,
    together,
    week_of,
)
from warmline.domain.staffing.shifts import Shift

Match = Callable[[Sequence[Sequence[float]]], list[tuple[int, int]]]
"""Cheapest pairs (row, column) of a table of costs, as many as fit; infinite ones are impossible."""

NEVER = float("inf")
UNFAIR = 3.0  # for each late or weekend shift one had already
BUSY = 4.0  # for having worked all of the contract's hours, in proportion before
UNSTEADY = 1.0  # for a start six hours away from the last one
SCARCE = 6.0  # for being needed more elsewhere: shifts per agent there, beyond those per agent here


class Unfilled(Struct, frozen=True):
    """A shift nobody can work, and why: how many agents each rule keeps from it (the first rule of each agent)."""

    shift_id: str
    reasons: dict[str, int]


class Short(Struct, frozen=True):
    """An agent with fewer hours than the contract promises, in minutes, in the week that begins on `week`."""

    agent_id: str
    week: str
    planned_min: int
    promised_min: int


class Schedule(Struct, frozen=True):
    """Shifts with their agents (or without), and the conflicts that remain."""

    shifts: tuple[Shift, ...]
    unfilled: tuple[Unfilled, ...]
    short: tuple[Short, ...]


Kind = tuple[tuple[str, ...], str]  # queues and pattern


def _kind(shift: Shift) -> Kind:
    return shift.queues, shift.pattern_id


def _able(worker: Worker, kind: Kind) -> bool:
    queues, pattern_id = kind
    fits = worker.patterns is None or pattern_id in worker.patterns
    return fits and (not queues or not worker.queues.isdisjoint(queues))


class _Book:
    """Who has what so far."""

    def __init__(self, workers: Sequence[Worker], worked: Sequence[Shift], zone: ZoneInfo, rest_min: int) -> None:
        self.zone = zone
        self.rest_min = rest_min
        self.workers = list(workers)
        self.has: dict[str, list[Shift]] = {worker.id: [] for worker in workers}
        self.late = Counter({worker.id: worker.late for worker in workers})
        self.weekend = Counter({worker.id: worker.weekend for worker in workers})
        self._pressure: dict[Kind, float] = {}
        self._elsewhere: dict[str, dict[Kind, float]] = {}
        for shift in worked:
            if shift.agent_id in self.has:
                self.has[shift.agent_id].append(shift)

    def expect(self, shifts: Sequence[Shift]) -> None:
        """Learn which kinds of shift are short of agents, so that those who can work them are kept for them."""
        wanted = Counter(_kind(shift) for shift in shifts)
        for kind, count in wanted.items():
            able = sum(_able(worker, kind) for worker in self.workers)
            self._pressure[kind] = count / max(1, able)
        for worker in self.workers:
            self._elsewhere[worker.id] = {
                kind: pressure for kind, pressure in self._pressure.items() if _able(worker, kind)
            }

    def _needed_elsewhere(self, worker: Worker, shift: Shift) -> float:
        here = _kind(shift)
        others = (pressure for kind, pressure in self._elsewhere.get(worker.id, {}).items() if kind != here)
        return max(0.0, max(others, default=0.0) - self._pressure.get(here, 0.0))

    def hindrance(self, worker: Worker, shift: Shift, without: Shift | None = None) -> Violation | None:
        """Return the first rule that keeps an agent from a shift; `without`: if they gave that one away."""
        first = next(iter(alone(worker, shift, self.zone)), None)
        if first is not None:
            return first
        mine = [one for one in self.has[worker.id] if one is not without]
        before = set(together(worker, mine, self.zone, self.rest_min))
        broken = together(worker, [*mine, shift], self.zone, self.rest_min)
        return next((one for one in broken if one not in before), None)

    def cost(self, worker: Worker, shift: Shift) -> float:
        if self.hindrance(worker, shift) is not None:
            return NEVER
        week = week_of(local_day(shift, self.zone))
        mine = [one for one in self.has[worker.id] if week_of(local_day(one, self.zone)) == week]
        cost = BUSY * sum(one.paid_min for one in mine) / max(1, worker.week_max_min)
        cost += SCARCE * self._needed_elsewhere(worker, shift)
        if is_late(shift, self.zone):
            cost += UNFAIR * self.late[worker.id]
        if is_weekend(shift, self.zone):
            cost += UNFAIR * self.weekend[worker.id]
        if mine:
            last = max(mine, key=lambda one: one.start_at)
            apart_min = abs(self._start_min(shift) - self._start_min(last))
            cost += UNSTEADY * min(apart_min, 1440 - apart_min) / 360
        return cost

    def _start_min(self, shift: Shift) -> int:
        return minutes_of(shift.start_at, local_day(shift, self.zone), self.zone) % 1440

    def give(self, worker: Worker, shift: Shift) -> Shift:
        given = replace(shift, agent_id=worker.id)
        self.has[worker.id].append(given)
        self._count(worker, shift, 1)
        return given

    def take(self, worker: Worker, shift: Shift) -> None:
        self.has[worker.id].remove(shift)
        self._count(worker, shift, -1)

    def _count(self, worker: Worker, shift: Shift, by: int) -> None:
        self.late[worker.id] += by * is_late(shift, self.zone)
        self.weekend[worker.id] += by * is_weekend(shift, self.zone)


def assign(
    shifts: Sequence[Shift],
    workers: Sequence[Worker],
    time_zone: str,
    match: Match,
    worked: Sequence[Shift] = (),
    rest_min: int = REST_MIN,
) -> Schedule:
    """Give every shift that can be given to an agent. `worked`: their shifts around these, for rest and hours.

    Shifts that already have an agent are kept as they are. Of no agent's rules is any broken by what is given.
    """
    zone = ZoneInfo(time_zone)
    kept = [shift for shift in shifts if shift.agent_id is not None]
    book = _Book(workers, [*worked, *kept], zone, rest_min)
    by_day: dict[date, list[Shift]] = {}
    for shift in shifts:
        if shift.agent_id is None:
            by_day.setdefault(local_day(shift, zone), []).append(shift)
    book.expect([shift for line in by_day.values() for shift in line])
    given: dict[str, Shift] = {shift.id: shift for shift in kept}
    for day in sorted(by_day):
        line = sorted(by_day[day], key=lambda one: (one.start_at, one.id))
        table = [[book.cost(worker, shift) for worker in book.workers] for shift in line]
        for row, column in match(table):
            given[line[row].id] = book.give(book.workers[column], line[row])
    for shift in sorted(shifts, key=lambda one: (one.start_at, one.id)):
        if shift.id not in given:
            _exchange(shift, book, given)
    unfilled = [
        Unfilled(shift.id, _reasons(shift, book))
        for shift in sorted(shifts, key=lambda one: (one.start_at, one.id))
        if shift.id not in given
    ]
    return Schedule(
        tuple(given.get(shift.id, shift) for shift in shifts), tuple(unfilled), tuple(_short(book, shifts, zone))
    )


def _exchange(shift: Shift, book: _Book, given: dict[str, Shift]) -> None:
    """Fill a shift: somebody takes it who hands one of theirs, not a kept one, to somebody else."""
    day = local_day(shift, book.zone)
    near = timedelta(days=1)
    for worker in book.workers:
        if next(iter(alone(worker, shift, book.zone)), None) is not None:
            continue
        if book.hindrance(worker, shift) is None:
            given[shift.id] = book.give(worker, shift)
            return
        for own in list(book.has[worker.id]):
            if given.get(own.id) is not own or abs(local_day(own, book.zone) - day) > 7 * near:
                continue
            if book.hindrance(worker, shift, without=own) is not None:
                continue
            other = min(
                (each for each in book.workers if each is not worker),
                key=lambda each: book.cost(each, own),
                default=None,
            )
            if other is not None and book.cost(other, own) < NEVER:
                book.take(worker, own)
                given[own.id] = book.give(other, replace(own, agent_id=None))
                given[shift.id] = book.give(worker, shift)
                return


def _reasons(shift: Shift, book: _Book) -> dict[str, int]:
    reasons: Counter[str] = Counter()
    for worker in book.workers:
        hindrance = book.hindrance(worker, shift)
        if hindrance is not None:
            reasons[hindrance.rule.value] += 1
    return dict(reasons)


def _short(book: _Book, shifts: Sequence[Shift], zone: ZoneInfo) -> list[Short]:
    """Return who has fewer hours than promised, in weeks of the plan."""
    weeks = sorted({week_of(local_day(shift, zone)) for shift in shifts})
    found: list[Short] = []
    for worker in book.workers:
        for week in weeks:
            planned = sum(one.paid_min for one in book.has[worker.id] if week_of(local_day(one, zone)) == week)
            if planned < worker.week_min_min:
                found.append(Short(worker.id, week.isoformat(), planned, worker.week_min_min))
    return found
