"""A worker of the media engine for a benchmark, and how much processor its packets cost."""

import asyncio
import statistics
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from benchmarks.voice.audio_load import Load, cpu_s

from warmline.media.client import BuiltinMedia, MediaSettings, WorkerProcess, spawn_worker
from warmline.ports.media import LegWish

SETTLE_S = 1.5


class EngineRun:
    """One worker. `await run.legs(...)` opens legs; `await run.measure(...)` says what they cost."""

    def __init__(self, folder: Path) -> None:
        self.process: WorkerProcess | None = None
        self.media = BuiltinMedia(MediaSettings(folder, "127.0.0.1", 40000, 45999, silent_after_s=60), self._spawn)
        self.folder = folder

    async def _spawn(self, arguments: Sequence[str]) -> WorkerProcess:
        self.process = await spawn_worker(arguments)
        return self.process

    async def legs(self, load: Load, legs_a_call: int, codecs: Sequence[str] = ("PCMU",)) -> list[list[str]]:
        """Open a leg for every telephone; return the names, call by call."""
        targets: list[int] = []
        calls: list[list[str]] = []
        for at in range(len(load.ports)):
            call = f"c{at // legs_a_call}"
            leg = f"l{at}"
            if at % legs_a_call == 0:
                self.media.listen(call, lambda _: None)
                calls.append([])
            codec = codecs[at % len(codecs)]
            answer = await self.media.open(call, leg, LegWish(), load.sdp(at, codec))
            targets.append(int(answer.split("m=audio ")[1].split()[0]))
            calls[-1].append(leg)
        load.begin(targets)
        return calls

    async def measure(self, load: Load, seconds: float) -> dict[str, float]:
        """Return microseconds of processor for each packet that was sent to a telephone, and what was lost."""
        await asyncio.sleep(SETTLE_S)
        assert self.process is not None
        pid = self.process.pid
        before_ticks = (await self.media.state())[0]["late_ticks"]
        load.counts()
        cpu = cpu_s(pid)
        await asyncio.sleep(seconds)
        counts = load.counts()
        used = cpu_s(pid) - cpu
        after_ticks = (await self.media.state())[0]["late_ticks"]
        assert isinstance(before_ticks, int)
        assert isinstance(after_ticks, int)
        found = {
            "us_per_packet": used / max(1, counts.received) * 1e6,
            "core_share": used / seconds,
            "packets_a_second": counts.received / seconds,
            "rate_of_ideal": counts.received / (len(load.ports) * 50 * seconds),
            "late_ticks": float(after_ticks - before_ticks),
        }
        if counts.latency_ms:
            ordered = sorted(counts.latency_ms)
            found["latency_p50_ms"] = statistics.median(ordered)
            found["latency_p99_ms"] = ordered[int(len(ordered) * 0.99)]
        return found


def run_with_engine(work: Callable[[EngineRun], Awaitable[None]]) -> None:
    """Run a benchmark with a worker that is ended afterwards."""

    async def whole() -> None:
        with tempfile.TemporaryDirectory() as folder:
            run = EngineRun(Path(folder))
            await run.media.start()
            try:
                await work(run)
            finally:
                await run.media.shut_down()

    asyncio.run(whole())


def show(what: str, figures: dict[str, float]) -> None:
    """Print one line of figures."""
    print(f"{what}: " + ", ".join(f"{name} {value:.2f}" for name, value in figures.items()))
