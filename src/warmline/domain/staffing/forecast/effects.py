"""Weekday factors and the effects of special days, estimated together with a smooth level.

Everything multiplies: expected = level × weekday × effects. Effects are held to what the data support: within a
group (around holidays, turn of the month, day of the month) the spread beyond chance decides how far each one is
believed, so that a month without a rhythm gets none.
"""

import math
from collections.abc import Sequence
from datetime import date
from statistics import median

from msgspec import Struct

ROUNDS = 3
_WEEKDAY_KEPT = 0.5 ** (1 / 100)  # per day with data: weekdays change slowly
_LEVEL_KEPT = 0.82  # of the two-sided smoothing
_NEW_WEEKS = 2  # same weekdays in a row that make a change one for good
_REACH = 5  # days on both sides that a first level is the median of
_HOLIDAY_TELLS = 0.02  # what a holiday says about its weekday, beside an ordinary day
_ODD = 0.5  # a logarithmic difference beyond which a day explains no rhythm
_LOWEST, _HIGHEST = -6.0, 1.6  # bounds of a logarithmic effect
# Per group: what spread is likely before any evidence (relative, squared), and how many days that belief is worth.
_GROUPS = {
    "holiday": (0.35, 1.5),
    "after": (0.02, 3.0),
    "before": (0.01, 3.0),
    "month": (0.0, 6.0),
    "dom": (0.0, 25.0),
}
# Squared logarithmic spread of holidays around what they have in common, before any evidence, and of that itself:
# one holiday alone makes the next one like it with a chance of a ninth, three that agree with three quarters.
_UNLIKE, _COMMON = 0.35, 0.35 / 8
# A rhythm of the month has shown itself three times, or one odd day would pass for one.
_LEAST_MET = {"month": 3, "dom": 3}


class DayTotal(Struct, frozen=True):
    """A day that was: all contacts, the share of the day that was recorded (0 to 1), and its traits.

    `off`: closed or far below what is usual for a reason that no level explains.
    """

    date: date
    total: float
    share: float
    traits: tuple[str, ...]
    off: bool = False


class Effects(Struct, frozen=True):
    """What was learned: weekday factors (0: never seen), logarithmic effects by trait, noise, weights of days."""

    weekdays: tuple[float, ...]
    traits: dict[str, float]
    sigma: float
    weights: tuple[float, ...]

    def factor(self, day: date, traits: Sequence[str]) -> float:
        """Return what multiplies the level on `day`."""
        return self.weekdays[day.weekday()] * math.exp(self.log_effect(traits))

    def log_effect(self, traits: Sequence[str]) -> float:
        """Return the sum of the effects of `traits`; those never met count nothing."""
        return sum(self.traits.get(trait, 0.0) for trait in traits)


def learn_effects(days: Sequence[DayTotal]) -> Effects:
    """Return the effects in `days` (rising, at least one)."""
    count = len(days)
    totals = [day.total / max(day.share, 0.05) for day in days]
    weights = [0.0 if day.off else day.share for day in days]
    log_effects = [0.0] * count
    weekdays = _start(days, totals, weights)
    traits: dict[str, float] = {}
    sigma = 0.1
    forgotten: set[int] = set()
    for turn in range(ROUNDS):
        factors = [weekdays[day.date.weekday()] * math.exp(log_effects[n]) for n, day in enumerate(days)]
        # First by medians, so that no odd day leaves its mark on the days around it.
        level = _smooth(totals, factors, weights) if turn else _middle(totals, factors, weights)
        weekdays = _weekdays(days, totals, weights, level, log_effects, weekdays)
        plain = [level[n] * weekdays[day.date.weekday()] for n, day in enumerate(days)]
        residuals = [math.log((totals[n] + 0.5) / (plain[n] + 0.5)) for n in range(count)]
        traits = _traits(days, residuals, plain, sigma, forgotten)
        log_effects = [sum(traits.get(trait, 0.0) for trait in day.traits) for day in days]
        left = [residuals[n] - log_effects[n] for n in range(count)]
        sigma = _sigma(days, left, plain, forgotten)
        forgotten |= _before_new_weeks(days, totals, left, plain, sigma, forgotten)
        weights = [
            0.0 if day.off or n in forgotten else day.share * _trust(left[n], sigma, plain[n])
            for n, day in enumerate(days)
        ]
    return Effects(tuple(weekdays), traits, sigma, tuple(weights))


