"""The audio of many telephones in one process of its own, cheap enough to leave the processors to others.

All telephones share one port: the other side has one for each, which tells them apart. Packets go out and come in
by hundreds (sendmmsg, recvmmsg), the kernel notes when each arrived, and what came is judged by columns (numpy).
Linux only.
"""

import ctypes
import multiprocessing
import os
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

from warmline.media.worker import go_first

# What is late. A packet the house made itself (prompt, music, silence): behind its stream's own schedule of 20 ms,
# which the stream's earliest packets set, and which begins anew where a marker or a jump in time says so. A packet
# of another telephone that was passed on: too long on its way through the house, for the moment it was sent at
# stands in it; the telephones' own unevenness is not the house's.
LATE_S = 0.02
LOST_S = 0.06  # what a receiver with a jitter buffer of 60 ms would not play any more
MOST = 2048
SIZE = 172
BATCHES = 4  # of a tick of 20 ms, so that telephones do not speak in one breath
TICK_S = 0.02 / BATCHES
KEY_TICKS = 8
_TIMESTAMPS = 35  # SO_TIMESTAMPNS
_CONTROL = 32  # its answer: a header and a timespec
_PAYLOAD = bytes((0x2A, 0xAA, 0x55, 0xD5)) * 40
_MARK = 0x5357_4152_4D4C_4E45  # in front of the moment a packet was sent at: no prompt sounds like that
_SENT = slice(20, 36)
_LIBC = ctypes.CDLL(None, use_errno=True)


class _Iovec(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


class _Message(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_void_p), ("name_length", ctypes.c_uint32), ("iov", ctypes.c_void_p),
        ("iov_length", ctypes.c_size_t), ("control", ctypes.c_void_p), ("control_length", ctypes.c_size_t),
        ("flags", ctypes.c_int), ("gap", ctypes.c_int), ("length", ctypes.c_uint32), ("end", ctypes.c_int),
    )  # fmt: skip


@dataclass(frozen=True)
class Heard:
    """What came to all telephones since they were asked last; `silent` had nothing for a second just now.

    `hopeless`: later than 60 ms. `passed` on from another telephone, which took `way_ms` on average.
    `unpunctual`: packets these telephones themselves sent more than 20 ms late.
    """

    sent: int
    received: int
    late: int
    hopeless: int
    latest_ms: float
    lost: int
    silent: int
    passed: int
    way_ms: float
    unpunctual: int


class CrowdAudio:
    """The process. `port` is for the session descriptions; telephones are named by the other side's port."""

    def __init__(self) -> None:
        self._here, there = multiprocessing.Pipe()
        context = multiprocessing.get_context("spawn")
        self._process = context.Process(target=_run, args=(there,), daemon=True)
        self._process.start()
        self.port: int = self._here.recv()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def speak(self, port: int) -> None:
        self._here.send(("speak", port))

    def hush(self, port: int) -> None:
        self._here.send(("hush", port))

    def press(self, port: int, key: int) -> None:
        """Press a key, 0 to 9 (RFC 4733, payload type 101)."""
        self._here.send(("press", port, key))

    def heard(self) -> Heard:
        self._here.send(("heard",))
        return self._here.recv()

    def end(self) -> None:
        self._process.terminate()
        self._process.join()


class _Block:
    """`MOST` messages with memory of their own, as the kernel wants them."""

    def __init__(self, size: int, control: int = 0) -> None:
        self.control = np.zeros((MOST, max(1, control)), np.uint8)
        self.data = np.zeros((MOST, size), np.uint8)
        self.names = np.zeros((MOST, 16), np.uint8)  # sockaddr_in
        self.iovecs = (_Iovec * MOST)()
        self.messages = (_Message * MOST)()
        for at in range(MOST):
            self.iovecs[at] = _Iovec(self.data.ctypes.data + at * size, size)
            self.messages[at] = _Message(
                self.names.ctypes.data + at * 16, 16, ctypes.addressof(self.iovecs) + at * 16, 1,
                self.control.ctypes.data + at * control if control else None, control, 0, 0, 0, 0,
            )  # fmt: skip
        self.lengths = np.frombuffer(memoryview(self.iovecs), np.uint64).reshape(MOST, 2)[:, 1]
        # The sixth word of a message: how much there is of what the kernel says beside the packet.
        self.control_lengths = np.frombuffer(memoryview(self.messages), np.uint64).reshape(MOST, -1)[:, 5]


