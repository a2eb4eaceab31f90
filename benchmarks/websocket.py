"""The socket path against bare picows, and what an idle socket costs.

Customers and one agent talk through a relay that reads and writes JSON: two messages in and two out per round
trip. The relay runs once on picows alone and once on our server (uvicorn's port, routes, outbox, sweep);
rounds alternate, the ratio is of their medians. Run: `python benchmarks/websocket.py [--sockets 9000]`.
"""

import argparse
import asyncio
import contextlib
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import uvloop
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect, ws_create_server

if TYPE_CHECKING:  # the bare server loads nothing of ours
    from warmline.ports.socket import Wire

ENCODE = msgspec.json.Encoder().encode
DECODE = msgspec.json.Decoder().decode
IN_FLIGHT = 64
OnText = Callable[[WSTransport, Any], None]
TEXT = "배송이 언제 도착하는지 알고 싶어요. 주문 번호는 12345678입니다."


class Relay:
    """What both servers do with a frame: pass it to the other side."""

    def __init__(self) -> None:
        self.sends: dict[str, object] = {}

    def frame(self, me: str, data: bytes) -> None:
        message = DECODE(data)
        to = message.get("to")
        send = self.sends.get(to)
        if callable(send):
            send(ENCODE({"t": "event", "from": me, "seq": message["seq"], "text": message["text"]}))


class Bare(WSListener):
    """The ceiling: picows and nothing else."""

    def __init__(self, relay: Relay, name: str) -> None:
        super().__init__()
        self.relay, self.name = relay, name

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.relay.sends[self.name] = lambda data: transport.send(WSMsgType.TEXT, data)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.TEXT:
            self.relay.frame(self.name, frame.get_payload_as_bytes())


class Session:
    """The same relay as a session of our server."""

    __slots__ = ("name", "relay", "silence_s")

    def __init__(self, relay: Relay, name: str, wire: "Wire") -> None:
        self.relay, self.name, self.silence_s = relay, name, 600.0
        relay.sends[name] = wire.send

    def on_frame(self, data: bytes) -> None:
        self.relay.frame(self.name, data)

    def on_silence(self) -> None: ...

    def on_closed(self) -> None:
        self.relay.sends.pop(self.name, None)


async def serve_bare(port: int) -> None:
    relay = Relay()
    count = iter(range(10**9))

    def accept(request: object) -> Bare:
        number = next(count)
        return Bare(relay, "agent" if number == 0 else f"c{number}")

    server = await ws_create_server(accept, "127.0.0.1", port, read_buffer_init_size=2048)
    print("ready", flush=True)
    async with server:
        await server.serve_forever()


async def serve_ours(port: int) -> None:
    import uvicorn

    from warmline.kernel.tasks import TaskRegistry
    from warmline.ports.socket import Route
    from warmline.runtime.sockets import SocketServer

    relay = Relay()
    count = iter(range(10**9))

    def open_session(opening: object, wire: "Wire") -> Session:
        number = next(count)
        return Session(relay, "agent" if number == 0 else f"c{number}", wire)

    tasks = TaskRegistry(lambda name, failure: print(name, failure, file=sys.stderr))
    sockets = SocketServer([Route("/ws/relay", lambda _: True, open_session)], tasks, per_address_s=None)

    async def app(scope: object, receive: object, send: object) -> None: ...

    server = uvicorn.Server(
        uvicorn.Config(app, port=port, ws=sockets.protocol, http="httptools", lifespan="off", log_level="warning")
    )
    print("ready", flush=True)
    await server.serve()


class Client(WSListener):
    """A customer (sends, counts answers) or the agent (answers)."""

    def __init__(self, on_text: OnText) -> None:
        super().__init__()
        self.on_text = on_text

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.TEXT:
            self.on_text(transport, DECODE(frame.get_payload_as_bytes()))


