"""What if: a day as it is and as it might be, run by run with the same chances, and what the change does."""

from collections.abc import Sequence

from msgspec import Struct

from warmline.domain.twin.result import Result
from warmline.domain.twin.world import HALF_HOUR_S
from warmline.features.twin.building import world_of
from warmline.features.twin.changes import Changes, changed
from warmline.features.twin.counted import half_hours_of
from warmline.features.twin.day import Day
from warmline.features.twin.outcome import GOOD, METRICS, Compared, Range, Verdict, compared, range_of, worst
from warmline.features.twin.running import Meter, Watcher, half_hours, samples, total
from warmline.features.twin.telling import Told, parts_of, told

_JUDGED = ("service_level", "wait_p90_s", "abandonment", "not_helped")


Pair = tuple[Result | None, Result]  # before and after; nothing is before a day described alone


class ComparedHalfHour(Struct, frozen=True):
    """One half hour; `at` is local time, HH:MM. Means with intervals by metric."""

    from_s: float
    at: str
    before: dict[str, Range]
    after: dict[str, Range]


class ComparedPart(Struct, frozen=True):
    """A queue, or everything (`queue_id` None)."""

    queue_id: str | None
    name: dict[str, str]
    total: dict[str, Compared]
    half_hours: tuple[ComparedHalfHour, ...]


class Comparison(Told, frozen=True, tag="what_if", tag_field="kind"):
    """The report. `alone`: a described day with nothing to compare it with; all stands in `after`."""

    changes: Changes
    parts: tuple[ComparedPart, ...]
    verdict: Verdict
    alone: bool = False


def what_if(
    day: Day,
    changes: Changes,
    runs: int,
    seed: int,
    watcher: Watcher,
    *,
    beside: Day | None = None,
    alone: bool = False,
) -> Comparison | None:
    """Play the day both ways `runs` times; None when stopped before the first pair was over. Raises Refused.

    `beside`: the day as it is, where `day` is another one; `alone`: there is none, and nothing is compared.
    """
    own = world_of(day)
    other = changed(own, changes, day.length_s)
    world = own if beside is None else world_of(beside)
    meter = Meter(watcher, runs if alone else 2 * runs)
    pairs: list[Pair] = []
    for number in range(runs):
        before = None if alone else meter.run(world, seed, number, day.length_s)
        after = meter.run(other, seed, number, day.length_s)
        if after is None or (before is None and not alone):
            break
        pairs.append((before, after))
    if not pairs:
        return None
    asked = {stream.queue_id for stream in (*world.streams, *other.streams)}
    parts = tuple(_part(day, queue_id, name, pairs) for queue_id, name in parts_of(day, asked))
    return Comparison(
        **told(day, seed, len(pairs), runs),
        changes=changes,
        parts=parts,
        verdict=verdict(parts, changes.queue_id, alone=alone),
        alone=alone,
    )


def _part(day: Day, queue_id: str | None, name: dict[str, str], pairs: Sequence[Pair]) -> ComparedPart:
    whole = {
        metric: compared(
            [_figure(before, queue_id, metric) for before, _ in pairs],
            [_figure(after, queue_id, metric) for _, after in pairs],
        )
        for metric in METRICS
    }
    played = [half_hours([one for pair in pairs if (one := pair[side]) is not None], queue_id) for side in (0, 1)]
    shown: list[ComparedHalfHour] = []
    for number in range(half_hours_of(day)):
        before, after = (_ranges(side, number) for side in played)
        if any(side["came"].mean > 0 for side in (before, after) if "came" in side):
            at_s = float(number * HALF_HOUR_S)
            shown.append(ComparedHalfHour(at_s, day.local_time(at_s), before, after))
    return ComparedPart(queue_id, name, whole, tuple(shown))


def _figure(result: Result | None, queue_id: str | None, metric: str) -> float | None:
    if result is None:
        return None
    return worst(metric, total(result, queue_id, metric), total(result, queue_id, "not_helped"))


def _ranges(played: Sequence[list[dict[str, float]]], number: int) -> dict[str, Range]:
    found: dict[str, Range] = {}
    for metric in METRICS:
        summed = range_of(samples(played, number, metric))
        if summed is not None:
            found[metric] = summed
    return found


def verdict(parts: Sequence[ComparedPart], queue_id: str | None, *, alone: bool = False) -> Verdict:
    """Return what the change does to customers, where it was meant to do something."""
    part = next((part for part in parts if part.queue_id == queue_id), parts[0])
    signs = {metric: part.total[metric].sign * GOOD[metric] for metric in _JUDGED}
    figures: dict[str, float] = {}
    for metric in (*_JUDGED, "occupancy"):
        one = part.total[metric]
        sides = {f"{metric}_before": one.before, f"{metric}_after": one.after}
        figures |= {name: side.mean for name, side in sides.items() if side is not None}
    better, worse = any(sign > 0 for sign in signs.values()), any(sign < 0 for sign in signs.values())
    word = "mixed" if better and worse else "better" if better else "worse" if worse else "same"
    return Verdict("alone" if alone else word, figures)
