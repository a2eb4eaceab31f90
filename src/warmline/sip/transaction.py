"""What transactions are told and what they wish (RFC 3261, 17; RFC 6026): pure machines, time is an argument."""

from abc import ABC, abstractmethod
from typing import ClassVar, Literal

from msgspec import Struct

from warmline.sip.message import Message, Request, Response
from warmline.sip.timers_sip import Deadlines, Times

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


State = Literal["calling", "trying", "proceeding", "accepted", "completed", "confirmed", "terminated"]


class Transaction(ABC):
    """One transaction: its deadlines, what becomes of it when nothing can be sent any more, and its end."""

    NEEDS_WIRE: ClassVar[frozenset[State]]
    """In these states a message that cannot be sent ends it, and our side is told."""

    def __init__(self, request: Request, times: Times, state: State, *, reliable: bool) -> None:
        self.request = request
        self.state: State = state
        self._times = times
        self._reliable = reliable
        self._deadlines = Deadlines()

    def next_deadline(self) -> float | None:
        return self._deadlines.next()

    def handle(self, event: Event, now_s: float) -> list[Action]:
        """What is to be done, in order; nothing comes after `Over`."""
        if self.state == "terminated":
            return []
        match event:
            case Tick():
                return self._ticked(now_s)
            case CannotSend() if self.state in self.NEEDS_WIRE:
                return [Fault("transport"), *self._end()]
            case _:
                return self._told(event, now_s)

    @abstractmethod
    def _told(self, event: Event, now_s: float) -> list[Action]: ...

    @abstractmethod
    def _due(self, name: str, now_s: float) -> list[Action]: ...

    def _ticked(self, now_s: float) -> list[Action]:
        actions: list[Action] = []
        for name in self._deadlines.due(now_s):
            actions += self._due(name, now_s)
            if self.state == "terminated":
                break  # whoever wakes late finds more than one deadline passed
        return actions

    def _end(self) -> list[Action]:
        self.state = "terminated"
        self._deadlines.clear_all()
        return [Over()]