def _before_new_weeks(
    days: Sequence[DayTotal],
    totals: Sequence[float],
    left: Sequence[float],
    plain: Sequence[float],
    sigma: float,
    forgotten: set[int],
) -> set[int]:
    """Return the days to forget because their weekday has changed for good: it opened, or moved and stayed there.

    Its latest days would pass for odd ones; instead those before them do not count any more.
    """
    found: set[int] = set()
    for weekday in range(7):
        own = [n for n, day in enumerate(days) if day.date.weekday() == weekday and not day.off]
        own = [n for n in own if n not in forgotten]
        run: list[int] = []
        for n in reversed(own):
            limit = max(_ODD, 4 * math.sqrt(sigma * sigma + 1 / (plain[n] + 0.5)))
            if abs(left[n]) <= limit or (run and (left[n] > 0) != (left[run[0]] > 0)):
                break
            run.append(n)
        opened = run and plain[run[0]] < 1 and totals[run[0]] > 20
        if (len(run) >= _NEW_WEEKS or opened) and len(run) < len(own):
            found |= set(own) - set(run)
    return found


def _start(days: Sequence[DayTotal], totals: Sequence[float], weights: Sequence[float]) -> list[float]:
    found: list[float] = []
    for weekday in range(7):
        met = [n for n, day in enumerate(days) if day.date.weekday() == weekday and weights[n] > 0]
        own = [totals[n] for n in met if not _is_holiday(days[n])] or [totals[n] for n in met]
        found.append(median(own[-12:]) if own else 0.0)
    open_ones = [value for value in found if value > 0]
    mean = sum(open_ones) / len(open_ones) if open_ones else 1.0
    return [value / mean if value > 0 else 0.0 for value in found]


