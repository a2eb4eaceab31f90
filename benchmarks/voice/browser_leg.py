"""What a browser's leg costs the engine, against aiortc: processor time of the serving process alone.

The callers are aiortc in a process of their own, PCMU, for both servers. Ours joins them in pairs, aiortc's sends
back to each what it says: one packet in and one out per leg and 20 ms either way. Goal: at least 10 times less.
Run: `python -m benchmarks.voice.browser_leg [--legs 12] [--seconds 10]` (needs the group `bench`).
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.voice.audio_load import cpu_s

GOAL = 10.0
READY_S = 30.0
CALL = "call"


async def _lines() -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=1 << 20)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


def _say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


async def serve_aiortc() -> None:
    """The other server: answers each offer that is read, and sends back what it hears."""
    from aiortc import RTCPeerConnection, RTCSessionDescription

    connections: list[RTCPeerConnection] = []
    reader = await _lines()
    while line := await reader.readline():
        connection = RTCPeerConnection()
        connections.append(connection)
        connection.on("track", connection.addTrack)
        await connection.setRemoteDescription(RTCSessionDescription(json.loads(line)["sdp"], "offer"))
        await connection.setLocalDescription(await connection.createAnswer())
        _say({"sdp": connection.localDescription.sdp})


async def call_with_aiortc() -> None:
    """The callers: one offer per line that says so, its answer in the next; `hears` counts packets."""
    from aiortc import RTCPeerConnection, RTCRtpSender, RTCSessionDescription
    from aiortc.mediastreams import AudioStreamTrack

    connections: list[RTCPeerConnection] = []
    reader = await _lines()
    while line := await reader.readline():
        asked = json.loads(line)
        if asked["do"] == "offer":
            connection = RTCPeerConnection()
            connections.append(connection)
            connection.addTrack(AudioStreamTrack())
            wanted = [c for c in RTCRtpSender.getCapabilities("audio").codecs if c.mimeType == "audio/PCMU"]
            connection.getTransceivers()[0].setCodecPreferences(wanted)
            await connection.setLocalDescription(await connection.createOffer())
            _say({"sdp": connection.localDescription.sdp})
        elif asked["do"] == "answer":
            await connections[-1].setRemoteDescription(RTCSessionDescription(asked["sdp"], "answer"))
            _say({})
        else:
            received = [await c.getReceivers()[0].getStats() for c in connections]
            counts = [one.packetsReceived for s in received for one in s.values() if one.type == "inbound-rtp"]
            _say({"heard": counts})


class Child:
    """This file in another process, asked line by line."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    @staticmethod
    async def start(mode: str) -> "Child":
        return Child(
            await asyncio.create_subprocess_exec(
                sys.executable, __file__, mode, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL, limit=1 << 20,
            )
        )  # fmt: skip

    async def ask(self, message: dict[str, Any]) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        async with asyncio.timeout(READY_S):
            return json.loads(await self.process.stdout.readline())

    async def stop(self) -> None:
        self.process.kill()
        await self.process.wait()


async def measure(callers: Child, pid: int, legs: int, seconds: float) -> float:
    """Return the share of a core one leg takes. Raises SystemExit when audio does not flow."""
    began = time.monotonic()
    while min((await callers.ask({"do": "hears"}))["heard"] or [0]) < 20:
        if time.monotonic() - began > READY_S:
            raise SystemExit("Audio does not flow.")
        await asyncio.sleep(0.2)
    before, heard, began = cpu_s(pid), (await callers.ask({"do": "hears"}))["heard"], time.monotonic()
    await asyncio.sleep(seconds)
    used, took = cpu_s(pid) - before, time.monotonic() - began
    packets = sum((await callers.ask({"do": "hears"}))["heard"]) - sum(heard)
    ideal = legs * took * 50
    print(f"  {packets / ideal:.0%} of the packets arrived; {used / packets * 1e6:.1f} µs a packet sent")
    return used / took / legs


async def of_aiortc(legs: int, seconds: float) -> float:
    server, callers = await Child.start("--serve-aiortc"), await Child.start("--call-with-aiortc")
    try:
        for _ in range(legs):
            offer = await callers.ask({"do": "offer"})
            await callers.ask({"do": "answer", "sdp": (await server.ask(offer))["sdp"]})
        return await measure(callers, server.process.pid, legs, seconds)
    finally:
        await server.stop()
        await callers.stop()


async def of_ours(legs: int, seconds: float) -> float:
    from warmline.media.client import BuiltinMedia, MediaSettings, spawn_worker
    from warmline.ports.media import LegWish

    workers: list[asyncio.subprocess.Process] = []

    async def spawn(arguments: Sequence[str]) -> Any:
        worker: Any = await spawn_worker(arguments)
        workers.append(worker)
        return worker

    callers = await Child.start("--call-with-aiortc")
    with tempfile.TemporaryDirectory() as folder:
        media = BuiltinMedia(MediaSettings(Path(folder), "127.0.0.1", 38_000, 38_400), spawn)
        await media.start()
        try:
            for number in range(legs):
                call, leg = f"{CALL}-{number // 2}", f"leg-{number}"
                media.listen(call, lambda _: None)
                offer = (await callers.ask({"do": "offer"}))["sdp"]
                answer = await media.open(call, leg, LegWish("webrtc", ("PCMU",)), offer)
                await callers.ask({"do": "answer", "sdp": answer})
                if number % 2:
                    other = f"leg-{number - 1}"
                    await media.route(call, {leg: [other], other: [leg]})
            return await measure(callers, workers[0].pid, legs, seconds)
        finally:
            for number in range(0, legs, 2):
                await media.end(f"{CALL}-{number // 2}")
            await media.shut_down()
            await callers.stop()


async def compare(legs: int, seconds: float) -> int:
    print("ours:")
    ours = await of_ours(legs, seconds)
    print("aiortc:")
    aiortc = await of_aiortc(legs, seconds)
    print(
        f"a leg takes {ours:.2%} of a core ({1 / ours:.0f} legs a core), "
        f"with aiortc {aiortc:.2%} ({1 / aiortc:.0f})"
    )
    print(f"{aiortc / ours:.1f} times less; goal {GOAL:.0f}")
    return 0 if aiortc / ours >= GOAL else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--legs", type=int, default=12, help="an even number")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--serve-aiortc", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--call-with-aiortc", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve_aiortc:
        asyncio.run(serve_aiortc())
    elif chosen.call_with_aiortc:
        asyncio.run(call_with_aiortc())
    else:
        return asyncio.run(compare(chosen.legs, chosen.seconds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
