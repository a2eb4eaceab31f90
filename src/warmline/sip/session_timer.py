"""Session timers (RFC 4028): a call whose other side vanished does not stay up for ever."""

from typing import Literal

from msgspec import Struct

from warmline.sip.grammar import BadValue, read_number, read_params
from warmline.sip.message import Message, Request, Response
from warmline.sip.timers_sip import Deadlines

Refresher = Literal["uac", "uas"]
LEAST_S = 90


class Interval(Struct, frozen=True):
    seconds: int
    refresher: Refresher | None = None

    def __str__(self) -> str:
        return f"{self.seconds};refresher={self.refresher}" if self.refresher else str(self.seconds)


def read_interval(text: str) -> Interval:
    """Parse Session-Expires. Raises BadValue."""
    number, semicolon, rest = text.partition(";")
    seconds = read_number(number.strip(" \t"), 2**32 - 1)
    refresher = (read_params(f";{rest}").get("refresher") or "").lower() if semicolon else ""
    if refresher == "uac":
        return Interval(seconds, "uac")
    return Interval(seconds, "uas" if refresher == "uas" else None)


def interval_of(message: Message) -> Interval | None:
    """The Session-Expires of a message; one that cannot be read counts as absent."""
    try:
        return message.headers.maybe("session-expires", read_interval)
    except BadValue:
        return None


def least_of(message: Message) -> int:
    """Min-SE in seconds, at least 90."""
    try:
        text = message.headers.get("min-se")
        return LEAST_S if text is None else max(LEAST_S, read_number(text.partition(";")[0].strip(), 2**32 - 1))
    except BadValue:
        return LEAST_S


class SessionTimer:
    """Who refreshes, and when; or when to give the other side up."""

    def __init__(self, wanted_s: int = 1800) -> None:
        self.wanted_s = wanted_s
        self.least_s = LEAST_S
        self._interval_s: int | None = None
        self._we_refresh = False
        self._deadlines = Deadlines()

    @property
    def interval_s(self) -> int | None:
        return self._interval_s

    @property
    def we_refresh(self) -> bool:
        return self._we_refresh

    def next_deadline(self) -> float | None:
        return self._deadlines.next()

    def due(self, now_s: float) -> Literal["refresh", "expired"] | None:
        names = self._deadlines.due(now_s)
        if "expired" in names:
            return "expired"
        return "refresh" if names else None

    def stop(self) -> None:
        self._deadlines.clear_all()

    # --- their request -------------------------------------------------------------------------------

    def too_small(self, request: Request) -> bool:
        """Whether to answer 422 (they understand timers and ask for less than we bear)."""
        asked = interval_of(request)
        return asked is not None and asked.seconds < LEAST_S and "timer" in request.headers.supported

    def accept(self, request: Request, response: Response, now_s: float) -> None:
        """Agree on an interval in our 2xx to an INVITE or UPDATE of theirs."""
        asked = interval_of(request)
        able = "timer" in request.headers.supported
        least_s = least_of(request)
        seconds = max(least_s, self.wanted_s if asked is None else min(asked.seconds, max(self.wanted_s, least_s)))
        refresher: Refresher = "uas"
        if able and asked is not None and asked.refresher != "uas":
            refresher = "uac"
        response.headers.set("Session-Expires", Interval(seconds, refresher))
        if refresher == "uac":
            response.headers.add("Require", "timer")
        self._agree(seconds, refresher == "uas", now_s)

    # --- our request ---------------------------------------------------------------------------------

    def offer(self, request: Request) -> None:
        """Ask for an interval in an INVITE or UPDATE of ours."""
        seconds = max(self._interval_s or self.wanted_s, self.least_s)
        refresher: Refresher | None = None
        if self._interval_s is not None:
            refresher = "uac" if self._we_refresh else "uas"
        request.headers.set("Session-Expires", Interval(seconds, refresher))
        request.headers.set("Min-SE", self.least_s)

    def refused(self, response: Response) -> None:
        """Learn from a 422."""
        self.least_s = max(self.least_s, least_of(response))

    def agreed(self, response: Response, now_s: float) -> None:
        """Take what the 2xx to our INVITE or UPDATE says; without a word, we refresh alone."""
        said = interval_of(response)
        if said is None:
            self._agree(max(self.wanted_s, self.least_s), True, now_s)
        else:
            self._agree(max(said.seconds, LEAST_S), said.refresher != "uas", now_s)

    def alive(self, now_s: float) -> None:
        """The other side answered, if not as we wished: it is there."""
        if self._interval_s is not None:
            self._agree(self._interval_s, self._we_refresh, now_s)

    def _agree(self, seconds: int, we_refresh: bool, now_s: float) -> None:
        self._interval_s = seconds
        self._we_refresh = we_refresh
        self._deadlines.clear_all()
        if we_refresh:
            self._deadlines.set("refresh", now_s + seconds / 2)
            self._deadlines.set("expired", now_s + seconds)
        else:
            self._deadlines.set("expired", now_s + seconds - min(32.0, seconds / 3))
