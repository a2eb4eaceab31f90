"""Scanners, floods and garbage: they learn nothing, and callers do not notice."""

import asyncio
import socket
from pathlib import Path

from tests.sip.playbook import OFFER, request
from tests.voice.conftest import OpenHouse, carrier, phone, run, sipp, tool

from warmline.voice.limits import Limits

GARBAGE = (
    b"", b"\r\n\r\n", b"\0" * 500, b"INVITE", b"INVITE sip:a SIP/2.0\r\n\r\n", b"SIP/2.0 200 OK\r\n\r\n",
    b"INVITE sip:1001@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.9:5060;branch=z9hG4bKx\r\nCSeq: x\r\n\r\n",
    b"\xff\xfe" * 100, b"A" * 60_000, b"OPTIONS sip:a@b SIP/7.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\n\r\n",
)  # fmt: skip


async def test_svwar_finds_no_extension(house: OpenHouse):
    here = await house(phones=(phone("1001"),))

    for method in ("REGISTER", "INVITE", "OPTIONS"):
        _, out = await run(
            tool("svwar"),
            "-e",
            "1000-1003",
            "-m",
            method,
            "127.0.0.1",
            "-p",
            str(here.port()),
            "-t",
            "2",
            wait_s=30,
        )
        rows = [line for line in out.splitlines() if "1001" in line and "1002" not in line]
        assert all("1000" in out for _ in rows), f"{method} tells 1001 from others:\n{out}"
    assert here.desk.calls == []


async def test_a_known_and_an_unknown_extension_get_the_same_bytes(house: OpenHouse):
    here = await house(phones=(phone("1001"),))
    answers: list[bytes] = []
    loop = asyncio.get_running_loop()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.setblocking(False)
        await loop.sock_connect(peer, ("127.0.0.1", here.port()))
        for user in (b"1001", b"1777"):
            for method in ("INVITE", "REGISTER", "OPTIONS", "SUBSCRIBE"):
                made = request(method, branch="same", sdp=OFFER if method == "INVITE" else None)
                await loop.sock_sendall(
                    peer, made.encode().replace(b"shop@warmline.example", user + b"@127.0.0.1")
                )
                answer = await asyncio.wait_for(loop.sock_recv(peer, 4000), 5)
                parts = [part.split(b'"', 1)[1] if n else part for n, part in enumerate(answer.split(b'nonce="'))]
                answers.append(b"".join(parts).replace(user, b"*").replace(method.encode(), b"M"))

    assert answers[:4] == answers[4:]


async def test_sipsak_hears_that_we_are_there_and_when_we_drain_that_we_are_not(house: OpenHouse):
    here = await house()
    target = f"sip:anybody@127.0.0.1:{here.port()}"

    code, out = await run(tool("sipsak"), "-s", target, wait_s=20)
    assert code == 0, out
    here.endpoint.drain()
    code, out = await run(tool("sipsak"), "-s", target, wait_s=20)
    assert code != 0, out


async def test_garbage_leaves_nothing(house: OpenHouse):
    here = await house()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        for data in GARBAGE * 20:
            peer.sendto(data, ("127.0.0.1", here.port()))
    await asyncio.sleep(0.3)

    assert len(here.endpoint.exchange.table) == 0
    assert here.failures == []


async def test_strangers_do_not_use_up_the_calls_of_those_who_may_call(house: OpenHouse, tmp_path: Path):
    here = await house((carrier(),), limits=Limits(calls_a_second=5, calls_burst=20))
    for at in range(8):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            peer.bind((f"127.0.0.{70 + at}", 0))
            for n in range(30):
                peer.sendto(request(branch=f"s{at}n{n}", sdp=OFFER).encode(), ("127.0.0.1", here.port()))

    code, out = await sipp("uac.xml", f"127.0.0.1:{here.port()}", tmp_path)

    assert code == 0, out
    assert len(here.desk.calls) == 1


async def test_a_flood_does_not_keep_callers_away(house: OpenHouse, tmp_path: Path):
    here = await house((carrier(),))
    invite = request(sdp=OFFER).encode()
    stop = asyncio.Event()

    async def flood() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            peer.bind(("127.0.0.66", 0))
            peer.setblocking(False)
            while not stop.is_set():
                for _ in range(50):
                    try:
                        peer.sendto(invite, ("127.0.0.1", here.port()))
                    except BlockingIOError:
                        break
                await asyncio.sleep(0.01)

    flooding = asyncio.ensure_future(flood())  # noqa: TID251
    code, out = await sipp(
        "uac.xml", f"127.0.0.1:{here.port()}", tmp_path, "-m", "200", "-r", "40", "-l", "60", wait_s=60
    )
    stop.set()
    await flooding

    await here.quiet()
    answered = len([end for end in here.desk.ends if end.by == "them"])
    assert answered >= 198, out
    assert here.endpoint.flows.guard.dropped > 1000
    assert code in (0, 1)
