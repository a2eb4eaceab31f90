"""Everybody's wait at once: who is served by whom, in which order, and how many of those ahead give up.

Hands that fit the same wishes form a crew. Those who wait are seated in serving order, each with the crews that
are free first, the way water fills vessels: a crew's level is the time until its next hand is free when everybody
seated so far is answered. Who probably gives up before that raises the level less. With one crew and one class
this is the estimator QLr; with many it says what skills, overflow and shared agents do to it.
Source: Ibrahim and Whitt, Management Science 2009, for the steps; Talreja and Whitt, Operations Research 2008
(fluid models for overloaded multiclass many-server queues with first-come, first-served routing), for the levels.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from warmline.domain.routing.expected_wait import WaitEstimate, spread
from warmline.domain.routing.hands import ProfileHands
from warmline.domain.routing.lines import Plan

PAIRS_AT_MOST = 50_000  # of plans and profiles looked at in one go; of plans beyond, nothing is told


class Crew:
    """Hands that are asked for the same contacts. `room`: contacts at once by channel, of all of them together."""

    __slots__ = ("at_s", "free", "room", "variance")

    def __init__(self) -> None:
        self.room: dict[str, int] = {}
        self.free: dict[str, int] = {}  # of the room, what nothing is in
        self.at_s: float | None = None  # its level: known once somebody is seated
        self.variance = 0.0

    def level_s(self, channel: str, handle_s: float) -> float:
        """Return the time until the next hand is free; negative by so many contacts as may be taken at once."""
        if self.at_s is None:
            return -self.free.get(channel, 0) * handle_s / self.room[channel]
        return self.at_s


class Reach(NamedTuple):
    """The crews that may be asked for somebody, each from a waiting time on (seconds)."""

    crews: tuple[tuple[Crew, float], ...]


class Pace(NamedTuple):
    """What is known of a class: mean seconds of work, and mean seconds of patience."""

    handle_s: float
    patience_s: float


def crews_of(plans: Sequence[Plan], on_shift: Mapping[ProfileHands, int]) -> dict[Plan, Reach]:
    """Group everybody on shift by the plans they fit; `on_shift` counts hands. Plans nobody fits reach nobody.

    Plans that would take too long to look at are left out.
    """
    fits: dict[ProfileHands, list[tuple[int, int]]] = {}
    left, looked_at = PAIRS_AT_MOST, 0
    for number, plan in enumerate(plans):
        smaller = min(len(plan.fitting), len(on_shift))
        if smaller > left:
            break
        left -= smaller
        looked_at = number + 1
        for home in _common(plan.fitting, on_shift):
            fits.setdefault(home, []).append((number, plan.fitting[home][0].from_us))
    by_signature: dict[tuple[tuple[int, int], ...], Crew] = {}
    reached: list[dict[Crew, float]] = [{} for _ in range(looked_at)]
    for home, signature in fits.items():
        crew = by_signature.setdefault(tuple(signature), Crew())
        for channel, at_once in home.capacity.items():
            if at_once > 0:
                crew.room[channel] = crew.room.get(channel, 0) + at_once * on_shift[home]
                spare = sum(
                    max(entry[-1].home.room.left(entry[-1].load, channel), 0) for entry in home.idle[channel]
                )
                crew.free[channel] = crew.free.get(channel, 0) + spare
        for number, from_us in signature:
            reached[number][crew] = from_us / 1_000_000
    return {plan: Reach(tuple(crews.items())) for plan, crews in zip(plans, reached, strict=False)}


def _common(
    fitting: Mapping[ProfileHands, object], on_shift: Mapping[ProfileHands, int]
) -> Iterable[ProfileHands]:
    if len(fitting) <= len(on_shift):
        return [home for home in fitting if home in on_shift]
    return [home for home in on_shift if home in fitting]


def seat(reach: Reach, channel: str, pace: Pace, waited_s: float) -> WaitEstimate | None:
    """Seat one who waits behind everybody seated before; return the wait from now on, None when nobody comes."""
    return _seat(reach, channel, pace, waited_s, stays=True)


def ask(reach: Reach, channel: str, pace: Pace) -> WaitEstimate | None:
    """Return how long somebody who came now would wait, behind everybody seated so far."""
    return _seat(reach, channel, pace, 0.0, stays=False)


def _seat(reach: Reach, channel: str, pace: Pace, waited_s: float, *, stays: bool) -> WaitEstimate | None:
    levels = sorted(
        (
            (max(crew.level_s(channel, pace.handle_s), from_s - waited_s) if from_s else
             crew.level_s(channel, pace.handle_s), number, crew)
            for number, (crew, from_s) in enumerate(reach.crews)
            if channel in crew.room
        ),
    )  # fmt: skip
    if not levels:
        return None
    room, filled, variance, taking = 0.0, 0.0, 0.0, 0
    for at_s, _, crew in levels:
        if taking and at_s >= (filled + pace.handle_s) / room:
            break
        room += crew.room[channel]
        filled += crew.room[channel] * at_s
        variance += crew.room[channel] * crew.variance
        taking += 1
    wait_s, step_s, variance = (filled + pace.handle_s) / room, pace.handle_s / room, variance / room
    shape = wait_s * wait_s / (variance + min(step_s, wait_s) ** 2) if wait_s > 0 else 1.0
    if stays:
        # Who is still there when their turn comes: the mean of exp(-wait ÷ patience) over gamma-distributed waits.
        stay = (1 + max(wait_s, 0.0) / (shape * pace.patience_s)) ** -shape
        level_s = (filled + stay * pace.handle_s) / room
        added = (stay * step_s) ** 2 if level_s > 0 else 0.0
        for at_s, _, crew in levels[:taking]:
            # What is added is work: until a ring opens, its crew is free for others.
            crew.at_s = crew.level_s(channel, pace.handle_s) + level_s - at_s
            crew.variance = variance + added
    return spread(wait_s, shape) if wait_s > 0 else WaitEstimate(0.0, 0.0, 0.0)


def seat_crowd(reach: Reach, channel: str, pace: Pace, count: int) -> None:
    """Seat many at once, far back, where it does not matter who of them comes first."""
    crews = [crew for crew, _ in reach.crews if channel in crew.room]
    if not crews:
        return
    room = sum(crew.room[channel] for crew in crews)
    levels = [crew.level_s(channel, pace.handle_s) * crew.room[channel] for crew in crews]
    from_s = max(sum(levels) / room, 0.0)
    ahead = count * math.exp(-from_s / pace.patience_s) * pace.handle_s / (room * pace.patience_s)
    added_s = pace.patience_s * math.log1p(ahead)
    for crew in crews:
        crew.at_s = max(from_s + added_s, crew.at_s or 0.0)
        crew.variance += added_s * added_s / count
