"""What transactions are told and what they wish (RFC 3261, 17; RFC 6026): pure machines, time is an argument."""

from typing import Literal, Protocol

from msgspec import Struct

from warmline.sip.message import Message, Request, Response

# --- told ----------------------------------------------------------------------------------------


class Started(Struct, frozen=True):
    """The transaction begins."""


class Heard(Struct, frozen=True):
    """A message of this transaction arrived from the network."""

    message: Message


class Reply(Struct, frozen=True):
    """Our side answers (server transactions)."""

    response: Response


class Tick(Struct, frozen=True):
    """Time has passed."""


class CannotSend(Struct, frozen=True):
    """The transport failed."""


Event = Started | Heard | Reply | Tick | CannotSend

# --- wished --------------------------------------------------------------------------------------


class Send(Struct, frozen=True):
    """Put this on the wire, to the peer of the transaction."""

    message: Message


class Pass(Struct, frozen=True):
    """Tell our side of a message: a request once, a provisional, a final response."""

    message: Message


class Fault(Struct, frozen=True):
    """Nobody answered (INVITE server: nobody acknowledged), or the transport failed."""

    kind: Literal["timeout", "transport"]


class Over(Struct, frozen=True):
    """The transaction is gone; nothing comes after it."""


Action = Send | Pass | Fault | Over


class Transaction(Protocol):
    """One transaction."""

    request: Request

    @property
    def state(self) -> str: ...

    def handle(self, event: Event, now_s: float) -> list[Action]: ...

    def next_deadline(self) -> float | None: ...
