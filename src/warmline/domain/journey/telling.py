"""A wait as people say it: an interval in whole minutes, and told again only when it has really changed."""

import math

MINUTE_S = 60
STEPS = ((10, 1), (30, 5), (120, 10))  # up to so many minutes, in steps of so many; half hours beyond
LONGEST_STEP = 30
ToldWait = tuple[float, float]  # seconds: at best about, at most


class Between(float):
    """An interval of seconds that a prompt may write as one: a number is the longer end."""

    __slots__ = ("low_s",)
    low_s: float

    def __new__(cls, low_s: float, high_s: float) -> "Between":
        """Return the interval from `low_s` to `high_s`."""
        made = super().__new__(cls, high_s)
        made.low_s = low_s
        return made


def rounded(half_s: float, most_s: float) -> ToldWait:
    """Return the wait as it is told, in seconds: (0, 60) is "under a minute", (180, 300) is "3 to 5 minutes"."""
    low, high = half_s / MINUTE_S, most_s / MINUTE_S
    high = max(_step(high) * math.ceil(high / _step(high)), 1)
    low = _step(low) * round(low / _step(low)) if low >= 0.5 else 0
    return (float(min(low, high) * MINUTE_S), float(high * MINUTE_S))


def _step(minutes: float) -> int:
    return next((step for most, step in STEPS if minutes <= most), LONGEST_STEP)


def is_news(before: ToldWait, now: ToldWait) -> bool:
    """Whether a customer who was told `before` has to hear `now`: it became shorter, or clearly longer."""
    for was_s, is_s in zip(before, now, strict=True):
        if is_s < was_s or is_s - was_s >= max(2 * MINUTE_S, was_s / 4):
            return True
    return False
