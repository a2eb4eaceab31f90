"""What a run found, as plain figures: by queue, skill, group and interval. Contacts count when they came.

Shares are 0 to 1, times in seconds; None where nothing was there to be measured.
"""

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from warmline.domain.twin.people import TALKING, Kind, Pool
from warmline.domain.twin.simulation import Simulation
from warmline.domain.twin.tally import Cell, bounds_us, percentile_us

_SECOND_US = 1_000_000
Waiting = dict[tuple[Kind, int], tuple[int, int]]  # kind, interval → still waiting, of them past the target


class Figures(Struct, frozen=True):
    """What became of contacts. `came` and `taken_over` = all the ends and `unfinished`."""

    came: int
    taken_over: int  # from another queue
    answered: int
    answered_in_target: int
    abandoned: int
    abandoned_in_target: int
    overflowed: int  # to another queue
    turned_away: int  # closed or full
    sent_away: int  # waited as long as one may, or for nobody
    unfinished: int  # still waiting at the end
    requeued: int
    retries: int  # of `came`
    service_level: float | None  # answered in time, of those answered, who gave up or were sent away
    abandonment: float | None  # of the same
    had_to_wait: float | None  # of the same
    wait_mean_s: float | None  # of those answered, as the percentiles
    wait_p50_s: float | None
    wait_p90_s: float | None
    wait_p99_s: float | None
    wait_all_mean_s: float | None  # those who gave up or were sent away, too
    work_s: float  # handle and wrap-up
    contained: int = 0  # helped by the journey alone, or gone before the queue: not of `came`
    promised: int = 0  # a call instead of waiting: an end of its own
    called_back: int = 0  # of `promised`
    unreached: int = 0  # of `promised`
    unfinished_late: int = 0  # of `unfinished`: past the target


class Work(Struct, frozen=True):
    """What agents did. Who finishes after the shift counts as there."""

    paid_s: float
    there_s: float  # signed in and not on a break
    busy_s: float  # with one contact or more
    contacts_s: float  # contact by contact
    occupancy: float | None  # busy, of the time there
    utilisation: float | None  # busy, of the time paid


class Row(Struct, frozen=True):
    """Figures of one interval, or of all; `work` of the agents who serve these contacts, whatever they did."""

    from_s: float
    figures: Figures
    work: Work


class Wait(Struct, frozen=True, array_like=True):
    """How many were answered after waiting `from_s` up to `until_s`."""

    from_s: float
    until_s: float
    contacts: int


class Part(Struct, frozen=True):
    """One queue, skill, or everything: in all, by interval, and how long people waited."""

    total: Row
    intervals: tuple[Row, ...]
    waits: tuple[Wait, ...]


class Result(Struct, frozen=True):
    """One run. `groups`: agents' work in all and by interval."""

    seed: int
    until_s: float
    events: int
    overall: Part
    queues: dict[str, Part]
    skills: dict[str, Part]
    groups: dict[str, tuple[Work, tuple[Work, ...]]]


def encode(result: Result) -> bytes:
    """Return the result as JSON."""
    return msgspec.json.encode(result, order="deterministic")


