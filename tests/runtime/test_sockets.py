"""Sockets from outside: routes, origins, crowds, slow and silent clients, restarts."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import pytest
import uvicorn
from picows import WSMsgType, ws_connect

from house import Client
from warmline.channels.webchat import frames
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.socket import Opening, Route, Wire
from warmline.runtime.sockets import SocketServer


class Echo:
    """A session that answers every frame with itself, and "flood" with a lot."""

    silence_s = 60.0

    def __init__(self, opening: Opening, wire: Wire) -> None:
        self.wire = wire
        self.opening = opening
        self.closed = False
        self.silent = False

    def on_frame(self, data: bytes) -> None:
        if data == b'"flood"':
            for _ in range(2_000):
                self.wire.send(b'{"t":"flood","text":"' + b"x" * 16_000 + b'"}')
        else:
            self.wire.send(b'{"t":"echo","data":' + data + b"}")

    def on_silence(self) -> None:
        self.silent = True
        self.wire.close(1001, "silent")

    def on_closed(self) -> None:
        self.closed = True


class Street:
    """A running server and who came in."""

    def __init__(self, sockets: SocketServer, port: int, visits: list[Echo], server: uvicorn.Server) -> None:
        self.sockets, self.port, self.visits, self.server = sockets, port, visits, server

    async def come(self, path: str = "/ws/echo", **headers: str) -> Client:
        _, client = await ws_connect(Client, f"ws://127.0.0.1:{self.port}{path}", extra_headers=headers)
        assert isinstance(client, Client)
        return client


@asynccontextmanager
async def street(
    *, per_address_s: float | None = None, at_most: int = 20_000, trust_forwarded: bool = False
) -> AsyncIterator[Street]:
    failures: list[BaseException] = []
    tasks = TaskRegistry(lambda _, failure: failures.append(failure))
    visits: list[Echo] = []

    def enter(opening: Opening, wire: Wire) -> Echo:
        visits.append(Echo(opening, wire))
        return visits[-1]

    route = Route("/ws/echo", lambda opening: opening.origin != "https://evil.example", enter)
    sockets = SocketServer(
        [route], tasks, per_address_s=per_address_s, at_most=at_most, trust_forwarded=trust_forwarded
    )

    async def app(scope, receive, send) -> None:
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"page"})

    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(app, ws=sockets.protocol, http="httptools", lifespan="off", log_level="warning")
    )
    async with asyncio.TaskGroup() as group:
        group.create_task(server.serve(sockets=[listener]))
        while not server.started:
            await asyncio.sleep(0.005)
        try:
            yield Street(sockets, listener.getsockname()[1], visits, server)
        finally:
            server.should_exit = True
    await tasks.close()
    assert not failures


async def test_frames_come_and_go_and_pages_live_on_the_same_port():
    async with street() as open_street:
        client = await open_street.come(Cookie="a=b", Origin="https://shop.example")
        client.send(t="hi")
        assert (await client.take("echo"))["data"] == {"t": "hi"}
        opening = open_street.visits[0].opening
        assert (opening.cookie, opening.origin, opening.address) == ("a=b", "https://shop.example", "127.0.0.1")
        reader, writer = await asyncio.open_connection("127.0.0.1", open_street.port)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert b"\r\npage\r\n" in await reader.read()
        writer.close()


async def test_the_longest_description_of_a_call_a_frame_may_carry_comes_through_a_longer_one_does_not():
    line = "a=candidate:842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx raddr 10.0.0.17 rport 46154\r\n"
    sdp = (line * 250)[:20_000]
    async with street() as open_street:
        client = await open_street.come(Origin="https://shop.example")
        client.send(t="call", cid="1", sdp=sdp)
        echoed = (await client.take("echo"))["data"]
        assert msgspec.convert(echoed, frames.Call).sdp == sdp
        client.send(t="call", cid="2", sdp=sdp * 2)
        assert await client.ended() == 1009


@pytest.mark.parametrize(
    ("path", "origin", "status"),
    [("/ws/nowhere", "https://shop.example", "404"), ("/ws/echo", "https://evil.example", "403")],
)
async def test_who_may_not_come_in_is_told_at_the_door(path: str, origin: str, status: str):
    async with street() as open_street:
        with pytest.raises(Exception, match=status):
            await open_street.come(path, Origin=origin)
        assert len(open_street.sockets) == 0


async def test_a_crowd_from_one_address_is_slowed_down():
    async with street(per_address_s=5) as open_street:
        for _ in range(10):
            await open_street.come()
        with pytest.raises(Exception, match="429"):
            await open_street.come()


async def test_a_full_house_sends_newcomers_away():
    async with street(at_most=2) as open_street:
        await open_street.come()
        await open_street.come()
        with pytest.raises(Exception, match="503"):
            await open_street.come()


async def test_a_slow_client_is_cut_and_costs_little():
    async with street() as open_street:
        slow = await open_street.come()
        quick = await open_street.come()
        assert slow.transport is not None
        slow.transport.underlying_transport.pause_reading()
        slow.transport.send(WSMsgType.TEXT, b'"flood"')
        quick.send(t="hi")
        await quick.take("echo")
        visit = open_street.visits[0]
        async with asyncio.timeout(10):
            while not visit.closed:
                await asyncio.sleep(0.02)
        assert len(open_street.sockets) == 1
        with contextlib.suppress(RuntimeError):
            slow.transport.underlying_transport.resume_reading()


async def test_a_slow_client_that_catches_up_loses_nothing():
    async with street() as open_street:
        client = await open_street.come()
        assert client.transport is not None
        client.transport.underlying_transport.pause_reading()
        for number in range(200):
            open_street.visits[0].wire.send(b'{"t":"n","n":%d,"pad":"%s"}' % (number, b"x" * 3_000))
        client.transport.underlying_transport.resume_reading()
        got = [(await client.take("n"))["n"] for _ in range(200)]
        assert got == list(range(200))


async def test_a_client_that_says_nothing_is_asked_to_leave():
    async with street() as open_street:
        client = await open_street.come()
        open_street.visits[0].silence_s = -1.0
        assert await client.ended() == 1001
        assert open_street.visits[0].silent


async def test_binary_frames_are_not_spoken_here():
    async with street() as open_street:
        client = await open_street.come()
        assert client.transport is not None
        client.transport.send(WSMsgType.BINARY, b"\x00\x01")
        assert await client.ended() == 4001


async def test_a_restart_says_when_to_come_back():
    async with street() as open_street:
        clients = [await open_street.come() for _ in range(3)]
        open_street.server.should_exit = True
        for client in clients:
            bye = await client.take("bye")
            assert (bye["reason"], bye["retry_after_ms"]) == ("restarting", 1_000)
            assert await client.ended() == 4012


async def test_closing_for_a_restart_refuses_newcomers():
    async with street() as open_street:
        client = await open_street.come()
        await open_street.sockets.close()
        assert await client.ended() == 4012
        with pytest.raises(Exception, match="503"):
            await open_street.come()
