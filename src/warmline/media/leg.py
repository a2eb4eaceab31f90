"""One leg: its sockets, the lock on its source, what arrives, and to whom it is passed on at once."""

import contextlib
import socket
import time
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from warmline.media.clips import Player
from warmline.media.codecs import SILENT_PAYLOADS, Samples, make_codec
from warmline.media.jitter import JitterBuffer
from warmline.media.key_events import KeyEar, KeySender
from warmline.media.key_tones import ToneEar
from warmline.media.leg_out import OutStream
from warmline.media.leg_transport import Address, PlainTransport, Transport
from warmline.media.negotiation import CLOCKS, Agreed
from warmline.media.port_pool import udp_socket
from warmline.media.reception import Reception
from warmline.media.resample import Past
from warmline.media.rtp_packet import HEADER, RX, RX_UPTO, payload_bounds
from warmline.ports.media import DigitSource, LegUp, LegWish, MediaEvent

LATCH_S = 5.0  # how long a leg may be locked to a source its SDP did not name
QUIET, RELAY, MIX = 0, 1, 2
UNSET = ("0.0.0.0", "::", "")  # noqa: S104 (signs in a description, nothing is bound)


class Host(Protocol):
    """What a leg needs of the engine. `changed`: who hears whom is planned anew; `reader`: of a connected leg."""

    def tell(self, call: str, event: MediaEvent) -> None: ...

    def watch(self, sock: socket.socket, ready: Callable[[], None]) -> None: ...

    def unwatch(self, sock: socket.socket) -> None: ...

    def changed(self, call: str) -> None: ...

    def pressed(self, leg: "Leg", key: str, source: DigitSource) -> None: ...

    def reader(self, leg: "Leg") -> Callable[[], None]: ...


class Recorder(Protocol):
    """What takes a leg's packets to a recording."""

    def packet(self, leg: "Leg", timestamp: int, payload: memoryview, now: float) -> None: ...


