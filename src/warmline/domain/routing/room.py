"""How much more an agent can take of each channel, beside what is in hand."""

from collections.abc import Mapping

from warmline.domain.routing.model import Profile

_UNBOUNDED = 1_000_000


class Room:
    """A profile's capacity per channel and its rules about channels together, ready to be asked often.

    A channel counts what is in hand except what it interrupts. `plain`: no channel looks at another one.
    """

    __slots__ = ("_exclusive", "_ignored", "_total", "_weights", "capacity", "plain")

    def __init__(self, profile: Profile) -> None:
        media = profile.media
        self.capacity = dict(profile.capacity)
        self.plain = media.total is None and not media.exclusive
        self._total = media.total
        self._weights = dict(media.weights)
        self._exclusive = frozenset(media.exclusive)
        self._ignored: dict[str, set[str]] = {}
        for by, what in media.interrupts:
            self._ignored.setdefault(by, set()).add(what)

    def left(self, load: Mapping[str, int], channel: str, default: int = 0) -> int:
        """Return how many more contacts of `channel` fit; zero or less: none. `default`: if none is set."""
        left = self.capacity.get(channel, default) - load.get(channel, 0)
        if self.plain or left <= 0:
            return left
        ignored = self._ignored.get(channel, ())
        used = 0
        for other, count in load.items():
            if count and other not in ignored:
                if other in self._exclusive:
                    return 0
                used += count * self._weights.get(other, 1)
        if self._total is None:
            return left
        weight = self._weights.get(channel, 1)
        return min(left, (self._total - used) // weight if weight > 0 else _UNBOUNDED)

    def refusal(self, load: Mapping[str, int], channel: str, default: int = 0) -> str | None:
        """Name what forbids one more contact: `channel`, `capacity`, `exclusive` or `total`; None: it fits."""
        capacity = self.capacity.get(channel, default)
        if self.left(load, channel, default) > 0:
            return None
        if capacity <= 0:
            return "channel"
        if load.get(channel, 0) >= capacity:
            return "capacity"
        ignored = self._ignored.get(channel, ())
        blocked = any(count and other in self._exclusive and other not in ignored for other, count in load.items())
        return "exclusive" if blocked else "total"
