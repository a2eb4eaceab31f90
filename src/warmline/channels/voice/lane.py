"""What a call tells its contact, one after the other and each until it is written, however long that takes."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable

from warmline.domain.contact.commands import AnyCommand
from warmline.kernel.errors import Refused
from warmline.runtime.commit_store import UNAVAILABLE, connection_is_lost

LOG = logging.getLogger(__name__)
WAITING_AT_MOST = 500
AGAIN_S = 0.5

Give = Callable[[AnyCommand], Awaitable[object]]


class Lane:
    """Commands of one call. Begin it when the contact is known; `done` when everything given so far is written."""

    def __init__(self) -> None:
        self._waiting: deque[AnyCommand] = deque()
        self._news = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()

    def put(self, command: AnyCommand) -> None:
        """Add a command; behind too many, the oldest give way (the database has been away for very long)."""
        if len(self._waiting) >= WAITING_AT_MOST:
            self._waiting.popleft()
        self._waiting.append(command)
        self._idle.clear()
        self._news.set()

    async def done(self) -> None:
        """Wait until nothing is left to write."""
        await self._idle.wait()

    async def run(self, give: Give) -> None:
        """Write what is waiting, forever."""
        while True:
            while self._waiting:
                command = self._waiting[0]
                try:
                    await give(command)
                except Refused as refused:
                    if refused.code == UNAVAILABLE:
                        await asyncio.sleep(AGAIN_S)
                        continue
                    LOG.info("A call's %s was refused: %s", type(command).__name__, refused.code)
                except Exception as failure:
                    if not connection_is_lost(failure):
                        LOG.exception("A call's %s failed", type(command).__name__)
                    else:
                        await asyncio.sleep(AGAIN_S)
                        continue
                if self._waiting and self._waiting[0] is command:
                    self._waiting.popleft()
            self._idle.set()
            self._news.clear()
            await self._news.wait()
