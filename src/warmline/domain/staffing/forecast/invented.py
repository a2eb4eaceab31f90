"""Invented years of call volumes, for tests, benchmarks and trying things out; the same seed, the same year.

Each kind is a place with its own week, day, holidays and troubles. The true rates are kept beside the counts.
"""

import math
import random
from datetime import date, timedelta

from msgspec import Struct

from warmline.domain.staffing.forecast.series import DAY_MIN, Day, Series
from warmline.domain.staffing.forecast.workdays import Workdays


class Place(Struct, frozen=True):
    """What an invented place is like. Shares and spreads are relative; hours are of the day."""

    a_day: float  # contacts on a mean open day
    week: tuple[float, ...]  # Monday to Sunday; 0: closed
    opens_h: float
    closes_h: float
    peaks: tuple[tuple[float, float, float], ...]  # hour, width in hours, height
    country: str = ""
    holiday: float = 0.0  # what remains on a public holiday; 0: closed
    day_after: float = 1.0
    month_start: float = 1.0  # on the first two days of a month, fading
    day_noise: float = 0.04
    slot_noise: float = 0.03
    persistence: float = 0.6  # of the day noise, from day to day
    shifts: int = 2
    shift_size: float = 0.2
    growth: float = 0.1  # over the year
    profile_drift_h: float = 0.3  # how far peaks wander over the year
    spikes: int = 3  # days of a promotion or an outage


PLACES = {
    "bank": Place(
        5600, (1.3, 1.05, 0.97, 0.95, 0.98, 0, 0), 7, 21, ((9.5, 1.6, 1.0), (13.5, 2.5, 0.9), (17, 2.0, 0.4)),
        country="US", holiday=0.0, day_after=1.2, month_start=1.12,
    ),
    "shop": Place(
        900, (1.15, 1.05, 1.0, 1.0, 1.05, 0.9, 0.85), 0, 24, ((11, 2.0, 1.0), (15, 2.5, 0.9), (20.5, 2.0, 0.9)),
        country="KR", holiday=0.6, day_after=1.25, day_noise=0.06, shifts=3, spikes=6,
    ),
    "clinic": Place(
        60, (1.5, 1.0, 0.9, 0.9, 0.9, 0.4, 0), 8, 19, ((9, 1.0, 1.2), (14, 2.0, 0.6)),
        country="JP", holiday=0.0, day_after=1.4, day_noise=0.08, shifts=1,
    ),
    "helpdesk": Place(
        1500, (1.35, 1.1, 1.0, 0.95, 0.8, 0.25, 0.2), 0, 24, ((10, 1.8, 1.0), (14.5, 2.2, 0.9)),
        country="US", holiday=0.35, day_after=1.15, day_noise=0.05, slot_noise=0.06, shifts=4, shift_size=0.3,
    ),
    "utility": Place(
        12000, (1.2, 1.05, 1.0, 0.95, 0.95, 0.35, 0), 8, 20, ((10, 1.5, 1.0), (16, 2.5, 0.7)),
        country="KR", holiday=0.0, day_after=1.3, month_start=1.25, day_noise=0.05, shifts=1, growth=-0.15,
        profile_drift_h=1.2,
    ),
    "night_line": Place(
        14, (1, 1, 1, 1, 1.1, 1.2, 1.2), 0, 24, ((1, 3.0, 1.0), (23, 2.0, 1.0)), day_noise=0.1, shifts=1,
        spikes=0,
    ),
}  # fmt: skip


class Invented(Struct, frozen=True):
    """An invented year and the true rate of each slot."""

    series: Series
    rates: dict[date, tuple[float, ...]]


