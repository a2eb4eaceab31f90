"""The end of a turn of the event loop: what a socket was given during the turn leaves in one system call."""

import asyncio
from typing import Protocol


class Flushes(Protocol):
    """Something that holds frames back until the turn ends."""

    def flush(self) -> None:
        """Send what is held back. Must not raise for a client that is gone."""
        ...


class Turn:
    """Shared by all sockets of a server. A system call costs more than everything else in sending a frame."""

    __slots__ = ("_waiting",)

    def __init__(self) -> None:
        self._waiting: list[Flushes] = []

    def end_with(self, one: Flushes) -> None:
        """Flush `one` when those callbacks have run that are due already."""
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self._end)
        self._waiting.append(one)

    def _end(self) -> None:
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            one.flush()
