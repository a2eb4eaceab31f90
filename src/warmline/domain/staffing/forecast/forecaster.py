"""Learns day after day and foretells the days to come: level × weekday × profile, holidays, bounds, today so far.

Whoever asks for a day gets what was known before it: nothing that came later can have been taken in.
"""

import math
from collections import Counter, deque
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median

from msgspec import Struct

from warmline.domain.staffing.forecast.effects import DayTotal
from warmline.domain.staffing.forecast.handle import HandleTimes
from warmline.domain.staffing.forecast.intraday import Correction, Today
from warmline.domain.staffing.forecast.level import LevelFit, fit_level
from warmline.domain.staffing.forecast.profile import HOLIDAY, Profiles
from warmline.domain.staffing.forecast.series import Day, Series, occurrences
from warmline.domain.staffing.forecast.spread import Spread
from warmline.domain.staffing.forecast.workdays import Workdays

LEAST_DAYS = 14  # days with data before anything is foretold
HORIZONS = (1, 7, 14)  # days ahead at which bounds are learned
_WINDOW = 740  # days with data that effects are learned from
_SURE_PRESENT = 6.0  # contacts expected where none at all means: not recorded
_OFF_SHARE = 0.5  # of what is usual; below it a day counts as off
_OFF_WEEKS = 1  # same weekdays in a row that may be off; then that weekday has changed
_USUAL_OF = 6  # same weekdays that say what is usual
_LONGEST_OFF = 3  # days with data in a row; then it is a new level
_LEAST_LEFT = 5.0  # contacts still expected after the last record: the day was not over
_CLOSED_AFTER = 3  # same weekdays in a row without data


class DayForecast(Struct, frozen=True):
    """What to expect of a date: per slot contacts, p10, p90 and mean handle seconds; contacts all day with bounds.

    `open`: anybody is expected at all; numbers are what would come if so.
    """

    date: date
    open: bool
    total: float
    total_low: int
    total_high: int
    contacts: tuple[float, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]
    handle_s: tuple[float | None, ...]


