"""The wall between a leg and the way its packets are protected and reach the other side.

The engine owns sockets, RTP and time; a transport owns keys, handshakes and ICE. One thread calls everything here.
SDP is spoken in lines without `a=` and line ends, so that no transport knows how descriptions are parsed.

The engine looks at the first byte of a datagram (RFC 7983): 128 to 191 is RTP or RTCP and goes through
`unprotect` or `unprotect_rtcp`; everything else goes to `datagram`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Protocol, cast

from warmline.kernel.errors import Refused
from warmline.media.refusals import UNSUPPORTED

Address = tuple[str, int]
SPARE = 144  # bytes every buffer has beyond a packet, for what protection adds
PLAIN = "RTP/AVP"
MODULES = {
    "RTP/SAVP": ("warmline.media.sdes_transport", "SdesTransport"),
    "UDP/TLS/RTP/SAVPF": ("warmline.media.webrtc_transport", "WebRtcTransport"),
}


class Wire(Protocol):
    """What a transport may use of its leg."""

    local: Address  # the address in our SDP, with the RTP port

    def send(self, data: bytes, to: Address) -> None:
        """Send a datagram that is not RTP (STUN, DTLS) from the leg's socket. Never raises."""
        ...

    def changed(self) -> None:
        """`ready`, `remote` or `failed` changed."""
        ...


class Transport(Protocol):
    """One leg's transport. Constructed as `Class(wire, offering)`; `offering`: our SDP is the offer."""

    profile: str  # of the m= line
    muxed: bool  # RTCP shares the RTP port, whatever was negotiated
    authenticates: bool  # packets prove who sent them: any source is taken that `unprotect` accepts
    ready: bool  # media may be sent and is accepted
    remote: Address | None  # where media goes; None: where the SDP says, or the locked source
    failed: str | None  # for the log, once this leg can never work

    def session_lines(self) -> Sequence[str]:
        """Return session-level lines of our SDP (`ice-lite`, …); the engine adds `group:BUNDLE` for muxed ones."""
        ...

    def media_lines(self) -> Sequence[str]:
        """Return media-level lines of our SDP (`crypto:…`, `fingerprint:…`, `candidate:…`)."""
        ...

    def negotiated(self, session_lines: Sequence[str], media_lines: Sequence[str]) -> None:
        """Take the other side's lines: before ours are asked for when answering, after when offering, and again at
        every new offer. Raises Refused `media.bad_sdp`.
        """
        ...

    def datagram(self, data: bytes, source: Address) -> None:
        """A datagram that is neither RTP nor RTCP. Never raises, whatever it holds."""
        ...

    def unprotect(self, buffer: bytearray, n: int) -> int | None:
        """Decrypt the RTP packet in buffer[:n] in place; return its length, None when it is to be dropped."""
        ...

    def protect(self, buffer: bytearray, n: int) -> int:
        """Encrypt the RTP packet in buffer[:n] in place (SPARE bytes of room behind it); return its length."""
        ...

    def unprotect_rtcp(self, buffer: bytearray, n: int) -> int | None: ...

    def protect_rtcp(self, buffer: bytearray, n: int) -> int: ...

    def tick(self, now: float) -> None:
        """Called every 20 ms with a monotonic time in seconds: retransmissions, expiries."""
        ...

    def close(self) -> None:
        """Forget everything, the wire too: a leg and its transport would keep each other in memory."""
        ...


class _Nobody:
    """The wire of a closed transport: whatever is said there is heard by nobody."""

    local: Address = ("", 0)

    def send(self, data: bytes, to: Address) -> None:
        """Say it to nobody."""

    def changed(self) -> None:
        """Nobody minds."""


NOBODY = _Nobody()


@dataclass
class PlainTransport:
    """RTP as it is (RFC 3550)."""

    wire: Wire
    offering: bool
    profile: str = PLAIN
    muxed: bool = False
    authenticates: bool = False
    ready: bool = True
    remote: Address | None = None
    failed: str | None = None
    _none: tuple[str, ...] = field(default=(), repr=False)

    def session_lines(self) -> Sequence[str]:
        return self._none

    def media_lines(self) -> Sequence[str]:
        return self._none

    def negotiated(self, session_lines: Sequence[str], media_lines: Sequence[str]) -> None:
        """Nothing to agree on."""

    def datagram(self, data: bytes, source: Address) -> None:
        """Plain legs speak nothing else."""

    def unprotect(self, buffer: bytearray, n: int) -> int | None:
        return n

    def protect(self, buffer: bytearray, n: int) -> int:
        return n

    unprotect_rtcp = unprotect
    protect_rtcp = protect

    def tick(self, now: float) -> None:
        """Nothing expires."""

    def close(self) -> None:
        """Let go of the leg."""
        self.wire = NOBODY


def transport_for(profile: str, wire: Wire, offering: bool) -> Transport:
    """Return the transport of an SDP profile. Raises Refused `media.unsupported` for one that is not installed."""
    if profile in (PLAIN, "RTP/AVPF"):
        return PlainTransport(wire, offering, profile=profile)
    place = MODULES.get(profile.replace("RTP/SAVPF", "RTP/SAVP") if profile.startswith("RTP/") else profile)
    if place is None:
        raise Refused(UNSUPPORTED, what=f"profile {profile}")
    try:
        module = import_module(place[0])
    except ModuleNotFoundError as missing:
        raise Refused(UNSUPPORTED, what=f"profile {profile}") from missing
    made = cast("Callable[[Wire, bool], Transport]", getattr(module, place[1]))
    return made(wire, offering)
