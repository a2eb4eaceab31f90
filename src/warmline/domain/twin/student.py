"""Student's t: how far the mean of few samples may be from the truth."""

import math

_DIGITS = 9  # of a quantile: the arctangent's last bits differ between machines


def t_share(t: float, freedom: int) -> float:
    """Return the probability that Student's t stays below `t`. Source: Abramowitz and Stegun, 26.7.3 f."""
    angle = math.atan2(t, math.sqrt(freedom))
    cos2 = freedom / (freedom + t * t)
    odd = freedom % 2
    term = math.sqrt(cos2) if odd else 1.0
    total = 0.0 if freedom == 1 else term
    for number in range(2 + odd, freedom - 1, 2):
        term *= cos2 * (number - 1) / number
        total += term
    within = total * math.sin(angle)
    if odd:
        within = 2 / math.pi * (angle + within)
    return 0.5 + within / 2


def t_quantile(share: float, freedom: int) -> float:
    """Return what Student's t stays below with probability `share` (0.5 to below 1); `freedom` 1 or more."""
    low, high = 0.0, 1.0
    while t_share(high, freedom) < share:
        high *= 2
    for _ in range(80):
        middle = (low + high) / 2
        if t_share(middle, freedom) < share:
            low = middle
        else:
            high = middle
    return round(high, _DIGITS)
