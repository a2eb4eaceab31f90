"""The SIP side of a voice node: listens, answers, dials."""

import asyncio
import random
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress

from warmline.kernel.errors import Refused
from warmline.kernel.rates import Bucket
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.telephone import Call, CallEnd, Dialling, IncomingCall
from warmline.sip.address import NameAddr
from warmline.sip.dialog import Local
from warmline.sip.digest import Algorithm
from warmline.sip.grammar import BadValue
from warmline.sip.identity import caller_of
from warmline.sip.message import Request, Response
from warmline.sip.parser import BadMessage
from warmline.sip.session_core import Authorize, Manners
from warmline.sip.session_uas import IncomingSession
from warmline.sip.timers_sip import Times
from warmline.sip.transaction_table import Key
from warmline.voice.admission import Admission, Admitted, Turned
from warmline.voice.call import VoiceCall
from warmline.voice.dialling import OutgoingCall
from warmline.voice.directory import Directory
from warmline.voice.exchange import Exchange, stamp
from warmline.voice.flow import Flow
from warmline.voice.flows import Flows, is_address
from warmline.voice.forking import ForkedCall
from warmline.voice.incoming import Incoming, called_of, replaced_of, x_headers
from warmline.voice.limits import Limits, Listen
from warmline.voice.line_use import LineUse
from warmline.voice.refusals import DRAINING, NO_TRUNK, NOT_REGISTERED
from warmline.voice.registrar import Registrar
from warmline.voice.replaced import call_named, line_replaced
from warmline.voice.screening import Stateless, capabilities, refusal_before_asking, refusal_of_invite
from warmline.voice.trunks import Trunks, contact_uri
from warmline.voice.ways import Ways

Gate = Callable[[Dialling], Awaitable[Dialling]]
"""Asked before anything is sent; returns the call as it may be made, or raises Refused."""
Report = Callable[[str, str], None]
"""Told what an operator should know: a stable name, and a sentence without customer data."""

SWEEP_S = 5.0
LEAVE_S = 2.0


