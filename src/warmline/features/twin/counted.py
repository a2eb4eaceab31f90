"""The real day, counted as the twin counts: contacts by the half hour they came in, agents' time as it passed."""

import math
from collections.abc import Iterable, Sequence

from msgspec import Struct

from warmline.domain.twin.world import HALF_HOUR_S
from warmline.features.twin.day import Day, Stay

Stretch = tuple[float, float]


class Counted(Struct, frozen=True):
    """Figures by metric, in all and for each half hour; a metric that cannot be measured is missing."""

    total: dict[str, float]
    half_hours: tuple[dict[str, float], ...]


def half_hours_of(day: Day) -> int:
    """Return how many half hours the day has, the last one perhaps not whole."""
    return max(1, math.ceil(day.length_s / HALF_HOUR_S))


def count(day: Day, queue_id: str | None) -> Counted:
    """Return the figures of a queue; None: of all of them."""
    known = {queue.id: queue.target_s for queue in day.queues}
    stays = [
        stay
        for stay in day.stays
        if stay.queue_id in known and queue_id in (None, stay.queue_id) and 0 <= stay.at_s < day.length_s
    ]
    agents = {
        agent.id
        for agent in day.agents
        if queue_id is None or any(seat.queue_id == queue_id for seat in agent.seats)
    }
    work: dict[str, list[Stretch]] = {agent: [] for agent in agents}
    presence: dict[str, list[Stretch]] = {agent: [] for agent in agents}
    for stay in day.stays:
        if stay.agent_id in work and stay.work_at_s is not None:
            end_s = day.length_s if stay.work_s is None else stay.work_at_s + stay.work_s
            work[stay.agent_id].append((stay.work_at_s, end_s))
    for one in day.presence:
        if one.agent_id in presence and not one.resting:
            presence[one.agent_id].append((one.from_s, one.until_s))
    busy = {agent: _union(stretches) for agent, stretches in work.items()}
    there = {agent: _union([*stretches, *busy[agent]]) for agent, stretches in presence.items()}
    whole = (0.0, day.length_s)
    steps = [
        (number * HALF_HOUR_S, min((number + 1) * HALF_HOUR_S, day.length_s))
        for number in range(half_hours_of(day))
    ]
    by_step: list[list[Stay]] = [[] for _ in steps]
    for stay in stays:
        by_step[int(stay.at_s // HALF_HOUR_S)].append(stay)
    return Counted(
        _figures(stays, known, day.length_s) | _occupancy(busy, there, whole),
        tuple(
            _figures(chosen, known, day.length_s) | _occupancy(busy, there, step)
            for chosen, step in zip(by_step, steps, strict=True)
        ),
    )


def _figures(stays: Sequence[Stay], targets: dict[str, float], until_s: float) -> dict[str, float]:
    """Count as `running.figures_of` does; who waits at the end has waited until then."""
    answered = [stay for stay in stays if stay.ending == "answered"]
    waits = sorted(_wait(stay) for stay in answered)
    in_time = sum(_wait(stay) <= targets[stay.queue_id] for stay in answered)
    left = [stay for stay in stays if stay.ending == "gave_up"]
    waiting = sum(until_s - stay.at_s > targets[stay.queue_id] for stay in stays if stay.ending == "open")
    late = sum(_wait(stay) > targets[stay.queue_id] for stay in left) + waiting
    missed = len(left) + sum(stay.ending == "sent_away" for stay in stays) + waiting
    promised = sum(stay.ending == "called" for stay in stays)
    found = {"came": float(len(stays)), "answered": float(len(answered)), "abandoned": float(len(left))}
    if answered or late:
        found["service_level"] = in_time / (len(answered) + late)
    if answered or left:
        found["abandonment"] = len(left) / (len(answered) + len(left))
    if answered or promised or missed:
        found["not_helped"] = missed / (len(answered) + promised + missed)
    if waits:
        found |= {
            "wait_mean_s": math.fsum(waits) / len(waits),
            "wait_p50_s": percentile(waits, 0.5),
            "wait_p90_s": percentile(waits, 0.9),
        }
    return found


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the value that `share` of the sorted values do not exceed, as the twin takes it."""
    return ordered[max(1, math.ceil(share * len(ordered))) - 1]


def _wait(stay: Stay) -> float:
    return 0.0 if stay.until_s is None else stay.until_s - stay.at_s


def _union(stretches: Iterable[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for begin, end in sorted(stretches):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif end > begin:
            merged.append((begin, end))
    return merged


def _occupancy(busy: dict[str, list[Stretch]], there: dict[str, list[Stretch]], step: Stretch) -> dict[str, float]:
    there_s = math.fsum(_inside(stretches, step) for stretches in there.values())
    busy_s = math.fsum(_inside(stretches, step) for stretches in busy.values())
    return {"occupancy": busy_s / there_s} if there_s > 0 else {}


def _inside(stretches: Sequence[Stretch], step: Stretch) -> float:
    return math.fsum(max(0.0, min(end, step[1]) - max(begin, step[0])) for begin, end in stretches)
