"""What relaying a telephone's packet costs, against rtpengine in userspace: processor time of the relay alone.

Pairs of plain PCMU telephones, both ways, 50 packets a second each, sent by a process of its own; the engines are
driven through their drivers, one after the other in alternating rounds. Goal: at most 1.3 times rtpengine's.
Run: `python -m benchmarks.voice.rtpengine [--pairs 40] [--seconds 6] [--rounds 3]` (needs rtpengine-daemon).
"""

import argparse
import asyncio
import shutil
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.voice.audio_load import cpu_s

from warmline.kernel.tasks import TaskRegistry
from warmline.media.client import BuiltinMedia, MediaSettings, spawn_worker
from warmline.media.rtpengine import RtpengineMedia
from warmline.media.rtpengine_daemon import RtpengineSettings
from warmline.ports.media import LegWish, MediaDriver

GOAL = 1.3
WARM_S = 2.0
ENOUGH = 0.98
PCMU = LegWish(codecs=("PCMU",), srtp="off")
NG, KEYS = 39_998, 39_999
Figures = tuple[float, float]  # µs of the relay a packet, share of packets that arrived


def telephones(count: int, pipe: Connection) -> None:
    """Be `count` telephones: tell their ports, hear where to send, send and count until told to stop."""
    sockets = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
        one.setblocking(False)
    pipe.send([one.getsockname()[1] for one in sockets])
    for one, port in zip(sockets, pipe.recv(), strict=True):
        one.connect(("127.0.0.1", port))
    sent = heard = number = 0
    due = time.monotonic()
    while True:
        number += 1
        header = (
            b"\x80\x00" + (number & 0xFFFF).to_bytes(2, "big") + (number * 160 & 0xFFFFFFFF).to_bytes(4, "big")
        )
        for at, one in enumerate(sockets):
            heard += _drain(one)
            try:
                one.send(header + at.to_bytes(4, "big") + b"\x55" * 160)
            except OSError:
                continue
            sent += 1
        if pipe.poll():
            if pipe.recv() == "stop":
                return
            pipe.send((sent, heard))
        due += 0.02
        time.sleep(max(0.0, due - time.monotonic()))


def _drain(one: socket.socket) -> int:
    heard = 0
    while True:
        try:
            one.recv(2048)
        except OSError:
            return heard
        heard += 1


def offer(port: int) -> str:
    lines = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0", f"m=audio {port} RTP/AVP 0"]
    return "\r\n".join([*lines, "a=rtpmap:0 PCMU/8000", "a=sendrecv", ""])


async def measure(media: MediaDriver, pid: int, pairs: int, seconds: float) -> Figures:
    """Relay between pairs for some seconds."""
    ours, theirs = get_context("spawn").Pipe()
    child = get_context("spawn").Process(target=telephones, args=(2 * pairs, theirs))
    child.start()
    ports = await asyncio.to_thread(ours.recv)
    places: list[int] = []
    for at, port in enumerate(ports):
        call, leg = f"call-{at // 2}", f"leg-{at}"
        media.listen(call, lambda _: None)
        answer = await media.open(call, leg, PCMU, offer(port))
        places.append(int(answer.partition("m=audio ")[2].split()[0]))
        if at % 2:
            await media.route(call, {leg: [f"leg-{at - 1}"], f"leg-{at - 1}": [leg]})
    ours.send(places)
    await asyncio.sleep(WARM_S)
    before, counted = cpu_s(pid), await _counted(ours)
    await asyncio.sleep(seconds)
    used, after = cpu_s(pid) - before, await _counted(ours)
    ours.send("stop")
    for at in range(pairs):
        await media.end(f"call-{at}")
    await asyncio.to_thread(child.join)
    sent, heard = after[0] - counted[0], after[1] - counted[1]
    if not heard:
        raise SystemExit("No audio arrived.")
    return used / heard * 1e6, heard / sent


async def _counted(pipe: Connection) -> tuple[int, int]:
    pipe.send("count")
    return await asyncio.to_thread(pipe.recv)


async def of_ours(pairs: int, seconds: float) -> Figures:
    workers: list[Any] = []

    async def spawn(arguments: Sequence[str]) -> Any:
        worker = await spawn_worker(arguments)
        workers.append(worker)
        return worker

    with tempfile.TemporaryDirectory() as folder:
        media = BuiltinMedia(MediaSettings(Path(folder), "127.0.0.1", 39_000, 39_400), spawn)
        await media.start()
        try:
            return await measure(media, workers[0].pid, pairs, seconds)
        finally:
            await media.shut_down()


async def of_rtpengine(pairs: int, seconds: float) -> Figures:
    command = [
        "rtpengine", "--foreground", "--log-stderr", "--log-level=3", "--table=-1", "--interface=127.0.0.1",
        f"--listen-ng=127.0.0.1:{NG}", f"--dtmf-log-dest=127.0.0.1:{KEYS}", "--port-min=39400",
        "--port-max=39990", "--num-threads=2",
    ]  # fmt: skip
    process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.DEVNULL)
    tasks = TaskRegistry(lambda name, wrong: print(f"{name}: {wrong!r}", file=sys.stderr))
    settings = RtpengineSettings(("127.0.0.1", NG), ("127.0.0.1", KEYS), looked_at_every_s=60.0)
    media = RtpengineMedia(settings, tasks)
    try:
        await asyncio.sleep(1.0)
        await media.start()
        return await measure(media, process.pid, pairs, seconds)
    finally:
        await media.shut_down()
        await tasks.close()
        process.terminate()
        await process.wait()


async def compare(pairs: int, seconds: float, rounds: int) -> int:
    found: dict[str, list[float]] = {"ours": [], "rtpengine": []}
    relays: dict[str, Callable[[int, float], Awaitable[Figures]]] = {"ours": of_ours, "rtpengine": of_rtpengine}
    arrived = 1.0
    for _ in range(rounds):
        for name, relay in relays.items():
            cost_us, share = await relay(pairs, seconds)
            print(f"{name}: {cost_us:.1f} µs a packet, {share:.1%} arrived")
            found[name].append(cost_us)
            arrived = min(arrived, share)
    ours, theirs = (statistics.median(found[name]) for name in ("ours", "rtpengine"))
    print(f"median {ours:.1f} µs, rtpengine {theirs:.1f} µs: {ours / theirs:.2f} × (goal ≤ {GOAL} ×)")
    return 0 if ours / theirs <= GOAL and arrived >= ENOUGH else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pairs", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    if shutil.which("rtpengine") is None:
        print("rtpengine is not installed (package rtpengine-daemon).", file=sys.stderr)
        return 2
    return asyncio.run(compare(chosen.pairs, chosen.seconds, chosen.rounds))


if __name__ == "__main__":
    sys.exit(main())
