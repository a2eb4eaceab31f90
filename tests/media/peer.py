"""A telephone for tests: real UDP, RTP of its own, a description of its own. Nothing of ours is used here.

One thread per peer sends a packet every 20 ms and keeps what arrives. Use it as a context manager; wait with
`await peer.until(check)`, `await peer.hears(440)`.
"""

import asyncio
import random
import re
import select
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from media.tones import Samples, level_db, tone

WAIT_S = 8.0
FORMATS = {"PCMU": (0, 8000), "PCMA": (8, 8000), "G722": (9, 8000), "opus": (111, 48000)}
RATES = {"PCMU": 8000, "PCMA": 8000, "G722": 16000, "opus": 16000}
EVENTS = "0123456789*#ABCD"
HEADER = struct.Struct("!BBHII")
TELEPHONE_EVENT = 101
QUIET_DB, LOUD_DB = -50.0, -30.0


def _ulaw_tables() -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    return _tables([_ulaw_sample(code) for code in range(256)])


def _alaw_tables() -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    return _tables([_alaw_sample(code) for code in range(256)])


def _ulaw_sample(code: int) -> int:
    code = ~code & 0xFF
    size = (((code & 15) << 3) + 132 << ((code >> 4) & 7)) - 132
    return -size if code & 128 else size


def _alaw_sample(code: int) -> int:
    code ^= 0x55
    segment = (code >> 4) & 7
    size = ((code & 15) << 4) + 8
    size = (size + 256) << (segment - 1) if segment else size
    return size if code & 128 else -size


