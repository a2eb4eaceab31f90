"""What the parts of a session share: the dialog, what goes out, the deadlines."""

from collections.abc import Callable

from msgspec import Struct

from warmline.ports.telephone import CallEnd
from warmline.sip.builder import response_to
from warmline.sip.dialog import Dialog, Local, NewToken
from warmline.sip.message import Request, Response
from warmline.sip.offer_answer import ACCEPTED, SDP, OfferState
from warmline.sip.session_timer import SessionTimer
from warmline.sip.session_wishes import Ended, Respond, SendRequest, Wish
from warmline.sip.timers_sip import Deadlines, Times

ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, REFER, NOTIFY"
SUPPORTED = "100rel, replaces, timer"
EXTENSIONS = frozenset({"100rel", "replaces", "timer"})
Authorize = Callable[[Request, Response], tuple[str, str] | None]
"""Answers a challenge: the name and value of the header that does, None when it cannot."""


class Manners(Struct, frozen=True):
    """What a session is given: times, randomness, and how to answer a challenge."""

    token: NewToken
    random: Callable[[], float]  # 0 <= x < 1
    times: Times = Times()
    authorize: Authorize | None = None
    agent: str = "Warmline"
    ring_most_s: float = 180.0
    answer_offer_s: float = 20.0  # how long our side may think about a new offer


class Core:
    """One call's common ground."""

    def __init__(self, me: Local, manners: Manners) -> None:
        self.me = me
        self.manners = manners
        self.times = manners.times
        self.dialog: Dialog | None = None
        self.out: list[Wish] = []
        self.deadlines = Deadlines()
        self.offers = OfferState()
        self.timer = SessionTimer()
        self.ended: CallEnd | None = None
        self.their_allow: frozenset[str] = frozenset()
        self._authorized: set[tuple[int, str]] = set()

    def take(self) -> list[Wish]:
        out, self.out = self.out, []
        return out

    def dress(self, request: Request) -> Request:
        """Add what every request of a session says about us."""
        headers = request.headers
        if request.method in ("INVITE", "UPDATE"):
            headers.set("Allow", ALLOW)
            headers.set("Supported", SUPPORTED)
            self.timer.offer(request)
        headers.set("User-Agent", self.manners.agent)
        return request

    def build(
        self, method: str, *, sdp: str | None = None, body: bytes = b"", content_type: str | None = None
    ) -> Request:
        """The next request of the dialog, not sent yet."""
        if self.dialog is None:
            raise RuntimeError("There is no dialog yet.")
        if sdp is not None:
            body, content_type = sdp.encode(), SDP
        return self.dress(self.dialog.request(method, self.manners.token(), body=body, content_type=content_type))

    def send(self, request: Request) -> Request:
        self.out.append(SendRequest(request))
        return request

    def answer(
        self, request: Request, status: int, *, sdp: str | None = None, headers: dict[str, str] | None = None
    ) -> Response:
        """Respond to a request of theirs."""
        tag = None if self.dialog is None else self.dialog.local.tag
        response = response_to(
            request,
            status,
            to_tag=tag,
            body=b"" if sdp is None else sdp.encode(),
            content_type=None if sdp is None else SDP,
        )
        method = request.method
        if status > 100 and method in ("INVITE", "UPDATE", "REFER") and status < 300:
            response.headers.set("Contact", self.me.contact)
        if status == 405 or (status < 300 and method in ("INVITE", "UPDATE", "OPTIONS") and status != 100):
            response.headers.set("Allow", ALLOW)
        if 200 <= status < 300 and method in ("INVITE", "UPDATE", "OPTIONS"):
            response.headers.set("Supported", SUPPORTED)
        if status == 415:
            response.headers.set("Accept", ACCEPTED)
        response.headers.set("Server", self.manners.agent)
        for name, value in (headers or {}).items():
            response.headers.set(name, value)
        self.out.append(Respond(request, response))
        return response

    def authorized(self, request: Request, response: Response) -> tuple[str, str] | None:
        """The credentials for a challenge, once for each number and header: a second challenge is a refusal."""
        if self.manners.authorize is None:
            return None
        key = (request.headers.cseq.number, request.method)
        if ("Authorization" in request.headers or "Proxy-Authorization" in request.headers) and (
            "stale=true" not in (response.headers.get("WWW-Authenticate") or "").lower()
            and "stale=true" not in (response.headers.get("Proxy-Authenticate") or "").lower()
        ):
            return None
        if key in self._authorized or len(self._authorized) > 50:
            return None
        self._authorized.add(key)
        return self.manners.authorize(request, response)

    def end(self, end: CallEnd) -> None:
        """Tell the end, once."""
        if self.ended is None:
            self.ended = end
            self.timer.stop()
            self.out.append(Ended(end))