class Leg:
    """A leg of a call. `agreed` is None until both descriptions are there."""

    # So many names fit no layout objects share: each packet would be looked up in a dictionary of its leg's own.
    __slots__ = (
        "address", "agreed", "agreed_at", "call", "codec_in", "codec_out", "dropped", "ear", "encoder", "heard_at",
        "host", "jitter", "key_past", "keys", "local", "locked", "mode", "name", "on_report", "opened_at", "out",
        "pcm", "pcm_past", "peer", "plain", "player", "port", "reachable", "reception", "record_past", "recorders",
        "relays", "remote_lost", "remote_rtcp", "round_trip_ms", "rtcp", "rtcp_due", "rtp", "secure",
        "sender_report", "shadow", "silence", "silent", "stranger", "strangers", "stream", "tap", "tap_past",
        "tone_ear", "transport", "up", "usual", "wish",
    )  # fmt: skip

    def __init__(
        self, host: Host, call: str, name: str, wish: LegWish, port: int, rtp: socket.socket, rtcp: socket.socket
    ) -> None:
        self.host, self.call, self.name, self.wish, self.port = host, call, name, wish, port
        self.rtp = rtp
        self.rtcp: socket.socket | None = rtcp
        self.stranger: socket.socket | None = None
        self.address: str = rtp.getsockname()[0]
        self.local: Address = (self.address, port)
        self.transport: Transport = PlainTransport(self, offering=False)
        self.out = OutStream(rtp, self.transport)
        self.agreed: Agreed | None = None
        self.agreed_at = self.opened_at = self.heard_at = time.monotonic()
        self.locked: Address | None = None  # where their audio comes from
        self.peer: Address | None = None  # what the socket is connected to: where ours goes
        self.reachable = False  # audio may be sent to them, as last planned
        self.usual = -1  # first two bytes of the packets `leg_flow` takes; -1: none
        self.up = self.silent = self.secure = False
        self.codec_in = self.codec_out = ""
        self.reception = Reception(8000)
        self.stream: object = object()  # another one whenever the source begins anew
        self.strangers = self.dropped = 0
        self.ear, self.keys, self.tone_ear = KeyEar(), KeySender(), ToneEar()
        self.relays: list[Leg] = []
        self.mode = QUIET
        self.jitter: JitterBuffer | None = None
        self.pcm: Samples | None = None
        self.pcm_past, self.tap_past, self.key_past, self.record_past = Past(), Past(), Past(), Past()
        self.player: Player | None = None
        self.shadow: Player | None = None  # the same play as PCMU, for a recording
        self.recorders: list[Recorder] = []
        self.tap: Any = None
        self.encoder: Any = None
        self.silence = b""
        self.rtcp_due = self.agreed_at + 2.0
        self.remote_rtcp: Address | None = None
        self.sender_report: tuple[int, float] | None = None  # theirs: middle of its NTP time, when it came
        self.round_trip_ms: float | None = None
        self.remote_lost: float | None = None
        self.plain = True
        self.on_report: Callable[[Leg, memoryview], None] = lambda *_: None
        host.watch(rtp, self._unlocked)
        host.watch(rtcp, self._on_rtcp)

    # --- what is agreed ---------------------------------------------------------------------------

    def use(self, transport: Transport) -> None:
        self.transport.close()
        self.transport = self.out.transport = transport
        self.plain = self.out.plain = type(transport) is PlainTransport
        self.host.changed(self.call)

    def agree(self, agreed: Agreed) -> None:
        """Take what was negotiated, first or anew."""
        before, self.agreed = self.agreed, agreed
        self.agreed_at = self.heard_at = time.monotonic()
        self.silent = False
        self.usual = -1
        if before is None or before.codec != agreed.codec:
            self.codec_in = self.codec_out = agreed.codec
            self.encoder = make_codec(agreed.codec)
            self.silence = SILENT_PAYLOADS.get(agreed.codec) or self.encoder.encode(
                np.zeros(self.encoder.pcm_rate // 50, np.int16)
            )
            self.out.frame = CLOCKS[agreed.codec] // 50
            self.reception.clock = CLOCKS[agreed.codec]
            if self.jitter is not None:
                self.jitter = JitterBuffer(make_codec(agreed.codec))
        self.out.payload_type = agreed.payload_type
        moved = before is None or (before.address, before.port) != (agreed.address, agreed.port)
        if moved and not self.transport.authenticates:
            self._unlock()
        if moved:
            self.out.remote = (agreed.address, agreed.port)
        self.remote_rtcp = (agreed.address, agreed.rtcp_port)
        if (agreed.muxed or self.transport.muxed) and self.rtcp is not None:
            self.host.unwatch(self.rtcp)
            self.rtcp.close()
            self.rtcp = None
        self.host.changed(self.call)

    def decoding(self, wanted: bool) -> None:
        """Begin or end decoding what arrives."""
        if not wanted:
            self.jitter = self.pcm = None
        elif self.jitter is None and self.codec_in:
            self.jitter = JitterBuffer(make_codec(self.codec_in))

    # --- the lock on the source -------------------------------------------------------------------

    def _may_come_from(self, source: Address, now: float) -> bool:
        agreed = self.agreed
        if agreed is None or self.transport.authenticates:
            return agreed is not None
        return source == (agreed.address, agreed.port) or (
            self.locked is None and now - self.agreed_at <= LATCH_S and agreed.address not in UNSET
        )

    def _lock(self, source: Address) -> bool:
        self.locked = source
        self.out.remote = self.transport.remote or source
        return self._connect(self.out.remote)

    def _connect(self, peer: Address) -> bool:
        """Give the peer the socket; others come to a second one at its port, where only proofs are taken.

        Return whether it was nobody's before: what waits in it may be anybody's then.
        """
        strangers = self.stranger
        if not self.out.connected:
            try:
                strangers = udp_socket(self.address, self.port)
            except OSError:
                if self.transport.authenticates:
                    return False  # out of descriptors: a new network of theirs must reach us all the same
                strangers = None  # strangers are dropped by the kernel, uncounted
        try:
            self.rtp.connect(peer)
        except OSError:
            if strangers is not None and strangers is not self.stranger:
                strangers.close()
            return False
        self.peer = peer
        if self.out.connected:
            return False
        self.out.connected = True
        self.stranger = strangers
        if strangers is not None:
            self.host.watch(strangers, self._on_stranger)
        self.host.watch(self.rtp, self.host.reader(self))
        return True

    def _drain(self) -> None:
        """Throw away what others sent before the socket was the peer's."""
        while True:
            try:
                n, sender = self.rtp.recvfrom_into(RX)
            except OSError:
                return
            if self._take_or_refuse(n, sender[:2]):
                return

    def forget_what_waits(self) -> None:
        """Throw away what has arrived and was not read: it was said while nobody might hear it."""
        for sock in (self.rtp, self.stranger):
            with contextlib.suppress(OSError):
                while sock is not None:
                    sock.recv_into(RX)

    def _unlock(self) -> None:
        self.locked = None
        if not self.out.connected:
            return
        self.host.unwatch(self.rtp)
        self.rtp.close()
        if self.stranger is None:
            self.stranger = udp_socket(self.address, self.port)
        self.rtp, self.stranger, self.peer = self.stranger, None, None
        self.out.sock, self.out.connected = self.rtp, False
        self.host.watch(self.rtp, self._unlocked)

    def _on_stranger(self) -> None:
        with contextlib.suppress(OSError):
            if self.stranger is not None:
                n, sender = self.stranger.recvfrom_into(RX)
                self._take_or_refuse(n, sender[:2])

    def _take_or_refuse(self, n: int, source: Address) -> bool:
        """Take what came past the peer's socket if it is theirs; return whether the lock went to another."""
        if source == self.peer or self.transport.authenticates:  # theirs: as it was connected
            self.packet(n, None if source == self.peer else source)
            return False
        self.strangers += 1
        named = self.agreed is not None and source == (self.agreed.address, self.agreed.port)
        if not named or source == self.locked or time.monotonic() - self.agreed_at > LATCH_S:
            return False
        # The address of the description is there after all: it goes first, before anybody sends again.
        self._unlock()
        self.packet(n, source)
        return True

    # --- what arrives -----------------------------------------------------------------------------

    def _unlocked(self) -> None:
        try:
            n, sender = self.rtp.recvfrom_into(RX)
        except OSError:
            return
        self.packet(n, sender[:2])

    def packet(self, n: int, source: Address | None) -> None:
        """Take the datagram in the buffer; `source` is None when it came from the peer."""
        if n < 12 or RX[0] & 0xC0 != 0x80:
            if n and not self.plain and RX[0] & 0xC0 != 0x80:
                self.transport.datagram(bytes(RX_UPTO[n]), source or self.peer or self.local)
            return
        if 192 <= RX[1] <= 223:
            named = self.agreed is not None and source is not None and source[0] == self.agreed.address
            if source is None or self.transport.authenticates or named:
                self._read_rtcp(n)
            return
        now = time.monotonic()
        if source is not None and not self._may_come_from(source, now):
            self.strangers += 1
            return
        if not self.plain:
            size = self.transport.unprotect(RX, n)
            if size is None:
                self.dropped += 1
                return
            n = size
        self.media(n, source, now)

    def media(self, n: int, source: Address | None, now: float) -> None:
        """Take the audio or key in the buffer, decrypted."""
        first, second, seq, timestamp, ssrc = HEADER.unpack_from(RX)
        start, size = 12, n
        if first != 0x80:
            start, n = payload_bounds(RX, n)
        if start > n or self.agreed is None:
            self.dropped += 1
            return
        kind = second & 127
        event = kind in self.agreed.events_in
        codec = self.codec_in if event else self.agreed.receives.get(kind)
        if codec is None or (start == n):
            self.dropped += 1
            return
        if source is not None and source != self.locked:
            fresh = self._lock(source)
            self.media(size, None, now)
            if fresh:
                self._drain()
            return
        reception = self.reception
        restarts, before = reception.restarts, reception.ssrc
        if not reception.arrived(ssrc, seq, timestamp, now):
            return
        self.heard_at = now
        self.silent = False
        if reception.restarts != restarts or before != ssrc:
            self.stream = object()
            if self.jitter is not None:
                self.jitter.reset()
        if not self.up:
            self.up = True
            self.host.tell(self.call, LegUp(self.name))
        if event:
            self._event(seq, timestamp, second & 128, ssrc, start, n, now)
            return
        if codec != self.codec_in:
            self._other_codec(codec)
        self.usual = 0x8000 | kind
        if not self.secure:
            for other in self.relays:
                if other.takes_relay:
                    word = second & 128 | other.out.payload_type
                    other.out.relay(self.stream, seq, timestamp, word, RX, start, n, now)
            for recorder in self.recorders:
                recorder.packet(self, timestamp, RX_UPTO[n][start:], now)
        if self.jitter is not None:
            self.jitter.put(seq, bytes(RX_UPTO[n][start:]))

    @property
    def takes_relay(self) -> bool:
        return self.reachable and not self.keys.waiting and (self.player is None or self.player.mix)

    def review(self) -> None:
        """See anew whether audio may be sent to them; whoever changes that tells the host."""
        agreed = self.agreed is not None and self.agreed.they_hear and self.out.remote is not None
        self.reachable = agreed and (self.plain or self.transport.ready)

    def _other_codec(self, codec: str) -> None:
        self.codec_in = codec
        self.reception.clock = CLOCKS[codec]
        if self.jitter is not None:
            self.jitter = JitterBuffer(make_codec(codec))
        self.host.changed(self.call)

    def _event(self, seq: int, timestamp: int, marker: int, ssrc: int, start: int, n: int, now: float) -> None:
        key = self.ear.event(ssrc, timestamp, RX_UPTO[n][start:], now)
        if not self.ear.unheard(self.secure):
            for other in self.relays:
                agreed = other.agreed
                if other.takes_relay and agreed is not None and agreed.event_out is not None:
                    other.out.relay(self.stream, seq, timestamp, marker | agreed.event_out, RX, start, n, now)
        if key is not None:
            self.host.pressed(self, key, "rfc4733")

    # --- the transport's wire ---------------------------------------------------------------------

    def send(self, data: bytes, to: Address) -> None:
        """Send a datagram of the transport's own."""
        try:
            self.rtp.sendto(data, to)
        except OSError:
            self.out.unsent += 1

    def changed(self) -> None:
        remote = self.transport.remote
        if remote is not None:
            self.out.remote = remote
            if remote != self.peer and self._connect(remote):
                self._drain()
            if self.transport.ready and not self.up:  # proved to be there: who only listens never sends audio
                self.up = True
                self.host.tell(self.call, LegUp(self.name))
        self.host.changed(self.call)

    # --- RTCP -------------------------------------------------------------------------------------

    def _on_rtcp(self) -> None:
        if self.rtcp is None:
            return
        try:
            n, sender = self.rtcp.recvfrom_into(RX)
        except OSError:
            return
        trusted = {self.agreed.address if self.agreed else None, self.locked[0] if self.locked else None}
        if n >= 8 and (self.transport.authenticates or sender[0] in trusted):
            self._read_rtcp(n)

    def _read_rtcp(self, n: int) -> None:
        size = n if self.plain else self.transport.unprotect_rtcp(RX, n)
        if size is not None:
            self.on_report(self, RX_UPTO[size])

    def close(self) -> None:
        """Give everything back to the system."""
        self.transport.close()
        for sock in (self.rtp, self.rtcp, self.stranger):
            if sock is not None:
                self.host.unwatch(sock)
                sock.close()
        self.rtcp = self.stranger = None
        self.relays, self.recorders = [], []  # two who hear each other would keep each other, and what recorded
