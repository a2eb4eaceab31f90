"""One call on the wire: a session, the way to its other side, and what whoever controls it wants to know."""

import asyncio
import ipaddress
from collections.abc import Callable
from functools import partial
from typing import Protocol, cast

from warmline.kernel.errors import Refused, declare
from warmline.ports.telephone import Call, CallEnd, CallGone, ReferWish, Transport
from warmline.sip.message import Request, Response
from warmline.sip.session import Session
from warmline.sip.session_uas import IncomingSession
from warmline.sip.session_wishes import (
    Acknowledged,
    Answered,
    CancelRequest,
    Ended,
    Gone,
    Pressed,
    ReferAsked,
    ReferTold,
    Reoffered,
    ReofferEnded,
    Respond,
    Ringing,
    SendAck,
    SendRequest,
    Wish,
)  # fmt: skip
from warmline.sip.transaction_table import Key, client_key, server_key
from warmline.sip.uri import Uri, escape_header
from warmline.voice.exchange import Exchange
from warmline.voice.flow import Flow
from warmline.voice.flows import Flows, is_address

REOFFER_REFUSED = declare(
    "telephone.reoffer_refused",
    409,
    "The other side did not agree to change the call ({status}).",
    "Nothing changed; try again, or go on as it is.",
)


class Switchboard(Protocol):
    """What a call needs of its endpoint."""

    exchange: Exchange
    flows: Flows

    def enter(self, call: "VoiceCall") -> None:
        """The call has a (new) session: find it by its tag."""
        ...

    def forget(self, call: "VoiceCall") -> None: ...

    def trunk_failed(self, trunk_id: str) -> None: ...

    def call_of(self, replaces: str, tenant_id: str) -> "VoiceCall | None":
        """Our call that a Replaces value names."""
        ...


