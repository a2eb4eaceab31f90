"""A call we make: from our INVITE to its answer, with forks, reliable provisionals and cancelling."""

from collections.abc import Mapping

from msgspec import Struct

from warmline.ports.telephone import CallEnd
from warmline.sip.address import NameAddr
from warmline.sip.builder import new_request, new_via
from warmline.sip.dialog import Dialog, Local
from warmline.sip.grammar import BadValue
from warmline.sip.message import Request, Response
from warmline.sip.offer_answer import SDP, UnsupportedBody, sdp_of
from warmline.sip.reason import cause_of, read_reason, reason_header
from warmline.sip.session import Session
from warmline.sip.session_core import Manners
from warmline.sip.session_repeat import read_rseq
from warmline.sip.session_wishes import Answered, CancelRequest, Ringing, SendAck, SendRequest, Wish
from warmline.sip.uri import Uri

MOST_FORKS = 20
MOST_TRIES = 4  # challenges and too small intervals together


class Invitation(Struct, frozen=True):
    """Whom to call, as whom. `to` and `from_` without tags; `route` before the target (an outbound proxy)."""

    uri: Uri
    from_: NameAddr
    to: NameAddr
    call_id: str
    sdp: str
    ring_s: float = 45.0
    headers: Mapping[str, str] = {}
    route: tuple[NameAddr, ...] = ()


