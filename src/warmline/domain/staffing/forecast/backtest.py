"""What forecasts would have been, had they been made each evening: the model beside two plain habits.

Each day is foretold from the days before it alone, then taken in. Errors are WAPE: what was missed, over all that
came. The Poisson floor is what even the true rates would miss.
"""

from collections import deque
from collections.abc import Callable, Sequence
from datetime import date

from msgspec import Struct

from warmline.domain.staffing.forecast.forecaster import LEAST_DAYS, DayForecast, Forecaster
from warmline.domain.staffing.forecast.intraday import CHECKPOINTS, slot_at
from warmline.domain.staffing.forecast.series import Day, Series
from warmline.domain.staffing.forecast.spread import poisson_miss
from warmline.kernel.errors import Refused, declare

LEARN_BOUNDS_DAYS = 60  # days before the tested ones on which bounds are learned
TOO_SHORT = declare(
    "forecast_too_short",
    422,
    "{days} days with data are too few for a forecast.",
    "Give at least 15 days; three months or more make it good.",
)


class Errors(Struct, frozen=True):
    """WAPE (0: perfect) per bucket and per day."""

    bucket: float
    day: float


class Rest(Struct, frozen=True):
    """WAPE per bucket of what was left of the days when `share` of a day was expected to be over.

    None: nothing was left, as where a day is one bucket.
    """

    share: float
    morning: float | None  # as foretold before the day began
    corrected: float | None


class Backtest(Struct, frozen=True):
    """Findings. Coverage: shares of counts between p10 and p90 (0.8 is promised; None: not measured)."""

    first: date
    last: date
    days: int
    bucket_min: int
    contacts: float
    model: Errors
    last_week: Errors
    mean_of_four: Errors
    floor: Errors
    bucket_coverage: float | None
    day_coverage: float | None  # of whole days only
    intraday: tuple[Rest, ...]
    handle_s: tuple[float, float] | None  # weighted mean absolute error, seconds: model, mean of four weeks

    @property
    def gain(self) -> float:
        """How far the model's bucket error lies below that of the same weekday last week, 0 to 1."""
        return 1 - self.model.bucket / self.last_week.bucket if self.last_week.bucket > 0 else 0.0


class _Tally:
    """Missed and come, per bucket and per day."""

    def __init__(self) -> None:
        self.bucket = self.day = 0.0

    def add(self, means: Sequence[float], counts: Sequence[float]) -> None:
        self.bucket += sum(abs(count - mean) for mean, count in zip(means, counts, strict=True))
        self.day += abs(sum(counts) - sum(means))

    def over(self, contacts: float) -> Errors:
        return Errors(self.bucket / contacts, self.day / contacts) if contacts > 0 else Errors(0.0, 0.0)


def backtest(
    series: Series,
    days: int = 60,
    country: str = "",
    on_progress: Callable[[int, int], None] | None = None,
    on_day: Callable[[Day, DayForecast], None] | None = None,
) -> Backtest:
    """Test the last `days` days that have data; fewer when the series is short.

    Calls `on_progress` with days done and days in all, `on_day` with each tested day. Raises Refused
    (forecast_too_short).
    """
    count = len(series.days)
    if count > LEAST_DAYS + 1 and _ends_early(series):
        count -= 1  # the last day is still under way
    if count <= LEAST_DAYS:
        raise Refused(TOO_SHORT, days=count)
    begin = max(LEAST_DAYS, count - days)
    learn_from = series.days[max(0, begin - LEARN_BOUNDS_DAYS)].date
    run = _Run(Forecaster(series, country, learn_from), series)
    for n, day in enumerate(series.days[:count]):
        if n >= begin:
            forecast = run.test(day)
            if on_day is not None:
                on_day(day, forecast)
        run.take_in(day)
        if on_progress is not None:
            on_progress(n + 1, count)
    return run.result(series.days[begin].date, series.days[count - 1].date, count - begin)


def _ends_early(series: Series) -> bool:
    """Whether the records of the last day stop well before those of the days before it."""

    def end(day: Day) -> int:
        return max((slot for slot, count in enumerate(day.counts) if count is not None), default=0)

    *before, last = series.days
    alike = [day for day in before if day.date.weekday() == last.date.weekday()][-4:] or before[-4:]
    usual = min(end(day) for day in alike)
    left = sum(count or 0.0 for day in alike for count in day.counts[end(last) + 1 :]) / len(alike)
    return end(last) < usual and left > 5.0


