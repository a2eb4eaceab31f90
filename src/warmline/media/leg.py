"""One leg: its sockets, the lock on its source, what arrives, and to whom it is passed on at once."""

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
from warmline.media.leg_out import HEADER, MTU, OutStream
from warmline.media.leg_transport import SPARE, Address, PlainTransport, Transport
from warmline.media.negotiation import CLOCKS, Agreed
from warmline.media.port_pool import udp_socket
from warmline.media.reception import Reception
from warmline.media.resample import Past
from warmline.ports.media import DigitSource, LegUp, LegWish, MediaEvent

LATCH_S = 5.0  # how long a leg may be locked to a source its SDP did not name
RX = bytearray(MTU + SPARE)  # one thread, one packet at a time
RX_VIEW = memoryview(RX)
QUIET, RELAY, MIX = 0, 1, 2
EMPTY = b""


class Host(Protocol):
    """What a leg needs of the engine."""

    def tell(self, call: str, event: MediaEvent) -> None: ...

    def watch(self, sock: socket.socket, ready: Callable[[], None]) -> None: ...

    def unwatch(self, sock: socket.socket) -> None: ...

    def changed(self, call: str) -> None:
        """Who hears whom must be planned anew."""
        ...

    def pressed(self, leg: "Leg", key: str, source: DigitSource) -> None:
        """A key was pressed."""
        ...


class Recorder(Protocol):
    """What takes a leg's packets to a recording."""

    def packet(self, leg: "Leg", timestamp: int, payload: memoryview, now: float) -> None: ...


