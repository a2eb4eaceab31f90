"""Token buckets: how often somebody may try. Memory is bounded; the least recently used bucket goes first."""

import math
from collections import OrderedDict
from dataclasses import dataclass

from warmline.kernel.errors import TOO_MANY, Refused


@dataclass(frozen=True)
class Rate:
    """`burst` at once, then `per_s` a second."""

    burst: float
    per_s: float


class Buckets:
    """One bucket per key, at most `size` keys. Time is the caller's monotonic clock, in seconds."""

    def __init__(self, rate: Rate, size: int = 50_000) -> None:
        self.rate = rate
        self._size = size
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def level(self, key: str, now_s: float) -> float:
        """Return how many tries are left for `key`."""
        left, then_s = self._buckets.get(key, (self.rate.burst, now_s))
        return min(self.rate.burst, left + (now_s - then_s) * self.rate.per_s)

    def take(self, key: str, now_s: float, cost: float = 1) -> None:
        """Spend `cost`. Raises Refused `too_many` with the wait in whole seconds; a refusal costs nothing."""
        left = self.level(key, now_s)
        if left < cost:
            self._put(key, left, now_s)
            raise Refused(TOO_MANY, retry_after_s=max(1, math.ceil((cost - left) / self.rate.per_s)))
        self._put(key, left - cost, now_s)

    def give_back(self, key: str, now_s: float, cost: float = 1) -> None:
        """Return `cost` after a try that turned out to be honest."""
        self._put(key, min(self.rate.burst, self.level(key, now_s) + cost), now_s)

    def _put(self, key: str, left: float, now_s: float) -> None:
        self._buckets[key] = (left, now_s)
        self._buckets.move_to_end(key)
        while len(self._buckets) > self._size:
            self._buckets.popitem(last=False)
