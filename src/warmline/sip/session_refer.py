"""Transfers: REFER both ways, told by NOTIFY (RFC 3515, RFC 3420, RFC 4488), with Replaces (RFC 3891)."""

from warmline.sip.grammar import BadValue
from warmline.sip.message import Request, Response, reason_of
from warmline.sip.offer_answer import fragment_status
from warmline.sip.refer import NotCallable, refer_to_of
from warmline.sip.session_core import Core
from warmline.sip.session_wishes import ReferAsked, ReferTold

FRAGMENT = "message/sipfrag;version=2.0"
EXPIRES_S = 180


class Refers:
    """The transfers asked within a call: one of theirs at a time, one of ours at a time."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._theirs: Request | None = None  # not decided
        self._told: int | None = None  # the REFER (its CSeq) whose progress we tell
        self._quiet = False  # they want no NOTIFY
        self._ours: Request | None = None
        self._accepted = False

    # --- theirs --------------------------------------------------------------------------------------

    def asked(self, request: Request, now_s: float) -> None:
        """A REFER of theirs."""
        core = self._core
        if self._theirs is not None or self._told is not None:
            core.answer(request, 491)
            return
        try:
            wanted = refer_to_of(request.headers)
        except NotCallable:
            core.answer(request, 416)
            return
        except BadValue:
            core.answer(request, 400)
            return
        method = wanted.target.param("method")
        if method is not None and method.upper() != "INVITE":
            core.answer(request, 501)
            return
        self._theirs = request
        self._quiet = (request.headers.get("Refer-Sub") or "").lower() == "false"
        core.deadlines.set("refer", now_s + 15.0)
        replaces = None if wanted.replaces is None else str(wanted.replaces)
        core.out.append(ReferAsked(request.headers.cseq.number, str(wanted.target), replaces))

    def decide(self, refer: int, status: int) -> None:
        """Accept (202) or refuse the REFER with this number."""
        request = self._theirs
        if request is None or request.headers.cseq.number != refer:
            return
        self._theirs = None
        self._core.deadlines.clear("refer")
        if status >= 300:
            self._core.answer(request, status)
            return
        self._core.answer(request, 202, headers={"Refer-Sub": "false"} if self._quiet else None)
        if not self._quiet:
            self._told = refer
            self._notify(100)

    def overdue(self) -> None:
        if self._theirs is not None:
            self.decide(self._theirs.headers.cseq.number, 480)

    def progress(self, refer: int, status: int) -> None:
        """Tell how the connection elsewhere goes; a final status ends it."""
        if self._told == refer:
            self._notify(status)

    def _notify(self, status: int) -> None:
        core = self._core
        if core.dialog is None or core.ended is not None:
            self._told = None
            return
        body = f"SIP/2.0 {status} {reason_of(status)}\r\n".encode()
        request = core.build("NOTIFY", body=body, content_type=FRAGMENT)
        request.headers.set("Event", f"refer;id={self._told}")
        state = "terminated;reason=noresource" if status >= 200 else f"active;expires={EXPIRES_S}"
        request.headers.set("Subscription-State", state)
        core.send(request)
        if status >= 200:
            self._told = None

    # --- ours ----------------------------------------------------------------------------------------

    def ask(self, target: str, replaces: str | None, now_s: float) -> None:
        """Ask them to call `target`. Told as `ReferTold`, at the latest after two minutes."""
        core = self._core
        if self._ours is not None:
            core.out.append(ReferTold(491, True))
            return
        request = core.build("REFER")
        value = target if replaces is None else f"{target}?Replaces={replaces}"
        request.headers.set("Refer-To", f"<{value}>")
        if core.dialog is not None:
            request.headers.set("Referred-By", f"<{core.dialog.local.uri}>")
        self._ours = core.send(request)
        self._accepted = False
        core.deadlines.set("referred", now_s + 120.0)

    def responded(self, request: Request, response: Response) -> bool:
        """A response to our REFER; False when it is none."""
        if request is not self._ours:
            return False
        if response.status >= 300:
            credentials = self._core.authorized(request, response) if response.status in (401, 407) else None
            if credentials is None:
                self.over(response.status)
            else:
                again = self._core.build("REFER")
                again.headers.copy_from(request.headers, "refer-to", "referred-by")
                again.headers.set(*credentials)
                self._ours = self._core.send(again)
        elif response.status >= 200:
            self._accepted = True
            if (response.headers.get("Refer-Sub") or "").lower() == "false":
                self.over(200)
        return True

    def failed(self, request: Request) -> bool:
        if request is not self._ours:
            return False
        self.over(408)
        return True

    def notified(self, request: Request) -> None:
        """A NOTIFY of theirs."""
        core = self._core
        event = (request.headers.get("Event") or "").partition(";")[0].strip().lower()
        if event != "refer":
            core.answer(request, 489, headers={"Allow-Events": "refer"})
            return
        if self._ours is None:
            core.answer(request, 481)
            return
        core.answer(request, 200)
        status = fragment_status(request)
        state = (request.headers.get("Subscription-State") or "").partition(";")[0].strip().lower()
        self._accepted = True  # it may overtake the 202
        if status is not None and status >= 200:
            self.over(status)
        elif state == "terminated":
            self.over(status or 487)
        elif status is not None:
            core.out.append(ReferTold(status, False))

    def over(self, status: int) -> None:
        """How our REFER ended."""
        if self._ours is not None:
            self._ours = None
            self._core.deadlines.clear("referred")
            self._core.out.append(ReferTold(status, True))

    def stop(self) -> None:
        """The call ended. Who left it after accepting our REFER went where we sent them."""
        self.over(200 if self._accepted else 487)
        if self._theirs is not None:
            request, self._theirs = self._theirs, None
            self._core.answer(request, 481)