class Leg:
    """A leg of a call. `agreed` is None until both descriptions are there."""

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
        self.locked: Address | None = None
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
        self.silence: bytes = EMPTY
        self.rtcp_due = self.agreed_at + 2.0
        self.remote_rtcp: Address | None = None
        self.sender_report: tuple[int, float] | None = None  # theirs: middle of its NTP time, when it came
        self.round_trip_ms: float | None = None
        self.remote_lost: float | None = None
        self._plain = True
        host.watch(rtp, self._unlocked)
        host.watch(rtcp, self._on_rtcp)

    # --- what is agreed ---------------------------------------------------------------------------

    def use(self, transport: Transport) -> None:
        self.transport.close()
        self.transport = self.out.transport = transport
        self._plain = self.out.plain = type(transport) is PlainTransport

    def agree(self, agreed: Agreed) -> None:
        """Take what was negotiated, first or anew."""
        before, self.agreed = self.agreed, agreed
        self.agreed_at = self.heard_at = time.monotonic()
        self.silent = False
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
        if agreed is None:
            return False
        if self.transport.authenticates:
            return True
        return source == (agreed.address, agreed.port) or (
            self.locked is None and now - self.agreed_at <= LATCH_S and not _unset(agreed.address)
        )

    def _lock(self, source: Address) -> None:
        self.locked = source
        self.out.remote = self.transport.remote or source
        if self.transport.authenticates:
            return
        try:
            self.rtp.connect(source)
        except OSError:
            return
        self.out.connected = True
        try:
            self.stranger = udp_socket(self.address, self.port)
        except OSError:
            self.stranger = None  # out of descriptors: strangers are dropped by the kernel, uncounted
        else:
            self.host.watch(self.stranger, self._on_stranger)
        self._drain(source)
        self.host.watch(self.rtp, self._locked)

    def _drain(self, source: Address | None) -> None:
        """Throw away what waited before the lock, for anybody may have sent it."""
        while True:
            try:
                n, sender = self.rtp.recvfrom_into(RX)
            except OSError:
                return
            if source is None or sender[:2] != source:
                self.strangers += 1
            else:
                self._packet(n, None)

    def forget_what_waits(self) -> None:
        """Throw away what has arrived and was not read: it was said while nobody might hear it."""
        while True:
            try:
                self.rtp.recvfrom_into(RX)
            except OSError:
                return

    def _unlock(self) -> None:
        self.locked = None
        if not self.out.connected:
            return
        self.host.unwatch(self.rtp)
        self.rtp.close()
        if self.stranger is None:
            self.stranger = udp_socket(self.address, self.port)
        self.rtp, self.stranger = self.stranger, None
        self.out.sock, self.out.connected = self.rtp, False
        self.host.watch(self.rtp, self._unlocked)

    def _on_stranger(self) -> None:
        if self.stranger is None:
            return
        try:
            _, sender = self.stranger.recvfrom_into(RX)
        except OSError:
            return
        self.strangers += 1
        agreed = self.agreed
        early = time.monotonic() - self.agreed_at <= LATCH_S
        if agreed and early and self.locked != sender[:2] == (agreed.address, agreed.port):
            self._unlock()  # the address of the description is there after all: it goes first

    # --- what arrives -----------------------------------------------------------------------------

    def _locked(self) -> None:
        try:
            n = self.rtp.recv_into(RX)
        except OSError:
            return
        self._packet(n, None)

    def _unlocked(self) -> None:
        try:
            n, sender = self.rtp.recvfrom_into(RX)
        except OSError:
            return
        self._packet(n, sender[:2])

    def _packet(self, n: int, source: Address | None) -> None:
        if n < 12 or RX[0] & 0xC0 != 0x80:
            if n and not self._plain and RX[0] & 0xC0 != 0x80:
                self.transport.datagram(bytes(RX_VIEW[:n]), source or self.locked or self.local)
            return
        second = RX[1]
        now = time.monotonic()
        if 192 <= second <= 223:
            named = self.agreed is not None and source is not None and source[0] == self.agreed.address
            if source is None or self.transport.authenticates or named:
                self._read_rtcp(n)
            return
        if source is not None and not self._may_come_from(source, now):
            self.strangers += 1
            return
        if not self._plain:
            size = self.transport.unprotect(RX, n)
            if size is None:
                self.dropped += 1
                return
            n = size
        first, second, seq, timestamp, ssrc = HEADER.unpack_from(RX)
        start = 12
        if first != 0x80:
            start, n = _payload(first, n)
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
            self._accept(source, n)
            HEADER.pack_into(RX, 0, first, second, seq, timestamp, ssrc)
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
        if not self.secure:
            for other in self.relays:
                if other.takes_relay:
                    kind = other.out.payload_type
                    other.out.relay(self.stream, seq, timestamp, second & 128 | kind, RX, start, n, now)
            for recorder in self.recorders:
                recorder.packet(self, timestamp, RX_VIEW[start:n], now)
        if self.jitter is not None:
            self.jitter.put(seq, bytes(RX_VIEW[start:n]))

    def _accept(self, source: Address, n: int) -> None:
        """Lock to this source; the packet in the buffer survives the draining."""
        kept = bytes(RX_VIEW[:n])
        self._lock(source)
        RX[: len(kept)] = kept

    @property
    def takes_relay(self) -> bool:
        agreed, player = self.agreed, self.player
        return (
            agreed is not None
            and agreed.they_hear
            and (player is None or player.mix)
            and not self.keys.busy
            and self.out.remote is not None
            and (self._plain or self.transport.ready)
        )

    def _other_codec(self, codec: str) -> None:
        self.codec_in = codec
        self.reception.clock = CLOCKS[codec]
        if self.jitter is not None:
            self.jitter = JitterBuffer(make_codec(codec))
        self.host.changed(self.call)

    def _event(self, seq: int, timestamp: int, marker: int, ssrc: int, start: int, n: int, now: float) -> None:
        key = self.ear.event(ssrc, timestamp, RX_VIEW[start:n], now)
        if not self.secure:
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
        if self.transport.remote is not None:
            self.out.remote = self.transport.remote
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
        size = n if self._plain else self.transport.unprotect_rtcp(RX, n)
        if size is not None:
            self.on_report(RX_VIEW[:size])

    on_report: Callable[[memoryview], None] = staticmethod(lambda _: None)

    def close(self) -> None:
        """Give everything back to the system."""
        self.transport.close()
        for sock in (self.rtp, self.rtcp, self.stranger):
            if sock is not None:
                self.host.unwatch(sock)
                sock.close()
        self.rtcp = self.stranger = None


def _payload(first: int, n: int) -> tuple[int, int]:
    """Return where the payload begins and ends, with sources, extension and padding taken off."""
    start = 12 + 4 * (first & 15)
    if first & 0x10:
        start += 4 + 4 * int.from_bytes(RX[start + 2 : start + 4]) if start + 4 <= n else n
    if first & 0x20:
        n -= RX[n - 1]
    return start, n


def _unset(address: str) -> bool:
    return address in ("0.0.0.0", "::", "")  # noqa: S104 (a sign in a description, nothing is bound)
