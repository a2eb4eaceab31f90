"""Several runs of one world, watched: how far they are, and what to keep when they are stopped."""

from collections.abc import Callable, Iterable

from warmline.domain.twin.randomness import derive
from warmline.domain.twin.replications import values
from warmline.domain.twin.result import Part, Result, Row
from warmline.domain.twin.run import Stopped, simulate
from warmline.domain.twin.world import World

Watcher = Callable[[float, float], bool]  # the share of all work done, seconds after midnight; False stops


def never_stop(_share: float, _at_s: float) -> bool:
    """Let everything run to its end."""
    return True


class Meter:
    """Progress over several pieces of work of equal weight; remembers that it was stopped."""

    def __init__(self, watcher: Watcher, pieces: int) -> None:
        self._watcher = watcher
        self._pieces = max(pieces, 1)
        self.done = 0
        self.stopped = False

    def run(self, world: World, seed: int, number: int, until_s: float) -> Result | None:
        """Run once more; None when stopped. Equal numbers get equal chances, whatever the world."""
        self.stopped = self.stopped or not self._watcher(min(self.done / self._pieces, 1.0), 0.0)
        if self.stopped:
            return None

        def told(share: float) -> bool:
            return self._watcher(min((self.done + share) / self._pieces, 1.0), share * until_s)

        try:
            found = simulate(world, derive(seed, "run", number), until_s, told)
        except Stopped:
            self.stopped = True
            return None
        self.done += 1
        self.stopped = not self._watcher(min(self.done / self._pieces, 1.0), until_s)
        return found


def figures_of(row: Row) -> dict[str, float]:
    """Return a row's figures by metric; service level and abandonment as reports and the live board define them.

    Service level: connected in time, of those connected, those who left after the target had passed, and those
    who still wait at the end past it. Not helped: who gave up, was sent or turned away, or still waits past it.
    """
    found = values(row)
    figures = row.figures
    late = figures.abandoned - figures.abandoned_in_target + figures.unfinished_late
    missed = figures.abandoned + figures.sent_away + figures.turned_away + figures.unfinished_late
    for metric, part, whole in (
        ("service_level", figures.answered_in_target, figures.answered + late),
        ("abandonment", figures.abandoned, figures.answered + figures.abandoned),
        ("not_helped", missed, figures.answered + figures.promised + missed),
    ):
        found.pop(metric, None)
        if whole:
            found[metric] = part / whole
    return found


def part_of(result: Result, queue_id: str | None) -> Part:
    """Return what a run found about a queue; None: about everything."""
    return result.overall if queue_id is None else result.queues[queue_id]


def total(result: Result, queue_id: str | None, metric: str) -> float | None:
    """Return a figure of the whole day; None where nothing was there to be measured."""
    return figures_of(part_of(result, queue_id).total).get(metric)


def half_hours(results: Iterable[Result], queue_id: str | None) -> list[list[dict[str, float]]]:
    """Return, for each run, the figures of each half hour."""
    return [[figures_of(row) for row in part_of(result, queue_id).intervals] for result in results]


def samples(runs: Iterable[list[dict[str, float]]], number: int, metric: str) -> list[float]:
    """Return a figure of one half hour from every run that has it."""
    return [rows[number][metric] for rows in runs if number < len(rows) and metric in rows[number]]
