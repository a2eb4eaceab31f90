"""A telephone switch of our endpoint and our media engine, with nothing else: what sipp measures.

Numbers: 7000 answers with audio nobody sends (set-up alone), 7001 plays a prompt, 7002 sets up a second leg and
leaves audio to both sides, 7003 bridges through the engine, 7004 also records, encrypted; `--to`: their port.
Run: `python -m benchmarks.voice.switch --port 5080 --to 5090`. It says `ready`, its process id and those of its
media workers, and runs until SIGTERM.
"""

import argparse
import asyncio
import contextlib
import os
import secrets
import signal
import sys
import tempfile
import wave
from collections.abc import Coroutine, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import uvloop

from warmline.kernel.tasks import TaskRegistry
from warmline.media.client import BuiltinMedia, MediaSettings, WorkerProcess
from warmline.ports.media import LegWish, PlayFile, RecordWish
from warmline.ports.telephone import Call, CallEnd, CallGone, Dialling, IncomingCall
from warmline.runtime.garbage import calm_collector
from warmline.voice.directory import MemoryDirectory, Trunk
from warmline.voice.endpoint import Endpoint
from warmline.voice.limits import Limits, Listen

SDP = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n"
    "a=rtpmap:0 PCMU/8000\r\n"
)
UNBOUND = Limits(
    known_rate=1e6, known_burst=1e6, calls=10_000, calls_a_second=1e5, calls_burst=1e5, transactions=10**6
)
PLAIN = LegWish(codecs=("PCMU",), srtp="off")


async def _goes(wish: Dialling) -> Dialling:
    return wish


class Switch:
    """Answers by number; every second leg follows its first, and ends with it."""

    def __init__(self, port: int, to: int, folder: Path, tasks: TaskRegistry) -> None:
        trunk = Trunk("line", "bench", "127.0.0.1", to, addresses=("127.0.0.1",), keep_alive_s=0)
        listen = (Listen("udp", "127.0.0.1", port),)
        self.endpoint = Endpoint(listen, MemoryDirectory((trunk,)), _goes, tasks, lambda *_: None, limits=UNBOUND)
        self.endpoint.on_call = self._on_call
        self.media = BuiltinMedia(MediaSettings(folder, "127.0.0.1", 30_000, 45_999), self._worker)
        self.workers: list[int] = []
        self._folder = folder
        self._prompt = folder / "prompt.wav"
        self._tasks = tasks

    async def _worker(self, arguments: Sequence[str]) -> WorkerProcess:
        worker = await asyncio.create_subprocess_exec(sys.executable, "-m", "warmline.cli", "media", *arguments)
        self.workers.append(worker.pid)
        return worker

    async def start(self) -> None:
        with wave.open(str(self._prompt), "wb") as file:
            file.setparams((1, 2, 16000, 0, "NONE", ""))
            file.writeframes((6000 * np.sin(np.arange(160_000) / 9)).astype(np.int16).tobytes())
        await self.media.start()
        await self.endpoint.start()

    async def stop(self) -> None:
        await self.endpoint.close()
        await self.media.shut_down()

    def _on_call(self, told: IncomingCall) -> None:
        kinds = {"7001": self._play, "7002": self._pass_on, "7003": self._bridge, "7004": self._bridge}
        self._tasks.spawn("switch.call", self._carry(kinds.get(told.called, self._answer)(told)))

    async def _carry(self, work: Coroutine[object, object, None]) -> None:
        with contextlib.suppress(CallGone):
            await work

    async def _answer(self, told: IncomingCall) -> None:
        await told.call.answer(SDP)

    async def _play(self, told: IncomingCall) -> None:
        call, name = told.call, secrets.token_hex(6)
        self.media.listen(name, lambda _: None)
        answer = await self.media.open(name, name, PLAIN, told.offer)
        call.on_ended = partial(self._ended, name, None)
        await self.media.play(name, "prompt", [PlayFile(str(self._prompt))], loop=True)
        await call.answer(answer)

    async def _pass_on(self, told: IncomingCall) -> None:
        assert told.offer is not None
        second = await self._second(told.call, told.offer)
        told.call.on_ended = partial(self._ended, None, second)

    async def _bridge(self, told: IncomingCall) -> None:
        name = secrets.token_hex(6)
        one, other = f"{name}a", f"{name}b"
        self.media.listen(name, lambda _: None)
        answer = await self.media.open(name, one, PLAIN, told.offer)
        offer = await self.media.open(name, other, PLAIN)
        await self.media.route(name, {one: [other], other: [one]})
        if told.called == "7004":
            path = str(self._folder / f"{name}.rec")
            await self.media.record(name, RecordWish(name, path, secrets.token_bytes(32), one, (other,)))
        second = await self._second(told.call, offer, answer, other)
        told.call.on_ended = partial(self._ended, name, second)

    async def _second(self, first: Call, offer: str, answer: str | None = None, leg: str = "") -> Call:
        """Call the far side; when it answers, so is the first leg, with `answer` or what the far side said."""
        second = await self.endpoint.dial(Dialling("bench", "+8221110000", offer, from_number="+8221112222"))

        async def answered(sdp: str) -> None:
            if leg:
                await self.media.answered(leg, sdp)
            await first.answer(answer or sdp)

        second.on_answered = lambda sdp: self._spawn(answered(sdp))
        second.on_ended = lambda _: self._spawn(first.hang_up())
        return second

    def _ended(self, name: str | None, second: Call | None, _: CallEnd) -> None:
        async def end() -> None:
            if second is not None:
                await second.hang_up()
            if name is not None:
                await self.media.end(name)

        self._spawn(end())

    def _spawn(self, work: Coroutine[object, object, None]) -> None:
        self._tasks.spawn("switch", self._carry(work))


async def _run(port: int, to: int) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    tasks = TaskRegistry(lambda name, failure: print(f"{name}: {failure!r}", file=sys.stderr, flush=True))
    with tempfile.TemporaryDirectory(prefix="switch-") as folder:
        switch = Switch(port, to, Path(folder), tasks)
        await switch.start()
        calm_collector()
        print("ready", os.getpid(), *switch.workers, flush=True)
        await stop.wait()
        await switch.stop()
    await tasks.close()


def switch() -> None:
    """Run until told to stop."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--port", type=int, default=5080)
    arguments.add_argument("--to", type=int, default=5090, help="the port of the far side on 127.0.0.1")
    given = arguments.parse_args()
    uvloop.run(_run(given.port, given.to))


if __name__ == "__main__":
    switch()
