"""The SIP side of a voice node: listens, answers, dials."""

from collections.abc import Awaitable, Callable

from warmline.kernel.tasks import TaskRegistry
from warmline.ports.telephone import Call, Dialling, IncomingCall
from warmline.voice.directory import Directory
from warmline.voice.limits import Limits, Listen

Gate = Callable[[Dialling], Awaitable[Dialling]]
"""Asked before anything is sent; returns the call as it may be made, or raises Refused."""
Report = Callable[[str, str], None]
"""Told what an operator should know: a stable name, and a sentence without customer data."""


class Endpoint:
    """Implements `Telephone`. Set `on_call` before `start`."""

    def __init__(
        self,
        listen: tuple[Listen, ...],
        directory: Directory,
        gate: Gate,
        tasks: TaskRegistry,
        report: Report,
        advertised_host: str | None = None,
        limits: Limits = Limits(),  # noqa: B008 (frozen)
    ) -> None:
        self.on_call: Callable[[IncomingCall], None] | None = None
        self.on_registration: Callable[[str, bool], None] | None = None  # phone id, reachable
        self.on_trunk: Callable[[str, bool], None] | None = None  # trunk id, up

    async def start(self) -> None:
        """Bind every address of `listen`. Raises OSError when one is taken."""
        raise NotImplementedError

    async def close(self) -> None:
        """End every call (BYE, CANCEL), unregister from trunks, close the sockets."""
        raise NotImplementedError

    async def dial(self, wish: Dialling) -> Call:
        """See `Telephone.dial`."""
        raise NotImplementedError

    def drain(self) -> None:
        """See `Telephone.drain`."""
        raise NotImplementedError

    def idle(self) -> bool:
        """Whether no call is left."""
        raise NotImplementedError
