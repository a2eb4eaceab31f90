"""Server transactions (RFC 3261, 17.2; the state `accepted` from RFC 6026)."""

from typing import Literal

from warmline.sip.message import Request, Response
from warmline.sip.timers_sip import Deadlines, Repeat, Times
from warmline.sip.transaction import (
    Action,
    CannotSend,
    Event,
    Fault,
    Heard,
    Over,
    Pass,
    Reply,
    Send,
    Started,
    Tick,
)

ServerState = Literal["trying", "proceeding", "accepted", "completed", "confirmed", "terminated"]


class InviteServer:
    """Answers an INVITE. A 2xx is repeated by the session, not here; a refusal is repeated here until its ACK."""

    def __init__(self, request: Request, times: Times, *, reliable: bool) -> None:
        self.request = request
        self.state: ServerState = "proceeding"
        self._times = times
        self._reliable = reliable
        self._repeat = Repeat(times)
        self._last: Response | None = None
        self._deadlines = Deadlines()

    def next_deadline(self) -> float | None:
        return self._deadlines.next()

    def handle(self, event: Event, now_s: float) -> list[Action]:
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
            case Tick():
                return [action for name in self._deadlines.due(now_s) for action in self._due(name, now_s)]
            case CannotSend() if self.state in ("proceeding", "completed"):
                return [Fault("transport"), *self._end()]
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
        if self.state == "terminated":
            return []
        if name == "G" and self._last is not None:
            self._deadlines.set("G", self._repeat.later(now_s, self._times.t2))
            return [Send(self._last)]
        if name == "H":
            return [Fault("timeout"), *self._end()]
        return self._end()  # I, L

    def _end(self) -> list[Action]:
        if self.state == "terminated":
            return []
        self.state = "terminated"
        self._deadlines.clear_all()
        return [Over()]


class NonInviteServer:
    """Answers any other request, and the same again to its repetitions."""

    def __init__(self, request: Request, times: Times, *, reliable: bool) -> None:
        self.request = request
        self.state: ServerState = "trying"
        self._times = times
        self._reliable = reliable
        self._last: Response | None = None
        self._deadlines = Deadlines()

    def next_deadline(self) -> float | None:
        return self._deadlines.next()

    def handle(self, event: Event, now_s: float) -> list[Action]:
        match event:
            case Started():
                self._deadlines.set("unanswered", now_s + self._times.long)
                return [Pass(self.request)]
            case Heard(message=Request()):
                return [Send(self._last)] if self._last is not None and self.state != "terminated" else []
            case Reply(response=response) if self.state in ("trying", "proceeding"):
                return self._reply(response, now_s)
            case Tick():
                return self._end() if self._deadlines.due(now_s) else []
            case CannotSend() if self.state in ("trying", "proceeding", "completed"):
                return [Fault("transport"), *self._end()]
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

    def _end(self) -> list[Action]:
        if self.state == "terminated":
            return []
        self.state = "terminated"
        self._deadlines.clear_all()
        return [Over()]
