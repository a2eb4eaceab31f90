"""Which shifts cover the needs: as few paid hours as possible, too few agents punished more than too many.

Pauses are placed apart from shifts (one column per pattern, start and pause place instead of one per combination),
which has the same best answer with far fewer columns. Source: Aykin, Optimal shift scheduling with multiple break
windows, Management Science 42, 1996.

Rest between shifts needs no names yet: equal agents can work a set of shifts with `rest` between them exactly when
no moment lies in more lengthened shifts (rest included) than there are agents, as in every interval graph.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from warmline.domain.staffing.needs import Curve, Pool
from warmline.domain.staffing.program import UNBOUNDED, Answer, Program
from warmline.domain.staffing.shifts import (
    HALF_HOUR_MIN,
    SHORT_BREAK_MIN,
    Pattern,
    Pause,
    Shift,
    Stem,
    stems,
)
from warmline.domain.staffing.volumes import HALF_HOUR

_STEPS = (0.1, 1 / 3, 2 / 3, 1.0)


class Costs(Struct, frozen=True):
    """What a missing or an idle agent costs in half an hour, against 1 for a paid one.

    The more of the wanted agents are missing, the dearer is the next one: by `deep` times `under` at each of a
    tenth, a third and two thirds. Missing the minimum costs `least` times `under`.
    """

    under: float = 8.0
    over: float = 0.2
    deep: float = 1.0
    least: float = 5.0


class Staff(Struct, frozen=True):
    """Who there is, in numbers: of a pool, or of several together.

    `patterns`: how many may work each pattern; one that is not named may be worked by all.
    """

    pools: frozenset[str]
    headcount: int
    week_min: int
    week_shifts: int
    patterns: dict[str, int] = {}


class Demand(Struct, frozen=True):
    """All that a cover is asked for. `least`: agents wanted in each half hour in which customers may come."""

    curves: tuple[Curve, ...]
    patterns: tuple[Pattern, ...]
    staff: tuple[Staff, ...]
    days: tuple[date, ...]
    time_zone: str
    first_at: datetime
    least: int = 0
    rest_min: int = 11 * 60
    costs: Costs = Costs()

    @property
    def half_hours(self) -> int:
        return len(self.curves[0].needs) if self.curves else 0


class Placed(Struct):
    """The columns of a stem in a pool: the shift, and for each of its pauses the places."""

    pool: Pool
    stem: Stem
    column: int
    places: list[list[int]]


class Layout(Struct):
    """A program, and which column means what."""

    program: Program
    placed: list[Placed]


def lay_out(demand: Demand) -> Layout:
    """Return the program whose best answer is the cover."""
    program = Program()
    placed: list[Placed] = []
    zone = ZoneInfo(demand.time_zone)
    found = list(stems(demand.patterns, demand.days, zone, demand.first_at, demand.half_hours))
    for curve in demand.curves:
        cover: list[list[tuple[int, float]]] = [[] for _ in range(demand.half_hours)]
        served = _served(curve, demand)
        for stem in found:
            if any(served[stem.first : stem.end]):
                placed.append(_place(program, curve.pool, stem, cover))
        for slot, need in enumerate(curve.needs):
            _cover_row(program, cover[slot], need.on_shift, demand.least if served[slot] else 0, demand.costs)
    for staff in demand.staff:
        mine = [one for one in placed if one.pool.id in staff.pools]
        _staff_rows(program, mine, staff, demand.rest_min // HALF_HOUR_MIN)
    for pattern in demand.patterns:
        if pattern.at_most is not None:
            _daily_rows(program, [one for one in placed if one.stem.pattern is pattern], pattern.at_most, demand)
    return Layout(program, placed)


def _served(curve: Curve, demand: Demand) -> list[bool]:
    return [need.on_shift > 0 for need in curve.needs]


def _place(program: Program, pool: Pool, stem: Stem, cover: list[list[tuple[int, float]]]) -> Placed:
    pattern = stem.pattern
    paid = pattern.cost * pattern.paid_min / HALF_HOUR_MIN
    shift = program.column(paid, UNBOUNDED, whole=True)
    for slot in range(stem.first, min(stem.end, len(cover))):
        cover[slot].append((shift, 1.0))
    places: list[list[int]] = []
    for window, slots in zip(pattern.pauses, stem.places, strict=True):
        columns = [program.column(0.0, UNBOUNDED, whole=True) for _ in slots]
        program.row([(shift, -1.0), *((column, 1.0) for column in columns)], 0.0, 0.0)
        share = 0.5 if window.length_min == SHORT_BREAK_MIN else 1.0
        for column, first in zip(columns, slots, strict=True):
            for slot in range(first, first + max(1, window.length_min // HALF_HOUR_MIN)):
                if slot < len(cover):
                    cover[slot].append((column, -share))
        places.append(columns)
    return Placed(pool, stem, shift, places)


def _cover_row(program: Program, parts: list[tuple[int, float]], wanted: float, least: int, costs: Costs) -> None:
    if wanted <= 0 and not parts:
        return
    over = program.column(costs.over, UNBOUNDED, whole=False)
    missing: list[tuple[int, float]] = []
    covered = 0.0
    for step, share in enumerate(_STEPS):
        # At least one agent in the first step: a fraction of one is never dear.
        width = max(1.0, wanted * share) - covered if step == 0 else max(0.0, wanted * share - covered)
        covered += width
        upper = width if step < len(_STEPS) - 1 else UNBOUNDED
        missing.append((program.column(costs.under * (1 + costs.deep * step), upper, whole=False), 1.0))
    program.row([*parts, *missing, (over, -1.0)], wanted, wanted)
    if least > 0:
        below = program.column(costs.under * costs.least, UNBOUNDED, whole=False)
        program.row([*parts, (below, 1.0)], float(least), UNBOUNDED)


def _staff_rows(program: Program, placed: list[Placed], staff: Staff, rest: int) -> None:
    """Bound what the agents can work: at the same time with their rest, in hours, in shifts."""
    if not placed:
        return
    program.row(
        [(one.column, float(one.stem.pattern.paid_min)) for one in placed], -UNBOUNDED, float(staff.week_min)
    )
    program.row([(one.column, 1.0) for one in placed], -UNBOUNDED, float(staff.week_shifts))
    groups = [(placed, staff.headcount)]
    for pattern_id, headcount in staff.patterns.items():
        able = [one for one in placed if one.stem.pattern.id == pattern_id]
        groups.append((able, headcount))
        # Those who work a pattern have, on the whole, as many days as all the others.
        days = staff.week_shifts * headcount // max(1, staff.headcount)
        program.row([(one.column, 1.0) for one in able], -UNBOUNDED, float(days))
    for group, headcount in groups:
        by_start: dict[int, list[Placed]] = defaultdict(list)
        for one in group:
            by_start[one.stem.first].append(one)
        # The most shifts overlap at the start of one of them.
        for moment in sorted(by_start):
            busy = [(one.column, 1.0) for one in group if one.stem.first <= moment < one.stem.end + rest]
            program.row(busy, -UNBOUNDED, float(headcount))


def _daily_rows(program: Program, placed: list[Placed], at_most: int, demand: Demand) -> None:
    zone = ZoneInfo(demand.time_zone)
    by_day: dict[date, list[int]] = defaultdict(list)
    for one in placed:
        by_day[(demand.first_at + one.stem.first * HALF_HOUR).astimezone(zone).date()].append(one.column)
    for columns in by_day.values():
        program.row([(column, 1.0) for column in columns], -UNBOUNDED, float(at_most))


def read_cover(layout: Layout, answer: Answer, first_at: datetime) -> tuple[Shift, ...]:
    """Return the shifts of an answer, in order of time. Raises ValueError when there is no answer."""
    if answer.values is None:
        raise ValueError("The solver found no cover.")
    shifts: list[Shift] = []
    quarters: dict[int, int] = defaultdict(int)  # short breaks given out in a half hour so far
    for one in sorted(layout.placed, key=lambda each: (each.stem.first, each.pool.id, each.column)):
        count = round(answer.values[one.column])
        columns = [
            [place for column, place in zip(line, slots, strict=True) for _ in range(round(answer.values[column]))]
            for line, slots in zip(one.places, one.stem.places, strict=True)
        ]
        start_at = first_at + one.stem.first * HALF_HOUR
        for nth in range(count):
            pauses: list[Pause] = []
            for window, line in zip(one.stem.pattern.pauses, columns, strict=True):
                slot = line[nth]
                begin = first_at + slot * HALF_HOUR
                if window.length_min == SHORT_BREAK_MIN:
                    begin += timedelta(minutes=SHORT_BREAK_MIN * (quarters[slot] % 2))
                    quarters[slot] += 1
                pauses.append(Pause(window.kind, begin, begin + timedelta(minutes=window.length_min)))
            shifts.append(
                Shift(
                    id=f"{one.pool.id}/{one.stem.pattern.id}/{start_at:%Y%m%dT%H%M}/{nth}",
                    pool_id=one.pool.id,
                    queues=one.pool.queues,
                    pattern_id=one.stem.pattern.id,
                    start_at=start_at,
                    end_at=first_at + one.stem.end * HALF_HOUR,
                    paid_min=one.stem.pattern.paid_min,
                    pauses=tuple(pauses),
                )
            )
    return tuple(shifts)
