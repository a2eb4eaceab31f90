"""What a leg sends: one RTP stream whose numbers and times go on whatever the audio comes from."""

import secrets
import socket
from typing import Any

from warmline.media.leg_transport import Address, PlainTransport, Transport
from warmline.media.rtp_packet import HEADER, TX, TX_UPTO, WORDS

TICKS_A_SECOND = 50
NEXT_TICK_S = 0.025
LEAP_S = 2.0  # a relayed stream that is so far off the clock has begun anew


class OutStream:
    """Numbers, times and the socket of one leg. `frame`: timestamp units in 20 ms."""

    __slots__ = (
        "connected", "frame", "last_at", "octets", "packets", "payload_type", "plain", "relayed", "remote", "seq",
        "seq_off", "sock", "ssrc", "timestamp", "timestamp_off", "transport", "unsent",
    )  # fmt: skip

    def __init__(self, sock: socket.socket, transport: Transport) -> None:
        self.sock = sock
        self.transport = transport
        self.plain = type(transport) is PlainTransport
        self.remote: Address | None = None
        self.connected = False
        self.ssrc = secrets.randbits(32)
        self.seq = secrets.randbits(16)
        self.timestamp = secrets.randbits(32)
        self.frame = 160
        self.payload_type = 0
        self.last_at = 0.0
        self.packets = 0
        self.octets = 0
        self.unsent = 0
        self.relayed: Any = None  # the stream being relayed; None: what we send is our own
        self.seq_off = 0
        self.timestamp_off = 0

    def _next_timestamp(self, now: float) -> int:
        frames = int((now - self.last_at) * TICKS_A_SECOND + 0.5) if self.packets else 1
        return (self.timestamp + (frames if frames > 1 else 1) * self.frame) & 0xFFFFFFFF

    def frame_out(self, payload: bytes, now: float) -> None:
        """Send 20 ms of our own."""
        word = 0x8000 | self.payload_type
        if self.relayed is not None or not self.packets:
            self.relayed = None
            word |= 128
        if now - self.last_at < NEXT_TICK_S:
            self.timestamp = timestamp = (self.timestamp + self.frame) & 0xFFFFFFFF
        else:
            self.timestamp = timestamp = self._next_timestamp(now)
        self.last_at = now
        self.seq = seq = (self.seq + 1) & 0xFFFF
        size = len(payload)
        n = size + 12
        WORDS.pack_into(TX, 0, word, seq, timestamp, self.ssrc)
        TX[12:n] = payload
        if self.plain and self.connected:  # as in `_send`, for this happens 50 times a second and leg
            self.packets += 1
            self.octets += size
            try:
                self.sock.send(TX_UPTO[n])
            except OSError:
                self.unsent += 1
        else:
            self._send(n, size)

    def event_out(self, payload_type: int, payload: bytes, first: bool, now: float) -> None:
        """Send a packet of a key: all packets of a key have the time of its first."""
        if first:
            self.relayed = None
            self.timestamp = self._next_timestamp(now)
            self.last_at = now
        self._own((128 if first else 0) | payload_type, self.timestamp, payload)

    def _own(self, second: int, timestamp: int, payload: bytes) -> None:
        self.seq = (self.seq + 1) & 0xFFFF
        n = 12 + len(payload)
        HEADER.pack_into(TX, 0, 0x80, second, self.seq, timestamp, self.ssrc)
        TX[12:n] = payload
        self._send(n, len(payload))

    def _send(self, n: int, octets: int) -> None:
        self.packets += 1
        self.octets += octets
        if not self.plain:
            n = self.transport.protect(TX, n)
            if not n:
                self.unsent += 1
                return
        self.raw(TX_UPTO[n])

    def raw(self, packet: memoryview) -> None:
        """Send bytes as they are to the other side."""
        try:
            if self.connected:
                self.sock.send(packet)
            elif self.remote is not None:
                self.sock.sendto(packet, self.remote)
        except OSError:
            self.unsent += 1

    def relay(
        self,
        stream: object,
        seq: int,
        timestamp: int,
        second: int,
        buffer: bytearray,
        start: int,
        n: int,
        now: float,
    ) -> None:
        """Pass on the packet whose payload is buffer[start:n], at once: gaps and order stay visible.

        `second`: marker and our payload type. The twelve bytes before `start` are overwritten.
        """
        if stream is not self.relayed:
            self._join(stream, seq, timestamp, now)
            second |= 128
        own_time = (timestamp + self.timestamp_off) & 0xFFFFFFFF
        ahead = (own_time - self.timestamp) & 0xFFFFFFFF
        if ahead < 0x80000000 and ahead > self.frame * 50 * (LEAP_S + now - self.last_at):
            self._join(stream, seq, timestamp, now)
            own_time = (timestamp + self.timestamp_off) & 0xFFFFFFFF
            second |= 128
            ahead = 1
        own_seq = (seq + self.seq_off) & 0xFFFF
        if (own_seq - self.seq) & 0xFFFF < 0x8000:
            self.seq = own_seq
            if ahead < 0x80000000:
                self.timestamp = own_time
        self.last_at = now
        if self.plain:
            HEADER.pack_into(buffer, start - 12, 0x80, second, own_seq, own_time, self.ssrc)
            self.packets += 1
            self.octets += n - start
            self.raw(memoryview(buffer)[start - 12 : n])
        else:
            HEADER.pack_into(TX, 0, 0x80, second, own_seq, own_time, self.ssrc)
            size = 12 + n - start
            TX[12:size] = buffer[start:n]
            self._send(size, n - start)

    def _join(self, stream: object, seq: int, timestamp: int, now: float) -> None:
        self.relayed = stream
        self.seq_off = (self.seq + 1 - seq) & 0xFFFF
        self.timestamp_off = (self._next_timestamp(now) - timestamp) & 0xFFFFFFFF
