"""The built-in media engine as calls see it: worker processes, started and watched here, behind `MediaDriver`.

All legs of a call stay with one worker. A worker that is lost takes the audio of its calls with it, is told as
`WorkerLost`, and another one is started in its place.
"""

import asyncio
import contextlib
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import msgspec

from warmline.kernel.errors import Refused
from warmline.kernel.tasks import TaskRegistry
from warmline.media import messages as m
from warmline.media.refusals import NO_WORKER, UNKNOWN_LEG
from warmline.media.worker_link import WorkerLink
from warmline.ports.media import (
    Hears,
    LegReport,
    LegWish,
    MediaEvent,
    PlayItem,
    Recorded,
    RecordWish,
    WorkerLost,
)

START_S = 15.0
BACKOFF_S = (0.1, 0.5, 1.0, 2.0, 5.0)
CALM_S = 20.0
STOP_S = 5.0
LAST_EVENTS_S = 30.0
NOTHING = type(None)


class WorkerProcess(Protocol):
    """A started worker: what asyncio.subprocess.Process offers of it."""

    @property
    def pid(self) -> int: ...

    @property
    def returncode(self) -> int | None: ...

    def terminate(self) -> None: ...

    def kill(self) -> None: ...

    async def wait(self) -> int: ...


Spawn = Callable[[Sequence[str]], Awaitable[WorkerProcess]]
Heard = Callable[[MediaEvent], None]


async def spawn_worker(arguments: Sequence[str]) -> WorkerProcess:
    """Start `warmline media` with these arguments."""
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "warmline.cli", "media", *arguments)


@dataclass(frozen=True)
class MediaSettings:
    """`folder` holds the control sockets; each worker gets an equal share of the ports."""

    folder: Path
    address: str
    low: int
    high: int
    workers: int = 1
    public_address: str | None = None
    silent_after_s: float = 10.0
    alone_at_most_s: float = 30.0


