"""A call that comes in: from its INVITE to its 200 (RFC 3261, 13.3; RFC 3262)."""

from collections.abc import Mapping

from warmline.ports.telephone import CallEnd
from warmline.sip.dialog import Dialog, Local, caller_of_dialog
from warmline.sip.grammar import BadValue
from warmline.sip.message import Request
from warmline.sip.offer_answer import ACCEPTED, UnsupportedBody, sdp_of
from warmline.sip.reason import cause_of, read_reason, reason_header
from warmline.sip.session import Session
from warmline.sip.session_core import EXTENSIONS, Manners
from warmline.sip.session_repeat import Repeated, read_rack
from warmline.sip.session_timer import LEAST_S, interval_of
from warmline.sip.session_wishes import Wish

STILL_RINGING_S = 60.0  # proxies forget an INVITE they hear nothing of for three minutes (RFC 3261, 13.3.1.1)


def invite_fault(request: Request) -> tuple[int, dict[str, str]] | None:
    """Why an INVITE outside a dialog cannot become a call: status and headers of the refusal, None if it can."""
    headers = request.headers
    try:
        unknown = [option for option in headers.elements("Require") if option not in EXTENSIONS]
        if unknown:
            return 420, {"Unsupported": ", ".join(unknown)}
        caller_of_dialog(request)
        interval = interval_of(request)
        if interval is not None and interval.seconds < LEAST_S:
            return 422, {"Min-SE": str(LEAST_S)}
        if headers.count("replaces") > 1:
            return 400, {}
        if not _takes_our_answer(request):
            return 406, {}
        sdp_of(request)
    except UnsupportedBody:
        return 415, {"Accept": ACCEPTED}
    except BadValue:
        return 400, {}
    return None


def _takes_our_answer(invite: Request) -> bool:
    """Whether its Accept, if there is one, leaves room for a session description (RFC 3261, 20.1)."""
    if "Accept" not in invite.headers:
        return True
    ranges = {part.partition(";")[0].strip().lower() for part in invite.headers.elements("Accept")}
    return not ranges.isdisjoint(("*/*", "application/*", "application/sdp"))


