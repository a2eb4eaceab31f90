"""How high the volume stands: several memories compete, shifts are followed, single odd days are not.

Each memory is an average that fades at its own speed. They are mixed by how well each has foretold the days it
did not know yet, separately for tomorrow and for next week.
"""

import math
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from statistics import median

from msgspec import Struct

from warmline.domain.staffing.forecast.effects import DayTotal, Effects, learn_effects

SPEEDS = (0.05, 0.1, 0.18, 0.3, 0.5)
WEEKDAY_PULLS = (0.0, 0.25, 0.5)
_WEEKDAY_SPEED = 0.3
_FAR = 5  # days with data ahead at which the second mix is scored
_SCORED = 130  # latest days that count for the mix
_SCORE_KEPT = 0.985
_SHARPNESS = 14.0
_ODD = 3.0  # in standard deviations
_SHIFT_SPEED = 0.6
_DAMPING = 0.93  # per day: how a trend fades
_TREND_DAYS = 56
_ECHO_DOUBT = 15.0  # days of evidence that it takes to believe half of an echo


class LevelFit(Struct, frozen=True):
    """A level learned up to a day, for tomorrow (`near`) and later (`far`), with what multiplies it."""

    effects: Effects
    near: float
    far: float
    drift: float  # logarithmic, per day
    weekday_pull: tuple[float, ...]  # logarithmic, per weekday: how it has lately differed from its factor
    last: date

    def expected(self, day: date, traits: Sequence[str]) -> float:
        """Return how many contacts to expect on `day` (after the last one learned), all day."""
        ahead = max(1, (day - self.last).days)
        lean = min(1.0, (ahead - 1) / 6)
        level = math.exp((1 - lean) * math.log(self.near + 1e-9) + lean * math.log(self.far + 1e-9))
        drift = self.drift * _DAMPING * (1 - _DAMPING**ahead) / (1 - _DAMPING)
        pull = self.weekday_pull[day.weekday()]
        return level * self.effects.factor(day, traits) * math.exp(drift + pull)


def fit_level(days: Sequence[DayTotal]) -> LevelFit:
    """Return the level after `days` (rising, at least one)."""
    effects = learn_effects(days)
    usable = [
        (day, effects.factor(day.date, day.traits))
        for day in days
        if not day.off and day.share > 0.2 and effects.weekdays[day.date.weekday()] > 0
    ]
    if not usable:
        total = sum(day.total for day in days) / len(days)
        return LevelFit(effects, total, total, 0.0, (0.0,) * 7, days[-1].date)
    values = [day.total / day.share / factor for day, factor in usable]
    noise = [
        _noise(day, factor, value, effects.sigma) for (day, factor), value in zip(usable, values, strict=True)
    ]
    paths = [_follow(usable, values, noise, speed) for speed in SPEEDS]
    near_weights = _merits(usable, values, paths, 1)
    far_weights = _merits(usable, values, paths, _FAR)
    near = sum(weight * path[-1] for weight, path in zip(near_weights, paths, strict=True))
    far = sum(weight * path[-1] for weight, path in zip(far_weights, paths, strict=True))
    foretold = [
        sum(weight * path[n] for weight, path in zip(near_weights, paths, strict=True)) for n in range(len(usable))
    ]
    near *= math.exp(_echo(usable, values, foretold))
    pull = _pull(usable, values, foretold)
    drift = _drift(usable, values, noise)
    return LevelFit(effects, near, far, drift, pull, days[-1].date)


def _noise(day: DayTotal, factor: float, value: float, sigma: float) -> float:
    """Return the squared relative noise of one day's level."""
    special = 0.15 if any(trait.startswith("holiday") for trait in day.traits) else 0.0
    # A weekday of few contacts says little about the others.
    apart = 0.03 * max(0.0, 1 / factor - 1) if factor > 0 else 1.0
    return (sigma * sigma + special * special + apart * apart + 1 / (max(value, 0.1) * factor + 0.5)) / day.share


def _follow(
    usable: Sequence[tuple[DayTotal, float]], values: Sequence[float], noise: Sequence[float], speed: float
) -> list[float]:
    """Return the level before each day, and after the last one."""
    typical = median(noise)
    start = values[:7]
    level = sum(start) / len(start)
    weight = 1.0
    path = [level]
    odd = 0  # which way the day before was odd
    for value, variance in zip(values, noise, strict=True):
        # A noisy day teaches less; the first days teach more, as little is known.
        gain = speed * typical / (speed * typical + (1 - speed) * variance)
        gain = max(gain, min(0.5, 1 / weight))
        weight += 1.0
        limit = _ODD * math.sqrt(variance)
        off_by = math.log((value + 1e-6 + 0.02 * level) / (1.02 * level + 1e-6))
        if abs(off_by) > limit:
            way = 1 if off_by > 0 else -1
            if odd == way:
                # Twice in a row is a new level: it is averaged anew from here.
                gain = max(gain, _SHIFT_SPEED)
                weight = 2.0
            else:
                value = level * math.exp(way * limit)
            odd = way
        else:
            odd = 0
        level += gain * (value - level)
        path.append(level)
    return path