class Forecaster:
    """One queue's or company's volume. Feed it days in rising order, ask for days after the last one."""

    def __init__(self, series: Series, country: str = "", learn_from: date | None = None) -> None:
        """`learn_from`: the first day that forecasts are scored on for bounds; None: every day."""
        self._time_zone, self._bucket_min, self._slots = series.time_zone, series.bucket_min, series.slots
        self._leaves_out_zeros = series.leaves_out_zeros
        self._workdays = Workdays(country)
        self._learn_from = learn_from
        self._history: deque[DayTotal] = deque(maxlen=_WINDOW)
        self._same: list[deque[tuple[float | None, ...]]] = [deque(maxlen=_USUAL_OF) for _ in range(7)]
        self._totals: list[deque[float]] = [deque(maxlen=_USUAL_OF) for _ in range(7)]
        self._absent = [_CLOSED_AFTER] * 7  # same weekdays in a row without data
        self._off: set[date] = set()
        self._off_in_row = 0
        self._off_weeks = [0] * 7
        self._closed_holidays: Counter[str] = Counter()
        self._open_holidays: Counter[str] = Counter()
        self._profiles = Profiles(self._slots)
        self._handle = HandleTimes(self._slots)
        self._fit: LevelFit | None = None
        self._bucket_spreads = {ahead: Spread(0.03) for ahead in HORIZONS}
        self._day_spreads = {ahead: Spread(0.01) for ahead in HORIZONS}
        self._pending: dict[tuple[date, int], tuple[float, list[float]]] = {}
        self._correction = Correction()

    @property
    def last(self) -> date | None:
        """The latest day taken in."""
        return self._history[-1].date if self._history else None

    @property
    def ready(self) -> bool:
        """Whether enough days were taken in to foretell anything."""
        return len(self._history) >= LEAST_DAYS

    def settle(self, day: Day, until_slot: int | None = None) -> tuple[float | None, ...]:
        """Return the counts of `day` with slots that have no record settled: nobody came (0) or unknown (None).

        `until_slot`: the first slot that had not come yet; None: the day is over.
        """
        often = occurrences(self._time_zone, day.date, self._bucket_min)
        recent = self._same[day.date.weekday()] or self._any_recent(day.date)
        settled = list(day.counts)
        for slot, count in enumerate(day.counts):
            if often is not None and often[slot] <= 0:
                settled[slot] = count or None
            elif count is None:
                seen = [value for value in (one[slot] for one in recent) if value is not None]
                usual = sum(seen) / len(seen) if seen else 0.0
                surely_unknown = usual >= _SURE_PRESENT if self._leaves_out_zeros else usual > 0
                not_yet = until_slot is not None and slot >= until_slot
                settled[slot] = None if surely_unknown or not_yet else 0.0
        return tuple(settled)

    def _any_recent(self, day: date) -> Sequence[tuple[float | None, ...]]:
        members = range(5) if day.weekday() < 5 else (5, 6)
        return [one for weekday in members for one in self._same[weekday]]

    def observe(self, day: Day, until_slot: int | None = None) -> None:
        """Take in a day after the last one; a day still under way (see `settle`) teaches its level only."""
        self._note_absences(day.date)
        weekday = day.date.weekday()
        counts = self._once(day.date, self.settle(day, until_slot))
        traits = self._traits(day.date)
        total = sum(count for count in counts if count is not None)
        kind = self._kind(day.date)
        shape = self._profiles.shape(kind)
        share = sum(part for part, count in zip(shape, counts, strict=True) if count is not None) if shape else 1.0
        if until_slot is None:
            self._score(day.date, counts)
        holiday = any(trait.startswith("holiday") for trait in traits)
        off = share > 0.5 and self._is_far_below(weekday, total / share)
        self._off_in_row = self._off_in_row + 1 if off else 0
        self._off_weeks[weekday] = self._off_weeks[weekday] + 1 if off else 0
        if off:
            self._off.add(day.date)
        if holiday:
            self._open_holidays[self._workdays.holiday(day.date)] += total > 0
        followed = off and (self._off_in_row > _LONGEST_OFF or self._off_weeks[weekday] > _OFF_WEEKS)
        self._history.append(
            DayTotal(day.date, total, min(1.0, share), traits, off and not holiday and not followed)
        )
        self._absent[weekday] = 0
        if until_slot is None and (not (off or holiday) or followed):
            self._same[weekday].append(tuple(counts))
            self._totals[weekday].append(total / max(share, 0.05))
        if until_slot is None and (not off or holiday or followed):
            self._profiles.learn(kind, counts)
        if day.work_s:
            self._handle.learn(weekday, day.counts, day.work_s)
        self._fit = None
        if self.ready and (self._learn_from is None or day.date >= self._learn_from):
            self._foretell(day.date)

    def predict(self, day: date) -> DayForecast:
        """Return what to expect of a day after the last one taken in. Raises ValueError before `ready`."""
        total, contacts = self._expect(day)
        ahead = (day - self._history[-1].date).days
        bucket_excess = self._excess(self._bucket_spreads, ahead)
        low_high = [bucket_excess.bounds(mean) for mean in contacts]
        total_low, total_high = self._excess(self._day_spreads, ahead).bounds(total)
        weekday = day.weekday()
        handle = tuple(
            self._handle.mean_s(weekday, slot) if mean > 0 else None for slot, mean in enumerate(contacts)
        )
        return DayForecast(
            day,
            self._is_open(day),
            total,
            total_low,
            total_high,
            tuple(contacts),
            tuple(low for low, _ in low_high),
            tuple(high for _, high in low_high),
            handle,
        )

    def today(self, forecast: DayForecast, counts: Sequence[float | None], until_slot: int) -> Today:
        """Return the rest of a day that has come as far as `until_slot` (not included), with what came so far."""
        excess = self._day_spreads[HORIZONS[0]].excess
        return self._correction.correct(
            forecast.contacts, counts, until_slot, excess, self._profiles.noise, self._bucket_spreads[1].excess
        )

    def day_bounds(self, contacts: float) -> tuple[int, int]:
        """Return the p10 and p90 of so many contacts of the day after the last one taken in."""
        return self._day_spreads[HORIZONS[0]].bounds(contacts)

    def under_way(self, day: Day) -> int | None:
        """Return the first slot that had not come yet when `day` was exported; None when the day is over."""
        until = max((slot + 1 for slot, count in enumerate(day.counts) if count is not None), default=0)
        if not self.ready:
            return None
        forecast = self.predict(day.date)
        left = sum(forecast.contacts[until:])
        return until if left > _LEAST_LEFT + 0.02 * forecast.total else None

    def _expect(self, day: date) -> tuple[float, list[float]]:
        if not self.ready:
            raise ValueError(f"{len(self._history)} days are too few to learn from; {LEAST_DAYS} are needed.")
        if self._fit is None:
            self._fit = fit_level(list(self._history))
        total = self._fit.expected(day, self._traits(day))
        shape = self._profiles.shape(self._kind(day)) or [0.0] * self._slots
        often = occurrences(self._time_zone, day, self._bucket_min)
        contacts = [total * share for share in shape]
        if often is not None:
            contacts = [mean * times for mean, times in zip(contacts, often, strict=True)]
        return sum(contacts), contacts

    def _excess(self, spreads: dict[int, Spread], ahead: int) -> Spread:
        """Return the spread learned at the nearest horizon that is not shorter, or the longest."""
        for horizon in HORIZONS:
            if ahead <= horizon:
                return spreads[horizon]
        return spreads[HORIZONS[-1]]

    def _foretell(self, today: date) -> None:
        """Remember what is expected of coming days, to be scored when they come."""
        self._pending = {key: value for key, value in self._pending.items() if key[0] > today}
        for ahead in HORIZONS:
            day = today + timedelta(days=ahead)
            self._pending[day, ahead] = self._expect(day)
        ahead = 1
        # After a weekend without data the next day that comes is more than a day ahead.
        while ahead < 5 and not self._is_open(today + timedelta(days=ahead)):
            ahead += 1
        day = today + timedelta(days=ahead)
        if ahead > 1:
            self._pending[day, 1] = self._expect(day)

    def _score(self, day: date, once: Sequence[float | None]) -> None:
        often = occurrences(self._time_zone, day, self._bucket_min)
        for ahead in HORIZONS:
            pending = self._pending.pop((day, ahead), None)
            if pending is None:
                continue
            expected = pending[1]
            counts = [
                None if count is None else count * (often[slot] if often else 1.0)
                for slot, count in enumerate(once)
            ]
            pairs = [(mean, count) for mean, count in zip(expected, counts, strict=True) if count is not None]
            means, came = [mean for mean, _ in pairs], [count for _, count in pairs]
            self._bucket_spreads[ahead].learn(means, came)
            self._day_spreads[ahead].learn([sum(means)], [sum(came)])
            if ahead == 1:
                day_excess = self._day_spreads[1].excess
                self._correction.learn(expected, counts, day_excess, self._profiles.noise)

    def _once(self, day: date, counts: Sequence[float | None]) -> list[float | None]:
        """Return counts as if each slot happened once."""
        often = occurrences(self._time_zone, day, self._bucket_min)
        if often is None:
            return list(counts)
        return [
            None if count is None or times <= 0 else count / times
            for count, times in zip(counts, often, strict=True)
        ]

    def _note_absences(self, day: date) -> None:
        """Take in that nothing was recorded since the last day: closed weekdays, holidays, gaps."""
        if not self._history:
            return
        missing = self._history[-1].date + timedelta(days=1)
        while missing < day:
            weekday = missing.weekday()
            holiday = self._workdays.holiday(missing)
            if holiday:
                self._closed_holidays[holiday] += 1
            else:
                self._absent[weekday] += 1
            if self._absent[weekday] < _CLOSED_AFTER and weekday < 5:
                self._off.add(missing)
            missing += timedelta(days=1)

    def _is_open(self, day: date) -> bool:
        if self._absent[day.weekday()] >= _CLOSED_AFTER:
            return False
        holiday = self._workdays.holiday(day)
        if not holiday:
            return True
        closed, opened = self._closed_holidays[holiday], self._open_holidays[holiday]
        if closed + opened == 0:
            closed, opened = self._closed_holidays.total(), self._open_holidays.total()
        return opened >= closed

    def _open_weekdays(self) -> frozenset[int]:
        return frozenset(weekday for weekday in range(7) if self._absent[weekday] < _CLOSED_AFTER)

    def _traits(self, day: date) -> tuple[str, ...]:
        return self._workdays.traits(day, self._open_weekdays(), self._off.__contains__)

    def _kind(self, day: date) -> int:
        return HOLIDAY if self._workdays.holiday(day) and day.weekday() < 5 else day.weekday()

    def _is_far_below(self, weekday: int, total: float) -> bool:
        """Whether a total is so low that no chance explains it: closed, or nearly."""
        if len(self._totals[weekday]) < 2:
            return False
        usual = median(self._totals[weekday])
        return total < _OFF_SHARE * usual and usual - total > 4 * math.sqrt(usual + 1)