class BuiltinMedia:
    """Implements ports.media.MediaDriver. `start` before the first call, `shut_down` after the last."""

    def __init__(self, settings: MediaSettings, spawn: Spawn = spawn_worker) -> None:
        self._settings = settings
        self._spawn = spawn
        self._heard: dict[str, Heard] = {}
        self._workers: list[WorkerLink | None] = [None] * settings.workers
        self._processes: list[WorkerProcess | None] = [None] * settings.workers
        self._of_call: dict[str, WorkerLink] = {}
        self._call_of_leg: dict[str, str] = {}
        self._call_of_record: dict[str, str] = {}
        self._ending: set[str] = set()  # calls that are over but for a recording that is still written
        self._ended = asyncio.Event()
        self._keepers: list[asyncio.Task[None]] = []
        self._up = asyncio.Event()
        self._tasks = TaskRegistry(self._failed)
        self.restarts = 0
        self.failures: list[BaseException] = []

    @property
    def workers_up(self) -> int:
        """How many workers answer now."""
        return sum(link is not None for link in self._workers)

    async def start(self) -> None:
        """Start the workers; return when all answer. Raises Refused `media.no_worker` when none does in time."""
        for slot in range(self._settings.workers):
            self._keepers.append(self._tasks.spawn(f"media worker {slot}", self._keep(slot)))
        try:
            async with asyncio.timeout(START_S):
                while not all(self._workers):
                    self._up.clear()
                    await self._up.wait()
        except TimeoutError:
            if not any(self._workers):
                raise Refused(NO_WORKER) from None

    async def shut_down(self) -> None:
        """End the workers and wait for them."""
        self._ended.set()
        for process in self._processes:
            if process is not None:
                await _stopped(process)
        await asyncio.gather(*self._keepers, return_exceptions=True)
        await self._tasks.close()

    def _failed(self, _: str, failure: BaseException) -> None:
        self.failures.append(failure)

    async def _keep(self, slot: int) -> None:
        crashes = 0
        loop = asyncio.get_running_loop()
        while not self._ended.is_set():
            began = loop.time()
            with contextlib.suppress(OSError, TimeoutError, Refused):
                await self._run_once(slot)
            if self._ended.is_set():
                return
            self.restarts += 1
            crashes = 0 if loop.time() - began > CALM_S else crashes
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(BACKOFF_S[min(crashes, len(BACKOFF_S) - 1)]):
                    await self._ended.wait()
            crashes += 1

    async def _run_once(self, slot: int) -> None:
        socket_path = self._settings.folder / f"media-{slot}.sock"
        socket_path.unlink(missing_ok=True)
        process = self._processes[slot] = await self._spawn(self._arguments(slot, socket_path))
        link: WorkerLink | None = None
        try:
            link = await self._connected(process, socket_path)
            self._workers[slot] = link
            self._up.set()
            while True:
                await link.closed()
                if process.returncode is not None or self._ended.is_set():
                    return
                # The worker keeps its legs for a while, unless it is gone itself.
                await link.reconnect(socket_path, lambda: process.returncode is not None)
        finally:
            self._workers[slot] = None
            if link is not None:
                link.give_up()
                self._lost(link)
            await _stopped(process)

    async def _connected(self, process: WorkerProcess, path: Path) -> WorkerLink:
        async with asyncio.timeout(START_S):
            while True:
                try:
                    return await WorkerLink.connect(path, self._told)
                except (OSError, Refused):  # Refused: it has not answered, or broke off
                    if process.returncode is not None or self._ended.is_set():
                        raise
                    await asyncio.sleep(0.02)

    def _arguments(self, slot: int, path: Path) -> list[str]:
        settings = self._settings
        share = (settings.high - settings.low) // settings.workers // 2 * 2
        low = settings.low + slot * share
        found = ["--socket", str(path), "--ports", f"{low}-{low + share - 1}", "--address", settings.address]
        if settings.public_address:
            found += ["--public-address", settings.public_address]
        return [*found, "--silent-after", str(settings.silent_after_s), "--alone", str(settings.alone_at_most_s)]

    def _lost(self, link: WorkerLink) -> None:
        calls = [call for call, of in self._of_call.items() if of is link]
        told = list(dict.fromkeys(self._heard[call] for call in calls if call in self._heard))
        for call in calls:
            self._forget(call)
        event = WorkerLost(tuple(calls))
        for heard in told:
            heard(event)

    def _forget(self, call: str) -> None:
        self._of_call.pop(call, None)
        self._heard.pop(call, None)
        for index in (self._call_of_leg, self._call_of_record):
            for name in [name for name, of in index.items() if of == call]:
                del index[name]

    def _told(self, call: str, event: MediaEvent) -> None:
        heard = self._heard.get(call)
        if heard is not None:
            heard(event)
        if isinstance(event, Recorded):
            self._call_of_record.pop(event.record, None)
            if call in self._ending and call not in self._call_of_record.values():
                self._quiet(call)

    # --- the driver --------------------------------------------------------------------------------

    def listen(self, call: str, heard: Heard) -> None:
        self._heard[call] = heard

    def _choose(self) -> WorkerLink:
        able = [link for link in self._workers if link is not None and link.alive]
        if not able:
            raise Refused(NO_WORKER)
        busy = list(self._of_call.values())
        return min(able, key=busy.count)

    async def _ask(self, call: str | None, command: m.AnyCommand, type_: type[Any] = NOTHING) -> Any:
        link = self._of_call.get(call) if call is not None else None
        if link is None:
            raise Refused(UNKNOWN_LEG)
        return msgspec.json.decode(await link.ask(command), type=type_)

    async def open(self, call: str, leg: str, wish: LegWish, offer: str | None = None) -> str:
        new = call not in self._of_call
        if new:
            self._of_call[call] = self._choose()
        try:
            sdp = await self._ask(call, m.Open(id=0, call=call, leg=leg, wish=wish, offer=offer), str)
        except Refused:
            if new and call not in self._call_of_leg.values():
                self._of_call.pop(call, None)
            raise
        self._call_of_leg[leg] = call
        return sdp

    def _quiet_soon(self, call: str) -> None:
        """Stop telling events of a call that is over, once its last ones have come."""
        asyncio.get_running_loop().call_later(LAST_EVENTS_S, self._quiet, call)

    def _quiet(self, call: str) -> None:
        """Stop telling events of a call, unless it has begun again: who listens holds everything of the call."""
        if call not in self._of_call:
            self._heard.pop(call, None)
            self._ending.discard(call)
            for record in [record for record, of in self._call_of_record.items() if of == call]:
                del self._call_of_record[record]

    async def _leg(self, leg: str, command: m.AnyCommand, type_: type[Any] = NOTHING) -> Any:
        return await self._ask(self._call_of_leg.get(leg), command, type_)

    async def answered(self, leg: str, sdp: str) -> None:
        await self._leg(leg, m.Answered(id=0, leg=leg, sdp=sdp))

    async def reoffered(self, leg: str, sdp: str, *, anew: bool = False) -> str:
        return await self._leg(leg, m.Reoffered(id=0, leg=leg, sdp=sdp, anew=anew), str)

    async def close(self, leg: str) -> LegReport:
        call = self._call_of_leg.get(leg)
        report = await self._leg(leg, m.Close(id=0, leg=leg), LegReport)
        self._call_of_leg.pop(leg, None)
        if call is not None and call not in self._call_of_leg.values():
            self._of_call.pop(call, None)
            self._quiet_soon(call)
        return report

    async def end(self, call: str) -> tuple[LegReport, ...]:
        """Close all legs of a call; its `Recorded` events still come to who listens."""
        try:
            reports = await self._ask(call, m.End(id=0, call=call), tuple[LegReport, ...])
        finally:  # a call none of whose legs could be opened is unknown there, and was listened to all the same
            self._of_call.pop(call, None)
            for leg in [leg for leg, of in self._call_of_leg.items() if of == call]:
                del self._call_of_leg[leg]
            if call in self._call_of_record.values():
                self._ending.add(call)
                self._quiet_soon(call)
            else:
                self._quiet(call)
        return reports

    async def route(self, call: str, hears: Hears) -> None:
        await self._ask(call, m.Route(id=0, call=call, hears={leg: list(others) for leg, others in hears.items()}))

    async def play(
        self,
        leg: str,
        play: str,
        items: Sequence[PlayItem],
        *,
        loop: bool = False,
        barge: bool = False,
        mix: bool = False,
    ) -> None:
        await self._leg(leg, m.Play(id=0, leg=leg, play=play, items=list(items), loop=loop, barge=barge, mix=mix))

    async def stop(self, leg: str) -> None:
        await self._leg(leg, m.Stop(id=0, leg=leg))

    async def farewell(self, leg: str, items: Sequence[PlayItem]) -> None:
        await self._leg(leg, m.Farewell(id=0, leg=leg, items=list(items)))

    async def dial(self, leg: str, digits: str) -> None:
        await self._leg(leg, m.Dial(id=0, leg=leg, digits=digits))

    async def secure(self, leg: str, on: bool) -> None:
        await self._leg(leg, m.Secure(id=0, leg=leg, on=on))

    async def listen_to(self, leg: str, path: str | None) -> None:
        await self._leg(leg, m.ListenTo(id=0, leg=leg, path=path))

    async def record(self, call: str, wish: RecordWish) -> None:
        await self._ask(call, m.Record(id=0, call=call, wish=wish))
        self._call_of_record[wish.record] = call

    async def record_pause(self, record: str, on: bool) -> None:
        await self._ask(self._call_of_record.get(record), m.RecordPause(id=0, record=record, on=on))

    async def record_right(self, record: str, right: Sequence[str]) -> None:
        await self._ask(self._call_of_record.get(record), m.RecordRight(id=0, record=record, right=list(right)))

    async def record_stop(self, record: str) -> None:
        await self._ask(self._call_of_record.get(record), m.RecordStop(id=0, record=record))

    async def report(self, leg: str) -> LegReport:
        return await self._leg(leg, m.ReportOf(id=0, leg=leg), LegReport)

    async def state(self) -> tuple[Mapping[str, object], ...]:
        """Return what every worker says of itself: calls, legs, free ports, late ticks."""
        alive = [link for link in self._workers if link is not None and link.alive]
        return tuple([msgspec.json.decode(await link.ask(m.Hello(id=0))) for link in alive])


async def _stopped(process: WorkerProcess) -> None:
    """End a process, whatever it does, and wait for it."""
    if process.returncode is not None:
        return
    for end in (process.terminate, process.terminate, process.kill):
        with contextlib.suppress(ProcessLookupError):
            end()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STOP_S if end == process.kill else STOP_S / 10):
                await process.wait()
                return
