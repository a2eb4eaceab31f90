"""The controller's end of the control socket to one worker."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import cast

import msgspec
from msgspec.structs import replace

from warmline.kernel.errors import CATALOGUE, Refused
from warmline.media import messages as m
from warmline.media.refusals import NO_WORKER, UNSUPPORTED
from warmline.ports.media import MediaEvent

ANSWER_S = 2.0
WAITING_AT_MOST = 2000
RECONNECT_S = 5.0


class WorkerLink:
    """Asks and is told. One connection at a time; `reconnect` after it broke."""

    def __init__(self, told: Callable[[str, MediaEvent], None]) -> None:
        self._told = told
        self._protocol: _Protocol | None = None
        self._waiting: dict[int, asyncio.Future[bytes]] = {}
        self._next = 0

    @staticmethod
    async def connect(path: Path, told: Callable[[str, MediaEvent], None]) -> "WorkerLink":
        """Connect and say hello. Raises OSError."""
        link = WorkerLink(told)
        await link._open(path)
        return link

    async def _open(self, path: Path) -> None:
        loop = asyncio.get_running_loop()
        _, self._protocol = await loop.create_unix_connection(lambda: _Protocol(self), str(path))
        await self.ask(m.Hello(id=0))

    @property
    def alive(self) -> bool:
        return self._protocol is not None and not self._protocol.lost.done()

    async def closed(self) -> None:
        """Wait until the connection is lost."""
        if self._protocol is not None:
            await asyncio.shield(self._protocol.lost)

    async def reconnect(self, path: Path, gone: Callable[[], bool] = lambda: False) -> None:
        """Connect again to a worker that still runs. Raises TimeoutError, at once when it is `gone`."""
        async with asyncio.timeout(RECONNECT_S):
            while True:
                if gone():
                    raise TimeoutError
                try:
                    await self._open(path)
                except (OSError, Refused):
                    await asyncio.sleep(0.02)
                else:
                    return

    async def ask(self, command: m.AnyCommand) -> bytes:
        """Send a command; return its answer as JSON. Raises Refused, the worker's or `media.no_worker`."""
        protocol = self._protocol
        if protocol is None or protocol.lost.done() or len(self._waiting) >= WAITING_AT_MOST:
            raise Refused(NO_WORKER)
        self._next += 1
        number = self._next
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        try:
            protocol.write(m.framed(replace(command, id=number)))
            async with asyncio.timeout(ANSWER_S):
                return await answer
        except TimeoutError:
            raise Refused(NO_WORKER) from None
        finally:
            self._waiting.pop(number, None)
            del answer  # its refusal knows this frame: they would hold each other, and all who asked

    def take(self, message: bytes) -> None:
        """Take one message of the worker."""
        said = m.FROM_WORKER.decode(message)
        if said.event is not None and said.call is not None:
            self._told(said.call, said.event)
            return
        answer = self._waiting.get(said.id or 0)
        if answer is None or answer.done():
            return
        if said.error is None:
            answer.set_result(bytes(said.ok))
        else:
            code = said.error if said.error in CATALOGUE else UNSUPPORTED
            answer.set_exception(Refused(code, **said.details))

    def lose(self) -> None:
        """The connection broke: nobody waits for an answer any more."""
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(Refused(NO_WORKER))

    def give_up(self) -> None:
        """Close for good."""
        if self._protocol is not None and self._protocol.transport is not None:
            self._protocol.transport.abort()


class _Protocol(asyncio.Protocol):
    def __init__(self, link: WorkerLink) -> None:
        self._link = link
        self._buffer = bytearray()
        self.transport: asyncio.Transport | None = None
        self.lost: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def write(self, data: bytes) -> None:
        if self.transport is not None:
            self.transport.write(data)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        try:
            for message in m.taken(self._buffer):
                self._link.take(message)
        except (ValueError, msgspec.MsgspecError):
            if self.transport is not None:
                self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._link.lose()
        if not self.lost.done():
            self.lost.set_result(None)
