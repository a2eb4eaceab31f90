"""Token buckets: how often something may happen, with room for bursts."""

from collections import OrderedDict


class Bucket:
    """Allow `rate_s` events a second on average and `burst` at once; `now_s` is a monotonic time."""

    __slots__ = ("_at_s", "_burst", "_left", "_rate_s")

    def __init__(self, rate_s: float, burst: float, now_s: float) -> None:
        self._rate_s = rate_s
        self._burst = burst
        self._left = burst
        self._at_s = now_s

    def take(self, now_s: float) -> bool:
        """Return whether one more is allowed, and count it if so."""
        self._left = min(self._burst, self._left + (now_s - self._at_s) * self._rate_s)
        self._at_s = now_s
        if self._left < 1:
            return False
        self._left -= 1
        return True

    @property
    def wait_s(self) -> float:
        """How long until the next one is allowed, seen from the last `take`."""
        return max(0.0, (1 - self._left) / self._rate_s)


class Buckets:
    """One bucket per key, for the keys seen last: memory stays bounded whoever knocks."""

    def __init__(self, rate_s: float, burst: float, keys_at_most: int = 10_000) -> None:
        self._rate_s = rate_s
        self._burst = burst
        self._keys_at_most = keys_at_most
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def take(self, key: str, now_s: float) -> bool:
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = Bucket(self._rate_s, self._burst, now_s)
            if len(self._buckets) > self._keys_at_most:
                self._buckets.popitem(last=False)
        else:
            self._buckets.move_to_end(key)
        return bucket.take(now_s)
