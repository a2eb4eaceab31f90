"""Callers who hear a prompt, against aiortp (the media of aiosipua): processor of the serving process a packet.

Both send PCMU that is encoded already; aiortp in its paced mode, the one it has for files. Rounds alternate.
Goal: at least 2.5 times less. Run: `python -m benchmarks.voice.aiortp_playback [--calls 100] [--seconds 3]
[--rounds 3]`.
"""

import argparse
import asyncio
import multiprocessing
import statistics
import sys
import wave
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.voice.audio_load import Load, cpu_s
from benchmarks.voice.engine_run import SETTLE_S, EngineRun, run_with_engine

from warmline.ports.media import PlayFile

GOAL = 2.5
ENOUGH = 0.98
PROMPT_S = 10
FIRST_PORT = 27_000  # below those the system gives away
SPARE_S = 30.0  # how much longer than measured there is something to play


def serve_aiortp(pipe: Connection, ports: list[int], seconds: float) -> None:
    """Play to these ports until told to stop; each caller has a session, as with aiosipua."""
    import aiortp

    async def work() -> None:
        frame = bytes((0x2A, 0xAA, 0x55, 0xD5)) * 40
        own = [FIRST_PORT + 2 * at for at in range(len(ports))]
        sessions = [
            await aiortp.RTPSession.create(("127.0.0.1", at), ("127.0.0.1", port), payload_type=0, paced=True)
            for at, port in zip(own, ports, strict=True)
        ]
        pipe.send(own)
        for session in sessions:
            for _ in range(int((seconds + SPARE_S) * 50)):
                session.send_audio_auto(frame)
        await asyncio.to_thread(pipe.recv)

    asyncio.run(work())


async def of_aiortp(calls: int, seconds: float) -> tuple[float, float]:
    """Return microseconds a packet, and the share of the ideal rate that arrived."""
    load = Load(calls, sending=False)
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve_aiortp, args=(there, load.ports, seconds), daemon=True)
    server.start()
    load.begin(await asyncio.to_thread(here.recv))
    assert server.pid is not None
    await asyncio.sleep(SETTLE_S)
    load.counts()
    cpu = cpu_s(server.pid)
    await asyncio.sleep(seconds)
    received = load.counts().received
    used = cpu_s(server.pid) - cpu
    here.send("end")
    server.terminate()
    server.join()
    load.end()
    return used / max(1, received) * 1e6, received / (calls * 50 * seconds)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--calls", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    found: dict[str, list[float]] = {"ours": [], "aiortp": []}
    shares: list[float] = []

    async def work(run: EngineRun) -> None:
        path = run.folder / "prompt.wav"
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, 8000, 0, "NONE", ""))
            file.writeframes((6000 * np.sin(np.arange(8000 * PROMPT_S) / 9)).astype(np.int16).tobytes())
        load = Load(chosen.calls, sending=False)
        for (leg,) in await run.legs(load, 1):
            await run.media.play(leg, "prompt", [PlayFile(str(path))], loop=True)
        for _ in range(chosen.rounds):
            ours = await run.measure(load, chosen.seconds)
            theirs, share = await of_aiortp(chosen.calls, chosen.seconds)
            found["ours"].append(ours["us_per_packet"])
            found["aiortp"].append(theirs)
            shares.append(ours["rate_of_ideal"])
            print(
                f"ours {ours['us_per_packet']:.1f} µs a packet, {ours['rate_of_ideal']:.0%} of the ideal rate; "
                f"aiortp {theirs:.1f} µs, {share:.0%}"
            )
        load.end()

    run_with_engine(work)
    ours, theirs = (statistics.median(found[name]) for name in ("ours", "aiortp"))
    print(f"median {ours:.1f} µs, aiortp {theirs:.1f} µs: {theirs / ours:.1f} times less (goal {GOAL})")
    return 0 if theirs / ours >= GOAL and min(shares) >= ENOUGH else 1


if __name__ == "__main__":
    sys.exit(main())
