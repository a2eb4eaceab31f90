"""Server transactions (RFC 3261, 17.2; the state `accepted` from RFC 6026)."""

from typing import ClassVar

from warmline.sip.message import Request, Response
from warmline.sip.timers_sip import Repeat, Times
from warmline.sip.transaction import Action, Event, Fault, Heard, Pass, Reply, Send, Started, State, Transaction


class InviteServer(Transaction):
    """Answers an INVITE. A 2xx is repeated by the session, not here; a refusal is repeated here until its ACK."""

    NEEDS_WIRE: ClassVar[frozenset[State]] = frozenset({"proceeding", "completed"})

    def __init__(self, request: Request, times: Times, *, reliable: bool) -> None:
        super().__init__(request, times, "proceeding", reliable=reliable)
        self._repeat = Repeat(times)
        self._last: Response | None = None

    def _told(self, event: Event, now_s: float) -> list[Action]:
        match event:
            case Started():
                return [Pass(self.request)]
            case Heard(message=Request(method="INVITE")):
                again = self.state in ("proceeding", "completed") and self._last is not None
                return [Send(self._last)] if again and self._last is not None else []
            case Heard(message=Request(method="ACK") as ack):
                return self._acknowledged(ack, now_s)
            case Reply(response=response):
                return self._reply(response, now_s)
            case _:
                return []

    def _reply(self, response: Response, now_s: float) -> list[Action]:
        if self.state == "accepted" and 200 <= response.status < 300:
            return [Send(response)]
        if self.state != "proceeding":
            return []
        self._last = response
        if response.status < 200:
            return [Send(response)]
        if response.status < 300:
            self.state = "accepted"
            self._deadlines.set("L", now_s + self._times.long)
            return [Send(response)]
        self.state = "completed"
        if not self._reliable:
            self._deadlines.set("G", now_s + self._times.t1)
        self._deadlines.set("H", now_s + self._times.long)
        return [Send(response)]

    def _acknowledged(self, ack: Request, now_s: float) -> list[Action]:
        if self.state == "accepted":
            return [Pass(ack)]  # some send the ACK of a 2xx with the INVITE's branch
        if self.state != "completed":
            return []
        self._deadlines.clear_all()
        if self._reliable:
            return self._end()
        self.state = "confirmed"
        self._deadlines.set("I", now_s + self._times.t4)
        return []

    def _due(self, name: str, now_s: float) -> list[Action]:
        if name == "G" and self._last is not None:
            self._deadlines.set("G", self._repeat.later(now_s, self._times.t2))
            return [Send(self._last)]
        if name == "H":
            return [Fault("timeout"), *self._end()]
        return self._end()  # I, L


class NonInviteServer(Transaction):
    """Answers any other request, and the same again to its repetitions."""

    NEEDS_WIRE: ClassVar[frozenset[State]] = frozenset({"trying", "proceeding", "completed"})

    def __init__(self, request: Request, times: Times, *, reliable: bool) -> None:
        super().__init__(request, times, "trying", reliable=reliable)
        self._last: Response | None = None

    def _told(self, event: Event, now_s: float) -> list[Action]:
        match event:
            case Started():
                self._deadlines.set("unanswered", now_s + self._times.long)
                return [Pass(self.request)]
            case Heard(message=Request()):
                return [Send(self._last)] if self._last is not None else []
            case Reply(response=response) if self.state in ("trying", "proceeding"):
                return self._reply(response, now_s)
            case _:
                return []

    def _reply(self, response: Response, now_s: float) -> list[Action]:
        self._last = response
        if response.status < 200:
            self.state = "proceeding"
            return [Send(response)]
        self._deadlines.clear_all()
        if self._reliable:
            return [Send(response), *self._end()]
        self.state = "completed"
        self._deadlines.set("J", now_s + self._times.long)
        return [Send(response)]

    def _due(self, name: str, now_s: float) -> list[Action]:
        return self._end()  # unanswered, J
