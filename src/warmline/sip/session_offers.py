"""New offers within a call: re-INVITE and UPDATE, theirs and ours, and what happens when they meet (glare)."""

from typing import Literal

from warmline.sip.message import Request, Response
from warmline.sip.offer_answer import UnsupportedBody, sdp_of
from warmline.sip.session_core import Core
from warmline.sip.session_repeat import Repeated
from warmline.sip.session_wishes import Reoffered, ReofferEnded, SendAck

MOST_GLARES = 5


class Offers:
    """Renegotiation within a call: at most one offer is open, whoever made it."""

    def __init__(self, core: Core, confirming: Repeated, *, owns_call_id: bool) -> None:
        self._core = core
        self._confirming = confirming
        self._owns_call_id = owns_call_id
        self._theirs: Request | None = None  # not answered yet
        self._ours: Request | None = None
        self._refresh = False  # ours only keeps the session alive
        self._wanted: str | None = None  # our offer, waiting for its turn
        self._glares = 0
        self.last_ack: Request | None = None
        self.awaits_answer = False  # the ACK of their offerless re-INVITE brings it

    @property
    def busy(self) -> bool:
        return self._theirs is not None or self._ours is not None or self._confirming.running

    # --- theirs --------------------------------------------------------------------------------------

    def asked(self, request: Request, now_s: float) -> None:
        """A re-INVITE or UPDATE of theirs arrived, in order."""
        core = self._core
        try:
            sdp = sdp_of(request)
        except UnsupportedBody:
            core.answer(request, 415)
            return
        if core.timer.too_small(request):
            core.answer(request, 422, headers={"Min-SE": "90"})
            return
        if request.method == "UPDATE" and sdp is None:
            self._agree(request, None, now_s)
            return
        if self._theirs is not None:
            core.answer(request, 500, headers={"Retry-After": str(int(core.manners.random() * 10))})
            return
        if self._ours is not None or core.offers.open is not None:
            core.answer(request, 491)
            return
        if request.method == "INVITE":
            self._confirming.stop()  # who invites anew has our last 2xx
            core.answer(request, 100)
        if sdp is None:
            self.awaits_answer = core.offers.local_sdp is not None
            if core.offers.local_sdp is not None:
                core.offers.offered("ours", core.offers.local_sdp)
            self._agree(request, core.offers.local_sdp, now_s)
            return
        core.offers.offered("theirs", sdp)
        self._theirs = request
        core.deadlines.set("our answer", now_s + core.manners.answer_offer_s)
        core.out.append(Reoffered(sdp))

    def answer(self, sdp: str | None, now_s: float) -> None:
        """Our answer to their open offer; None refuses it. Nothing happens when none is open any more."""
        request, self._theirs = self._theirs, None
        self._core.deadlines.clear("our answer")
        if request is None:
            return
        if sdp is None:
            self._core.offers.dropped()
            self._core.answer(request, 488)
            return
        self._core.offers.answered(sdp)
        self._agree(request, sdp, now_s)

    def unanswered(self) -> None:
        """Our side took too long."""
        request, self._theirs = self._theirs, None
        if request is not None:
            self._core.offers.dropped()
            self._core.answer(request, 500)

    def cancelled(self) -> None:
        """They cancelled their re-INVITE."""
        request = self._theirs
        if request is not None and request.method == "INVITE":
            self._theirs = None
            self._core.offers.dropped()
            self._core.deadlines.clear("our answer")
            self._core.answer(request, 487)

    def acknowledged(self, ack: Request) -> None:
        """The ACK of a 2xx to a re-INVITE; it may hold the answer to what we offered there."""
        if not self.awaits_answer:
            return
        self.awaits_answer = False
        core = self._core
        try:
            sdp = sdp_of(ack)
        except UnsupportedBody:
            sdp = None
        if sdp is None:
            core.offers.dropped()
            return
        changed = sdp != core.offers.remote_sdp
        core.offers.answered(sdp)
        if changed:
            core.out.append(Reoffered(sdp, open=False))

    def _agree(self, request: Request, sdp: str | None, now_s: float) -> None:
        core = self._core
        response = core.answer(request, 200, sdp=sdp)
        if request.method != "PRACK":
            core.timer.accept(request, response, now_s)
        if core.dialog is not None:
            core.dialog.refresh(request)
        if request.method == "INVITE":
            self._confirming.begin(request, response, now_s)

    # --- ours ----------------------------------------------------------------------------------------

    def offer(self, sdp: str, now_s: float) -> None:
        """Offer anew as soon as it is our turn."""
        self._wanted = sdp
        self._glares = 0
        self.next(now_s)

    def refresh(self, now_s: float) -> None:
        """Keep the session alive: UPDATE where they understand it, else the same offer again."""
        if self.busy or self._core.offers.open is not None:
            return  # what is under way refreshes as well
        self._refresh = True
        if "UPDATE" in self._core.their_allow:
            self._ours = self._core.send(self._core.build("UPDATE"))
        elif self._core.offers.local_sdp is not None:
            self._send(self._core.offers.local_sdp)

    def next(self, now_s: float) -> None:
        """Send the offer that waits, if nothing is in its way; else look again soon."""
        if self._wanted is None:
            return
        if self.busy or self._core.offers.open is not None:
            self._core.deadlines.set("offer", now_s + 0.2)
            return
        self._refresh = False
        self._send(self._wanted)

    def _send(self, sdp: str) -> None:
        self._core.offers.offered("ours", sdp)
        self._ours = self._core.send(self._core.build("INVITE", sdp=sdp))

    def responded(self, request: Request, response: Response, now_s: float) -> Literal["dead", "done"] | None:
        """A response to our re-INVITE or UPDATE; None when it is none of ours. "dead": the call is gone there."""
        core = self._core
        status = response.status
        if request is not self._ours:
            if request.method == "INVITE" and 200 <= status < 300 and self.last_ack is not None:
                same = self.last_ack.headers.cseq.number == request.headers.cseq.number
                if same:
                    core.out.append(SendAck(self.last_ack))  # our ACK was lost
                return "done" if same else None
            return None
        if status < 200:
            return "done"
        self._ours = None
        if status < 300:
            self._accepted(request, response, now_s)
            return "done"
        core.offers.dropped()
        return self._refused(request, response, now_s)

    def _accepted(self, request: Request, response: Response, now_s: float) -> None:
        core = self._core
        if core.dialog is not None:
            core.dialog.refresh(response)
        core.timer.agreed(response, now_s)
        if request.method != "INVITE":
            return
        self.acknowledge(request)
        try:
            sdp = sdp_of(response)
        except UnsupportedBody:
            sdp = None
        if sdp is None:
            core.offers.dropped()
        else:
            changed = sdp != core.offers.remote_sdp
            core.offers.answered(sdp)
            if self._refresh and changed:
                core.out.append(Reoffered(sdp, open=False))
        if not self._refresh:
            self._wanted = None
            core.out.append(ReofferEnded(200 if sdp is not None else 488, sdp))
        self.next(now_s)

    def acknowledge(self, invite: Request) -> None:
        """Send the ACK of a 2xx, and keep it for when the 2xx is repeated."""
        dialog = self._core.dialog
        if dialog is None:
            return
        ack = dialog.request("ACK", self._core.manners.token(), cseq=invite.headers.cseq.number)
        ack.headers.copy_from(invite.headers, "authorization", "proxy-authorization")
        self.last_ack = ack
        self._core.out.append(SendAck(ack))

    def _refused(self, request: Request, response: Response, now_s: float) -> Literal["dead", "done"]:
        core = self._core
        status = response.status
        if status in (408, 481):
            self._tell(status)
            return "dead"
        credentials = core.authorized(request, response) if status in (401, 407) else None
        if status == 422:
            core.timer.refused(response)
        if credentials is not None or (status == 422 and self._glares < MOST_GLARES):
            self._glares += 1
            again = core.build(request.method, body=request.body, content_type=request.headers.get("Content-Type"))
            if credentials is not None:
                again.headers.set(*credentials)
            if request.method == "INVITE" and core.offers.local_sdp is not None:
                core.offers.offered("ours", core.offers.local_sdp)
            self._ours = core.send(again)
            return "done"
        if self._refresh:
            self._refresh = False
            core.deadlines.set("refresh again", now_s + 10.0) if status >= 491 else core.timer.alive(now_s)
            self.next(now_s)
            return "done"
        if status == 491 and self._wanted is not None and self._glares < MOST_GLARES:
            self._glares += 1
            wait_s = core.manners.random() * 2 + (2.1 if self._owns_call_id else 0.0)  # RFC 3261, 14.1
            core.deadlines.set("offer", now_s + round(wait_s, 2))
            return "done"
        self._tell(status)
        return "done"

    def failed(self, request: Request) -> Literal["dead"] | None:
        """Nobody answered our re-INVITE or UPDATE, which means the call is gone."""
        if request is not self._ours:
            return None
        self._ours = None
        self._core.offers.dropped()
        self._tell(408)
        return "dead"

    def stop(self) -> None:
        """The call ended: whoever waits for our offer learns it; their open offer is refused."""
        if self._ours is not None or self._wanted is not None:
            self._tell(487)
        self._ours = None
        if self._theirs is not None:
            self._core.answer(self._theirs, 487)
            self._theirs = None

    def _tell(self, status: int) -> None:
        if self._wanted is not None and not self._refresh:
            self._wanted = None
            self._core.out.append(ReofferEnded(status))