class IncomingSession(Session):
    """Answers an INVITE that `invite_fault` found nothing wrong with."""

    def __init__(self, invite: Request, me: Local, tag: str, manners: Manners) -> None:
        super().__init__(me, tag, manners, owns_call_id=False)
        self.invite = invite
        self.core.dialog = Dialog.asked(invite, me, tag)
        self.offer = sdp_of(invite)
        self.learn(invite)
        self._reliable_wanted = "100rel" in invite.headers.supported
        self._reliable_required = "100rel" in invite.headers.require
        self._provisional = Repeated(manners.times, capped=False)
        self._rseq = 0
        self._next_ring: str | None = None
        self._has_next_ring = False
        self._held_answer: str | None = None
        self._answered_reliably = False

    def next_deadline(self) -> float | None:
        parts = (super().next_deadline(), self._provisional.next_deadline())
        known = [at_s for at_s in parts if at_s is not None]
        return min(known) if known else None

    def begin(self, now_s: float) -> list[Wish]:
        """Say at once that the INVITE arrived."""
        core = self.core
        core.answer(self.invite, 100)
        if self.offer is not None:
            core.offers.offered("theirs", self.offer)
        expires_s = self.invite.headers.expires_s
        most_s = core.manners.ring_most_s
        core.deadlines.set("expires", now_s + (most_s if expires_s is None else min(most_s, max(1, expires_s))))
        return core.take()

    # --- ringing -------------------------------------------------------------------------------------

    def ring(self, sdp: str | None, now_s: float) -> list[Wish]:
        """180, or 183 with early media; reliably where they can and it matters."""
        if self.state == "early" and self._held_answer is None:
            self._ring(sdp if self.offer is not None else None, now_s)
        return self.core.take()

    def _ring(self, sdp: str | None, now_s: float) -> None:
        core = self.core
        if self._provisional.running:
            self._next_ring, self._has_next_ring = sdp, True
            return
        status = 180 if sdp is None else 183
        if not (self._reliable_required or (self._reliable_wanted and sdp is not None)):
            core.answer(self.invite, status, sdp=sdp)
            core.deadlines.set("still ringing", now_s + STILL_RINGING_S)
            return
        if self._answered_reliably:
            sdp = None  # it was said once
        self._rseq = self._rseq + 1 if self._rseq else 1 + int(core.manners.random() * 2**31)
        response = core.answer(
            self.invite, status, sdp=sdp, headers={"Require": "100rel", "RSeq": str(self._rseq)}
        )
        if sdp is not None:
            core.offers.answered(sdp)
            self._answered_reliably = True
        self._provisional.begin(self.invite, response, now_s)

    def _prack(self, request: Request, now_s: float) -> None:
        core = self.core
        try:
            rseq, cseq, method = request.headers.one("rack", read_rack)
        except BadValue:
            core.answer(request, 400)
            return
        invite = self.invite.headers.cseq.number
        if not self._provisional.running or (rseq, cseq, method) != (self._rseq, invite, "INVITE"):
            core.answer(request, 481)
            return
        self._provisional.stop()
        if request.body:
            self.offers.asked(request, now_s)
        else:
            core.answer(request, 200)
        if self._held_answer is not None:
            sdp, self._held_answer = self._held_answer, None
            self._answer(sdp, now_s)
        elif self._has_next_ring:
            self._has_next_ring = False
            self._ring(self._next_ring, now_s)

    # --- the final answer ----------------------------------------------------------------------------

    def answer(self, sdp: str, now_s: float) -> list[Wish]:
        """200; told as `Acknowledged` once its ACK came. Waits for the PRACK of early media (RFC 3262, 3)."""
        if self.state == "early" and self._held_answer is None:
            if self._provisional.running and self._answered_reliably:
                self._held_answer = sdp
            else:
                self._answer(sdp, now_s)
        return self.core.take()

    def _answer(self, sdp: str, now_s: float) -> None:
        core = self.core
        self._provisional.stop()
        core.deadlines.clear("expires", "still ringing")
        if self.offer is None:
            core.offers.offered("ours", sdp)
        elif self._answered_reliably:
            sdp = core.offers.local_sdp or sdp  # the same answer again, never another (RFC 3261, 13.2.1)
        else:
            core.offers.answered(sdp)
        response = core.answer(self.invite, 200, sdp=sdp)
        core.timer.accept(self.invite, response, now_s)
        if core.dialog is not None:
            core.dialog.confirmed = True
        self._confirming.begin(self.invite, response, now_s)
        self.state = "answered"

    def refuse(self, status: int, headers: Mapping[str, str], now_s: float, reason: str = "") -> list[Wish]:
        """Refuse with a status from 300 to 699."""
        if self.state == "early":
            self._refuse(status, dict(headers), CallEnd("us", cause_of(status), status, reason))
        return self.core.take()

    def _refuse(self, status: int, headers: dict[str, str], end: CallEnd) -> None:
        self._provisional.stop()
        self.core.answer(self.invite, status, headers=headers)
        self._over(end)
        self._gone()

    def _hang_up_early(self, now_s: float, cause: int, reason: str) -> None:
        headers = {"Reason": reason_header(cause, reason)}
        self._refuse(480, headers, CallEnd("us", cause, 480, reason))

    def _cancelled(self, cancel: Request, now_s: float) -> None:
        self.core.answer(cancel, 200)
        if self.state != "early":  # our answer was faster; or it cancels a re-INVITE
            self.offers.cancelled()
            return
        cause, text = read_reason(cancel.headers)
        self._refuse(487, {}, CallEnd("them", cause, 487, text))

    def _end_early_invite(self) -> None:
        if self.state == "early":
            self._provisional.stop()
            self.core.answer(self.invite, 487)

    # --- time ----------------------------------------------------------------------------------------

    def tick(self, now_s: float) -> list[Wish]:
        if self._provisional.tick(now_s, self.core.out) == "lost" and self.state == "early":
            self._refuse(504, {}, CallEnd("network", 102, 504, "Early media was not acknowledged."))
        return super().tick(now_s)

    def _due(self, name: str, now_s: float) -> None:
        if name == "expires" and self.state == "early":
            self._refuse(487, {}, CallEnd("network", 19, 487, "Nobody answered in time."))
        elif name == "still ringing" and self.state == "early":
            self.core.answer(self.invite, 180)
            self.core.deadlines.set("still ringing", now_s + STILL_RINGING_S)
        else:
            super()._due(name, now_s)
