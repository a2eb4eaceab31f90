"""What the telephone side puts up with: how much from one source, how much at once."""

import ipaddress
from collections import Counter
from functools import lru_cache

from msgspec import Struct

from warmline.kernel.rates import Buckets
from warmline.ports.telephone import Transport


class Listen(Struct, frozen=True):
    """Where to listen. Port 0 takes any free one. `certificate` and `key` are PEM files, for TLS only."""

    transport: Transport
    host: str
    port: int
    certificate: str | None = None
    key: str | None = None


class Limits(Struct, frozen=True):
    """Bounds of an endpoint. Rates are messages a second; a source is an IP address (IPv6: its /64)."""

    unknown_rate: float = 10.0  # requests a second from a source that has proved nothing
    unknown_burst: float = 40.0
    known_rate: float = 500.0  # from trunks' addresses and from sources that have proved who they are
    known_burst: float = 2000.0
    total_unknown_rate: float = 300.0  # from all unknown sources together
    total_unknown_burst: float = 600.0
    message_bytes: int = 16_384
    transactions: int = 20_000
    calls: int = 1_000
    calls_a_second: float = 50.0  # new ones; beyond them 503
    calls_burst: float = 200.0
    connections: int = 2_000
    connections_a_source: int = 50
    unproved_connection_s: float = 30.0  # until a connection has said something we accept
    message_s: float = 10.0  # until a message begun on a connection is complete
    idle_connection_s: float = 900.0
    retry_after_s: int = 10
    registrations: int = 10_000
    bindings_a_phone: int = 5


@lru_cache(maxsize=4096)
def source_of(host: str) -> str:
    """The key a source is counted by: an IPv4 address, or the /64 of an IPv6 address."""
    try:
        ip = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    return str(ip.ipv4_mapped or ipaddress.ip_network((int(ip) >> 64 << 64, 64)))


class SourceGuard:
    """Decide, before a byte is parsed, whether a message from a source is looked at."""

    def __init__(self, limits: Limits) -> None:
        self._unknown = Buckets(limits.unknown_rate, limits.unknown_burst)
        self._known = Buckets(limits.known_rate, limits.known_burst)
        self._total = Buckets(limits.total_unknown_rate, limits.total_unknown_burst, 1)
        self.dropped = 0

    def admits(self, host: str, known: bool, now_s: float) -> bool:
        """Whether one more message of this source may be parsed now. A drop costs a look-up, no more."""
        source = source_of(host)
        if known:
            allowed = self._known.take(source, now_s)
        else:
            allowed = self._unknown.take(source, now_s) and self._total.take("", now_s)
        if not allowed:
            self.dropped += 1
        return allowed


class ConnectionCount:
    """How many connections are open, in all and from each source."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._open: Counter[str] = Counter()

    def enter(self, host: str) -> bool:
        """Count a new connection; False: it must be closed at once."""
        source = source_of(host)
        if self._open.total() >= self._limits.connections:
            return False
        if self._open[source] >= self._limits.connections_a_source:
            return False
        self._open[source] += 1
        return True

    def leave(self, host: str) -> None:
        source = source_of(host)
        self._open[source] -= 1
        if self._open[source] <= 0:
            del self._open[source]

    def __len__(self) -> int:
        return self._open.total()
