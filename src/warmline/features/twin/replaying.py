"""Replay: the contacts of a real day, in the twin; and how well the twin's day agrees with the real one."""

from collections.abc import Sequence

from msgspec import Struct

from warmline.domain.twin.result import Result
from warmline.domain.twin.world import HALF_HOUR_S
from warmline.features.twin.building import world_of
from warmline.features.twin.counted import Counted, count
from warmline.features.twin.day import Day
from warmline.features.twin.outcome import METRICS, Checked, Verdict, checked
from warmline.features.twin.running import Meter, Watcher, half_hours, samples, total
from warmline.features.twin.telling import Told, parts_of, told

_JUDGED = ("service_level", "wait_p50_s", "wait_p90_s", "abandonment", "occupancy")
_MOSTLY = 0.8


class CheckedHalfHour(Struct, frozen=True):
    """One half hour; `at` is local time, HH:MM."""

    from_s: float
    at: str
    metrics: dict[str, Checked]


class CheckedPart(Struct, frozen=True):
    """A queue, or everything (`queue_id` None). `within_share` of the half hours' judged figures lie within."""

    queue_id: str | None
    name: dict[str, str]
    total: dict[str, Checked]
    half_hours: tuple[CheckedHalfHour, ...]
    within_share: float | None


class Calibration(Told, frozen=True, tag="replay", tag_field="kind"):
    """The report: everything, then each queue."""

    exact: bool
    parts: tuple[CheckedPart, ...]
    verdict: Verdict


def replay(day: Day, runs: int, seed: int, watcher: Watcher, *, exact: bool = False) -> Calibration | None:
    """Play the day `runs` times; None when stopped before the first run was over. Raises Refused."""
    world = world_of(day, exact=exact)
    meter = Meter(watcher, runs)
    results: list[Result] = []
    while len(results) < runs and (found := meter.run(world, seed, len(results), day.length_s)) is not None:
        results.append(found)
    return calibration(day, results, runs, seed, exact=exact) if results else None


def calibration(day: Day, results: Sequence[Result], wanted_runs: int, seed: int, *, exact: bool) -> Calibration:
    """Compare the real day with runs of the twin."""
    came = {stay.queue_id for stay in day.stays}
    parts = tuple(_part(day, queue_id, name, results) for queue_id, name in parts_of(day, came))
    return Calibration(
        **told(day, seed, len(results), wanted_runs),
        exact=exact,
        parts=parts,
        verdict=_verdict(parts[0]),
    )


def _part(day: Day, queue_id: str | None, name: dict[str, str], results: Sequence[Result]) -> CheckedPart:
    real: Counted = count(day, queue_id)
    whole = {
        metric: checked(
            metric,
            real.total.get(metric),
            [value for result in results if (value := total(result, queue_id, metric)) is not None],
        )
        for metric in METRICS
    }
    played = half_hours(results, queue_id)
    shown: list[CheckedHalfHour] = []
    for number, figures in enumerate(real.half_hours):
        metrics = {
            metric: checked(metric, figures.get(metric), found)
            for metric in METRICS
            if (found := samples(played, number, metric)) or metric in figures
        }
        one = metrics.get("came")
        if one is not None and (one.real or (one.twin is not None and one.twin.mean)):
            at_s = float(number * HALF_HOUR_S)
            shown.append(CheckedHalfHour(at_s, day.local_time(at_s), metrics))
    judged = [
        one.within
        for half_hour in shown
        for metric, one in half_hour.metrics.items()
        if metric in _JUDGED and one.within is not None
    ]
    return CheckedPart(queue_id, name, whole, tuple(shown), sum(judged) / len(judged) if judged else None)


def _verdict(overall: CheckedPart) -> Verdict:
    judged = [overall.total[metric].within for metric in _JUDGED if overall.total[metric].within is not None]
    inside, of = float(sum(1 for within in judged if within)), float(len(judged))
    figures = {"inside": inside, "of": of}
    if overall.within_share is not None:
        figures["half_hours"] = overall.within_share
    if not judged:
        return Verdict("unknown", figures)
    share = inside / of
    return Verdict("agrees" if share == 1 else "mostly" if share >= _MOSTLY else "differs", figures)
