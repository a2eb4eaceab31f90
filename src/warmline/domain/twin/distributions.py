"""How long things take: the shapes a duration may have, and drawing from them in whole microseconds."""

from collections.abc import Callable, Iterator
from math import sqrt

from msgspec import Struct

from warmline.domain.twin.randomness import Uniform, exp, exponentials, ln, normals
from warmline.kernel.errors import INVALID, Refused

_SECOND_US = 1_000_000


class Fixed(Struct, frozen=True, tag="fixed"):
    """Always the same."""

    seconds: float


class Exponential(Struct, frozen=True, tag="exponential"):
    """Without memory."""

    mean_s: float


class Lognormal(Struct, frozen=True, tag="lognormal"):
    """What handle times usually look like; `cv` is the standard deviation divided by the mean."""

    mean_s: float
    cv: float


class Empirical(Struct, frozen=True, tag="empirical"):
    """One of the recorded values, each as likely as the others."""

    values_s: tuple[float, ...]


Duration = Fixed | Exponential | Lognormal | Empirical


def to_whole_us(seconds: float) -> int:
    """Return whole microseconds, rounded."""
    return round(seconds * _SECOND_US)


def mean_s(duration: Duration) -> float:
    """Return the mean in seconds."""
    match duration:
        case Fixed(seconds):
            return seconds
        case Empirical(values):
            return sum(values) / len(values)
        case Exponential(mean) | Lognormal(mean):
            return mean


def check(duration: Duration, field: str) -> None:
    """Raise Refused where the numbers make no duration."""
    match duration:
        case Empirical(values):
            fine = bool(values) and min(values) >= 0
        case Lognormal(mean, cv):
            fine = mean > 0 and cv >= 0
        case Exponential(mean):
            fine = mean > 0
        case Fixed(seconds):
            fine = seconds >= 0
    if not fine:
        raise Refused(INVALID, field=field, reason="durations are positive and recorded ones not empty")


def sampler(duration: Duration, uniform: Uniform) -> Callable[[], int]:
    """Return what draws one duration after the other, in µs."""
    return _draws(duration, uniform).__next__


def _draws(duration: Duration, uniform: Uniform) -> Iterator[int]:
    match duration:
        case Fixed(seconds):
            return _always(to_whole_us(seconds))
        case Exponential(mean):
            return exponentials(uniform, mean * _SECOND_US)
        case Lognormal(mean, cv):
            return _lognormals(mean * _SECOND_US, cv, uniform)
        case Empirical(values):
            return _recorded([to_whole_us(value) for value in values], uniform)


def _always(us: int) -> Iterator[int]:
    while True:
        yield us


def _lognormals(mean_us: float, cv: float, uniform: Uniform) -> Iterator[int]:
    variance = ln(1.0 + cv * cv)
    middle, spread = ln(mean_us) - variance / 2.0, sqrt(variance)
    for number in normals(uniform):
        yield int(exp(middle + spread * number))


def _recorded(values_us: list[int], uniform: Uniform) -> Iterator[int]:
    while True:
        yield values_us[int(uniform() * len(values_us))]
