"""Work that may wait a few milliseconds for company, because many pieces together cost little more than one."""

import asyncio
import time
from collections.abc import Callable

EVERY_S = 0.004
AT_MOST = 64  # so many need no more company


class Gather:
    """When it is quiet work begins at once; pieces that follow each other begin together, every `every_s`."""

    __slots__ = ("_at_most", "_began_at_s", "_every_s", "_timer", "_waiting")

    def __init__(self, *, every_s: float = EVERY_S, at_most: int = AT_MOST) -> None:
        self._every_s = every_s
        self._at_most = at_most
        self._began_at_s = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._waiting: list[Callable[[], None]] = []

    def put(self, begin: Callable[[], None]) -> None:
        """Call `begin` now or soon, in the order it came. It must not raise."""
        self._waiting.append(begin)
        if self._timer is None:
            wait_s = self._began_at_s + self._every_s - time.monotonic()
            if wait_s <= 0:
                self.flush()
            else:
                self._timer = asyncio.get_running_loop().call_later(wait_s, self.flush)
        elif len(self._waiting) >= self._at_most:
            self.flush()

    def flush(self) -> None:
        """Begin everything that waits: something urgent must not overtake it."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self._waiting:
            return
        self._began_at_s = time.monotonic()
        waiting, self._waiting = self._waiting, []
        for begin in waiting:
            begin()