class VoiceCall:
    """Implements `Call`. For an inbound call without an offer, the answer to ours comes as `on_answered`."""

    def __init__(self, board: Switchboard, call_id: str, tenant_id: str, flow: Flow, *, pinned: bool) -> None:
        self.id = call_id
        self.tenant_id = tenant_id
        self.on_ringing: Callable[[str | None], None] | None = None
        self.on_answered: Callable[[str], None] | None = None
        self.on_reoffer: Callable[[str], None] | None = None
        self.on_digit: Callable[[str], None] | None = None
        self.on_refer: Callable[[ReferWish], None] | None = None
        self.on_ended: Callable[[CallEnd], None] | None = None
        self.flow = flow
        self.verify: str | None = None  # whose certificate a new connection of this call must show; or the flow's
        self.end: CallEnd | None = None
        self.trunk_id: str | None = None  # the line it came or goes by
        self.invites: list[Key] = []  # of theirs
        self.tags: list[str] = []  # of our sessions, for whoever keeps them by tag
        self._board = board
        self._pinned = pinned  # always by the flow: phones behind address translation
        self._session: Session | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._answering: asyncio.Future[None] | None = None
        self._reoffering: asyncio.Future[str] | None = None
        self._referring: asyncio.Future[bool] | None = None

    @property
    def session(self) -> Session:
        if self._session is None:
            raise RuntimeError("The call has no session yet.")
        return self._session

    def attach(self, session: Session) -> None:
        """Take a (new) session."""
        self._session = session

    # --- Call ----------------------------------------------------------------------------------------

    def ring(self, sdp: str | None = None) -> None:
        if isinstance(self._session, IncomingSession):
            self.perform(self._session.ring(sdp, self._now()))

    async def answer(self, sdp: str) -> None:
        session = self._session
        if self.end is not None or not isinstance(session, IncomingSession):
            raise CallGone
        self._answering = asyncio.get_running_loop().create_future()
        self.perform(session.answer(sdp, self._now()))
        try:
            await self._answering
        finally:
            self._answering = None  # its failure knows this frame, and this frame knows us

    def refuse(self, status: int, *, retry_after_s: int | None = None, reason: str = "") -> None:
        if isinstance(self._session, IncomingSession):
            headers = {} if retry_after_s is None else {"Retry-After": str(retry_after_s)}
            self.perform(self._session.refuse(status, headers, self._now(), reason))

    def reanswer(self, sdp: str | None) -> None:
        self.perform(self.session.reanswer(sdp, self._now()))

    async def reoffer(self, sdp: str) -> str:
        if self.end is not None or self._reoffering is not None:
            raise Refused(REOFFER_REFUSED, status=487 if self.end else 491)
        self._reoffering = asyncio.get_running_loop().create_future()
        self.perform(self.session.reoffer(sdp, self._now()))
        return await self._reoffering

    async def refer(self, target: str, *, replaces: Call | None = None) -> bool:
        if self.end is not None or self._referring is not None:
            return False
        value = cast(VoiceCall, replaces).replaces_value() if replaces is not None else None
        self._referring = asyncio.get_running_loop().create_future()
        self.perform(self.session.refer(target, value, self._now()))
        return await self._referring

    async def hang_up(self, *, cause: int = 16, reason: str = "") -> None:
        if self._session is not None:
            self.perform(self._session.hang_up(self._now(), cause=cause, reason=reason))

    def replaces_value(self) -> str | None:
        """This call as a Replaces value that a third party sends to our other side, escaped for a URI."""
        dialog = self.session.core.dialog
        if dialog is None:
            return None
        call_id, ours, theirs = dialog.id
        return escape_header(f"{call_id};to-tag={theirs};from-tag={ours}")

    # --- the wire ------------------------------------------------------------------------------------

    def request(self, request: Request, flow: Flow) -> None:
        """A request of theirs in this call."""
        if self._pinned or flow.reliable:
            self.verify = self.verify or self.flow.verify
            self.flow = flow
        self.perform(self.session.request(request, self._now()))

    def perform(self, wishes: list[Wish]) -> None:
        """Do what the session wishes."""
        session = self._session
        if session is None:
            return
        for wish in wishes:
            self._do(wish, session)
        self._arm()

    def _do(self, wish: Wish, session: Session) -> None:
        exchange = self._board.exchange
        match wish:
            case SendRequest(request=request):
                exchange.ask(
                    request,
                    self._way(session),
                    partial(self._heard_response, session, request),
                    partial(self._heard_nothing, session, request),
                )
            case SendAck(request=ack):
                exchange.say(ack, self._way(session))
            case CancelRequest(invite=invite):
                exchange.cancel(client_key(invite))
            case Respond(request=request, response=response):
                exchange.reply(server_key(request), response)
            case Gone():
                self._forget()
            case _:
                self._tell(wish)

    def _heard_response(self, session: Session, request: Request, response: Response) -> None:
        if session is self._session:
            self.perform(session.response(request, response, self._now()))
        else:
            self._left_behind(session, session.response(request, response, self._now()))

    def _heard_nothing(self, session: Session, request: Request) -> None:
        if session is self._session:
            self.perform(session.fault(request, self._now()))
        else:
            self._left_behind(session, session.fault(request, self._now()))

    def _left_behind(self, session: Session, wishes: list[Wish]) -> None:
        """An attempt that was given up still has to be ended properly, but tells nothing."""
        for wish in wishes:
            if isinstance(wish, SendRequest | SendAck | CancelRequest | Respond):
                self._do(wish, session)

    def _way(self, session: Session) -> Flow:
        """Where a request of ours goes first."""
        dialog = self.session.core.dialog
        if dialog is None or (self._pinned and self.flow.open):
            return self.flow
        verify = self.verify or self.flow.verify
        return way_to(self._board.flows, dialog.next_hop, self.flow, routed=bool(dialog.route), verify=verify)

    def _tell(self, wish: Wish) -> None:
        match wish:
            case Ringing(sdp=sdp) if self.on_ringing is not None:
                self.on_ringing(sdp)
            case Answered(sdp=sdp) if self.on_answered is not None:
                self.on_answered(sdp)
            case Acknowledged(sdp=sdp):
                if self._answering is not None and not self._answering.done():
                    self._answering.set_result(None)
                if sdp is not None and self.on_answered is not None:
                    self.on_answered(sdp)
            case Reoffered(sdp=sdp, open=owed):
                if self.on_reoffer is not None:
                    self.on_reoffer(sdp)
                elif owed:
                    self.reanswer(None)
            case ReofferEnded(status=status, sdp=sdp):
                waiting, self._reoffering = self._reoffering, None
                if waiting is not None and not waiting.done():
                    if sdp is not None:
                        waiting.set_result(sdp)
                    else:
                        waiting.set_exception(Refused(REOFFER_REFUSED, status=status))
            case Pressed(digits=digits) if self.on_digit is not None:
                self.on_digit(digits)
            case ReferAsked(refer=refer, target=target, replaces=replaces):
                named = self._board.call_of(replaces, self.tenant_id) if replaces else None
                told = Referral(self, refer, target, named.id if named else None)
                if self.on_refer is None or (replaces and named is None):
                    told.refuse(603)
                else:
                    self.on_refer(told)
            case ReferTold(status=status, final=True):
                waiting, self._referring = self._referring, None
                if waiting is not None and not waiting.done():
                    waiting.set_result(200 <= status < 300)
            case Ended(end=end):
                self._ended(end)
            case _:
                pass

    def _ended(self, end: CallEnd) -> None:
        if self.end is not None:
            return
        self.end = end
        if self._answering is not None and not self._answering.done():
            self._answering.set_exception(CallGone())
        if self.on_ended is not None:
            self.on_ended(end)

    # --- time ----------------------------------------------------------------------------------------

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    def _arm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        at_s = None if self._session is None else self._session.next_deadline()
        if at_s is not None:
            self._timer = asyncio.get_running_loop().call_at(at_s, self._tick)

    def _tick(self) -> None:
        self._timer = None
        self.perform(self.session.tick(self._now()))

    def _forget(self) -> None:
        """Nothing more will be told: whoever was told may hold us, and must not be held in return."""
        self._board.forget(self)
        self.on_ringing = self.on_answered = self.on_reoffer = None
        self.on_digit = self.on_refer = self.on_ended = None

    def cut(self, end: CallEnd) -> None:
        """The endpoint closes: no more messages, but the end is told."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._session = None if self.end is None else self._session
        self._ended(end)
        for waiting in (self._reoffering, self._referring):
            if waiting is not None and not waiting.done():
                waiting.cancel()


class Referral:
    """Implements `ReferWish`."""

    def __init__(self, call: VoiceCall, refer: int, target: str, replaces: str | None) -> None:
        self._call = call
        self._refer = refer
        self.target = target
        self.replaces = replaces

    def accept(self) -> None:
        self._call.perform(self._call.session.decide_refer(self._refer, 202))

    def progress(self, status: int) -> None:
        self._call.perform(self._call.session.tell_refer(self._refer, status))

    def refuse(self, status: int = 603) -> None:
        self._call.perform(self._call.session.decide_refer(self._refer, status))


def way_to(flows: Flows, hop: Uri, flow: Flow, *, routed: bool, verify: str | None = None) -> Flow:
    """The flow to a next hop. Names, and addresses behind address translation, keep the flow we have.

    A new TLS connection must show the certificate of `verify`, if we know a name.
    """
    host = hop.ip_host
    named = hop.param("transport") or ("tls" if hop.scheme == "sips" else flow.transport)
    transport = cast(Transport, named.lower() if named.lower() in ("udp", "tcp", "tls") else flow.transport)
    if not is_address(host):
        return flow
    port = hop.port or (5061 if transport == "tls" else 5060)
    if (transport, host, port) == (flow.transport, flow.host, flow.port) and flow.open:
        return flow
    if transport == flow.transport and flow.reliable and flow.open and (not routed or host == flow.host):
        return flow
    if host != flow.host and not routed and ipaddress.ip_address(host).is_private:
        return flow
    return flows.to(transport, host, port, verify=verify) or flow
