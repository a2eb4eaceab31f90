"""Processor time of setting a call up and ending it: INVITE, 200, ACK, BYE, 200, with one leg and with two.

The server is the switch of this folder: the real endpoint, in a process of its own; no audio.
Run: `python -m benchmarks.voice.setup`; `--calls`, `--rounds`.
"""

import argparse
import re
import select
import socket
import subprocess
import sys
import time
from statistics import median

from benchmarks.voice.audio_load import cpu_s

IN_FLIGHT = 8
WAIT_S = 20.0
SDP = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0 101\r\n"
    "a=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n"
)
_BRANCH = re.compile(r"branch=([^;\s]+)")
_CONTACT = re.compile(r"\r\n(?:Contact|m): <([^>]+)>", re.IGNORECASE)


def _value(text: str, name: str) -> str:
    return text.split(f"\r\n{name}: ", 1)[1].split("\r\n", 1)[0]


class Caller:
    """Makes calls one after the other, `IN_FLIGHT` at a time, and answers those that come to its second socket."""

    def __init__(self) -> None:
        self.line, self.far = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
        for one in (self.line, self.far):
            one.bind(("127.0.0.1", 0))
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self.own = self.line.getsockname()[1]
        self.far_port = self.far.getsockname()[1]
        self._serial = 0

    def close(self) -> None:
        self.line.close()
        self.far.close()

    def make(self, port: int, number: str, calls: int) -> int:
        """Make calls; return how many were answered and ended as they should be."""
        self._port, self._number = port, number
        ready = select.poll()
        for one in (self.line, self.far):
            ready.register(one, select.POLLIN)
        began = ended = 0
        give_up = time.monotonic() + WAIT_S
        while ended < calls and time.monotonic() < give_up:
            while began < calls and began - ended < IN_FLIGHT:
                self._invite()
                began += 1
            for number_, _ in ready.poll(1000):
                if number_ == self.far.fileno():
                    self._answer_far()
                else:
                    ended += self._heard()
        return ended

    def _invite(self) -> None:
        self._serial += 1
        self._send("INVITE", f"sip:{self._number}@127.0.0.1:{self._port}", f"c{self._serial}-{self.own}", "", SDP)

    def _send(self, method: str, target: str, call_id: str, tag: str, body: str = "") -> None:
        number = 2 if method == "BYE" else 1
        kind = "Content-Type: application/sdp\r\n" if body else ""
        text = (
            f"{method} {target} SIP/2.0\r\n"
            f"Via: SIP/2.0/UDP 127.0.0.1:{self.own};rport;branch=z9hG4bK{method}{call_id}\r\nMax-Forwards: 70\r\n"
            f"From: <sip:+8221112222@127.0.0.1>;tag=t{call_id}\r\n"
            f"To: <sip:{self._number}@127.0.0.1:{self._port}>{tag}\r\n"
            f"Call-ID: {call_id}\r\nCSeq: {number} {method}\r\n"
            f"Contact: <sip:caller@127.0.0.1:{self.own}>\r\n{kind}Content-Length: {len(body)}\r\n\r\n{body}"
        )
        self.line.sendto(text.encode(), ("127.0.0.1", self._port))

    def _heard(self) -> int:
        text = self.line.recv(65_535).decode()
        if not text.startswith("SIP/2.0 200"):
            return 0
        if " BYE" in _value(text, "CSeq"):
            return 1
        call_id = _value(text, "Call-ID")
        to = _value(text, "To")
        tag = to[to.index(";tag=") :] if ";tag=" in to else ""
        found = _CONTACT.search(text)
        target = found[1] if found else f"sip:{self._number}@127.0.0.1:{self._port}"
        self._send("ACK", target, call_id, tag)
        self._send("BYE", target, call_id, tag)
        return 0

    def _answer_far(self) -> None:
        data, source = self.far.recvfrom(65_535)
        text = data.decode()
        method = text.split(" ", 1)[0]
        if method not in ("INVITE", "BYE"):
            return
        body = SDP if method == "INVITE" else ""
        to = _value(text, "To")
        to += "" if ";tag=" in to else ";tag=far"
        kind = "Content-Type: application/sdp\r\n" if body else ""
        answer = (
            f"SIP/2.0 200 OK\r\nVia: {_value(text, 'Via')}\r\nFrom: {_value(text, 'From')}\r\nTo: {to}\r\n"
            f"Call-ID: {_value(text, 'Call-ID')}\r\nCSeq: {_value(text, 'CSeq')}\r\n"
            f"Contact: <sip:far@127.0.0.1:{self.far_port}>\r\n{kind}Content-Length: {len(body)}\r\n\r\n{body}"
        )
        self.far.sendto(answer.encode(), source)


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Running:
    """The switch as a process."""

    def __init__(self, to: int) -> None:
        self.port = free_port()
        command = [sys.executable, "-m", "benchmarks.voice.switch", "--port", str(self.port), "--to", str(to)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.pid = int(self._process.stdout.readline().split()[1])

    def end(self) -> None:
        self._process.terminate()
        self._process.wait(20)


def measure(caller: Caller, port: int, pid: int, number: str, calls: int) -> float:
    """Milliseconds of processor a call. Raises AssertionError when calls are lost."""
    before = cpu_s(pid)
    done = caller.make(port, number, calls)
    spent = cpu_s(pid) - before
    assert done == calls, f"{calls - done} of {calls} calls to {number} were lost"
    return spent / calls * 1000


def main() -> int:
    """Run and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--calls", type=int, default=400)
    arguments.add_argument("--rounds", type=int, default=5)
    given = arguments.parse_args()
    caller = Caller()
    running = Running(caller.far_port)
    try:
        for number in ("7000", "7002"):
            caller.make(running.port, number, 50)
        one: list[float] = []
        two: list[float] = []
        for _ in range(given.rounds):
            one.append(measure(caller, running.port, running.pid, "7000", given.calls))
            two.append(measure(caller, running.port, running.pid, "7002", given.calls))
    finally:
        running.end()
        caller.close()
    print(f"one leg: {median(one):.3f} ms of processor a call, {1000 / median(one):.0f} calls a second and core")
    print(f"two legs: {median(two):.3f} ms a call, {1000 / median(two):.0f} calls a second and core")
    return 0


if __name__ == "__main__":
    sys.exit(main())
