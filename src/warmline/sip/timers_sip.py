"""The timers of SIP (RFC 3261, table 4) and the deadlines a machine keeps."""

from msgspec import Struct


class Times(Struct, frozen=True):
    """Seconds: `t1` estimates the round trip, `t2` is the longest gap between retransmissions, `t4` how long a
    message stays in the network. Source: RFC 3261, 17.1.1.1 and table 4; RFC 6026 for L and M.
    """

    t1: float = 0.5
    t2: float = 4.0
    t4: float = 5.0
    absorb: float = 32.0  # D

    @property
    def long(self) -> float:
        """64*T1: how long a transaction tries (B, F, H, J, L, M)."""
        return 64 * self.t1

    @property
    def d(self) -> float:
        """How long a refused INVITE absorbs repeated answers on UDP."""
        return max(self.absorb, self.long)


class Deadlines:
    """Named deadlines of one machine; each fires once."""

    __slots__ = ("_at",)

    def __init__(self) -> None:
        self._at: dict[str, float] = {}

    def set(self, name: str, at_s: float) -> None:
        self._at[name] = at_s

    def clear(self, *names: str) -> None:
        for name in names:
            self._at.pop(name, None)

    def clear_all(self) -> None:
        self._at.clear()

    def __contains__(self, name: str) -> bool:
        return name in self._at

    def next(self) -> float | None:
        return min(self._at.values()) if self._at else None

    def due(self, now_s: float) -> list[str]:
        """The names that are due, earliest first; they are forgotten."""
        if not self._at:
            return []
        names = sorted((at, name) for name, at in self._at.items() if at <= now_s)
        for _, name in names:
            del self._at[name]
        return [name for _, name in names]


class Repeat:
    """Gaps that double from T1: of INVITEs and reliable provisionals without end, of other messages up to T2."""

    __slots__ = ("gap_s",)

    def __init__(self, times: Times) -> None:
        self.gap_s = times.t1

    def later(self, now_s: float, most_s: float | None = None) -> float:
        """When to send next after a retransmission at `now_s`."""
        self.gap_s = self.gap_s * 2 if most_s is None else min(self.gap_s * 2, most_s)
        return now_s + self.gap_s
