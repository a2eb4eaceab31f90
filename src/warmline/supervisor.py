"""`warmline up`: keep the roles of one machine running as child processes."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

BACKOFF_S = (0.2, 0.5, 1.0, 2.0, 5.0)
CALM_S = 20.0  # after running this long, a crash counts as the first again
STOP_GRACE_S = 10.0
LOOK_EVERY_S = 20 / 3
LOOKS = 3  # in a row without an answer: 20 s of silence
START_GRACE_S = 60.0  # a role that never answered yet may still be starting


@dataclass
class Role:
    """A child process: its name, command and environment; restarted whenever it ends or falls silent."""

    name: str
    command: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    answers: Callable[[], Awaitable[bool]] | None = None  # a look at its health; None: it has no sign to look for


class Supervisor:
    """Start roles, write their output to `log_dir`, restart them, stop them together."""

    def __init__(
        self,
        log_dir: Path,
        report: Callable[[str], None],
        look_every_s: float = LOOK_EVERY_S,
        start_grace_s: float = START_GRACE_S,
    ) -> None:
        self._log_dir = log_dir
        self._report = report
        self._look_every_s = look_every_s
        self._start_grace_s = start_grace_s
        self._running: dict[str, asyncio.subprocess.Process] = {}
        self._stopping = asyncio.Event()
        self.restarts: dict[str, int] = {}

    def pid(self, name: str) -> int | None:
        """Return the process id of a running role."""
        process = self._running.get(name)
        return process.pid if process and process.returncode is None else None

    async def run(self, roles: list[Role], ready: Callable[[], None] | None = None) -> None:
        """Keep `roles` running until `stop`; `ready` is called once all were started."""
        self._log_dir.mkdir(parents=True, exist_ok=True)
        async with asyncio.TaskGroup() as group:
            for role in roles:
                group.create_task(self._keep(role))
            if ready:
                ready()

    async def _keep(self, role: Role) -> None:
        crashes = 0
        loop = asyncio.get_running_loop()
        while not self._stopping.is_set():
            began = loop.time()
            code = await self._run_once(role)
            if self._stopping.is_set():
                return
            crashes = 0 if loop.time() - began > CALM_S else crashes
            wait_s = BACKOFF_S[min(crashes, len(BACKOFF_S) - 1)]
            crashes += 1
            self.restarts[role.name] = self.restarts.get(role.name, 0) + 1
            self._report(f"{role.name} ended with {code}; starting it again. Its log: {self._log(role)}")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), wait_s)

    def _log(self, role: Role) -> Path:
        return self._log_dir / f"{role.name}.log"

    async def _run_once(self, role: Role) -> int:
        with self._log(role).open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *role.command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **role.environment},
                cwd=role.folder,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )
        self._running[role.name] = process
        if role.answers is None:
            return await process.wait()
        async with asyncio.TaskGroup() as group:
            looking = group.create_task(self._look_after(role, role.answers, process))
            code = await process.wait()
            looking.cancel()
        return code

    async def _look_after(
        self, role: Role, answers: Callable[[], Awaitable[bool]], process: asyncio.subprocess.Process
    ) -> None:
        """Kill a role that has stopped answering; whoever waits for its end starts it again."""
        loop = asyncio.get_running_loop()
        grace_ends = loop.time() + self._start_grace_s
        silent = 0
        while silent < LOOKS:
            await asyncio.sleep(self._look_every_s)
            if await self._answered(answers):
                silent, grace_ends = 0, loop.time()
            elif loop.time() >= grace_ends:
                silent += 1
        if self._stopping.is_set():
            return
        silent_s = LOOKS * self._look_every_s
        self._report(
            f"{role.name} runs but has not answered for {silent_s:.0f} s; ending it. Its log: {self._log(role)}"
        )
        with contextlib.suppress(ProcessLookupError):
            process.kill()  # it hears nothing, so asking politely would be in vain

    async def _answered(self, answers: Callable[[], Awaitable[bool]]) -> bool:
        try:
            async with asyncio.timeout(self._look_every_s):
                return await answers()
        except (OSError, TimeoutError):
            return False

    async def restart(self, names: list[str]) -> None:
        """End the named roles politely; `run` starts them again."""
        for name in names:
            process = self._running.get(name)
            if process and process.returncode is None:
                process.terminate()

    async def stop(self) -> None:
        """Ask every role to end; after a grace period, make it."""
        self._stopping.set()
        alive = [p for p in self._running.values() if p.returncode is None]
        for process in alive:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
        if not alive:
            return
        waits = [asyncio.ensure_future(p.wait()) for p in alive]  # noqa: TID251 -- held until the next line
        _, late = await asyncio.wait(waits, timeout=STOP_GRACE_S)
        if late:
            for process in alive:
                if process.returncode is None:
                    process.kill()
            await asyncio.wait(late)


def _die_with_parent() -> None:
    """Let a child end when its supervisor is killed, so that a new start finds the ports free."""
    import ctypes

    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