class _Run:
    def __init__(self, forecaster: Forecaster, series: Series) -> None:
        self.forecaster = forecaster
        self.bucket_min = series.bucket_min
        self._before: list[deque[list[float]]] = [deque(maxlen=4) for _ in range(7)]
        self._any: deque[list[float]] = deque(maxlen=4)
        self._contacts = 0.0
        self._tallies = [_Tally() for _ in range(3)]
        self._floor = [0.0, 0.0]
        self._inside, self._tried = [0, 0], [0, 0]
        self._rest = {share: [0.0, 0.0, 0.0] for share in CHECKPOINTS}
        self._handle = HandleTally() if series.has_handle_times else None

    def test(self, day: Day) -> DayForecast:
        forecast = self.forecaster.predict(day.date)
        counts = self.forecaster.settle(day)
        known = [slot for slot, count in enumerate(counts) if count is not None]
        came = [counts[slot] or 0.0 for slot in known]
        self._contacts += sum(came)
        before = self._before[day.date.weekday()] or self._any
        mean = [sum(values) / len(before) for values in zip(*before, strict=True)]
        for tally, means in zip(self._tallies, (forecast.contacts, before[-1], mean), strict=True):
            tally.add([means[slot] for slot in known], came)
        expected = [forecast.contacts[slot] for slot in known]
        self._floor[0] += sum(poisson_miss(value) for value in expected)
        self._floor[1] += poisson_miss(sum(expected))
        for slot, count in zip(known, came, strict=True):
            if forecast.contacts[slot] >= 0.5:
                self._tried[0] += 1
                self._inside[0] += forecast.low[slot] <= count <= forecast.high[slot]
        if len(known) == len(counts):
            self._tried[1] += 1
            self._inside[1] += forecast.total_low <= sum(came) <= forecast.total_high
        self._test_rest(forecast, counts)
        if self._handle is not None:
            self._handle.test(day, forecast)
        return forecast

    def _test_rest(self, forecast: DayForecast, counts: Sequence[float | None]) -> None:
        for share, sums in self._rest.items():
            until = slot_at(forecast.contacts, share)
            today = self.forecaster.today(forecast, counts, until)
            for slot in range(until, len(counts)):
                count = counts[slot]
                if count is not None:
                    sums[0] += abs(count - forecast.contacts[slot])
                    sums[1] += abs(count - today.contacts[slot])
                    sums[2] += count

    def take_in(self, day: Day) -> None:
        settled = self.forecaster.settle(day)
        before = self._before[day.date.weekday()]
        # Where a count is unknown, the habits fall back on the week before.
        filled = [
            (before[-1][slot] if before else 0.0) if count is None else count for slot, count in enumerate(settled)
        ]
        before.append(filled)
        self._any.append(filled)
        if self._handle is not None:
            self._handle.take_in(day)
        self.forecaster.observe(day)

    def result(self, first: date, last: date, days: int) -> Backtest:
        model, last_week, mean_of_four = (tally.over(self._contacts) for tally in self._tallies)
        whole = self._contacts or 1.0
        rests = tuple(
            Rest(share, plain / came if came else None, corrected / came if came else None)
            for share, (plain, corrected, came) in self._rest.items()
        )
        return Backtest(
            first,
            last,
            days,
            self.bucket_min,
            self._contacts,
            model,
            last_week,
            mean_of_four,
            Errors(self._floor[0] / whole, self._floor[1] / whole),
            self._inside[0] / self._tried[0] if self._tried[0] else None,
            self._inside[1] / self._tried[1] if self._tried[1] else None,
            rests,
            self._handle.result() if self._handle is not None else None,
        )


class HandleTally:
    """Errors of mean handle times, every slot weighted by its contacts."""

    def __init__(self) -> None:
        self._before: list[deque[Day]] = [deque(maxlen=4) for _ in range(7)]
        self._missed = [0.0, 0.0]
        self._contacts = 0.0

    def test(self, day: Day, forecast: DayForecast) -> None:
        """Compare a day with its forecast and with the mean of its last four weekdays."""
        before = self._before[day.date.weekday()]
        seconds = sum(value for one in before for value in one.work_s if value is not None)
        contacts = sum(
            count
            for one in before
            for count, value in zip(one.counts, one.work_s, strict=False)
            if value and count
        )
        for slot, (count, work_s) in enumerate(zip(day.counts, day.work_s, strict=False)):
            expected = forecast.handle_s[slot]
            if count and work_s and expected is not None and contacts > 0:
                mean_s = work_s / count
                self._missed[0] += count * abs(mean_s - expected)
                self._missed[1] += count * abs(mean_s - seconds / contacts)
                self._contacts += count

    def take_in(self, day: Day) -> None:
        """Remember a day."""
        if day.work_s:
            self._before[day.date.weekday()].append(day)

    def result(self) -> tuple[float, float] | None:
        """Return both mean errors in seconds; None when nothing could be compared."""
        if self._contacts <= 0:
            return None
        return self._missed[0] / self._contacts, self._missed[1] / self._contacts
