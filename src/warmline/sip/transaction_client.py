"""Client transactions (RFC 3261, 17.1; the state `accepted` from RFC 6026)."""

from typing import ClassVar

from warmline.sip.builder import ack_of
from warmline.sip.message import Request, Response
from warmline.sip.timers_sip import Repeat, Times
from warmline.sip.transaction import (
    Action,
    CannotSend,
    Event,
    Fault,
    Heard,
    Pass,
    Send,
    Started,
    State,
    Transaction,
)


class InviteClient(Transaction):
    """Sends an INVITE until somebody answers; acknowledges refusals itself. The ACK of a 2xx is the session's."""

    NEEDS_WIRE: ClassVar[frozenset[State]] = frozenset({"calling", "proceeding"})

    def __init__(self, request: Request, times: Times, *, reliable: bool) -> None:
        super().__init__(request, times, "calling", reliable=reliable)
        self._repeat = Repeat(times)
        self._ack: Request | None = None

    def cancelled(self, now_s: float) -> None:
        """A CANCEL went out: whoever does not answer within 64*T1 is not waited for (RFC 3261, 9.1)."""
        if self.state in ("calling", "proceeding"):
            self._deadlines.set("cancelled", now_s + self._times.long)

    def _told(self, event: Event, now_s: float) -> list[Action]:
        match event:
            case Started():
                if not self._reliable:
                    self._deadlines.set("A", now_s + self._times.t1)
                self._deadlines.set("B", now_s + self._times.long)
                return [Send(self.request)]
            case Heard(message=Response() as response):
                return self._answered(response, now_s)
            case CannotSend() if self.state == "completed":
                return self._end()  # the answer is known; only its ACK is lost
            case _:
                return []

    def _answered(self, response: Response, now_s: float) -> list[Action]:
        status = response.status
        if self.state in ("calling", "proceeding"):
            self._deadlines.clear("A", "B")
            if status < 200:
                self.state = "proceeding"
                return [Pass(response)]
            self._deadlines.clear("cancelled")
            if status < 300:
                self.state = "accepted"
                self._deadlines.set("M", now_s + self._times.long)
                return [Pass(response)]
            self._ack = ack_of(self.request, response)
            actions: list[Action] = [Pass(response), Send(self._ack)]
            if self._reliable:
                return [*actions, *self._end()]
            self.state = "completed"
            self._deadlines.set("D", now_s + self._times.d)
            return actions
        if self.state == "accepted" and 200 <= status < 300:
            return [Pass(response)]
        if self.state == "completed" and status >= 300 and self._ack is not None:
            return [Send(self._ack)]
        return []

    def _due(self, name: str, now_s: float) -> list[Action]:
        if name == "A":
            self._deadlines.set("A", self._repeat.later(now_s))
            return [Send(self.request)]
        if name in ("B", "cancelled"):
            return [Fault("timeout"), *self._end()]
        return self._end()  # D, M


class NonInviteClient(Transaction):
    """Sends any other request until it is answered for good."""

    NEEDS_WIRE: ClassVar[frozenset[State]] = frozenset({"trying", "proceeding"})

    def __init__(self, request: Request, times: Times, *, reliable: bool) -> None:
        super().__init__(request, times, "trying", reliable=reliable)
        self._repeat = Repeat(times)

    def _told(self, event: Event, now_s: float) -> list[Action]:
        match event:
            case Started():
                if not self._reliable:
                    self._deadlines.set("E", now_s + self._times.t1)
                self._deadlines.set("F", now_s + self._times.long)
                return [Send(self.request)]
            case Heard(message=Response() as response) if self.state in ("trying", "proceeding"):
                return self._answered(response, now_s)
            case _:
                return []

    def _answered(self, response: Response, now_s: float) -> list[Action]:
        if response.status < 200:
            self.state = "proceeding"
            return [Pass(response)]
        self._deadlines.clear_all()
        if self._reliable:
            return [Pass(response), *self._end()]
        self.state = "completed"
        self._deadlines.set("K", now_s + self._times.t4)
        return [Pass(response)]

    def _due(self, name: str, now_s: float) -> list[Action]:
        if name == "E":
            gap = self._times.t2 if self.state == "proceeding" else None
            again = self._repeat.later(now_s, self._times.t2) if gap is None else now_s + gap
            self._deadlines.set("E", again)
            return [Send(self.request)]
        if name == "F":
            return [Fault("timeout"), *self._end()]
        return self._end()  # K
