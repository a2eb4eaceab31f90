"""Answers a session repeats: 2xx until their ACK (RFC 3261, 13.3.1.4), reliable 1xx until PRACK (RFC 3262)."""

from typing import Literal

from warmline.sip.grammar import BadValue, read_number
from warmline.sip.message import Request, Response
from warmline.sip.session_wishes import Respond, Wish
from warmline.sip.timers_sip import Deadlines, Repeat, Times


class Repeated:
    """One response that is said again until it is confirmed, or 64*T1 have passed."""

    def __init__(self, times: Times, *, capped: bool) -> None:
        self._times = times
        self._capped = capped  # at T2: a 2xx; a reliable provisional doubles on
        self._deadlines = Deadlines()
        self._repeat = Repeat(times)
        self.request: Request | None = None
        self.response: Response | None = None

    def begin(self, request: Request, response: Response, now_s: float) -> None:
        self.request = request
        self.response = response
        self._repeat = Repeat(self._times)
        self._deadlines.set("again", now_s + self._times.t1)
        self._deadlines.set("lost", now_s + self._times.long)

    def stop(self) -> None:
        self.request = self.response = None
        self._deadlines.clear_all()

    @property
    def running(self) -> bool:
        return self.request is not None

    def next_deadline(self) -> float | None:
        return self._deadlines.next()

    def tick(self, now_s: float, out: list[Wish]) -> Literal["lost"] | None:
        for name in self._deadlines.due(now_s):
            if name == "lost":
                self.stop()
                return "lost"
            if self.request is not None and self.response is not None:
                out.append(Respond(self.request, self.response))
                self._deadlines.set("again", self._repeat.later(now_s, self._times.t2 if self._capped else None))
        return None


def read_rack(text: str) -> tuple[int, int, str]:
    """RSeq, CSeq number and method that a PRACK acknowledges. Raises BadValue."""
    parts = text.split()
    if len(parts) != 3:
        raise BadValue("malformed RAck")
    return read_number(parts[0], 2**32 - 1), read_number(parts[1], 2**32 - 1), parts[2]


def read_rseq(response: Response) -> int | None:
    """RSeq of a reliable provisional, None when it is not one."""
    try:
        if "100rel" not in response.headers.require:
            return None
        return response.headers.maybe("rseq", lambda text: read_number(text, 2**32 - 1))
    except BadValue:
        return None