def read(simulation: Simulation) -> Result:
    """Return what the run has found so far; intervals before the end of the warm-up are left out."""
    stage, world = simulation.stage, simulation.world
    kinds = list(stage.kinds.values())
    first = min(-int(-world.warm_up_s // world.interval_s), simulation.interval)
    waiting: Waiting = {}
    for contact in simulation.contacts:
        if contact.state != TALKING and not contact.answered:
            place = (contact.kind, contact.interval)
            count, late = waiting.get(place, (0, 0))
            is_late = simulation.now_us - contact.since_us > contact.kind.queue.target_us
            waiting[place] = (count + 1, late + is_late)
    reader = _Reader(first, world.interval_s, waiting)
    skills = sorted({need.skill for kind in kinds for need in kind.skills})
    return Result(
        seed=simulation.seed,
        until_s=(simulation.end_us - simulation.start_us) / _SECOND_US,
        events=simulation.events,
        overall=reader.part(kinds, stage.pools),
        queues={
            queue.id: reader.part(
                [kind for kind in kinds if kind.queue.id == queue.id],
                [pool for pool in stage.pools if any(seat.queue_id == queue.id for seat in pool.group.seats)],
            )
            for queue in world.queues
        },
        skills={
            skill: reader.part(
                [kind for kind in kinds if any(need.skill == skill for need in kind.skills)],
                [pool for pool in stage.pools if skill in pool.group.skills],
            )
            for skill in skills
        },
        groups={pool.group.id: _group(pool, first) for pool in stage.pools},
    )


class _Reader:
    """Adds up the cells of kinds and the hours of pools."""

    def __init__(self, first: int, interval_s: float, waiting: Waiting) -> None:
        self._first = first
        self._interval_s = interval_s
        self._waiting = waiting

    def part(self, kinds: list[Kind], pools: list[Pool]) -> Part:
        intervals = max((len(kind.cells) for kind in kinds), default=0)
        rows: list[Row] = []
        total, unfinished, all_late = Cell(), 0, 0
        for interval in range(self._first, intervals):
            cell = Cell()
            for kind in kinds:
                cell.add(kind.cells[interval])
            lines = [self._waiting.get((kind, interval), (0, 0)) for kind in kinds]
            left, late = sum(count for count, _ in lines), sum(late for _, late in lines)
            worked = _work(pool.taken[interval] for pool in pools if interval < len(pool.taken))
            rows.append(Row(interval * self._interval_s, _figures(cell, left, late), worked))
            total.add(cell)
            unfinished, all_late = unfinished + left, all_late + late
        worked = _work(taken for pool in pools for taken in pool.taken[self._first :])
        waits = tuple(_wait(number, count) for number, count in sorted(total.waits.items()))
        figures = _figures(total, unfinished, all_late)
        return Part(Row(self._first * self._interval_s, figures, worked), tuple(rows), waits)


def _group(pool: Pool, first: int) -> tuple[Work, tuple[Work, ...]]:
    taken = pool.taken[first:]
    return _work(taken), tuple(_work([hours]) for hours in taken)


def _wait(number: int, count: int) -> Wait:
    low, high = bounds_us(number)
    return Wait(low / _SECOND_US, high / _SECOND_US, count)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _figures(cell: Cell, unfinished: int, unfinished_late: int) -> Figures:
    answered = cell.at_once + cell.answered_later
    finished = answered + cell.abandoned + cell.sent_away
    p50, p90, p99 = (percentile_us(cell, share) for share in (0.5, 0.9, 0.99))
    return Figures(
        came=cell.came,
        taken_over=cell.taken_over,
        answered=answered,
        answered_in_target=cell.at_once + cell.in_target,
        abandoned=cell.abandoned,
        abandoned_in_target=cell.abandoned_in_target,
        overflowed=cell.overflowed,
        turned_away=cell.turned_away,
        sent_away=cell.sent_away,
        unfinished=unfinished,
        requeued=cell.requeued,
        retries=cell.retries,
        service_level=_share(cell.at_once + cell.in_target, finished),
        abandonment=_share(cell.abandoned, finished),
        had_to_wait=_share(finished - cell.at_once, finished),
        wait_mean_s=_share(cell.wait_us, answered * _SECOND_US),
        wait_p50_s=None if p50 is None else p50 / _SECOND_US,
        wait_p90_s=None if p90 is None else p90 / _SECOND_US,
        wait_p99_s=None if p99 is None else p99 / _SECOND_US,
        wait_all_mean_s=_share(cell.wait_us + cell.lost_wait_us, finished * _SECOND_US),
        work_s=cell.work_us / _SECOND_US,
        contained=cell.contained,
        promised=cell.promised,
        called_back=cell.called_back,
        unreached=cell.unreached,
        unfinished_late=unfinished_late,
    )


def _work(taken: Iterable[tuple[int, ...]]) -> Work:
    paid = there = busy = contacts = 0
    for hours in taken:
        paid, there, busy, contacts = paid + hours[0], there + hours[1], busy + hours[2], contacts + hours[3]
    return Work(
        paid_s=paid / _SECOND_US,
        there_s=there / _SECOND_US,
        busy_s=busy / _SECOND_US,
        contacts_s=contacts / _SECOND_US,
        occupancy=_share(busy, there),
        utilisation=_share(busy, paid),
    )
