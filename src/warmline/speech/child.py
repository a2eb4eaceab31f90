"""A speech engine in a process of its own, kept warm: its memory and its interpreter lock stay out of calls."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator, Awaitable, Sequence
from contextlib import aclosing, suppress
from typing import TypeVar

import msgspec

from warmline.kernel.errors import ProviderFailed
from warmline.speech.frames import AUDIO, END, FAILED, HEADER, JSON, LARGEST, frame

T = TypeVar("T")
MOST_WAITING = 16
_GRACE_S = 2.0


class Child:
    """One process, started on first use and kept; one request at a time, a bounded number waiting.

    A request that is given up half-way ends the process, and the next one starts another: no engine can be
    asked to stop. `time_limit_s` covers one request; `start_limit_s` is added for the first of a process.
    """

    def __init__(
        self, name: str, command: Sequence[str], *, time_limit_s: float = 30.0, start_limit_s: float = 60.0
    ) -> None:
        self.name = name
        self._command = tuple(command)
        self._time_limit_s = time_limit_s
        self._start_limit_s = start_limit_s
        self._lock = asyncio.Lock()
        self._waiting = 0
        self._process: Process | None = None

    @property
    def pid(self) -> int | None:
        """The running process, None when there is none."""
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    async def ask(
        self, request: dict[str, object], audio: bytes = b""
    ) -> AsyncGenerator[bytes | dict[str, object], None]:
        """Yield the parts of the answer. Raises ProviderFailed. Close the generator to give up (`aclosing`)."""
        if self._waiting >= MOST_WAITING:
            raise ProviderFailed(f"The speech engine {self.name} has too much to do.", retryable=True)
        self._waiting += 1
        try:
            async with self._lock, aclosing(self._ask(request, audio)) as parts:
                async for part in parts:
                    yield part
        finally:
            self._waiting -= 1

    async def _ask(
        self, request: dict[str, object], audio: bytes
    ) -> AsyncGenerator[bytes | dict[str, object], None]:
        whole = False
        try:
            fresh = self.pid is None
            limit_s = self._time_limit_s + (self._start_limit_s if fresh else 0.0)
            if fresh:
                await self._start()
            deadline = asyncio.get_running_loop().time() + limit_s
            await self._within(deadline, self._send(request, audio))
            while True:
                kind, content = await self._within(deadline, self._receive())
                if kind == AUDIO:
                    yield content
                elif kind == JSON:
                    yield msgspec.json.decode(content, type=dict[str, object])
                elif kind == FAILED:
                    whole = True
                    raise ProviderFailed(
                        f"The speech engine {self.name} failed: {content.decode(errors='replace')}.",
                        retryable=False,
                    )
                elif kind == END:
                    whole = True
                    return
        finally:
            if not whole:
                await self.close()

    async def _within(self, deadline: float, work: Awaitable[T]) -> T:
        try:
            return await within(deadline, work, f"The speech engine {self.name}")
        except (OSError, EOFError):
            raise ProviderFailed(f"The speech engine {self.name} ended unexpectedly.", retryable=True) from None

    async def _start(self) -> None:
        try:
            self._process = await asyncio.create_subprocess_exec(
                *self._command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=True,
                env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"},
            )  # fmt: skip
        except OSError:
            raise ProviderFailed(f"The speech engine {self.name} cannot be started.", retryable=False) from None

    async def _send(self, request: dict[str, object], audio: bytes) -> None:
        assert self._process is not None  # noqa: S101 -- started above
        assert self._process.stdin is not None  # noqa: S101
        self._process.stdin.write(frame(JSON, msgspec.json.encode(request)) + frame(AUDIO, audio))
        await self._process.stdin.drain()

    async def _receive(self) -> tuple[bytes, bytes]:
        assert self._process is not None  # noqa: S101 -- started above
        assert self._process.stdout is not None  # noqa: S101
        length, kind = HEADER.unpack(await self._process.stdout.readexactly(HEADER.size))
        if length > LARGEST:
            raise EOFError
        return kind, await self._process.stdout.readexactly(length)

    async def close(self) -> None:
        """End the process, at once."""
        process, self._process = self._process, None
        if process is not None:
            await end(process)


def own_module(module: str, *arguments: str) -> tuple[str, ...]:
    """The command that runs one of our modules in a process of its own."""
    return (sys.executable, "-m", module, *arguments)


async def end(process: Process) -> None:
    """Kill a process and take it off the table; a cancelled caller leaves nothing behind, either.

    What it still had to say is read and dropped: a pipe whose reader was slow is not watched, and stays open else.
    """
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
    if process.stdin is not None:
        process.stdin.close()
    with suppress(TimeoutError, OSError):
        await asyncio.wait_for(process.communicate(), _GRACE_S)


async def within(deadline: float, work: Awaitable[T], who: str) -> T:
    """Wait for `work` until `deadline` (the loop's clock). Raises ProviderFailed."""
    try:
        return await asyncio.wait_for(work, max(0.001, deadline - asyncio.get_running_loop().time()))
    except TimeoutError:
        raise ProviderFailed(f"{who} took too long.", retryable=True) from None