class _Mouths:
    """Who speaks, side by side without gaps."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._block = _Block(SIZE)
        self._block.data[:, 12:] = np.frombuffer(_PAYLOAD, np.uint8)
        self._block.data[:, 0] = 0x80
        self._ports: list[int] = []
        self._keys: dict[int, tuple[int, int]] = {}  # port -> key, ticks left
        self._began = np.zeros(MOST, np.uint32)  # of a key
        self._tick = 0
        self.sent = self.unpunctual = 0

    def speak(self, port: int) -> None:
        if port in self._ports:
            return
        at = len(self._ports)
        self._ports.append(port)
        name = self._block.names[at]
        name[:2] = np.frombuffer(int(socket.AF_INET).to_bytes(2, "little"), np.uint8)
        name[2:4] = np.frombuffer(port.to_bytes(2, "big"), np.uint8)
        name[4:8] = (127, 0, 0, 1)
        self._block.data[at, 8:12] = np.frombuffer((0x5000_0000 + port).to_bytes(4, "big"), np.uint8)
        self._plain(at)

    def hush(self, port: int) -> None:
        if port not in self._ports:
            return
        at, last = self._ports.index(port), len(self._ports) - 1
        self._keys.pop(port, None)
        moved = self._ports.pop()
        if at != last:
            self._ports[at] = moved
            self._block.names[at] = self._block.names[last]
            self._block.data[at] = self._block.data[last]
            self._block.lengths[at] = self._block.lengths[last]
            self._began[at] = self._began[last]

    def press(self, port: int, key: int) -> None:
        if port in self._ports:
            self._keys[port] = (key, KEY_TICKS)
            self._began[self._ports.index(port)] = self._tick * 160

    def tick(self, batch: int, due: float) -> None:
        count = len(self._ports)
        low, high = count * batch // BATCHES, count * (batch + 1) // BATCHES
        if batch == 0:
            self._tick += 1
            data = self._block.data
            data[:count, 2:4] = np.frombuffer((self._tick & 0xFFFF).to_bytes(2, "big"), np.uint8)
            data[:count, 4:8] = np.frombuffer((self._tick * 160 & 0xFFFFFFFF).to_bytes(4, "big"), np.uint8)
            for port in list(self._keys):
                self._key(port)
        now = time.monotonic()
        if now - due > LATE_S:
            self.unpunctual += high - low
        moment = np.array((_MARK, int(now * 1e9)), np.int64).view(np.uint8)
        plain = self._block.lengths[low:high] == SIZE
        self._block.data[low:high, _SENT][plain] = moment
        done = low
        while done < high:
            gone = _LIBC.sendmmsg(
                self._number, ctypes.byref(self._block.messages, done * ctypes.sizeof(_Message)), high - done, 0
            )
            done += max(1, gone)  # one whose telephone is gone is left out
            self.sent += max(0, gone)

    def _key(self, port: int) -> None:
        key, left = self._keys[port]
        at = self._ports.index(port)
        if left == 0:
            del self._keys[port]
            self._plain(at)
            return
        self._keys[port] = (key, left - 1)
        row = self._block.data[at]
        over = left <= 3  # its end is told three times
        row[1] = 101 | (0x80 if left == KEY_TICKS else 0)
        row[4:8] = np.frombuffer(int(self._began[at]).to_bytes(4, "big"), np.uint8)
        lasted = min(KEY_TICKS - left + 1, KEY_TICKS - 2) * 160
        row[12:16] = (key, 0x8A if over else 0x0A, lasted >> 8, lasted & 0xFF)
        self._block.lengths[at] = 16

    def _plain(self, at: int) -> None:
        self._block.data[at, 1] = 0
        self._block.data[at, 12:16] = np.frombuffer(_PAYLOAD[:4], np.uint8)
        self._block.lengths[at] = SIZE


class _Ears:
    """What comes, by the port it comes from."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._block = _Block(64, _CONTROL)  # the rest of a packet is of no interest
        self._base = np.zeros(65_536)
        self._stream = np.zeros((65_536, 3), np.int64)  # SSRC, number, time stamp of the last packet
        self._last = np.zeros(65_536)
        self._expected: set[int] = set()
        self.received = self.late = self.lost = 0
        self.latest_s = 0.0
        self.hopeless = self.passed = 0
        self.way_s = 0.0

    def expect(self, port: int, yes: bool) -> None:
        if yes:
            self._expected.add(port)
            self._stream[port] = (-1, 0, 0)
            self._last[port] = time.monotonic()
        else:
            self._expected.discard(port)

    def silent(self) -> int:
        now = time.monotonic()
        return sum(1 for port in self._expected if now - self._last[port] > 1.0)

    def listen(self) -> None:
        self._block.control_lengths[:] = _CONTROL
        count, got = 0, 1
        while got > 0 and count < MOST:  # some kernels hand over fewer than there are
            place = ctypes.byref(self._block.messages, count * ctypes.sizeof(_Message))
            got = _LIBC.recvmmsg(self._number, place, MOST - count, socket.MSG_DONTWAIT, None)
            count += max(0, got)
        if count:
            self._judge(count)

    def _judge(self, count: int) -> None:
        moments = self._block.control[:count].view(np.int64)[:, 2:4]
        # The kernel tells the time of day, which may be set or slewed while we run.
        ahead_ns = time.time_ns() - time.monotonic_ns()
        came = (moments[:, 0] * 1_000_000_000 + moments[:, 1] - ahead_ns) / 1e9
        names, data = self._block.names[:count].astype(np.int64), self._block.data[:count].astype(np.int64)
        ports = names[:, 2] << 8 | names[:, 3]
        order = np.argsort(ports, kind="stable")
        ports, data, came = ports[order], data[order], came[order]
        moment = np.ascontiguousarray(self._block.data[:count][order, _SENT]).view(np.int64)
        passed = (moment[:, 0] == _MARK) & (data[:, 1] & 0x7F == 0)
        number = data[:, 2] << 8 | data[:, 3]
        stamp = data[:, 4] << 24 | data[:, 5] << 16 | data[:, 6] << 8 | data[:, 7]
        ssrc = data[:, 8] << 24 | data[:, 9] << 16 | data[:, 10] << 8 | data[:, 11]
        mine = np.stack((ssrc, number, stamp), axis=1)
        before = np.roll(mine, 1, axis=0)
        first = np.ones(count, bool)
        first[1:] = ports[1:] != ports[:-1]
        before[first] = self._stream[ports[first]]
        steps = (number - before[:, 1]) & 0xFFFF
        goes_on = (ssrc == before[:, 0]) & (steps > 0) & (steps < 500)
        goes_on &= (data[:, 1] & 0x80) == 0
        goes_on &= ((stamp - before[:, 2]) & 0xFFFFFFFF) == steps * 160
        behind = came - stamp / 8000
        for at in np.flatnonzero(~goes_on):  # a new clock: rare
            self._base[ports[at]] = behind[at]
        self.lost += int((steps[goes_on] - 1).sum())
        np.minimum.at(self._base, ports[goes_on], behind[goes_on])
        way_s = (came - moment[:, 1] / 1e9)[passed]
        self.passed += len(way_s)
        self.way_s += float(way_s.sum())
        late_s = np.concatenate(((behind - self._base[ports])[goes_on & ~passed], way_s))
        self.late += int((late_s > LATE_S).sum())
        self.hopeless += int((late_s > LOST_S).sum())
        self.latest_s = max(self.latest_s, float(late_s.max(initial=0.0)))
        self.received += count
        last = np.ones(count, bool)
        last[:-1] = ports[1:] != ports[:-1]
        self._stream[ports[last]] = mine[last]
        self._last[ports[last]] = came[last]


