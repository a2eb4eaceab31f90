"""Transactions on real sockets and a real clock: what the pure table wishes is done here."""

import asyncio
from collections.abc import Callable

from msgspec import Struct

from warmline.sip.builder import cancel_of, stamp_via
from warmline.sip.grammar import BadValue
from warmline.sip.message import Message, Request, Response
from warmline.sip.timers_sip import Times
from warmline.sip.transaction import Fault, Over, Pass, Send
from warmline.sip.transaction_table import Done, Key, Outcome, Stray, TransactionTable, Unmatched
from warmline.voice.flow import Flow, UdpFlow

OnResponse = Callable[[Response], None]
OnFault = Callable[[], None]


class Asked(Struct):
    """Who waits for what becomes of a request of ours."""

    flow: Flow
    on_response: OnResponse
    on_fault: OnFault


class Exchange:
    """Sends, repeats, matches. Requests that begin a server transaction go to `on_request`."""

    def __init__(self, times: Times, on_request: Callable[[Request, Key, Flow], None]) -> None:
        self.table = TransactionTable(times)
        self._on_request = on_request
        self._asked: dict[Key, Asked] = {}
        self._from: dict[Key, Flow] = {}  # server transactions: the way back
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = 0.0
        self.on_ack: Callable[[Request, Flow], None] | None = None

    # --- incoming ------------------------------------------------------------------------------------

    def request(self, request: Request, flow: Flow) -> None:
        """A request with readable Via, stamped already."""
        self._do(self.table.heard(request, self._now(), reliable=flow.reliable), flow)

    def response(self, response: Response, flow: Flow) -> None:
        self._do(self.table.heard(response, self._now(), reliable=flow.reliable), flow)

    # --- outgoing ------------------------------------------------------------------------------------

    def ask(self, request: Request, flow: Flow, on_response: OnResponse, on_fault: OnFault) -> Key:
        """Begin a client transaction. Its callbacks run later, never within this call."""
        key, outcomes = self.table.start(request, self._now(), reliable=flow.reliable)
        self._asked[key] = Asked(flow, on_response, on_fault)
        self._do(outcomes, flow)
        return key

    def cancel(self, invite: Key) -> None:
        """CANCEL an INVITE of ours, on the way it took."""
        asked = self._asked.get(invite)
        transaction = self.table.get(invite)
        if asked is None or transaction is None or transaction.state not in ("calling", "proceeding"):
            return
        self.table.cancelled(invite, self._now())
        cancel = cancel_of(transaction.request)
        self.ask(cancel, asked.flow, lambda response: None, lambda: None)

    def reply(self, key: Key, response: Response) -> None:
        flow = self._from.get(key)
        if flow is not None:
            self._do(self.table.reply(key, response, self._now()), flow)

    def say(self, message: Message, flow: Flow) -> bool:
        """Send without a transaction: an ACK, a stateless response."""
        try:
            data = message.encode()
        except BadValue:
            return False
        if isinstance(message, Response):
            flow = way_back(message, flow)
        return flow.send(data)

    # --- doing ---------------------------------------------------------------------------------------

    def _do(self, outcomes: list[Outcome], flow: Flow) -> None:
        for outcome in outcomes:
            match outcome:
                case Done(key=key, transaction=transaction, action=action):
                    self._act(key, transaction.request, action, flow)
                case Stray(message=Request(method="ACK") as ack):
                    if self.on_ack is not None:
                        self.on_ack(ack, flow)
                case Unmatched(response=response):
                    self.say(response, flow)
                case _:
                    pass  # a late response: nobody waits for it
        self._arm()

    def _act(self, key: Key, request: Request, action: object, flow: Flow) -> None:
        asked = self._asked.get(key)
        match action:
            case Send(message=message):
                way = asked.flow if asked is not None else self._from.get(key, flow)
                if not self.say(message, way) and way.reliable:
                    asyncio.get_running_loop().call_soon(self._cannot_send, key)
            case Pass(message=Request(method="ACK") as ack):
                if self.on_ack is not None:
                    self.on_ack(ack, flow)
            case Pass(message=Request() as begun):
                self._from[key] = flow
                self._on_request(begun, key, flow)
            case Pass(message=Response() as response) if asked is not None:
                asked.on_response(response)
            case Fault() if asked is not None:
                asked.on_fault()
            case Over():
                self._asked.pop(key, None)
                self._from.pop(key, None)
            case _:
                pass

    def _cannot_send(self, key: Key) -> None:
        asked = self._asked.get(key)
        flow = asked.flow if asked is not None else self._from.get(key)
        if flow is not None:
            self._do(self.table.cannot_send(key, self._now()), flow)

    def lost(self, flow: Flow) -> None:
        """A connection is gone: what waits for an answer on it will not get one."""
        for key in [k for k, asked in self._asked.items() if asked.flow is flow]:
            self._cannot_send(key)

    # --- time ----------------------------------------------------------------------------------------

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    def _arm(self) -> None:
        at_s = self.table.next_deadline()
        if at_s is None:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            return
        if self._timer is not None:
            if self._timer_at <= at_s:
                return
            self._timer.cancel()
        self._timer_at = at_s
        self._timer = asyncio.get_running_loop().call_at(at_s, self._tick)

    def _tick(self) -> None:
        self._timer = None
        for outcome in self.table.tick(self._now()):
            if isinstance(outcome, Done):
                asked = self._asked.get(outcome.key)
                flow = asked.flow if asked is not None else self._from.get(outcome.key)
                if flow is not None:
                    self._act(outcome.key, outcome.transaction.request, outcome.action, flow)
        self._arm()

    def close(self) -> None:
        """Forget everything; nothing is called back."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        for key in self.table.open_keys():
            self.table.forget(key)
        self._asked.clear()
        self._from.clear()


def way_back(response: Response, flow: Flow) -> Flow:
    """Where a response goes (RFC 3261, 18.2.2; RFC 3581): on UDP to the source, at `rport` or the Via's port."""
    if not isinstance(flow, UdpFlow):
        return flow
    via = response.headers.via[0]
    port = flow.port if via.wants_rport else via.port or 5060
    return flow if port == flow.port else flow.to(flow.host, port)


def stamp(request: Request, flow: Flow) -> None:
    """Note where the request came from. Raises BadValue."""
    stamp_via(request, flow.host, flow.port)