def _tables(levels: list[int]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    decode = np.array(levels, dtype=np.int16)
    order = np.argsort(decode, kind="stable")
    edges = (decode[order][1:].astype(int) + decode[order][:-1]) / 2
    encode = order[np.searchsorted(edges, np.arange(-32768, 32768))].astype(np.uint8)
    return decode, encode


LAWS = {"PCMU": _ulaw_tables(), "PCMA": _alaw_tables()}


@dataclass(frozen=True)
class Packet:
    at: float  # monotonic seconds
    marker: bool
    payload_type: int
    seq: int
    timestamp: int
    ssrc: int
    payload: bytes


@dataclass
class Peer:
    """A telephone that speaks one codec. `port` 0: any."""

    codec: str = "PCMU"
    address: str = "127.0.0.1"
    telephone_events: bool = True
    packets: deque[Packet] = field(default_factory=lambda: deque(maxlen=20_000))
    rtcp: deque[bytes] = field(default_factory=lambda: deque(maxlen=1000))
    sending: bool = True
    drop_every: int = 0  # leave out every n-th packet, as a bad network does

    def __post_init__(self) -> None:
        self.socket, self.rtcp_socket = _pair(self.address)
        self.port: int = self.socket.getsockname()[1]
        self.to: tuple[str, int] | None = None
        self.ssrc = random.getrandbits(32)
        self.seq = random.getrandbits(16)
        self.timestamp = random.getrandbits(31)
        self.payload_type, self.clock = FORMATS[self.codec]
        self._voice: Samples = np.zeros(0, np.int16)
        self._at = 0
        self._keys: deque[tuple[int, int, bool]] = deque()
        self._key_timestamp = 0
        self._ended = False
        self._lock = threading.Lock()
        self._encoder, self._decoder = _natives(self.codec)
        self._heard = np.zeros(0, np.int16)
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Peer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended = True
        self._thread.join()
        self.socket.close()
        self.rtcp_socket.close()

    def sdp(self, direction: str = "sendrecv", port: int | None = None, version: int = 1) -> str:
        """Return this telephone's offer or answer."""
        formats = f"{self.payload_type}" + (f" {TELEPHONE_EVENT}" if self.telephone_events else "")
        lines = ["v=0", f"o=- 7 {version} IN IP4 {self.address}", "s=-", f"c=IN IP4 {self.address}", "t=0 0"]
        lines += [f"m=audio {port or self.port} RTP/AVP {formats}"]
        lines += [f"a=rtpmap:{self.payload_type} {self.codec}/{self.clock}{'/2' if self.codec == 'opus' else ''}"]
        if self.telephone_events:
            lines += [f"a=rtpmap:{TELEPHONE_EVENT} telephone-event/8000", f"a=fmtp:{TELEPHONE_EVENT} 0-16"]
        return "\r\n".join([*lines, "a=ptime:20", f"a={direction}", ""])

    def call(self, sdp: str) -> None:
        """Send to where a description says from now on."""
        address = re.search(r"^c=IN IP4 (\S+)", sdp, re.MULTILINE)
        port = re.search(r"^m=audio (\d+)", sdp, re.MULTILINE)
        assert address, sdp
        assert port, sdp
        self.to = (address[1], int(port[1]))

    def say(self, *frequencies_hz: float, level: float = 8000.0) -> None:
        """Sing these tones until told otherwise; without any be silent."""
        second = tone(*frequencies_hz, ms=1000, rate=RATES[self.codec], level=level)
        self.speak(second if frequencies_hz else np.zeros(0, np.int16))

    def speak(self, samples: Samples) -> None:
        """Say this over and over, at the codec's own rate."""
        with self._lock:
            self._voice, self._at = samples, 0

    def press(self, digit: str, ms: int = 100) -> None:
        """Press a key (RFC 4733)."""
        event = EVENTS.index(digit)
        with self._lock:
            self._keys.extend((event, 160 * (i + 1), False) for i in range(ms // 20))
            self._keys.extend((event, 160 * (ms // 20), True) for _ in range(3))

    def restart(self) -> None:
        """Begin a new stream, as a telephone does after a transfer."""
        self.ssrc, self.seq, self.timestamp = (
            random.getrandbits(32),
            random.getrandbits(16),
            random.getrandbits(31),
        )

    def audio(self) -> list[Packet]:
        return [p for p in self.packets.copy() if p.payload_type == self.payload_type]

    def digits(self) -> str:
        """Return the keys heard as events, each once."""
        seen: dict[int, int] = {}
        for packet in self.packets.copy():
            if packet.payload_type == TELEPHONE_EVENT:
                seen.setdefault(packet.timestamp, packet.payload[0])
        return "".join(EVENTS[event] for event in seen.values())

    def heard(self, ms: int | None = None) -> Samples:
        """Return what was heard, the last `ms` of it, as it arrived."""
        wanted = None if ms is None else -ms * RATES[self.codec] // 1000
        with self._lock:
            return self._heard[wanted:]

    async def until(self, check: Callable[[], bool], why: str = "") -> None:
        """Wait for something to become true."""
        give_up = time.monotonic() + WAIT_S
        while not check():
            assert time.monotonic() < give_up, f"{why or 'It never came true'}; {len(self.packets)} packets came."
            await asyncio.sleep(0.01)

    def hears_now(self, frequency_hz: float, ms: int = 120) -> bool:
        samples = self.heard(ms)
        return len(samples) >= ms * 8 and level_db(samples, frequency_hz, RATES[self.codec]) > LOUD_DB

    def has_heard(self, frequency_hz: float, ms: int = 120) -> bool:
        """Tell whether this sounded at any time, however late one asks."""
        samples, rate = self.heard(), RATES[self.codec]
        wanted, step = ms * rate // 1000, 20 * rate // 1000
        starts = range(0, len(samples) - wanted + 1, step)
        return any(level_db(samples[at : at + wanted], frequency_hz, rate) > LOUD_DB for at in starts)

    async def hears(self, *frequencies_hz: float, not_hz: tuple[float, ...] = (), ms: int = 120) -> None:
        """Wait until all of these sound together, and none of those."""

        def check() -> bool:
            samples, rate = self.heard(ms), RATES[self.codec]
            return (
                len(samples) >= ms * rate // 1000
                and all(level_db(samples, hz, rate) > LOUD_DB for hz in frequencies_hz)
                and all(level_db(samples, hz, rate) < QUIET_DB for hz in not_hz)
            )

        await self.until(check, f"{frequencies_hz} without {not_hz} was never heard")

    async def hears_silence(self, ms: int = 120) -> None:
        """Wait until packets come that hold silence."""

        def check() -> bool:
            samples = self.heard(ms)
            return len(samples) >= ms * 8 and int(np.abs(samples.astype(int)).max()) < 64

        await self.until(check, "It never became silent")

    async def more(self, packets: int) -> None:
        """Wait until so many more packets came."""
        wanted = len(self.packets) + packets
        await self.until(lambda: len(self.packets) >= wanted, f"{packets} more packets never came")

    def _run(self) -> None:
        due = time.monotonic()
        while not self._ended:
            wait_s = max(0.0, due - time.monotonic())
            for ready in select.select([self.socket, self.rtcp_socket], [], [], wait_s)[0]:
                self._receive(ready)
            if time.monotonic() >= due:
                due += 0.02
                self._tick()

    def _receive(self, ready: socket.socket) -> None:
        try:
            data = ready.recv(2048)
        except OSError:
            return
        if ready is self.rtcp_socket or 192 <= data[1] <= 223:
            self.rtcp.append(data)
            return
        _, second, seq, timestamp, ssrc = HEADER.unpack_from(data)
        packet = Packet(time.monotonic(), second > 127, second & 127, seq, timestamp, ssrc, data[12:])
        if packet.payload_type == self.payload_type:
            samples = self._decoder(packet.payload)
            with self._lock:
                self._heard = np.concatenate([self._heard[-480_000:], samples])
        self.packets.append(packet)

    def _tick(self) -> None:
        if self.to is None or not self.sending:
            return
        with self._lock:
            key = self._keys.popleft() if self._keys else None
            payload = b"" if key else self._encoder(self._frame())
        self.seq = (self.seq + 1) & 0xFFFF
        self.timestamp = (self.timestamp + self.clock // 50) & 0xFFFFFFFF
        if key:
            event, duration, end = key
            if duration == 160 and not end:
                self._key_timestamp = self.timestamp
            body = struct.pack("!BBH", event, 10 | (128 if end else 0), duration)
            marker = 128 if duration == 160 and not end else 0
            self.send(marker | TELEPHONE_EVENT, self.seq, self._key_timestamp, body)
        elif not self.drop_every or self.seq % self.drop_every:
            self.send(self.payload_type, self.seq, self.timestamp, payload)

    def send(self, second: int, seq: int, timestamp: int, payload: bytes, first: int = 0x80) -> None:
        """Send one packet as it is said here."""
        if self.to is not None:
            self.socket.sendto(HEADER.pack(first, second, seq, timestamp, self.ssrc) + payload, self.to)

    def _frame(self) -> Samples:
        size = RATES[self.codec] // 50
        if not len(self._voice):
            return np.zeros(size, np.int16)
        frame = np.take(self._voice, range(self._at, self._at + size), mode="wrap")
        self._at = (self._at + size) % len(self._voice)
        return frame


def _pair(address: str) -> tuple[socket.socket, socket.socket]:
    for _ in range(200):
        rtp, rtcp = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
        rtp.bind((address, 0))
        port = rtp.getsockname()[1]
        if port % 2 == 0:
            try:
                rtcp.bind((address, port + 1))
            except OSError:
                pass
            else:
                return rtp, rtcp
        rtp.close()
        rtcp.close()
    raise AssertionError("No pair of ports is free.")


def _natives(codec: str) -> tuple[Callable[[Samples], bytes], Callable[[bytes], Samples]]:
    if codec == "G722":
        from G722 import G722

        out, back = G722(16000, 64000), G722(16000, 64000)
        return lambda pcm: bytes(out.encode(pcm)), lambda data: np.asarray(back.decode(data), dtype=np.int16)
    if codec == "opus":
        import opuslib_next

        voice, ear = opuslib_next.Encoder(16000, 1, "voip"), opuslib_next.Decoder(16000, 1)
        return (
            lambda pcm: voice.encode(pcm.tobytes(), 320),
            lambda data: np.frombuffer(ear.decode(data, 320), dtype=np.int16),
        )
    decode, encode = LAWS[codec]
    return (
        lambda pcm: encode[pcm.astype(np.int32) + 32768].tobytes(),
        lambda data: decode[np.frombuffer(data, np.uint8)],
    )
