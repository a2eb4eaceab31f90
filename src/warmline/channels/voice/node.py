"""Every call of this process: those that come in, those that are made, and the database they can do without."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID

from warmline.channels.voice import inputs as i
from warmline.channels.voice.actions import CUSTOMER
from warmline.channels.voice.journal import LocalPromise
from warmline.channels.voice.late import close_row, write_late
from warmline.channels.voice.reconciler import Reconciler
from warmline.channels.voice.replacing import take_over
from warmline.channels.voice.rooms import VoiceRooms
from warmline.channels.voice.second_line import ask_somebody, talk_of
from warmline.channels.voice.session import CallSession
from warmline.channels.voice.sparing import Sparing
from warmline.channels.voice.state import CallState
from warmline.channels.voice.wishes import Wish, fulfil, read_wish
from warmline.domain.contact.commands import PromiseAfterCut
from warmline.domain.contact.model import Contact
from warmline.kernel.errors import INVALID, Refused, declare
from warmline.kernel.ids import new_id
from warmline.ports.calls import NO_NODE, NOT_RUNNING, NOT_YOURS, Dialled, Opening, pack_sdp, unpack_sdp
from warmline.ports.telephone import CallGone, IncomingCall
from warmline.runtime.clock import utc_now
from warmline.runtime.commit_store import UNAVAILABLE, connection_is_lost

LOG = logging.getLogger(__name__)
LOOK_S = 1.0
LOOK_AT_MOST_S = 1.5
BEAT_S = 3.0
RECONCILE_S = 5.0
AGAIN_S = 0.5
ALREADY = declare(
    "call.already", 409, "This call is just being put through.", "Wait a moment; it is there in a second."
)
PAGES_SHARE = 0.5  # of all calls, at most, are those of pages
UNSPEAKABLE = frozenset({"media.bad_sdp", "media.no_codec", "media.unsupported"})  # refused for what they offer

Answer = Mapping[str, object]


class VoiceNode:
    """Call control of one process. `look` fails or hangs while the database is away."""

    def __init__(
        self, rooms: VoiceRooms, look: Callable[[], Awaitable[object]], *, calls_at_most: int = 500
    ) -> None:
        self._rooms = rooms
        self._sparing = Sparing(LOG)
        self._look = look
        self._calls_at_most = calls_at_most
        self._sessions: dict[UUID, CallSession] = {}
        self._by_contact: dict[UUID, CallSession] = {}
        self._writing: dict[UUID, CallSession] = {}  # over, but not everything about them is written
        self._beginning: set[UUID] = set()  # contacts whose call is being put through
        self.reconciler = Reconciler(rooms, self._sessions)
        self._started_at = utc_now()
        self._empty = asyncio.Event()
        self._empty.set()
        self.away = False
        self.draining = False
        rooms.telephone.on_call = self.on_call

    def __len__(self) -> int:
        return len(self._sessions)

    def has(self, tenant_id: str, contact_id: UUID) -> bool:
        """Whether the call of this contact is here."""
        session = self._by_contact.get(contact_id)
        return session is not None and session.tenant_id == tenant_id

    # --- life ----------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to watch over calls, contacts and the database."""
        for name, work in (("look", self._watch()), ("beat", self._beat()), ("reconcile", self._reconcile())):
            self._rooms.tasks.spawn(f"voice.{name}", work)

    async def drain(self, at_most_s: float) -> None:
        """Take no new calls; wait until the running ones have ended by themselves and all of them is written."""
        self.draining = True
        self._rooms.telephone.drain()
        try:
            async with asyncio.timeout(at_most_s):
                await self._empty.wait()
        except TimeoutError:
            LOG.warning("%d calls are cut off: the time to wait for them is over", len(self))
            for session in list(self._sessions.values()):
                session.put(i.LineClosed("system", 41))
            await asyncio.sleep(1)

    def _begin(self, session: CallSession) -> None:
        self._sessions[session.id] = session
        self._empty.clear()
        session.on_over, session.on_written = self._over, self._written
        session.note_start()  # before anything that happens on the line is written down
        if self.away:
            session.put(i.DatabaseAway())
        session.begin()

    def _over(self, session: CallSession) -> None:
        self._sessions.pop(session.id, None)
        if session.contact_id is not None and self._by_contact.get(session.contact_id) is session:
            del self._by_contact[session.contact_id]
        self._writing[session.id] = session

    def _written(self, session: CallSession) -> None:
        self._writing.pop(session.id, None)
        if not self._sessions and not self._writing:
            self._empty.set()

    # --- calls that come in --------------------------------------------------------------------------

    def on_call(self, incoming: IncomingCall) -> None:
        """A telephone rings us: answer it, or say why not."""
        if (old := incoming.replaces) is not None:
            self._rooms.tasks.spawn("voice.change", take_over(self._rooms, self._sessions.values(), incoming, old))
            return
        if self.draining or len(self._sessions) >= self._calls_at_most:
            incoming.call.refuse(503, retry_after_s=5)
            return
        dialled = self._rooms.plan.route(incoming.tenant_id, incoming.trunk, incoming.called)
        if dialled is None and incoming.phone is not None:
            self._rooms.tasks.spawn("voice.desk-phone", self._from_phone(incoming, incoming.phone))
            return
        if dialled is None:
            incoming.call.refuse(404)
            return
        self._rooms.tasks.spawn("voice.incoming", self._incoming(incoming, dialled))

    async def _from_phone(self, incoming: IncomingCall, phone: str) -> None:
        """A desk phone dials out: a call of its agent like those from the desk, through the same gate."""
        tenant_id = incoming.tenant_id
        try:
            agent_id = self._rooms.plan.agent_of(tenant_id, phone)
            if agent_id is None:
                raise Refused(NOT_YOURS)
            if (talk := talk_of(self._by_contact.values(), tenant_id, agent_id)) is not None:
                await ask_somebody(self._rooms, talk, incoming, agent_id)
                return
            number = await self._rooms.gate.number(tenant_id, incoming.called)
        except Refused as refused:
            incoming.call.refuse(refused.spec.status if refused.spec.status in (403, 503) else 404)
            return
        session, outbound = self._outgoing(tenant_id, number)
        party = f"phone-{session.id.hex[-6:]}"
        try:
            contact = await self._rooms.contacts.open_call(Opening(
                tenant_id, session.id, outbound.journey_id, outbound.locale, number, number, agent_id
            ))  # fmt: skip
            self._begin(session)
            await session.ask(i.Joins(party, "agent", "", agent_id))  # or the phone would be rung
            await self._attach(session, contact)
            await session.lines.answer(party, incoming.call, incoming.offer, desk_phone=True)
        except CallGone:
            session.put(i.LineFailed("failed"))  # nobody was called yet, and the agent knows
        except Exception as failure:
            if not (isinstance(failure, Refused) or _away(failure)):
                LOG.exception("A desk phone could not dial")
            incoming.call.refuse(503, retry_after_s=5)
            await self._undo(session)

    async def _incoming(self, incoming: IncomingCall, dialled: Dialled) -> None:
        caller = incoming.caller
        state = CallState(
            new_id(), "inbound", dialled.locale, utc_now(), asyncio.get_running_loop().time(),
            caller.number, caller.attestation, dialled.recorded,
        )  # fmt: skip
        session = CallSession(self._rooms, dialled.tenant_id, state)
        session.trunk, session.called = incoming.trunk, incoming.called
        session.number_id, session.journey_id = dialled.number_id or None, dialled.journey_id
        self._begin(session)
        try:
            await session.lines.answer(CUSTOMER, incoming.call, incoming.offer, trunk=incoming.trunk)
        except CallGone:
            session.put(i.LineClosed("customer"))
            return
        except Refused as refused:
            self._sparing.warn("A call could not be answered: %s", refused.code)
            if refused.code in UNSPEAKABLE:
                incoming.call.refuse(488)  # asking again elsewhere would not help
            else:
                incoming.call.refuse(503, retry_after_s=5)
            session.put(i.LineClosed("network", 41))
            return
        await self._open(session, dialled, Opening(
            dialled.tenant_id, session.id, dialled.journey_id, dialled.locale, caller.number, incoming.called
        ))  # fmt: skip

    async def _open(self, session: CallSession, dialled: Dialled, opening: Opening) -> None:
        """Open the call's contact, as soon as the database lets us."""
        while True:
            try:
                contact = await self._rooms.contacts.open_call(opening)
                break
            except Exception as failure:
                if not _away(failure):
                    LOG.exception("No contact could be opened for a call")
                    session.put(i.LineClosed("system", 41))
                    return
            await asyncio.sleep(AGAIN_S)
            if session.machine.state.promised:
                return  # the promise in the journal opens it
        if session.over:
            await write_late(self._rooms, session, contact)
            return
        await self._attach(session, contact)
        if session.over:
            await close_row(self._rooms, session)  # it may have been ended before it was begun

    async def _attach(self, session: CallSession, contact: Contact) -> None:
        self._by_contact[contact.id] = session
        await session.attach(contact, ())

    # --- what desks and pages ask --------------------------------------------------------------------

    async def heard(self, tenant_id: str, question: Mapping[str, object]) -> Answer:
        """Answer a question of the wire. Raises Refused."""
        wish = read_wish(question)
        session = self._by_contact.get(wish.contact) if wish.contact is not None else None
        if session is not None and session.tenant_id == tenant_id and not session.over:
            return await fulfil(session, wish)
        if self.draining or len(self._sessions) >= self._calls_at_most:
            raise Refused(NO_NODE)
        if wish.do not in ("call", "dial"):
            raise Refused(NOT_RUNNING)
        begin = self._browser_call if wish.do == "call" else self._dial
        if wish.contact is None:
            return await begin(tenant_id, wish)
        if wish.contact in self._beginning:  # asked twice at once: one contact has one call
            raise Refused(ALREADY)
        self._beginning.add(wish.contact)
        try:
            return await begin(tenant_id, wish)
        finally:
            self._beginning.discard(wish.contact)

    async def _browser_call(self, tenant_id: str, wish: Wish) -> Answer:
        """A page calls: in its open contact, or in a new one. Strangers' pages leave room for telephones."""
        if sum(one.browser for one in self._sessions.values()) >= self._calls_at_most * PAGES_SHARE:
            raise Refused(NO_NODE)
        try:
            offer = unpack_sdp(wish.sdp)
        except ValueError as error:
            raise Refused(INVALID, field="sdp", reason=str(error)) from None
        outbound = self._rooms.plan.outbound(tenant_id)
        state = CallState(
            new_id(), "browser", wish.locale, utc_now(), asyncio.get_running_loop().time(),
            recorded=outbound.recorded,
        )  # fmt: skip
        session = CallSession(self._rooms, tenant_id, state, browser=True)
        session.journey_id = wish.journey_id or outbound.journey_id
        try:
            answer = await session.lines.browser(CUSTOMER, offer)
            self._begin(session)
            contact = await self._page_contact(session, tenant_id, wish)
        except BaseException:
            await self._undo(session)
            raise
        return {"sdp": pack_sdp(answer), "contact": str(contact.id)}

    async def _page_contact(self, session: CallSession, tenant_id: str, wish: Wish) -> Contact:
        contacts = self._rooms.contacts
        if wish.contact is None:
            contact = await contacts.open_call(Opening(
                tenant_id, session.id, session.journey_id, wish.locale, customer_id=wish.customer_id
            ))  # fmt: skip
            await self._attach(session, contact)
        else:
            contact = await contacts.load(tenant_id, wish.contact)
            self._by_contact[contact.id] = session
            await session.attach(contact, await contacts.history(tenant_id, contact.id, 0))
        return contact

    async def _undo(self, session: CallSession) -> None:
        """A call that could not begin leaves nothing behind, neither its audio nor who listens to it."""
        if session.id in self._sessions:
            session.put(i.LineClosed("system", 41))
        else:
            await session.lines.end(41)

    def _outgoing(self, tenant_id: str, number: str) -> tuple[CallSession, Dialled]:
        """Return a call that will be made, and what it belongs to."""
        outbound = self._rooms.plan.outbound(tenant_id)
        state = CallState(
            new_id(), "outbound", outbound.locale, utc_now(), asyncio.get_running_loop().time(),
            number, recorded=outbound.recorded, phase="dialling",
        )  # fmt: skip
        session = CallSession(self._rooms, tenant_id, state)
        session.journey_id, session.called = outbound.journey_id, number
        return session, outbound

    async def _dial(self, tenant_id: str, wish: Wish) -> Answer:
        """An agent calls somebody: for a promised call of theirs, or on their own account."""
        if wish.agent_id is None:
            raise Refused(NOT_YOURS)
        gate = (
            self._rooms.gate
        )  # a promise stays with its agent whatever the gate says; anything else does not begin
        number = await (gate.permitted if wish.contact is None else gate.number)(tenant_id, wish.number)
        session, outbound = self._outgoing(tenant_id, number)
        contacts = self._rooms.contacts
        try:
            if wish.contact is None:
                contact = await contacts.open_call(Opening(
                    tenant_id, session.id, outbound.journey_id, outbound.locale, number, number,
                    wish.agent_id, wish.name, wish.customer_id,
                ))  # fmt: skip
                self._begin(session)
                await self._attach(session, contact)
            else:
                contact = await contacts.load_anew(tenant_id, wish.contact)  # theirs since a moment ago, perhaps
                if contact.agent_id != wish.agent_id:
                    raise Refused(NOT_YOURS)
                if not await self._rooms.rows.claim(tenant_id, session.id, contact.id, self._rooms.node_id):
                    raise Refused(ALREADY)
                session.machine.state.owed = contact.callback is not None
                before = await contacts.history(tenant_id, contact.id, 0)
                self._begin(session)
                self._by_contact[contact.id] = session  # from here on their agent may join
                await session.attach(contact, before)
        except BaseException:
            await self._undo(session)
            raise
        return {"contact": str(contact.id)}

    # --- the database --------------------------------------------------------------------------------

    async def _watch(self) -> None:
        """Look whether the database answers; tell every call when it goes away and when it is back."""
        while True:
            try:
                async with asyncio.timeout(LOOK_AT_MOST_S):
                    await self._look()
                await self._is_back()
            except Exception as failure:
                if not _away(failure):
                    raise
                self._is_away()
            await asyncio.sleep(LOOK_S)

    def _is_away(self) -> None:
        if not self.away:
            self.away = True
            self.reconciler.database_away()
            LOG.error("The database is away; calls go on without it")
            for session in self._sessions.values():
                session.put(i.DatabaseAway())

    async def _is_back(self) -> None:
        if self.away:
            self.away = False
            LOG.warning("The database is back")
            for session in self._sessions.values():
                session.put(i.DatabaseBack())
        if self._rooms.journal.owed:
            await self._rooms.journal.keep(self._keep, _away)

    async def _keep(self, promise: LocalPromise) -> None:
        """Owe a call in the books, for what was promised without them."""
        contacts, contact_id = self._rooms.contacts, promise.contact
        if contact_id is None:
            opening = Opening(
                promise.tenant_id, promise.id, promise.journey_id, promise.locale, promise.number, promise.called
            )
            contact_id = (await contacts.open_call(opening)).id
        try:
            await contacts.command(promise.tenant_id, contact_id, PromiseAfterCut(promise.number))
        except Refused as refused:
            if refused.code == UNAVAILABLE:
                raise
            LOG.warning("A promised call needed nothing more: %s", refused.code)  # it is owed already

    # --- the books and the lines agree ---------------------------------------------------------------

    async def _beat(self) -> None:
        while True:
            try:
                await self._rooms.rows.beat(
                    self._rooms.node_id, self._started_at, draining=self.draining, calls=len(self)
                )
            except Exception as failure:
                if not _away(failure):
                    raise
            await asyncio.sleep(BEAT_S)

    async def _reconcile(self) -> None:
        while True:
            await asyncio.sleep(RECONCILE_S)
            try:
                await self.reconciler.compare(asyncio.get_running_loop().time())
            except Exception as failure:
                if not _away(failure):
                    raise


def _away(failure: BaseException) -> bool:
    return connection_is_lost(failure) or (isinstance(failure, Refused) and failure.code == UNAVAILABLE)
