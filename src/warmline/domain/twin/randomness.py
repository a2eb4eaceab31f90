"""Chance that is the same on every machine: one stream for each purpose, and logarithms from plain arithmetic.

A stream is the Mersenne Twister seeded with an integer, whose `random()` Python promises never to change. The
mathematics library of an operating system promises no such thing, so `ln` and `exp` are made here of additions,
multiplications and divisions, which IEEE 754 defines to the last bit.
"""

import random
from collections.abc import Callable, Iterator
from decimal import Decimal, localcontext
from hashlib import sha256
from math import frexp, ldexp, sqrt
from typing import Final

Uniform = Callable[[], float]  # numbers in [0, 1)

_MASK: Final = (1 << 64) - 1
_STEPS: Final = 512  # panels of one octave: within a panel four terms of the series reach the last bit
_EXP_TERMS: Final = tuple(range(14, 0, -1))


def _tables() -> tuple[float, list[float], list[float]]:
    """Return ln 2, and for each panel its middle's logarithm and reciprocal, all correctly rounded."""
    with localcontext() as context:
        context.prec = 30
        middles = [(Decimal(2 * number + 1) / (4 * _STEPS)) for number in range(2 * _STEPS)]
        logs = [float(middle.ln()) if number >= _STEPS else 0.0 for number, middle in enumerate(middles)]
        return float(Decimal(2).ln()), logs, [float(1 / middle) for middle in middles]


LN2, LOG_OF_MIDDLE, ONE_BY_MIDDLE = _tables()
_THIRD: Final = 1.0 / 3.0


def ln(x: float) -> float:
    """Return the natural logarithm of `x` (above 0), the same bits on every machine; error below 1e-15."""
    mantissa, exponent = frexp(x)
    panel = int(mantissa * 1024)
    d = mantissa * ONE_BY_MIDDLE[panel] - 1.0
    return exponent * LN2 + (LOG_OF_MIDDLE[panel] + d * (1.0 - d * (0.5 - d * (_THIRD - d * 0.25))))


def exp(x: float) -> float:
    """Return e to the power of `x` (-700 to 700), the same bits on every machine; relative error below 1e-13."""
    octaves = int(x / LN2 + (0.5 if x >= 0 else -0.5))
    rest = x - octaves * LN2
    total = 1.0
    for term in _EXP_TERMS:
        total = 1.0 + rest * total / term
    return ldexp(total, octaves)


def derive(seed: int, *purpose: object) -> int:
    """Return a seed of 64 bits for one purpose of a run: independent of all others, stable for ever."""
    text = "\x1f".join((str(seed), *map(str, purpose)))
    return int.from_bytes(sha256(text.encode()).digest()[:8], "big")


def stream(seed: int, *purpose: object) -> Uniform:
    """Return the uniform numbers of one purpose. Using more of one stream leaves the others as they are."""
    return random.Random(derive(seed, *purpose)).random  # noqa: S311 - chance to be repeated, not to be kept secret


def luck(number: int) -> Uniform:
    """Return uniform numbers that belong to one contact alone (splitmix64). Source: Steele et al., OOPSLA 2014."""
    state = number & _MASK

    def draw() -> float:
        nonlocal state
        state = (state + 0x9E3779B97F4A7C15) & _MASK
        mixed = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return ((mixed ^ (mixed >> 31)) >> 11) / (1 << 53)

    return draw


def _layers() -> tuple[list[float], list[float]]:
    """Return the widths of 256 layers of equal area under e^-x, and the curve's height at each width."""
    with localcontext() as context:
        context.prec = 30
        end, area = Decimal("7.69711747013104972"), Decimal("0.0039496598225815571993")
        widths = [area * end.exp(), end]
        while len(widths) < _LAYERS:
            widths.append(-(area / widths[-1] + (-widths[-1]).exp()).ln())
        widths.append(Decimal(0))
        return [float(width) for width in widths], [float((-width).exp()) for width in widths]


_LAYERS: Final = 256
WIDTHS, HEIGHTS = _layers()


def exponentials(uniform: Uniform, mean_us: float) -> Iterator[int]:
    """Yield exponential times without end. Source: Marsaglia and Tsang, Journal of Statistical Software 5, 2000.

    This is where a simulated day spends its chance: 99 of 100 times need one uniform number and no logarithm.
    """
    outer = [mean_us * width for width in WIDTHS[:-1]]
    inner = [mean_us * width for width in WIDTHS[1:]]
    beyond_us = 0.0
    while True:
        u = uniform() * 256.0
        layer = int(u)
        x_us = (u - layer) * outer[layer]
        if x_us < inner[layer]:  # wholly under the curve
            yield int(beyond_us + x_us)
            beyond_us = 0.0
        elif layer == 0:
            beyond_us += inner[0]  # the tail is the same curve again
        else:
            low = HEIGHTS[layer]
            if low + uniform() * (HEIGHTS[layer + 1] - low) < exp(-x_us / mean_us):
                yield int(beyond_us + x_us)
                beyond_us = 0.0


def normals(uniform: Uniform) -> Iterator[float]:
    """Yield standard normal numbers without end. Source: Marsaglia and Bray, SIAM Review 6, 1964."""
    while True:
        a, b = 2.0 * uniform() - 1.0, 2.0 * uniform() - 1.0
        square = a * a + b * b
        if 0.0 < square < 1.0:
            factor = sqrt(-2.0 * ln(square) / square)
            yield a * factor
            yield b * factor
