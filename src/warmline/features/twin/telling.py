"""What every report about several runs of a day says first, and about whom its parts are."""

from collections.abc import Collection
from typing import Any

from msgspec import Struct

from warmline.features.twin.building import left_out, patience_assumed
from warmline.features.twin.day import Day


class Told(Struct, frozen=True):
    """Which day, by which chance, how many runs of those wanted. `left_out`: what of it the twin does not play.

    `patience_assumed`: mean seconds by queue, where nobody gave up to learn it from.
    """

    day: str
    time_zone: str
    seed: int
    runs: int
    wanted_runs: int
    complete: bool
    presence_source: str
    left_out: list[str]
    patience_assumed: dict[str, float]


def told(day: Day, seed: int, runs: int, wanted_runs: int) -> dict[str, Any]:
    """Return the fields of `Told` by name."""
    return {
        "day": str(day.date),
        "time_zone": day.time_zone,
        "seed": seed,
        "runs": runs,
        "wanted_runs": wanted_runs,
        "complete": runs == wanted_runs,
        "presence_source": day.presence_source,
        "left_out": left_out(day),
        "patience_assumed": patience_assumed(day),
    }


def parts_of(day: Day, queues: Collection[str]) -> list[tuple[str | None, dict[str, str]]]:
    """Return everything (None), then each of these queues with its name."""
    everything: list[tuple[str | None, dict[str, str]]] = [(None, {})]
    return everything + [(queue.id, queue.name) for queue in day.queues if queue.id in queues]
