"""A desk's socket lives no longer than its session: signing out, a new password or leaving ends it, too.

The session is looked up again when the desk says something and the last look is a few seconds old; a desk pings,
so that an idle one is found as well. An open desk counts as use of the session.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from warmline.features.desk.frames import ENCODER
from warmline.kernel.errors import CATALOGUE, SIGN_IN
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.identity import AgentIdentity
from warmline.ports.socket import REFUSED, Opening, Session, Wire

LOG = logging.getLogger(__name__)
AGAIN_S = 3.0
HELD_AT_MOST = 256

Authenticate = Callable[[str | None, str | None], Awaitable[AgentIdentity | None]]


class VouchedDesk:
    """Implements `warmline.ports.socket.Session` around a desk that has just been opened."""

    __slots__ = (
        "_again_s", "_authenticate", "_desk", "_gone", "_held", "_looking", "_opening", "_tasks", "_vouched_s",
        "_wire",
    )  # fmt: skip

    def __init__(
        self,
        desk: Session,
        authenticate: Authenticate,
        tasks: TaskRegistry,
        opening: Opening,
        wire: Wire,
        *,
        again_s: float = AGAIN_S,
    ) -> None:
        self._desk = desk
        self._authenticate = authenticate
        self._tasks = tasks
        self._opening = opening
        self._wire = wire
        self._again_s = again_s
        self._vouched_s = asyncio.get_running_loop().time()  # the desk's own hello looks the session up
        self._looking = False
        self._gone = False
        self._held: list[bytes] = []

    @property
    def silence_s(self) -> float:
        return self._desk.silence_s

    def on_frame(self, data: bytes) -> None:
        if self._gone:
            return
        if not self._looking:
            if asyncio.get_running_loop().time() - self._vouched_s < self._again_s:
                self._desk.on_frame(data)
                return
            self._looking = True
            self._tasks.spawn("desk.vouch", self._look())
        if len(self._held) >= HELD_AT_MOST:
            self._gone = True
            self._wire.close(1013, "busy", 1_000)
            return
        self._held.append(data)

    def on_silence(self) -> None:
        self._desk.on_silence()

    def on_closed(self) -> None:
        self._gone = True
        self._desk.on_closed()

    async def _look(self) -> None:
        try:
            agent = await self._authenticate(self._opening.cookie, self._opening.origin)
        except Exception as failure:  # the database is away: so is everything a frame could ask for
            LOG.warning("A desk's session could not be looked up: %r", failure)
        else:
            if agent is None and not self._gone:
                self._send_home()
        self._vouched_s = asyncio.get_running_loop().time()
        self._looking = False
        held, self._held = self._held, []
        for data in held:
            if not self._gone:
                self._desk.on_frame(data)

    def _send_home(self) -> None:
        self._gone = True
        spec = CATALOGUE[SIGN_IN]
        frame = {"t": "error", "code": SIGN_IN, "text": spec.text, "fix": spec.fix, "details": {}}
        self._wire.send(ENCODER.encode(frame))
        self._wire.close(REFUSED, "sign_in")