def invent(
    place: str, seed: int, days: int = 364, bucket_min: int = 30, first: date = date(2025, 1, 6)
) -> Invented:
    """Return `days` of a place. Raises KeyError for a place that is not in PLACES."""
    chosen = PLACES[place]
    rng = random.Random(f"{place}-{seed}")  # noqa: S311 - to be the same each time is the point
    workdays = Workdays(chosen.country)
    level, mood = 1.0, 0.0
    shifts = set(rng.sample(range(40, days), min(chosen.shifts, max(0, days - 40))))
    spikes = set(rng.sample(range(20, days), min(chosen.spikes, max(0, days - 20))))
    wander = [rng.uniform(-1, 1) * chosen.profile_drift_h for _ in chosen.peaks]
    own_week = [factor * math.exp(rng.gauss(0, 0.05)) for factor in chosen.week]
    weekday_bias = [rng.gauss(0, 0.25) for _ in range(7)]
    handle_s = rng.uniform(180, 420)
    after_off = False
    found: list[Day] = []
    rates: dict[date, tuple[float, ...]] = {}
    for n in range(days):
        day = first + timedelta(days=n)
        if n in shifts:
            level *= math.exp(rng.choice((-1, 1)) * chosen.shift_size * rng.uniform(0.6, 1.3))
        fresh = chosen.day_noise * math.sqrt(1 - chosen.persistence**2)
        mood = chosen.persistence * mood + rng.gauss(0, fresh)
        holiday = bool(workdays.holiday(day))
        factor = own_week[day.weekday()] * (chosen.holiday if holiday else 1.0)
        if factor <= 0:
            after_off = after_off or holiday
            continue
        if after_off and not holiday:
            factor *= chosen.day_after
        after_off = holiday
        if day.day <= 2:
            factor *= chosen.month_start
        if n in spikes:
            factor *= rng.choice((0.5, 1.6, 2.0))
        total = chosen.a_day * level * math.exp(mood) * factor * (1 + chosen.growth * n / days)
        hours = [wander[k] * n / days + weekday_bias[day.weekday()] * (k == 0) for k in range(len(wander))]
        shape = _shape(chosen, hours, bucket_min)
        day_rates = tuple(total * share for share in shape)
        noisy = [rate * math.exp(rng.gauss(0, chosen.slot_noise)) for rate in day_rates]
        counts = tuple(float(poisson(rng, rate)) if rate > 0 else None for rate in noisy)
        # Contacts take longer in the evening and on some weekdays, and over the year they become shorter.
        today_s = handle_s * (1 + 0.2 * weekday_bias[day.weekday()]) * (1 - 0.1 * n / days)
        hours_s = [today_s * (1 - 0.12 * math.cos(math.tau * k / len(counts))) for k in range(len(counts))]
        works = tuple(
            None if count is None else count * mean_s * math.exp(rng.gauss(0, 0.5 / math.sqrt(count + 1)))
            for count, mean_s in zip(counts, hours_s, strict=True)
        )
        found.append(Day(day, counts, works))
        rates[day] = day_rates
    return Invented(Series("UTC", bucket_min, tuple(found)), rates)


def _shape(place: Place, wandered_h: list[float], bucket_min: int) -> list[float]:
    heights: list[float] = []
    for slot in range(DAY_MIN // bucket_min):
        hour = (slot + 0.5) * bucket_min / 60
        if not place.opens_h <= hour < place.closes_h:
            heights.append(0.0)
            continue
        height = 0.12
        for (peak_h, width_h, size), moved_h in zip(place.peaks, wandered_h, strict=True):
            apart = abs(hour - peak_h - moved_h)
            apart = min(apart, 24 - apart) if place.closes_h - place.opens_h >= 24 else apart
            height += size * math.exp(-0.5 * (apart / width_h) ** 2)
        heights.append(height)
    whole = sum(heights)
    return [height / whole for height in heights]


def poisson(rng: random.Random, mean: float) -> int:
    """Return a Poisson count; above 400 its normal likeness."""
    if mean > 400:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    # The sum of exponential gaps, taken in pieces whose probability does not vanish.
    count, left = 0, mean
    while left > 0:
        piece = min(left, 50.0)
        left -= piece
        limit, product = math.exp(-piece), rng.random()
        while product > limit:
            count += 1
            product *= rng.random()
    return count
