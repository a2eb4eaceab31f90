"""Turns at something only a few can do at once: the companies that wait get theirs one after the other."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

MOST_WAITING = 20  # of one company


class LineFull(Exception):
    """A company has as many waiting as it may."""


class Turns:
    """A semaphore that is fair between companies: however many one of them asks for, each is next in its turn."""

    def __init__(self, at_once: int, most_waiting: int = MOST_WAITING) -> None:
        self._free = at_once
        self._most_waiting = most_waiting
        self._lines: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def of(self, tenant_id: str) -> AsyncIterator[None]:
        """Hold a turn. Raises LineFull."""
        await self.take(tenant_id)
        try:
            yield
        finally:
            self.give_back()

    async def take(self, tenant_id: str) -> None:
        """Wait for a turn, to be given back. Raises LineFull."""
        if self._free:
            self._free -= 1
            return
        line = self._lines.setdefault(tenant_id, deque())
        if len(line) >= self._most_waiting:
            raise LineFull(tenant_id)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        line.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn in line:
                line.remove(turn)
                if not line and self._lines.get(tenant_id) is line:
                    del self._lines[tenant_id]
            elif not turn.cancelled():
                self.give_back()  # it came at the very moment at which it was given up
            raise

    def give_back(self) -> None:
        """Let the company that has waited longest since its last turn go on."""
        while self._lines:
            tenant_id, line = self._lines.popitem(last=False)
            turn = line.popleft()
            if line:
                self._lines[tenant_id] = line  # behind the others
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