def _middle(totals: Sequence[float], factors: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Return the level of each day as the median of those around it."""
    ratios = [
        total / factor if factor > 0 and weight > 0 else -1.0
        for total, factor, weight in zip(totals, factors, weights, strict=True)
    ]
    known = [ratio for ratio in ratios if ratio >= 0]
    whole = median(known) if known else 0.0
    found: list[float] = []
    for n in range(len(ratios)):
        near = [ratio for ratio in ratios[max(0, n - _REACH) : n + _REACH + 1] if ratio >= 0]
        found.append(median(near) if near else whole)
    return found


def _smooth(totals: Sequence[float], factors: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Return the level of each day, from the days on both sides, without the day itself counting twice."""
    count = len(totals)
    ahead, ahead_weight = [0.0] * count, [0.0] * count
    sums = weighted = 0.0
    # A weekday on which nobody ever came says nothing about the level.
    weights = [weight if factor > 1e-6 else 0.0 for weight, factor in zip(weights, factors, strict=True)]
    for n in range(count):
        # Contacts over what the factors expect: small days count little, as their noise is large.
        sums = sums * _LEVEL_KEPT + weights[n] * totals[n]
        weighted = weighted * _LEVEL_KEPT + weights[n] * factors[n]
        ahead[n], ahead_weight[n] = sums, weighted
    level = [0.0] * count
    sums = weighted = 0.0
    for n in reversed(range(count)):
        whole = ahead_weight[n] + weighted
        level[n] = (ahead[n] + sums) / whole if whole > 1e-12 else -1.0
        sums = (sums + weights[n] * totals[n]) * _LEVEL_KEPT
        weighted = (weighted + weights[n] * factors[n]) * _LEVEL_KEPT
    known = [value for value in level if value >= 0]
    middle = median(known) if known else 0.0
    return [value if value >= 0 else middle for value in level]


def _weekdays(
    days: Sequence[DayTotal],
    totals: Sequence[float],
    weights: Sequence[float],
    level: Sequence[float],
    log_effects: Sequence[float],
    before: Sequence[float],
) -> list[float]:
    seen, usual = [0.0] * 7, [0.0] * 7
    fade = 1.0
    for n in reversed(range(len(days))):
        weekday = days[n].date.weekday()
        # Per unit of level, so that a year of few contacts counts as much as a year of many.
        weight = weights[n] * fade / (level[n] + 1.0)
        if _is_holiday(days[n]):
            weight *= _HOLIDAY_TELLS
        seen[weekday] += weight * totals[n]
        usual[weekday] += weight * level[n] * math.exp(log_effects[n])
        fade *= _WEEKDAY_KEPT
    found = [seen[weekday] / usual[weekday] if usual[weekday] > 0 else before[weekday] for weekday in range(7)]
    open_ones = [value for value in found if value > 0]
    mean = sum(open_ones) / len(open_ones) if open_ones else 1.0
    return [value / mean for value in found]


def _traits(
    days: Sequence[DayTotal],
    residuals: Sequence[float],
    plain: Sequence[float],
    sigma: float,
    forgotten: set[int],
) -> dict[str, float]:
    """Return the logarithmic effect of each trait: group by group, each over what the groups before explain."""
    left = list(residuals)
    found: dict[str, float] = {}
    for group, (likely, worth) in _GROUPS.items():
        met: dict[str, list[int]] = {}
        for n, day in enumerate(days):
            for trait in () if n in forgotten else day.traits:
                if trait.split(":", 1)[0] == group and (group == "holiday" or not day.off):
                    met.setdefault(trait, []).append(n)
        # The general trait of a group first ("holiday"), then what makes one of them different ("holiday:…").
        for special in (False, True):
            least = _LEAST_MET.get(group, 1)
            members = {
                trait: places
                for trait, places in met.items()
                if (":" in trait) == special and len(places) >= least
            }
            # A holiday may be anything; elsewhere a day far off is an odd day, not a rhythm.
            limit = -_LOWEST if group == "holiday" else max(_ODD, 4 * sigma)
            clipped = [max(-limit, min(limit, value)) for value in left]
            effects = _believed(members, clipped, plain, sigma, likely, worth)
            if group in effects and group == "holiday":
                effects[group] = _as_others(effects[group], met, clipped)
            for trait, effect in effects.items():
                found[trait] = effect
                for n in members[trait]:
                    left[n] -= effect
    return found


def _is_holiday(day: DayTotal) -> bool:
    return "holiday" in day.traits


def _believed(
    members: dict[str, list[int]],
    left: Sequence[float],
    plain: Sequence[float],
    sigma: float,
    likely: float,
    worth: float,
) -> dict[str, float]:
    means: dict[str, tuple[float, float, int]] = {}
    beyond = likely * worth
    seen = worth
    for trait, places in members.items():
        mean = _robust_mean(sorted(left[n] for n in places))
        chance = sum(sigma * sigma + 1 / (plain[n] + 0.5) for n in places) / len(places) ** 2
        means[trait] = (mean, chance, len(places))
        # Only what goes clearly beyond chance speaks for a rhythm.
        beyond += len(places) * (mean * mean - 1.3 * chance)
        seen += len(places)
    spread = max(0.0, beyond / seen)
    if spread <= 0:
        return {}
    return {
        trait: min(_HIGHEST, max(_LOWEST, mean)) * spread / (spread + chance)
        for trait, (mean, chance, _) in means.items()
    }


def _as_others(effect: float, met: dict[str, list[int]], left: Sequence[float]) -> float:
    """Return what holidays seen say about one never seen: little if few were, or if they were unlike each other.

    With the chance that it is as those were, it is; otherwise it is an ordinary day. What a holiday of its own
    has beyond that is learned under its name.
    """
    own = [sum(left[n] for n in places) / len(places) for trait, places in met.items() if ":" in trait]
    if not own:
        return effect
    unlike = (_UNLIKE + sum((value - effect) ** 2 for value in own)) / len(own)
    chance = _COMMON / (_COMMON + unlike / len(own) ** 2)  # agreement is believed soon
    return math.log(1 - chance + chance * math.exp(effect))


def _robust_mean(values: Sequence[float]) -> float:
    """Return the mean of rising values; of three or more without those at the ends."""
    cut = max(1, len(values) // 6) if len(values) >= 3 else 0
    kept = values[cut : len(values) - cut]
    return sum(kept) / len(kept)


def _sigma(days: Sequence[DayTotal], left: Sequence[float], plain: Sequence[float], forgotten: set[int]) -> float:
    """Return the relative noise of ordinary days beyond chance, robustly, from the latest 150."""
    recent = [
        (abs(left[n]), 1 / (plain[n] + 0.5))
        for n in range(max(0, len(days) - 150), len(days))
        if not days[n].off and days[n].share > 0.5 and n not in forgotten
    ]
    if len(recent) < 5:
        return 0.15
    spread = 1.4826 * median(rest for rest, _ in recent)
    chance = sum(value for _, value in recent) / len(recent)
    return math.sqrt(max(spread * spread - chance, 0.01**2))


def _trust(rest: float, sigma: float, usual: float) -> float:
    limit = 3.0 * math.sqrt(sigma * sigma + 1 / (usual + 0.5))
    return 1.0 if abs(rest) <= limit else (limit / rest) ** 2