def _sockets() -> list[socket.socket]:
    """One for audio at an even port, and one above it, for reports nobody reads."""
    while True:
        pair = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2)]
        pair[0].bind(("127.0.0.1", 0))
        port = pair[0].getsockname()[1]
        try:
            if port % 2 == 0:
                pair[1].bind(("127.0.0.1", port + 1))
                pair[0].setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
                pair[0].setsockopt(socket.SOL_SOCKET, _TIMESTAMPS, 1)
                return pair
        except OSError:
            pass
        for one in pair:
            one.close()


def _obey(pipe: Connection, command: Sequence[Any], mouths: _Mouths, ears: _Ears) -> None:
    match command:
        case ("speak", port):
            ears.expect(port, True)
            mouths.speak(port)
        case ("hush", port):
            ears.expect(port, False)
            mouths.hush(port)
        case ("press", port, key):
            mouths.press(port, key)
        case _:
            latest_ms = ears.latest_s * 1000
            way_ms = ears.way_s * 1000 / max(1, ears.passed)
            pipe.send(
                Heard(
                    mouths.sent, ears.received, ears.late, ears.hopeless, latest_ms, ears.lost, ears.silent(),
                    ears.passed, way_ms, mouths.unpunctual,
                )
            )  # fmt: skip
            mouths.sent = mouths.unpunctual = 0
            ears.received = ears.late = ears.hopeless = ears.lost = ears.passed = 0
            ears.latest_s = ears.way_s = 0.0


def _run(pipe: Connection) -> None:
    go_first()  # it is no part of what is measured, and must not be late itself
    audio, _reports = _sockets()
    mouths, ears = _Mouths(audio.fileno()), _Ears(audio.fileno())
    pipe.send(audio.getsockname()[1])
    parent = os.getppid()
    batch, due = 0, time.monotonic()
    while os.getppid() == parent:
        while batch == 0 and pipe.poll():  # between two packets of every telephone: none is left out or sent twice
            _obey(pipe, pipe.recv(), mouths, ears)
        mouths.tick(batch, due)
        batch = (batch + 1) % BATCHES
        due += TICK_S  # what is due is sent, however late: a telephone's clock never stops
        while (left := due - time.monotonic()) > 0:
            ears.listen()
            time.sleep(min(left, 0.0025))
        ears.listen()