class OutgoingSession(Session):
    """Sends an INVITE and follows what comes of it."""

    def __init__(self, invitation: Invitation, me: Local, tag: str, manners: Manners) -> None:
        super().__init__(me, tag, manners, owns_call_id=True)
        self.invitation = invitation
        self._from = invitation.from_.with_tag(tag)
        self._cseq = 1 + int(manners.random() * 10_000)
        self._early: dict[str, Dialog] = {}
        self._rseq: dict[str, int] = {}
        self._extra: dict[str, Request] = {}  # their tag -> the ACK of a fork that answered too late
        self._provisional = False
        self._cancel_wanted = False
        self._tries = 0
        self.invite = self._build({})

    def _build(self, headers: Mapping[str, str]) -> Request:
        wish, me, token = self.invitation, self.core.me, self.core.manners.token
        request = new_request(
            "INVITE",
            wish.uri,
            via=new_via(me.transport, me.host, me.port, token()),
            from_=self._from,
            to=wish.to,
            call_id=wish.call_id,
            cseq=self._cseq,
            contact=me.contact,
            routes=wish.route,
            body=wish.sdp.encode(),
            content_type=SDP,
        )
        for name, value in {**wish.headers, **headers}.items():
            request.headers.set(name, value)
        return self.core.dress(request)

    def begin(self, now_s: float) -> list[Wish]:
        """Send the INVITE."""
        self.core.offers.offered("ours", self.invitation.sdp)
        self.core.deadlines.set("ring", now_s + self.invitation.ring_s)
        self.core.send(self.invite)
        return self.core.take()

    # --- responses -----------------------------------------------------------------------------------

    def _responded(self, request: Request, response: Response, now_s: float) -> None:
        if request is self.invite:
            if response.status < 200:
                self._provisionally(response)
            elif response.status < 300:
                self._accepted(response, now_s)
            else:
                self._refused(response)
        elif request.method != "PRACK" or response.status == 481:
            super()._responded(request, response, now_s)

    def _failed(self, request: Request, now_s: float) -> None:
        if request is not self.invite:
            super()._failed(request, now_s)
        elif self.state in ("early", "leaving"):
            self._over(CallEnd("network", 102, 408, "Nobody answered the INVITE."))
            self._gone()

    def _provisionally(self, response: Response) -> None:
        first = not self._provisional
        self._provisional = True
        if self._cancel_wanted:
            if first:
                self.core.out.append(CancelRequest(self.invite))
            return
        if self.state != "early" or response.status == 100:
            return
        self.learn(response)
        dialog = self._early_dialog(response)
        if dialog is None:
            return
        self.core.dialog = dialog
        sdp = _sdp_or_none(response)
        rseq = read_rseq(response)
        if rseq is not None and not self._in_order(dialog, rseq):
            return
        if rseq is not None:
            prack = dialog.request("PRACK", self.core.manners.token())
            prack.headers.set("RAck", f"{rseq} {self.invite.headers.cseq}")
            prack.headers.copy_from(self.invite.headers, "authorization", "proxy-authorization")
            self.core.out.append(SendRequest(self.core.dress(prack)))
        if response.status != 199:
            self.core.out.append(Ringing(response.status, sdp))

    def _early_dialog(self, response: Response) -> Dialog | None:
        tag = response.headers.to.tag
        if not tag:
            return None
        dialog = self._early.get(tag)
        if dialog is None and len(self._early) < MOST_FORKS:
            try:
                dialog = self._early[tag] = Dialog.answered(self.invite, response, self.core.me)
            except BadValue:
                return None
        return dialog

    def _in_order(self, dialog: Dialog, rseq: int) -> bool:
        """RFC 3262, 4: each reliable provisional once, none out of order."""
        tag = dialog.remote.tag or ""
        last = self._rseq.get(tag)
        if last is not None and rseq != last + 1:
            return False
        self._rseq[tag] = rseq
        return True

    def _accepted(self, response: Response, now_s: float) -> None:
        core = self.core
        tag = response.headers.to.tag or ""
        if self.state != "early" and core.dialog is not None and core.dialog.confirmed:
            if tag == (core.dialog.remote.tag or ""):
                if self.offers.last_ack is not None:
                    core.out.append(SendAck(self.offers.last_ack))
            else:
                self._end_fork(tag, response)
            return
        if self.state == "gone":
            return
        try:
            dialog = self._early.get(tag)
            if dialog is None:
                dialog = Dialog.answered(self.invite, response, core.me)
            else:
                dialog.confirm(response)
        except BadValue:
            self._over(CallEnd("network", 111, response.status, "The answer had no usable Contact."))
            self._gone()
            return
        core.dialog = dialog
        core.deadlines.clear("ring", "cancelled")
        self.offers.acknowledge(self.invite)
        if self.state == "leaving":  # they answered while we cancelled
            self._send_bye(16, "")
            return
        self.state = "up"
        core.timer.agreed(response, now_s)
        sdp = _sdp_or_none(response) or core.offers.remote_sdp
        if sdp is None:
            self._send_bye(88, "no SDP")
            self._over(CallEnd("us", 88, 488, "The answer had no SDP."))
            return
        if core.offers.open == "ours":
            core.offers.answered(sdp)
        core.out.append(Answered(sdp))

    def _end_fork(self, tag: str, response: Response) -> None:
        """Another fork answered too late: acknowledge it and leave it (RFC 3261, 13.2.2.4)."""
        core = self.core
        if tag in self._extra:
            core.out.append(SendAck(self._extra[tag]))
            return
        if len(self._extra) >= MOST_FORKS:
            return
        try:
            dialog = Dialog.answered(self.invite, response, core.me)
        except BadValue:
            return
        ack = dialog.request("ACK", core.manners.token(), cseq=self.invite.headers.cseq.number)
        ack.headers.copy_from(self.invite.headers, "authorization", "proxy-authorization")
        self._extra[tag] = ack
        bye = core.dress(dialog.request("BYE", core.manners.token()))
        bye.headers.set("Reason", reason_header(26, ""))
        core.out += [SendAck(ack), SendRequest(bye)]

    def _refused(self, response: Response) -> None:
        core = self.core
        status = response.status
        if self.state == "early" and self._tries < MOST_TRIES and self._try_again(response):
            return
        if self.state == "leaving":
            self._gone()
            return
        if self.state != "early":
            return
        cause, text = read_reason(response.headers)
        said = "Reason" in response.headers
        by = "network" if status in (408, 500, 502, 503, 504) else "them"
        self._over(
            CallEnd(by, cause if said and cause != 16 else cause_of(status), status, text or response.reason)
        )
        core.offers.dropped()
        self._gone()

    def _try_again(self, response: Response) -> bool:
        """Answer a challenge or a longer least interval with a new INVITE (RFC 3261, 22.2; RFC 4028, 7.3)."""
        core = self.core
        headers: dict[str, str] = {}
        if response.status in (401, 407):
            credentials = core.authorized(self.invite, response)
            if credentials is None:
                return False
            headers[credentials[0]] = credentials[1]
        elif response.status == 422:
            core.timer.refused(response)
        else:
            return False
        self._tries += 1
        self._cseq += 1
        self._early.clear()
        self._rseq.clear()
        self._provisional = False
        core.dialog = None
        self.invite = core.send(self._build(headers))
        return True

    # --- their requests before the answer ------------------------------------------------------------

    def _acceptable(self, request: Request) -> bool:
        tag = request.headers.from_.tag or ""
        if self.state == "early" and tag in self._early:
            self.core.dialog = self._early[tag]
        dialog = self.core.dialog
        if dialog is not None and tag != (dialog.remote.tag or ""):
            self.core.answer(request, 200 if request.method == "BYE" and tag in self._extra else 481)
            return False
        return super()._acceptable(request)

    def _end_early_invite(self) -> None:
        """Nothing to do: it is our INVITE, and its answer is theirs to give."""

    def _cancelled(self, cancel: Request, now_s: float) -> None:
        self.core.answer(cancel, 200)
        self.offers.cancelled()

    # --- giving up -----------------------------------------------------------------------------------

    def _hang_up_early(self, now_s: float, cause: int, reason: str) -> None:
        self._give_up(now_s, CallEnd("us", cause, None, reason))

    def _give_up(self, now_s: float, end: CallEnd) -> None:
        self._over(end)
        self.state = "leaving"
        self._cancel_wanted = True
        if self._provisional:
            self.core.out.append(CancelRequest(self.invite))
        self.core.deadlines.set("cancelled", now_s + 2 * self.core.times.long + 1)

    def _due(self, name: str, now_s: float) -> None:
        if name == "ring" and self.state == "early":
            self._give_up(now_s, CallEnd("us", 19, 408, "Nobody answered in time."))
        elif name == "cancelled" and self._bye is None:
            self._gone()
        else:
            super()._due(name, now_s)


def _sdp_or_none(response: Response) -> str | None:
    try:
        return sdp_of(response)
    except UnsupportedBody:
        return None
