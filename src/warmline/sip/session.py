"""A call once it has a dialog: what both directions have in common (RFC 3261, 12 to 15)."""

from abc import ABC, abstractmethod
from typing import Literal

from warmline.ports.telephone import CallEnd
from warmline.sip.dialog import Local, dialog_id
from warmline.sip.grammar import BadValue
from warmline.sip.message import Request, Response
from warmline.sip.offer_answer import UnsupportedBody, digits_of, sdp_of
from warmline.sip.reason import read_reason, reason_header
from warmline.sip.session_core import EXTENSIONS, Core, Manners
from warmline.sip.session_offers import Offers
from warmline.sip.session_refer import Refers
from warmline.sip.session_repeat import Repeated
from warmline.sip.session_wishes import Acknowledged, Gone, Pressed, Wish

State = Literal["early", "answered", "up", "leaving", "gone"]
"""answered: our 200 waits for its ACK. leaving: the call is over, the last messages are under way."""


class Session(ABC):
    """One call. Every method takes the time and returns what is to be done, in order."""

    def __init__(self, me: Local, tag: str, manners: Manners, *, owns_call_id: bool) -> None:
        self.tag = tag  # ours
        self.core = Core(me, manners)
        self.state: State = "early"
        self._confirming = Repeated(manners.times, capped=True)
        self.offers = Offers(self.core, self._confirming, owns_call_id=owns_call_id)
        self.refers = Refers(self.core)
        self._bye: Request | None = None
        self._bye_when_acknowledged: tuple[int, str] | None = None

    @property
    def ended(self) -> CallEnd | None:
        return self.core.ended

    def next_deadline(self) -> float | None:
        parts = (self.core.deadlines.next(), self._confirming.next_deadline(), self.core.timer.next_deadline())
        known = [at_s for at_s in parts if at_s is not None]
        return min(known) if known else None

    # --- their requests ------------------------------------------------------------------------------

    def request(self, request: Request, now_s: float) -> list[Wish]:
        """A request of theirs within this dialog (or the CANCEL of one)."""
        if request.method == "ACK":
            if self._of_this_dialog(request):
                self._acknowledged(request, now_s)
        elif request.method == "CANCEL":
            self._cancelled(request, now_s)
        elif self._acceptable(request):
            self._dispatch(request, now_s)
        return self.core.take()

    def _of_this_dialog(self, request: Request) -> bool:
        """Whether Call-ID and both tags are the dialog's: who knows our tag alone may not touch the call."""
        return self.core.dialog is not None and dialog_id(request) == self.core.dialog.id

    def _acceptable(self, request: Request) -> bool:
        core = self.core
        if self.state == "gone" or core.dialog is None or not self._of_this_dialog(request):
            core.answer(request, 481)
            return False
        if core.dialog.judge(request) == "stale":
            core.answer(request, 500)
            return False
        try:
            unknown = [option for option in request.headers.elements("Require") if option not in EXTENSIONS]
        except BadValue:
            core.answer(request, 400)
            return False
        if unknown:
            core.answer(request, 420, headers={"Unsupported": ", ".join(unknown)})
            return False
        return True

    def _dispatch(self, request: Request, now_s: float) -> None:
        core = self.core
        method = request.method
        if method == "BYE":
            self._they_leave(request)
        elif self.state == "leaving":
            core.answer(request, 481)
        elif method in ("INVITE", "UPDATE"):
            if method == "INVITE" and self.state == "early":
                core.answer(request, 500, headers={"Retry-After": "3"})
            else:
                self.learn(request)
                if method == "INVITE" and self.state == "answered" and core.offers.open != "ours":
                    self._confirming.stop()  # who invites anew has our 2xx, wherever its ACK is
                    self.state = "up"
                    core.out.append(Acknowledged(None))
                self.offers.asked(request, now_s)
        elif method == "INFO":
            self._info(request)
        elif method == "REFER":
            self.refers.asked(request, now_s)
        elif method == "NOTIFY":
            self.refers.notified(request)
        elif method == "OPTIONS":
            core.answer(request, 200)
        elif method == "PRACK":
            self._prack(request, now_s)
        else:
            core.answer(request, 405)

    def _info(self, request: Request) -> None:
        if "Info-Package" in request.headers:
            self.core.answer(request, 469, headers={"Recv-Info": ""})
            return
        try:
            digits = digits_of(request)
        except UnsupportedBody:
            self.core.answer(request, 415)
            return
        self.core.answer(request, 200)
        if digits is not None:
            self.core.out.append(Pressed(digits))

    def _prack(self, request: Request, now_s: float) -> None:
        self.core.answer(request, 481)

    @abstractmethod
    def _cancelled(self, cancel: Request, now_s: float) -> None:
        """A CANCEL of theirs."""

    def _acknowledged(self, ack: Request, now_s: float) -> None:
        confirmed = self._confirming.request
        if confirmed is None or confirmed.headers.cseq.number != ack.headers.cseq.number:
            return
        self._confirming.stop()
        if self.state == "answered":
            self._first_acknowledged(ack, now_s)
        elif self.state == "leaving":
            self._leave_after_ack()
        else:
            self.offers.acknowledged(ack)
            self.offers.next(now_s)

    def _first_acknowledged(self, ack: Request, now_s: float) -> None:
        core = self.core
        self.state = "up"
        sdp = None
        if core.offers.open == "ours":
            try:
                sdp = sdp_of(ack)
            except UnsupportedBody:
                sdp = None
            if sdp is None:
                self._send_bye(88, "no answer in ACK")
                self._over(CallEnd("them", 88, 488, "The ACK brought no answer."))
                return
            core.offers.answered(sdp)
        core.out.append(Acknowledged(sdp))
        self.offers.next(now_s)

    def _they_leave(self, bye: Request) -> None:
        core = self.core
        core.answer(bye, 200)
        cause, text = read_reason(bye.headers)
        self._confirming.stop()
        waits = self.state == "leaving" and self._bye is not None
        if self.state != "leaving":
            self._end_early_invite()
            self._over(CallEnd("them", cause, None, text))
        if not waits:
            self._gone()

    @abstractmethod
    def _end_early_invite(self) -> None:
        """A BYE in an early dialog: what is still unanswered gets its end (UAS)."""

    # --- responses to our requests -------------------------------------------------------------------

    def response(self, request: Request, response: Response, now_s: float) -> list[Wish]:
        """A response to `request`, which was a `SendRequest` of ours."""
        if response.status >= 200:
            self.learn(response)
        self._responded(request, response, now_s)
        return self.core.take()

    def _responded(self, request: Request, response: Response, now_s: float) -> None:
        if request is self._bye:
            if response.status >= 200:
                self._bye_answered(request, response)
            return
        if self.state == "gone" or self.refers.responded(request, response):
            return
        heard = self.offers.responded(request, response, now_s)
        if heard == "dead" or (heard is None and response.status == 481 and request.method != "NOTIFY"):
            self._lost(response.status, "The other side does not know the call any more.")

    def _bye_answered(self, request: Request, response: Response) -> None:
        credentials = self.core.authorized(request, response) if response.status in (401, 407) else None
        if credentials is None:
            self._gone()
            return
        again = self.core.build("BYE")
        again.headers.copy_from(request.headers, "reason")
        again.headers.set(*credentials)
        self._bye = self.core.send(again)

    def fault(self, request: Request, now_s: float) -> list[Wish]:
        """Nobody answered `request` in time, or it could not be sent."""
        self._failed(request, now_s)
        return self.core.take()

    def _failed(self, request: Request, now_s: float) -> None:
        if request is self._bye:
            self._gone()
        elif self.state != "gone" and not self.refers.failed(request) and self.offers.failed(request) == "dead":
            self._lost(408, "The other side does not answer any more.")

    def learn(self, message: Request | Response) -> None:
        """Remember which methods they take."""
        if "Allow" in message.headers:
            try:
                self.core.their_allow = frozenset(method.upper() for method in message.headers.allow)
            except BadValue:
                return

    # --- our wishes ----------------------------------------------------------------------------------

    def reanswer(self, sdp: str | None, now_s: float) -> list[Wish]:
        """Answer their open offer; None refuses it."""
        self.offers.answer(sdp, now_s)
        self.offers.next(now_s)
        return self.core.take()

    def reoffer(self, sdp: str, now_s: float) -> list[Wish]:
        """Offer anew; ends in `ReofferEnded`."""
        self.offers.offer(sdp, now_s)
        return self.core.take()

    def refer(self, target: str, replaces: str | None, now_s: float) -> list[Wish]:
        """Ask them to call `target`; ends in `ReferTold` with `final`. `replaces` is escaped for a URI."""
        self.refers.ask(target, replaces, now_s)
        return self.core.take()

    def decide_refer(self, refer: int, status: int) -> list[Wish]:
        self.refers.decide(refer, status)
        return self.core.take()

    def tell_refer(self, refer: int, status: int) -> list[Wish]:
        self.refers.progress(refer, status)
        return self.core.take()

    def hang_up(self, now_s: float, *, cause: int = 16, reason: str = "") -> list[Wish]:
        """End the call in whatever state it is."""
        if self.state in ("leaving", "gone"):
            return self.core.take()
        if self.state == "early":
            self._hang_up_early(now_s, cause, reason)
        else:
            self._leave(cause, reason)
            self._over(CallEnd("us", cause, None, reason))
        return self.core.take()

    @abstractmethod
    def _hang_up_early(self, now_s: float, cause: int, reason: str) -> None:
        """We end it before it was answered."""

    # --- time ----------------------------------------------------------------------------------------

    def tick(self, now_s: float) -> list[Wish]:
        """Everything that is due."""
        if self._confirming.tick(now_s, self.core.out) == "lost":
            self._unacknowledged()
        for name in self.core.deadlines.due(now_s):
            if self.state != "gone":
                self._due(name, now_s)
        match self.core.timer.due(now_s):
            case "refresh":
                self.offers.refresh(now_s)
            case "expired":
                self._lost(408, "The session expired: the other side did not refresh it.")
            case None:
                pass
        return self.core.take()

    def _due(self, name: str, now_s: float) -> None:
        if name == "our answer":
            self.offers.unanswered()
        elif name == "offer":
            self.offers.next(now_s)
        elif name == "refresh again":
            self.offers.refresh(now_s)
        elif name == "refer":
            self.refers.overdue()
        elif name == "referred":
            self.refers.over(408)

    def _unacknowledged(self) -> None:
        """Our 2xx was never acknowledged: the session is ended with BYE (RFC 3261, 13.3.1.4)."""
        if self.state == "leaving":
            self._leave_after_ack()
        else:
            self._lost(408, "Our answer was not acknowledged.")

    # --- endings -------------------------------------------------------------------------------------

    def _lost(self, status: int, text: str) -> None:
        if self.state in ("leaving", "gone"):
            return
        self._confirming.stop()
        self._send_bye(102, "")
        self._over(CallEnd("network", 102, status, text))

    def _leave(self, cause: int, reason: str) -> None:
        """Send BYE, but not before our 2xx is acknowledged (RFC 3261, 15)."""
        if self.state == "answered" or self._confirming.running:
            self._bye_when_acknowledged = (cause, reason)
            self.state = "leaving"
        else:
            self._send_bye(cause, reason)

    def _leave_after_ack(self) -> None:
        cause, reason = self._bye_when_acknowledged or (16, "")
        self._bye_when_acknowledged = None
        if self._bye is None:
            self._send_bye(cause, reason)

    def _send_bye(self, cause: int, reason: str) -> None:
        bye = self.core.build("BYE")
        bye.headers.set("Reason", reason_header(cause, reason))
        self._bye = self.core.send(bye)
        self.state = "leaving"

    def _over(self, end: CallEnd) -> None:
        self.offers.stop()
        self.refers.stop()
        self.core.deadlines.clear_all()
        self.core.end(end)

    def _gone(self) -> None:
        if self.state != "gone":
            self.state = "gone"
            self._confirming.stop()
            self.core.deadlines.clear_all()
            self.core.timer.stop()
            self.core.out.append(Gone())