async def connect(port: int, on_text: OnText) -> WSTransport:
    for _ in range(100):
        with contextlib.suppress(OSError):
            return (await ws_connect(lambda: Client(on_text), f"ws://127.0.0.1:{port}/ws/relay"))[0]
        await asyncio.sleep(0.05)
    raise ConnectionError("The server did not come up.")


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def round_trips(port: int, customers: int, seconds: float, pid: int) -> tuple[float, float]:
    """Return round trips per second, and the server's CPU µs per round trip."""
    done = asyncio.Event()
    count = 0

    def answer(transport: WSTransport, message: dict[str, object]) -> None:
        transport.send(WSMsgType.TEXT, ENCODE({"to": message["from"], "seq": message["seq"], "text": TEXT}))

    await connect(port, answer)
    transports: list[WSTransport] = []

    def back(_: WSTransport, message: dict[str, object]) -> None:
        nonlocal count
        count += 1
        if time.perf_counter() < until:
            send(count % customers)
        else:
            done.set()

    def send(number: int) -> None:
        transports[number].send(WSMsgType.TEXT, ENCODE({"to": "agent", "seq": count, "text": TEXT}))

    until = time.perf_counter() + 3600
    for _ in range(customers):
        transports.append(await connect(port, back))
    before_s = cpu_seconds(pid)
    began = time.perf_counter()
    until = began + seconds
    for number in range(min(IN_FLIGHT, customers)):
        send(number)
    await done.wait()
    elapsed = time.perf_counter() - began
    return count / elapsed, (cpu_seconds(pid) - before_s) / count * 1e6


def rss_kb(pid: int) -> int:
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


@contextlib.contextmanager
def server(kind: str, port: int):
    process = subprocess.Popen(
        [sys.executable, __file__, "--serve", kind, "--port", str(port)], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    try:
        yield process.pid
    finally:
        process.kill()
        process.wait()


async def idle(port: int, pid: int, sockets: int) -> tuple[float, int]:
    """Return KB per idle socket and the whole process's KB."""
    held = [await connect(port, lambda *_: None)]
    await asyncio.sleep(0.2)
    before = rss_kb(pid)
    for _ in range(0, sockets, 100):
        held += await asyncio.gather(*(connect(port, lambda *_: None) for _ in range(100)))
    await asyncio.sleep(1)
    after = rss_kb(pid)
    return (after - before) / (len(held) - 1), after


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--serve", choices=["bare", "ours"])
    arguments.add_argument("--port", type=int, default=18765)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--seconds", type=float, default=2.0)
    arguments.add_argument("--customers", type=int, default=1000)
    arguments.add_argument("--sockets", type=int, default=9000)
    given = arguments.parse_args()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65_536), hard))
    if given.serve:
        uvloop.run(serve_bare(given.port) if given.serve == "bare" else serve_ours(given.port))
        return
    rates: dict[str, list[float]] = {"bare": [], "ours": []}
    costs: dict[str, list[float]] = {"bare": [], "ours": []}
    for number in range(given.rounds):
        for offset, kind in enumerate(("bare", "ours")):
            port = given.port + 2 * number + offset
            with server(kind, port) as pid:
                rate, cpu_us = uvloop.run(round_trips(port, given.customers, given.seconds, pid))
                rates[kind].append(rate)
                costs[kind].append(cpu_us)
    bare, ours = statistics.median(rates["bare"]), statistics.median(rates["ours"])
    print(f"round trips/s: bare picows {bare:,.0f}, warmline {ours:,.0f}: {ours / bare:.2f}x (target >= 0.90)")
    bare, ours = statistics.median(costs["bare"]), statistics.median(costs["ours"])
    print(f"server CPU a round trip: bare picows {bare:.1f} µs, warmline {ours:.1f} µs: {ours / bare:.2f}x")
    port = given.port + 100
    with server("ours", port) as pid:
        each_kb, all_kb = uvloop.run(idle(port, pid, given.sockets))
    print(f"{given.sockets:,} idle sockets: {each_kb:.1f} KB each (target <= 12), process {all_kb / 1024:.0f} MB")


if __name__ == "__main__":
    main()
