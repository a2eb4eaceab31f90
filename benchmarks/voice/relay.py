"""Two telephones that hear each other, many times: the engine against a bare epoll relay in the same place."""

import argparse
import asyncio
import multiprocessing
import select
import socket
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.voice.audio_load import HEADER, Load, cpu_s
from benchmarks.voice.engine_run import SETTLE_S, EngineRun, run_with_engine, show

TARGET = 2.5


def bare_relay(pipe: Connection, ports: list[int]) -> None:
    """Pass packets between pairs, with a new header, and do nothing else: the ceiling of Python."""
    sockets = []
    for port in ports:
        one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        one.bind(("127.0.0.1", 0))
        one.connect(("127.0.0.1", port))
        sockets.append(one)
    pipe.send([one.getsockname()[1] for one in sockets])
    poll = select.epoll()
    other = {}
    for at, one in enumerate(sockets):
        poll.register(one.fileno(), select.EPOLLIN)
        other[one.fileno()] = (one, sockets[at ^ 1])
    buffer = bytearray(2048)
    view = memoryview(buffer)
    while not pipe.poll():
        for number, _ in poll.poll(0.5):
            one, towards = other[number]
            n = one.recv_into(buffer)
            _, second, seq, timestamp, _ = HEADER.unpack_from(buffer)
            HEADER.pack_into(buffer, 0, 0x80, second, seq, timestamp, 7)
            towards.send(view[:n])


def measure_bare(pairs: int, seconds: float) -> float:
    """Return microseconds of processor for each packet passed on."""
    load = Load(pairs * 2)
    here, there = multiprocessing.Pipe()
    relay = multiprocessing.Process(target=bare_relay, args=(there, load.ports), daemon=True)
    relay.start()
    load.begin(here.recv())
    assert relay.pid is not None
    time.sleep(SETTLE_S)
    load.counts()
    cpu = cpu_s(relay.pid)
    time.sleep(seconds)
    received = load.counts().received
    used = cpu_s(relay.pid) - cpu
    here.send("end")
    relay.join()
    load.end()
    return used / received * 1e6


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pairs", type=int, default=100)
    arguments.add_argument("--seconds", type=float, default=5)
    arguments.add_argument("--rounds", type=int, default=2)
    given = arguments.parse_args()

    async def work(run: EngineRun) -> None:
        load = Load(given.pairs * 2)
        for at, (one, other) in enumerate(await run.legs(load, 2)):
            await run.media.route(f"c{at}", {one: [other], other: [one]})
        ratios = []
        for _ in range(given.rounds):
            figures = await run.measure(load, given.seconds)
            bare = await asyncio.to_thread(measure_bare, given.pairs, given.seconds)
            ratios.append(figures["us_per_packet"] / bare)
            show("engine", figures)
            print(f"bare relay: us_per_packet {bare:.2f}; ratio {ratios[-1]:.2f}")
        load.end()
        print(f"ratio {sorted(ratios)[len(ratios) // 2]:.2f}, goal at most {TARGET}")

    run_with_engine(work)


if __name__ == "__main__":
    main()
