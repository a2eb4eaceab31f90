"""Processor time of reading an INVITE and answering it, ours against a bare parser in this file.

The bare one splits lines and partitions headers, checks nothing and answers 200 with what it copied: the floor
of what Python can do. Ours checks what RFC 3261 asks for and keeps out injection. Both answer the same bytes, in
memory and as a server (asyncio, UDP: the bare UAS, which the goal is about). No two calls are alike.
Rounds alternate; medians are told.
Run: `python -m benchmarks.voice.parser`; `--rounds`, `--messages`.
"""

import argparse
import asyncio
import socket
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median

from warmline.sip.builder import response_to
from warmline.sip.message import Request
from warmline.sip.parser import parse

GOAL = 2.0
SDP = (
    b"v=0\r\no=- 3724394400 1 IN IP4 192.0.2.10\r\ns=-\r\nc=IN IP4 192.0.2.10\r\nt=0 0\r\n"
    b"m=audio 40000 RTP/AVP 0 8 101\r\n"
    b"a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\n"
    b"a=fmtp:101 0-16\r\na=sendrecv\r\n"
)
INVITE = (
    b"INVITE sip:+82215770000@203.0.113.5;user=phone SIP/2.0\r\n"
    b"Via: SIP/2.0/UDP 192.0.2.10:5060;rport;branch=z9hG4bK8a7fc21b\r\nMax-Forwards: 70\r\n"
    b'From: "Kim Mina" <sip:+821012345678@192.0.2.10>;tag=as5f2d1a\r\n'
    b"To: <sip:+82215770000@203.0.113.5;user=phone>\r\n"
    b"Call-ID: 5b2f0c1e77aa@192.0.2.10\r\nCSeq: 102 INVITE\r\n"
    b"Contact: <sip:+821012345678@192.0.2.10:5060>\r\n"
    b"Allow: INVITE, ACK, CANCEL, BYE, REFER, NOTIFY, INFO, UPDATE, PRACK\r\n"
    b"Supported: replaces, timer, 100rel\r\n"
    b"User-Agent: Trunk 4.2\r\nContent-Type: application/sdp\r\nContent-Length: %d\r\n\r\n%s" % (len(SDP), SDP)
)
MESSAGES = [
    INVITE.replace(b"8a7fc21b", b"%08x" % n).replace(b"12345678", b"%08d" % n).replace(b"5b2f0c1e", b"%08x" % n)
    for n in range(2000)
]
Answer = Callable[[bytes], bytes]


def bare(data: bytes) -> bytes:
    """The floor: read, look the five headers up, answer."""
    head, _, _body = data.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers: dict[str, list[str]] = {}
    for line in lines[1:]:
        name, _, value = line.partition(":")
        headers.setdefault(name.strip().lower(), []).append(value.strip())
    answer = ["SIP/2.0 200 OK"]
    answer += [f"Via: {value}" for value in headers["via"]]
    answer.append(f"From: {headers['from'][0]}")
    answer.append(f"To: {headers['to'][0]};tag=ours")
    answer.append(f"Call-ID: {headers['call-id'][0]}")
    answer.append(f"CSeq: {headers['cseq'][0]}")
    answer.append("Content-Length: 0\r\n\r\n")
    return "\r\n".join(answer).encode()


def ours(data: bytes) -> bytes:
    request = parse(data)
    assert isinstance(request, Request)
    return response_to(request, 200, to_tag="ours").encode()


def in_memory(answer: Answer, messages: int) -> float:
    """Microseconds of processor a message."""
    began = time.process_time()
    for n in range(messages):
        answer(MESSAGES[n % 2000])
    return (time.process_time() - began) / messages * 1e6


class Server(asyncio.DatagramProtocol):
    """Answers requests until it is told to say how much processor it took."""

    def __init__(self, answer: Answer, told: asyncio.Future[None]) -> None:
        self._answer, self._told = answer, told
        self._began: float | None = None

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, source: tuple[str, int]) -> None:
        if self._began is None:
            self._began = time.process_time()
        if data == b"how much":
            self._transport.sendto(repr(time.process_time() - self._began).encode(), source)
            self._told.set_result(None)
        else:
            self._transport.sendto(self._answer(data), source)


async def serve(answer: Answer, port: Connection) -> None:
    loop = asyncio.get_running_loop()
    told = loop.create_future()
    transport, _ = await loop.create_datagram_endpoint(lambda: Server(answer, told), ("127.0.0.1", 0))
    port.send(transport.get_extra_info("sockname"))
    await told
    transport.close()


def _serve(answer: Answer, port: Connection) -> None:
    asyncio.run(serve(answer, port))


def as_server(answer: Answer, messages: int) -> float:
    """Microseconds of processor a request of a server process (asyncio, UDP), eight requests in flight."""
    context = get_context("fork")
    mine, theirs = context.Pipe()
    child = context.Process(target=_serve, args=(answer, theirs))
    child.start()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.connect(mine.recv())
        client.settimeout(10)
        for n in range(messages + 8):
            if n >= 8:
                client.recv(65_535)
            if n < messages:
                client.send(MESSAGES[n % 2000])
        client.send(b"how much")
        spent = float(client.recv(65_535))
    child.join()
    return spent / messages * 1e6


def main() -> int:
    """Run and print; the exit code says whether the goal was met."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=9)
    arguments.add_argument("--messages", type=int, default=3000)
    chosen = arguments.parse_args()
    assert ours(INVITE) == bare(INVITE), "both must answer the same"
    met = False
    for name, measure in (("in memory", in_memory), ("as a UDP server", as_server)):
        pairs = [(measure(ours, chosen.messages), measure(bare, chosen.messages)) for _ in range(chosen.rounds)]
        ratio = median(mine / floor for mine, floor in pairs)
        met = ratio <= GOAL  # of the last, the server
        goal = f" (goal ≤ {GOAL:.1f} ×)" if measure is as_server else ""
        print(
            f"parse and answer {name}: {median(p[0] for p in pairs):.1f} µs, "
            f"bare {median(p[1] for p in pairs):.1f} µs: {ratio:.2f} ×{goal}"
        )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
