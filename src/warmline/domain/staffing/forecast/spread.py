"""How far from a forecast the count may lie: chance (Poisson) and what forecasts missed before.

A count is taken as negative binomial: variance = mean + excess * mean². The excess is learned from forecasts that
were made before the day came; a scale keeps the share of counts inside the bounds at what is promised.
"""

import math
from statistics import NormalDist

LOW, HIGH = 0.1, 0.9
INSIDE = HIGH - LOW
_EXACT_BELOW = 30.0
_KEPT = 0.975  # per day
_START_WORTH = 4.0  # days that the first belief is worth
_STEP = 0.15  # how fast the scale answers to counts outside the bounds
_CLIP = 20.0


def bounds(mean: float, excess: float) -> tuple[int, int]:
    """Return the p10 and p90 of a count with this mean (0 or more) and excess (squared relative spread)."""
    if mean <= 0:
        return 0, 0
    return _quantile(mean, excess, LOW), _quantile(mean, excess, HIGH)


def _quantile(mean: float, excess: float, share: float) -> int:
    """Return the smallest count that at most `share` … at least `share` of all lie at or below."""
    if mean < _EXACT_BELOW and excess < 4:
        return _counted(mean, excess, share)
    # Wilson and Hilferty: the cube root of a gamma variable is nearly normal.
    spread = excess + 1 / mean
    ninth = spread / 9
    root = 1 - ninth + NormalDist().inv_cdf(share) * math.sqrt(ninth)
    return max(0, round(mean * max(0.0, root) ** 3))


def _counted(mean: float, excess: float, share: float) -> int:
    if excess < 1e-6:
        term, ratio, size = math.exp(-mean), 0.0, 0.0
    else:
        size = 1 / excess
        ratio = mean / (mean + size)
        term = math.exp(-size * math.log1p(mean * excess))
    reached, count = term, 0
    while reached < share and count < 100_000:
        term *= mean / (count + 1) if size == 0.0 else ratio * (count + size) / (count + 1)
        reached += term
        count += 1
    return count


def poisson_miss(mean: float) -> float:
    """Return by how much a Poisson count misses its known mean on average: what no forecast can avoid.

    Source: De Moivre's mean absolute deviation of the Poisson distribution.
    """
    if mean <= 0:
        return 0.0
    whole = math.floor(mean)
    return 2 * math.exp((whole + 1) * math.log(mean) - mean - math.lgamma(whole + 1))


class Spread:
    """What forecasts of one kind (a bucket or a day, so many days ahead) have missed, as days pass."""

    def __init__(self, excess: float) -> None:
        self._missed, self._scale = excess * _START_WORTH, _START_WORTH
        self._widen = 0.0  # logarithm

    @property
    def excess(self) -> float:
        """Squared relative spread beyond chance, widened or narrowed to what has held lately."""
        return max(0.0, self._missed / self._scale) * math.exp(self._widen)

    def bounds(self, mean: float) -> tuple[int, int]:
        """Return the p10 and p90 for a forecast."""
        return bounds(mean, self.excess)

    def learn(self, forecasts: list[float], counts: list[float]) -> None:
        """Take in what came of forecasts for one day."""
        missed = scale = volume = 0.0
        inside = tried = 0
        for mean, count in zip(forecasts, counts, strict=True):
            if mean <= 0:
                continue
            miss = (count - mean) ** 2
            missed += min(miss, _CLIP * (mean + self.excess * mean * mean)) - mean
            scale += mean * mean
            volume += mean
            if mean >= 0.5:
                low, high = self.bounds(mean)
                # The edges themselves count by half where a count is coarse: bounds of few counts are too wide.
                inside += low <= count <= high
                tried += 1
        if scale <= 0:
            return
        self._missed = self._missed * _KEPT + missed / scale
        self._scale = self._scale * _KEPT + 1.0
        if tried:
            strength = _STEP * min(1.0, tried / 8)
            self._widen += strength * (INSIDE - inside / tried) * 2
            self._widen = max(-2.5, min(2.5, self._widen))
