"""What a simulation found, in the one form that the terminal, the API and the screen show. Travels as JSON.

Shares are 0 to 1, times in seconds. Half hours are numbered from the day's midnight.
"""

import math
from collections.abc import Sequence

from msgspec import Struct

from warmline.domain.twin.replications import estimate
from warmline.domain.twin.student import t_quantile

METRICS = (
    "came", "service_level", "wait_p50_s", "wait_p90_s", "wait_mean_s", "abandonment", "not_helped", "occupancy",
)  # fmt: skip
# What more of it means to customers; occupancy is neither good nor bad news.
GOOD = {
    "service_level": 1, "wait_p50_s": -1, "wait_p90_s": -1, "wait_mean_s": -1, "abandonment": -1, "not_helped": -1,
}  # fmt: skip
CONFIDENCE = 0.95
# What counting itself blurs: waits are kept in bins of 1.6 %, shares and seconds are shown rounded.
_BLUR = {"wait_p50_s": (0.5, 0.02), "wait_p90_s": (0.5, 0.02), "wait_mean_s": (0.5, 0.0)}
_BLUR_OTHERS = (0.001, 0.0)


class Range(Struct, frozen=True):
    """A mean over runs with its confidence interval; no bounds after a single run."""

    mean: float
    low: float | None
    high: float | None


class Checked(Struct, frozen=True):
    """A metric of the real day beside the twin's.

    `twin`: the twin's mean with its confidence interval. `day_low` to `day_high`: where one such day falls by
    chance (a prediction interval of the same confidence); `within` says whether the real one does.
    """

    real: float | None
    twin: Range | None
    day_low: float | None = None
    day_high: float | None = None
    difference: float | None = None
    within: bool | None = None


class Compared(Struct, frozen=True):
    """A metric before and after changes. `clear`: the interval of the difference, run by run, leaves out zero.

    `beyond`: 1 or -1 where a side cannot be measured because nobody was answered, so that no number says how
    much more or less it is; else 0.
    """

    before: Range | None
    after: Range | None
    difference: Range | None
    clear: bool
    beyond: int = 0

    @property
    def sign(self) -> int:
        """Which way it clearly went: 1 more, -1 less, 0 neither."""
        if not self.clear:
            return 0
        if self.beyond or self.difference is None:
            return self.beyond
        return 1 if self.difference.mean > 0 else -1


class Verdict(Struct, frozen=True):
    """The answer in one word, and the figures a sentence needs.

    Of a replay: agrees, mostly, differs. Of a comparison: better, worse, mixed, same. Of a need: kept, not_kept.
    """

    word: str
    figures: dict[str, float] = {}


def range_of(samples: Sequence[float]) -> Range | None:
    """Return the mean with its interval; None without samples."""
    if not samples:
        return None
    found = estimate(samples, CONFIDENCE)
    return Range(found.mean, _known(found.low), _known(found.high))


def checked(metric: str, real: float | None, samples: Sequence[float]) -> Checked:
    """Compare a real figure with those of single runs."""
    twin = range_of(samples)
    if real is None or twin is None:
        return Checked(real, twin)
    difference = twin.mean - real
    if len(samples) < 2:
        return Checked(real, twin, difference=difference)
    variance = math.fsum((sample - twin.mean) ** 2 for sample in samples) / (len(samples) - 1)
    reach = t_quantile(0.5 + CONFIDENCE / 2, len(samples) - 1) * math.sqrt(variance * (1 + 1 / len(samples)))
    least, share = _BLUR.get(metric, _BLUR_OTHERS)
    blur = max(least, share * abs(twin.mean))
    return Checked(
        real, twin, max(0.0, twin.mean - reach), twin.mean + reach, difference, abs(difference) <= max(reach, blur)
    )


def compared(before: Sequence[float | None], after: Sequence[float | None]) -> Compared:
    """Compare run by run: both worlds had the same chances in each.

    None: nothing was there to be measured, and the run is left out. Infinite: worse than any number (`worst`).
    """
    pairs = [(b, a) for b, a in zip(before, after, strict=False) if b is not None and a is not None]
    signs = {(a > b) - (a < b) for b, a in pairs}
    mean_before, mean_after = _mean(before), _mean(after)
    if all(b == a or math.isfinite(a - b) for b, a in pairs):
        difference = range_of([0.0 if b == a else a - b for b, a in pairs])
        clear = (
            difference is not None
            and difference.low is not None
            and difference.high is not None
            and (difference.low > 0 or difference.high < 0)
        )
        return Compared(mean_before, mean_after, difference, clear)
    # No mean says how much; it is clear when several runs were compared and all went the same way.
    clear = len(pairs) > 1 and len(signs) == 1
    return Compared(mean_before, mean_after, None, clear, next(iter(signs)) if clear else 0)


def worst(metric: str, value: float | None, not_helped: float | None) -> float | None:
    """Return the value; where it is missing because customers came and nobody was answered, the worst one."""
    if value is None and not_helped and metric in GOOD:
        return -math.inf * GOOD[metric]
    return value


def _mean(side: Sequence[float | None]) -> Range | None:
    return range_of([one for one in side if one is not None and math.isfinite(one)])


def _known(bound: float) -> float | None:
    return bound if math.isfinite(bound) else None