def _merits(
    usable: Sequence[tuple[DayTotal, float]],
    values: Sequence[float],
    paths: Sequence[Sequence[float]],
    ahead: int,
) -> list[float]:
    """Return the weight of each path by how it foretold days `ahead`; they sum to 1."""
    count = len(usable)
    first = max(10, count - _SCORED)
    worth = [0.0] * count
    fade = 1.0
    for n in reversed(range(first, count)):
        worth[n] = fade * usable[n][1]
        fade *= _SCORE_KEPT
    losses = [sum(worth[n] * abs(values[n] - path[n - ahead + 1]) for n in range(first, count)) for path in paths]
    best = min(losses)
    if best <= 0:
        return [1 / len(paths)] * len(paths)
    # With few days scored, hardly any difference is believed.
    sharpness = _SHARPNESS * min(1.0, (count - first) / 40)
    merits = [(best / loss) ** sharpness for loss in losses]
    whole = sum(merits)
    return [merit / whole for merit in merits]


def _echo(usable: Sequence[tuple[DayTotal, float]], values: Sequence[float], foretold: Sequence[float]) -> float:
    """Return what the latest miss says about the next day (logarithmic), from how misses follow each other."""
    first = max(10, len(usable) - _SCORED)
    misses = [
        max(-0.25, min(0.25, math.log((value + 0.02 * level + 1e-6) / (1.02 * level + 1e-6))))
        for value, level in zip(values[first:], foretold[first:], strict=False)
    ]
    if len(misses) < 30:
        return 0.0
    together = sum(before * after for before, after in pairwise(misses))
    alone = sum(miss * miss for miss in misses) * (1 + _ECHO_DOUBT / len(misses))
    return max(-0.3, min(0.5, together / alone)) * misses[-1] if alone > 0 else 0.0


def _pull(
    usable: Sequence[tuple[DayTotal, float]], values: Sequence[float], foretold: Sequence[float]
) -> tuple[float, ...]:
    """Return how far each weekday has lately been off, as far as following that would have helped."""
    state = [0.0] * 7
    losses = [0.0] * len(WEEKDAY_PULLS)
    count = len(usable)
    for n, ((day, factor), value) in enumerate(zip(usable, values, strict=True)):
        weekday = day.date.weekday()
        level = foretold[n]
        if n >= max(14, count - _SCORED):
            for place, share in enumerate(WEEKDAY_PULLS):
                losses[place] += factor * abs(value - level * math.exp(share * state[weekday]))
        off_by = math.log((value + 0.02 * level + 1e-6) / (1.02 * level + 1e-6))
        state[weekday] += _WEEKDAY_SPEED * (max(-0.3, min(0.3, off_by)) - state[weekday])
    # Doing nothing is preferred unless following is clearly better.
    best = min(range(len(losses)), key=lambda place: losses[place] * (1.01 if place else 1.0))
    return tuple(WEEKDAY_PULLS[best] * value for value in state)


def _drift(usable: Sequence[tuple[DayTotal, float]], values: Sequence[float], noise: Sequence[float]) -> float:
    """Return the logarithmic slope per day of the last weeks, as far as it is surely there."""
    recent = usable[-_TREND_DAYS:]
    if len(recent) < 28:
        return 0.0
    offset = len(usable) - len(recent)
    origin = recent[-1][0].date
    points = [
        (float((day.date - origin).days), math.log(values[offset + n] + 0.5), 1 / noise[offset + n])
        for n, (day, _) in enumerate(recent)
    ]
    slope, unsure = _slope(points)
    half = len(points) // 2
    # A step looks like a slope from afar; a trend is one in both halves.
    halves = [_slope(part) for part in (points[:half], points[half:])]
    least = min((1 if slope > 0 else -1) * own - math.sqrt(chance) for own, chance in halves)
    agreed = min(1.0, max(0.0, 2 * least / abs(slope))) if slope else 0.0
    if slope * slope <= 2 * unsure:
        return 0.0
    return max(-0.01, min(0.01, agreed * slope * (1 - 2 * unsure / (slope * slope))))


def _slope(points: Sequence[tuple[float, float, float]]) -> tuple[float, float]:
    """Return the slope through (x, y, weight) and its variance."""
    weight = sum(w for _, _, w in points)
    middle_x = sum(w * x for x, _, w in points) / weight
    middle_y = sum(w * y for _, y, w in points) / weight
    spread = sum(w * (x - middle_x) ** 2 for x, _, w in points)
    if spread <= 0:
        return 0.0, 1.0
    slope = sum(w * (x - middle_x) * (y - middle_y) for x, y, w in points) / spread
    misses = sum(w * (y - middle_y - slope * (x - middle_x)) ** 2 for x, y, w in points) / (len(points) - 2)
    # Days next to each other err alike: their evidence counts a third.
    return slope, 3 * misses / spread
