"""What a socket server and the sessions on it promise each other; neither knows the other's framework."""

from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec import Struct


class Opening(Struct, frozen=True):
    """The request that opened a socket."""

    path: str
    origin: str | None
    host: str
    address: str  # of the client, as far as it can be trusted
    cookie: str | None = None
    user_agent: str | None = None


class Wire(Protocol):
    """The server's end of one socket."""

    def send(self, frame: bytes) -> None:
        """Send one text frame, or keep it while the client is slow; too much kept cuts the client."""
        ...

    def send_all(self, frames: Sequence[bytes]) -> None:
        """Send several frames together."""
        ...

    def close(self, code: int, reason: str, retry_after_ms: int | None = None) -> None:
        """Say `bye` and close."""
        ...


class Session(Protocol):
    """What a socket is for. Calls return at once; work happens in tasks the session owns."""

    @property
    def silence_s(self) -> float:
        """How long the client may send nothing before `on_silence`."""
        ...

    def on_frame(self, data: bytes) -> None: ...

    def on_silence(self) -> None: ...

    def on_closed(self) -> None: ...


OpenSession = Callable[[Opening, Wire], Session]
AllowOrigin = Callable[[Opening], bool]


class Route(Struct, frozen=True):
    """A path, who may open it, and what then happens."""

    path: str
    allow: AllowOrigin
    open: OpenSession


# Close codes of the protocols in docs/protocol.
MALFORMED = 4001
REFUSED = 4003
TOO_SLOW = 4008
REPLACED = 4009
RESTARTING = 4012
TOO_MANY = 4029
