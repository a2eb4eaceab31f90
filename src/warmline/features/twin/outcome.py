"""What a simulation found, in the one form that the terminal, the API and the screen show. Travels as JSON.

Shares are 0 to 1, times in seconds. Half hours are numbered from the day's midnight.
"""

import math
from collections.abc import Sequence

from msgspec import Struct

from warmline.domain.twin.replications import estimate
from warmline.domain.twin.student import t_quantile

METRICS = ("came", "service_level", "wait_p50_s", "wait_p90_s", "wait_mean_s", "abandonment", "occupancy")
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
    """A metric before and after changes. `clear`: the interval of the difference, run by run, leaves out zero."""

    before: Range | None
    after: Range | None
    difference: Range | None
    clear: bool


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
    """Compare run by run: both worlds had the same chances in each."""
    pairs = [(b, a) for b, a in zip(before, after, strict=False) if b is not None and a is not None]
    difference = range_of([a - b for b, a in pairs])
    clear = (
        difference is not None
        and difference.low is not None
        and difference.high is not None
        and (difference.low > 0 or difference.high < 0)
    )
    return Compared(
        range_of([b for b in before if b is not None]), range_of([a for a in after if a is not None]), difference,
        clear,
    )  # fmt: skip


def _known(bound: float) -> float | None:
    return bound if math.isfinite(bound) else None