class Endpoint:
    """Implements `Telephone`. Set `on_call` before `start`."""

    def __init__(
        self,
        listen: tuple[Listen, ...],
        directory: Directory,
        gate: Gate,
        tasks: TaskRegistry,
        report: Report,
        advertised_host: str | None = None,
        limits: Limits = Limits(),  # noqa: B008 (frozen)
        times: Times = Times(),  # noqa: B008 (frozen)
        algorithms: Sequence[Algorithm] = ("MD5",),  # add SHA-256 where every phone knows it: others give up
    ) -> None:
        self.on_call: Callable[[IncomingCall], None] | None = None
        self.on_registration: Callable[[str, bool], None] | None = None  # phone id, reachable
        self.on_trunk: Callable[[str, bool], None] | None = None  # trunk id, up
        self.draining = False
        self.limits = limits
        self._directory = directory
        self._gate = gate
        self._report = report
        self._advertised = advertised_host
        self._times = times
        self._spawned: list[asyncio.Task[None]] = []
        self._tasks = tasks
        self.flows = Flows(listen, limits, tasks, directory.is_trunk_address, self._message, self._lost)
        self.exchange = Exchange(times, self._request)
        self.exchange.on_ack = self._ack
        self.registrar = Registrar(limits, self._registered)
        self.trunks = Trunks(directory, self.exchange, self.flows, self._spawn)
        self._calls: dict[str, VoiceCall] = {}
        self.line_use = LineUse(self._calls)
        self._ways = Ways(
            directory, self.registrar, self.trunks, self._local, self._manners, self.line_use.is_full
        )
        self._admission = Admission(directory, algorithms)
        self._stateless = Stateless()
        self._by_tag: dict[str, VoiceCall] = {}
        self._invites: dict[Key, VoiceCall] = {}
        self._admitted: dict[int, Admitted] = {}
        self._new_calls = Bucket(limits.calls_a_second, limits.calls_burst, 0.0)
        self._closed = False
        self._nobody = asyncio.Event()

    # --- life ----------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Bind every address of `listen`. Raises OSError when one is taken."""
        await self.flows.start()
        self.trunks.on_trunk = lambda trunk_id, up: self.on_trunk and self.on_trunk(trunk_id, up)
        self.trunks.start()
        self._spawn("sip-sweep", self._sweep())

    @property
    def bound(self) -> list[tuple[str, str, int]]:
        """What is listened on: transport, address, port."""
        return list(self.flows.bound)

    async def close(self) -> None:
        """End every call (BYE, CANCEL), unregister from trunks, close the sockets."""
        if self._closed:
            return
        self._closed = self.draining = True
        self._nobody.clear()
        for call in list(self._calls.values()):
            await call.hang_up(cause=41)
        await self.trunks.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(LEAVE_S):
                if self._calls:
                    await self._nobody.wait()
        for call in list(self._calls.values()):
            call.cut(CallEnd("us", 41, None, "The node stopped."))
            self.forget(call)
        for task in self._spawned:
            task.cancel()
        await asyncio.gather(*self._spawned, return_exceptions=True)
        self.exchange.close()
        await self.flows.close()

    def _spawn(self, name: str, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        self._spawned = [task for task in self._spawned if not task.done()]
        task = self._tasks.spawn(name, work)
        self._spawned.append(task)
        return task

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_S)
            self.registrar.sweep(self._now())

    def drain(self) -> None:
        """See `Telephone.drain`."""
        self.draining = True

    def idle(self) -> bool:
        """Whether no call is left."""
        return not self._calls

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    # --- dialling ------------------------------------------------------------------------------------

    async def dial(self, wish: Dialling) -> Call:
        """See `Telephone.dial`."""
        if self._closed:  # while it drains, running calls still ring desk phones and are handed on
            raise Refused(DRAINING)
        wish = await self._gate(wish)
        ways = self._ways.to_phone(wish) if wish.phone else await self._ways.by_trunk(wish)
        if not ways:
            raise Refused(NOT_REGISTERED if wish.phone else NO_TRUNK)
        forks = [[way] for way in ways] if wish.phone else [ways]  # a phone rings wherever it is registered
        branches = [
            OutgoingCall(self, secrets.token_hex(12), wish.tenant_id, one, wish.sdp, wish.ring_s) for one in forks
        ]
        self._calls |= {branch.id: branch for branch in branches}
        call = branches[0] if len(branches) == 1 else ForkedCall(branches, self._spawn)
        asyncio.get_running_loop().call_soon(call.start)  # the caller sets its callbacks first
        return call

    def _local(self, flow: Flow) -> Local:
        host, port = self.flows.local(flow)
        host = self._advertised or host
        return Local(flow.transport, host, port, NameAddr(contact_uri(host, port, flow.transport)))

    def _manners(self, authorize: Authorize | None) -> Manners:
        return Manners(
            token=lambda: secrets.token_hex(10),
            random=random.SystemRandom().random,
            times=self._times,
            authorize=authorize,
        )

    # --- what calls need -----------------------------------------------------------------------------

    def enter(self, call: VoiceCall) -> None:
        """Find the call by the tag of its newest session."""
        tag = call.session.tag
        call.tags.append(tag)
        self._calls[call.id] = call
        self._by_tag[tag] = call

    def _remember(self, invite: Key, call: VoiceCall) -> None:
        """Which call an INVITE of theirs belongs to, for its CANCEL; the last few are enough."""
        call.invites.append(invite)
        self._invites[invite] = call
        if len(call.invites) > 4:
            self._invites.pop(call.invites.pop(0), None)

    def forget(self, call: VoiceCall) -> None:
        self._calls.pop(call.id, None)
        for tag in call.tags:
            self._by_tag.pop(tag, None)
        for key in call.invites:
            self._invites.pop(key, None)
        if not self._calls:
            self._nobody.set()

    def trunk_failed(self, trunk_id: str) -> None:
        self.trunks.failed(trunk_id)

    def call_of(self, replaces: str, tenant_id: str) -> VoiceCall | None:
        """Our call that a Replaces value names."""
        call = call_named(replaces, self._by_tag)
        return call if call is not None and call.tenant_id == tenant_id else None

    # --- incoming ------------------------------------------------------------------------------------

    def _message(self, message: Request | Response | BadMessage, flow: Flow) -> None:
        try:
            if isinstance(message, BadMessage):
                self._malformed(message, flow)
            elif isinstance(message, Response):
                self.exchange.response(message, flow)
            else:
                stamp(message, flow)
                self._screen(message, flow)
        except BadValue:
            return  # what was not read while parsing proved unreadable: as good as malformed, and not worth more

    def _malformed(self, bad: BadMessage, flow: Flow) -> None:
        request = bad.answerable
        if request is not None:
            stamp(request, flow)
            self._say(request, flow, bad.status, reason=bad.reason)

    def _say(
        self,
        request: Request,
        flow: Flow,
        status: int,
        headers: tuple[tuple[str, str], ...] = (),
        reason: str | None = None,
    ) -> None:
        if request.method != "ACK":
            self.exchange.say(self._stateless.respond(request, status, headers, reason), flow)

    def _screen(self, request: Request, flow: Flow) -> None:
        """Answer without memory what can be; only what goes on becomes a transaction."""
        table = self.exchange.table
        if request.method == "ACK" or table.verdict(request) == "known":
            self.exchange.request(request, flow)
        elif request.headers.to.tag is not None and request.method != "REGISTER":
            if self._by_tag.get(request.headers.to.tag) is None:
                self._say(request, flow, 481)
            else:
                self.exchange.request(request, flow)
        elif request.method == "CANCEL" and table.cancels(request) is not None:
            self.exchange.request(request, flow)
        else:
            self._begin(request, flow)

    def _begin(self, request: Request, flow: Flow) -> None:
        refusal = refusal_before_asking(request)
        if refusal is None and request.method == "OPTIONS":
            refusal = capabilities(self.draining, self.limits.retry_after_s)
        if refusal is None and request.method == "INVITE" and self._full():
            refusal = self._overloaded()
        if refusal is not None:
            self._say(request, flow, *refusal)
            return
        found = self._judge(request, flow)
        if isinstance(found, Turned):
            self._say(request, flow, found.status, found.headers)
            return
        flow.proved = True
        self.flows.known.add(flow.host, self._now())
        refusal = refusal_of_invite(request) if request.method == "INVITE" else None
        # Counted here, not before: strangers must not use up what those who may call have.
        if refusal is None and request.method == "INVITE":
            more = found.trunk is not None and "Replaces" not in request.headers
            full = more and found.trunk is not None and self.line_use.is_full(found.trunk)
            if full or not self._new_calls.take(self._now()):
                refusal = self._overloaded()
        if refusal is not None:
            self._say(request, flow, *refusal)
            return
        self._admitted[id(request)] = found
        try:
            self.exchange.request(request, flow)
        finally:
            self._admitted.pop(id(request), None)

    def _full(self) -> bool:
        if self.draining or len(self._calls) >= self.limits.calls:
            return True
        return len(self.exchange.table) >= self.limits.transactions

    def _overloaded(self) -> tuple[int, tuple[tuple[str, str], ...]]:
        return 503, (("Retry-After", str(self.limits.retry_after_s)),)

    def _judge(self, request: Request, flow: Flow) -> Admitted | Turned:
        if request.method == "REGISTER":
            return self._admission.registration(request)
        registered = self.trunks.registered_at(flow.host)
        instead = line_replaced(request, self._by_tag)
        return self._admission.call(request, flow.host, called_of(request), registered, instead)

    def _request(self, request: Request, key: Key, flow: Flow) -> None:
        """A new server transaction."""
        admitted = self._admitted.get(id(request))
        if request.method == "CANCEL":
            self._cancel(request, key, flow)
        elif admitted is None:
            call = self._by_tag.get(request.headers.to.tag or "")
            if call is None:
                self.exchange.reply(key, self._stateless.respond(request, 481))
                return
            if request.method == "INVITE":
                self._remember(key, call)
            call.request(request, flow)
        elif request.method == "REGISTER" and admitted.phone is not None:
            self.exchange.reply(key, self.registrar.register(request, admitted.phone, flow, self._now()))
        else:
            self._call(request, key, flow, admitted)

    def _cancel(self, cancel: Request, key: Key, flow: Flow) -> None:
        invite = self.exchange.table.cancels(cancel)
        call = self._invites.get(invite) if invite is not None else None
        if call is not None:
            call.request(cancel, flow)
        else:  # its call is over already
            self.exchange.reply(key, self._stateless.respond(cancel, 200 if invite is not None else 481))

    def _ack(self, ack: Request, flow: Flow) -> None:
        call = self._by_tag.get(ack.headers.to.tag or "")
        if call is not None:
            call.request(ack, flow)

    def _call(self, request: Request, key: Key, flow: Flow, admitted: Admitted) -> None:
        replaced: VoiceCall | None = None
        if "Replaces" in request.headers:
            value = request.headers.get("Replaces") or ""
            replaced = self.call_of(value, admitted.tenant_id)
            line = admitted.trunk.id if admitted.trunk is not None else None
            if replaced is None or self.on_call is None or replaced.trunk_id != line:
                self.exchange.reply(key, self._stateless.respond(request, 481))
                return
            named = replaced_of(value)
            if named is not None and named[3] and replaced.session.state != "early":
                self.exchange.reply(key, self._stateless.respond(request, 486))
                return
        session = IncomingSession(request, self._local(flow), secrets.token_hex(10), self._manners(None))
        call = VoiceCall(self, secrets.token_hex(12), admitted.tenant_id, flow, pinned=admitted.phone is not None)
        call.trunk_id = admitted.trunk.id if admitted.trunk is not None else None
        if admitted.trunk is not None and not is_address(admitted.trunk.host):
            call.verify = admitted.trunk.host
        self._remember(key, call)
        wishes = session.begin(self._now())
        call.attach(session)
        self.enter(call)
        call.perform(wishes)
        told = Incoming(
            call=call,
            caller=caller_of(request, trusted=admitted.trunk is not None),
            called=called_of(request),
            offer=session.offer,
            trunk=call.trunk_id,
            phone=admitted.phone.id if admitted.phone is not None else None,
            tenant_id=admitted.tenant_id,
            headers=x_headers(request),
            replaces=replaced,
        )
        if self.on_call is None:
            call.refuse(480)
        else:
            self.on_call(told)

    def _registered(self, phone_id: str, reachable: bool) -> None:
        if self.on_registration is not None:
            self.on_registration(phone_id, reachable)

    def _lost(self, flow: Flow) -> None:
        self.exchange.lost(flow)
        self.registrar.sweep(self._now())
