"""What one call is told, one thing after the other: by its lines, its audio, its contact, and by people."""

import asyncio
import logging

from warmline.channels.voice import inputs as i
from warmline.channels.voice.state import CallState
from warmline.kernel.errors import Refused
from warmline.ports.calls import NOT_RUNNING

LOG = logging.getLogger(__name__)
INBOX = 512

Job = tuple[i.Input, asyncio.Future[None] | None]


class Inbox:
    """The inputs that wait for their turn. It does not know the call's session.

    Everything that tells a call something holds its inbox, and the session holds all of them: were they to hold
    the session, an ended call would be a knot that only the garbage collector unties, which rarely looks.
    """

    def __init__(self, state: CallState) -> None:
        self._state = state
        self._jobs: asyncio.Queue[Job] = asyncio.Queue(INBOX)
        self._overflowed = False
        self._urgent: i.Input | None = None  # goes before what waits

    def put(self, event: i.Input) -> None:
        """Take an input; what overflows a call that no longer keeps up ends it, as a fault of ours."""
        self._put(event, None)

    async def ask(self, event: i.Input) -> None:
        """Take an input and wait until it has been followed. Raises Refused."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if self._state.phase == "over" or not self._put(event, done):
            raise Refused(NOT_RUNNING)
        try:
            await done
        finally:
            del done  # its refusal knows this frame: they would hold each other, and all who asked

    def _put(self, event: i.Input, done: asyncio.Future[None] | None) -> bool:
        try:
            self._jobs.put_nowait((event, done))
        except asyncio.QueueFull:
            if not self._overflowed and self._state.phase != "over":
                LOG.error("Call %s does not keep up with what happens: it is ended", self._state.id)
                self._overflowed, self._urgent = True, i.LineClosed("system", 41)
            return False
        return True

    async def next(self, due_s: float | None) -> Job:
        """Wait for what is to be taken next; at `due_s` (of the loop's clock) that is a Tick."""
        if self._urgent is not None:
            event, self._urgent = self._urgent, None
            return event, None
        job: Job = (i.Tick(), None)
        try:
            async with asyncio.timeout_at(due_s):
                job = await self._jobs.get()
        except TimeoutError:
            pass
        return job

    def rest(self) -> i.Input | None:
        """Return what came behind the end of the call, if anything; who waits for it is refused."""
        if self._jobs.empty():
            return None
        event, done = self._jobs.get_nowait()
        if done is not None and not done.done():
            done.set_exception(Refused(NOT_RUNNING))
        return event
