"""What the audio benchmarks share: telephones in a process of their own, and the processor time of another."""

import multiprocessing
import os
import select
import socket
import struct
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

HEADER = struct.Struct("!BBHII")
PAYLOAD = bytes((0x2A, 0xAA, 0x55, 0xD5)) * 40
SDP = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {port} RTP/AVP {pt}\r\n"
    "a=rtpmap:{pt} {codec}/8000\r\na=sendrecv\r\n"
)


def cpu_s(pid: int) -> float:
    """Return the processor time of a process, user and system: of living threads to the nanosecond if possible."""
    threads = list(Path(f"/proc/{pid}/task").glob("*/schedstat"))
    if threads:
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Counts:
    sent: int
    received: int
    latency_ms: tuple[float, ...]  # of packets that were sent and came back


class Load:
    """Many telephones in one process of its own: each sends 50 packets a second, or only listens."""

    def __init__(self, phones: int, sending: bool = True) -> None:
        self._here, there = multiprocessing.Pipe()
        self._process = multiprocessing.Process(target=_phones, args=(there, phones, sending), daemon=True)
        self._process.start()
        self.ports: list[int] = self._here.recv()

    def begin(self, targets: list[int]) -> None:
        """Send to these ports, one a telephone."""
        self._here.send(targets)

    def counts(self) -> Counts:
        """Return what went and came since the last call."""
        self._here.send("count")
        return Counts(*self._here.recv())

    def end(self) -> None:
        self._here.send("end")
        self._process.join()

    def sdp(self, at: int, codec: str = "PCMU") -> str:
        return SDP.format(port=self.ports[at], codec=codec, pt={"PCMU": 0, "PCMA": 8}[codec])


def _phones(pipe: Connection, phones: int, sending: bool) -> None:
    sockets: list[Any] = []
    for _ in range(phones):
        one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        one.bind(("127.0.0.1", 0))
        sockets.append(one)
    pipe.send([one.getsockname()[1] for one in sockets])
    targets: list[int] = pipe.recv()
    for one, port in zip(sockets, targets, strict=True):
        one.connect(("127.0.0.1", port))
    poll = select.epoll()
    by_number = {one.fileno(): one for one in sockets}
    for number in by_number:
        poll.register(number, select.EPOLLIN)
    poll.register(pipe.fileno(), select.EPOLLIN)
    packet, buffer = bytearray(12) + PAYLOAD, bytearray(2048)
    sent = received = tick = 0
    late: list[float] = []
    due = time.monotonic()
    while True:
        now = time.monotonic()
        if now >= due:
            due += 0.02
            tick += 1
            for at, one in enumerate(sockets if sending else ()):
                HEADER.pack_into(packet, 0, 0x80, 0, tick & 0xFFFF, tick * 160, at + 1)
                struct.pack_into("!d", packet, 12, time.monotonic())
                try:
                    one.send(packet)
                    sent += 1
                except OSError:
                    continue
            continue
        for number, _ in poll.poll(due - now):
            one = by_number.get(number)
            if one is None:
                if pipe.recv() == "end":
                    return
                pipe.send((sent, received, tuple(late)))
                sent = received = 0
                late = []
                continue
            try:
                one.recv_into(buffer)
            except OSError:
                continue
            received += 1
            if received % 20 == 0:
                taken = (time.monotonic() - struct.unpack_from("!d", buffer, 12)[0]) * 1000
                if 0 <= taken < 5000:
                    late.append(taken)
