"""One agent's desk: a snapshot, then everything live about their contacts, and every command they give."""

from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import cast
from uuid import UUID

import msgspec

from warmline.domain.contact.events import IdentityVerified, MessageSent
from warmline.domain.contact.model import Contact
from warmline.features.desk import frames
from warmline.features.desk.cards import CardCustomer, card, is_of
from warmline.features.desk.commands import AgentMessage, contact_command
from warmline.features.desk.followed import Followed, Frame, passing_frame
from warmline.features.desk.frames import DECODER, ENCODER
from warmline.features.desk.hub import DeskHub
from warmline.features.desk.late_cards import LateCards
from warmline.features.desk.me import Work, me
from warmline.features.security.roles import may
from warmline.kernel.errors import INVALID, NOT_ALLOWED, SIGN_IN, TOO_MANY, Refused, declare
from warmline.ports.chat import Follow
from warmline.ports.identity import AgentIdentity
from warmline.ports.socket import MALFORMED, REFUSED, Opening, Wire
from warmline.runtime.clock import utc_now

Authenticate = Callable[[str | None, str | None], Awaitable[AgentIdentity | None]]

HELLO_S = 10.0
SILENCE_S = 30.0  # the desk pings every 10 s
INBOX = 256
WATCHED_AT_MOST = 50

FAILED = declare("desk.failed", 500, "Something went wrong on our side.", "Try again in a moment.")
TOO_MANY_WATCHED = declare(
    "desk.too_many_watched", 429, "You follow too many contacts.", "Close some of them first."
)


class Concern(msgspec.Struct, frozen=True):
    """Work the hub gives a desk: look at this contact again."""

    contact: UUID


class LookAtMe(msgspec.Struct, frozen=True):
    """Work the hub gives a desk: presence or load changed."""


Job = frames.Frame | Concern | LookAtMe


class DeskSession:
    """Implements `warmline.ports.socket.Session` and `warmline.features.desk.hub.Desk`."""

    def __init__(self, hub: DeskHub, authenticate: Authenticate, opening: Opening, wire: Wire) -> None:
        self._hub = hub
        self._authenticate = authenticate
        self._opening = opening
        self._wire = wire
        self._agent: AgentIdentity | None = None
        self._greeted = False
        self._closed = False
        self._drains = False
        self._in_flight = 0  # messages that wait for their commit without a task
        self._inbox: deque[Job] = deque()
        self._followed: dict[UUID, Followed] = {}
        self._late_cards = LateCards(self._show_card)
        self._board: Follow | None = None
        self.silence_s = HELLO_S

    # --- from the socket and the hub -----------------------------------------------------------

    def on_frame(self, data: bytes) -> None:
        try:
            frame = DECODER.decode(data)
        except msgspec.DecodeError as error:
            if self._greeted:
                self._refuse(Refused(INVALID, field="frame", reason=str(error)), frames.cid_of(data))
            else:
                self._wire.close(MALFORMED, "malformed")
            return
        agent = self._agent
        if isinstance(frame, frames.Hello) == self._greeted:
            self._wire.close(MALFORMED, "hello must come first, and once")
            return
        if agent is not None:
            self._hub.presence.seen(agent.tenant_id, agent.agent_id)
        if isinstance(frame, frames.Ping):
            self._send({"t": "pong", "now": utc_now()})
        elif isinstance(frame, frames.Typing | frames.Read):
            self._pass_on(frame)
        else:
            self._greeted = self._greeted or isinstance(frame, frames.Hello)
            self._put(frame)

    def on_silence(self) -> None:
        self._wire.close(1001 if self._greeted else MALFORMED, "silent")

    def on_closed(self) -> None:
        self._closed = True
        if self._board is not None:
            self._board.close()
        for followed in self._followed.values():
            followed.close()
        self._followed.clear()
        self._late_cards.close()
        if self._agent is not None:
            self._hub.leave(self._agent, self)

    def concern(self, contact_id: UUID) -> None:
        self._put(Concern(contact_id))
        self._put(LookAtMe())

    def look_at_me(self) -> None:
        self._put(LookAtMe())

    def tell(self, frame: Mapping[str, object]) -> None:
        self._send(frame)

    def _put(self, job: Job) -> None:
        if self._closed or (isinstance(job, Concern | LookAtMe) and job in self._inbox):
            return
        if len(self._inbox) >= INBOX:
            if isinstance(job, Concern | LookAtMe):  # the desk would show an old picture: let it start afresh
                self._wire.close(1013, "busy", 1_000)
            else:
                self._refuse(Refused(TOO_MANY, retry_after_s=1), getattr(job, "cid", None))
            return
        if isinstance(job, frames.Cmd) and not self._drains and self._written_at_once(job):
            return
        self._inbox.append(job)
        if not self._drains:
            self._drains = True
            self._hub.tasks.spawn("desk", self._drain())

    def _written_at_once(self, frame: frames.Cmd) -> bool:
        """Take a message's short way, which needs no task; False when it must take the long one."""
        agent = self._agent
        if agent is None or not isinstance(frame.c, AgentMessage) or frame.c.attachments:
            return False
        if self._in_flight >= INBOX:
            return False
        command = contact_command(frame.c, agent, frame.cid)
        taken = self._hub.submit(agent, frame.contact, frame.cid, command, partial(self._written, frame.cid))
        self._in_flight += taken
        return taken

    def _written(self, cid: str, outcome: int | BaseException) -> None:
        self._in_flight -= 1
        if isinstance(outcome, int):
            self._send({"t": "ack", "cid": cid, "seq": outcome})
        else:
            self._failed(outcome, cid)

    def _failed(self, failure: BaseException, cid: str | None) -> None:
        if not isinstance(failure, Refused):
            self._hub.report("desk", failure)
            failure = Refused(FAILED)
        self._refuse(failure, cid)

    async def _drain(self) -> None:
        """Do what came, in the order it came."""
        try:
            while self._inbox and not self._closed:
                job = self._inbox.popleft()
                cid: str | None = getattr(job, "cid", None)
                try:
                    await self._do(job)
                except Exception as error:
                    self._failed(error, cid)
        finally:
            self._drains = False

    async def _do(self, job: Job) -> None:
        if isinstance(job, frames.Hello):
            await self._hello(job)
            return
        agent = self._agent
        if agent is None:
            return  # refused at hello; the socket is closing
        match job:
            case frames.Cmd():
                await self._command(agent, job)
            case Concern():
                await self._look_at(agent, job.contact)
            case LookAtMe():
                self._send({"t": "me", "me": await self._me(agent)})
            case frames.ChangePresence():
                presence, reason = job.presence, job.reason
                await self._hub.presence.change(
                    agent.tenant_id, agent.agent_id, presence, reason, after_work=job.next
                )
                self._send({"t": "ack", "cid": job.cid, "seq": 0})
                self._send({"t": "me", "me": await self._me(agent)})
            case frames.Watch():
                await self._watch(agent, job)
            case frames.Unwatch():
                self._unwatch(job.contact)
            case frames.WatchBoard():
                self._watch_board(agent, job.on)
            case frames.Typing() | frames.Read() | frames.Ping():
                pass  # done when they came
            case _:
                await self._hub.calls.do(agent, job, self._send)

    # --- hello ---------------------------------------------------------------------------------

    async def _hello(self, frame: frames.Hello) -> None:
        agent = await self._authenticate(self._opening.cookie, self._opening.origin)
        if agent is None or not may(agent.roles, "contacts.read"):
            self._refuse(Refused(SIGN_IN), None)
            self._wire.close(REFUSED, "sign_in")
            return
        if self._closed:
            return
        self._agent = agent
        self.silence_s = SILENCE_S
        self._hub.enter(agent, self)
        tenant_id = agent.tenant_id
        mine = await self._hub.of_agent(tenant_id, agent.agent_id)
        contacts = [await self._hub.contacts.load(tenant_id, contact_id) for contact_id in mine]
        contacts = [contact for contact in contacts if is_of(contact, agent.agent_id)]
        await self._hub.names.load(tenant_id, [contact.customer_id for contact in contacts])
        self._send(
            {
                "t": "welcome",
                "me": await self._me(agent),
                "contacts": [self._card(contact) for contact in contacts],
                "queues": await self._hub.queue_names(tenant_id),
                "pause_reasons": await self._hub.pause_reasons(tenant_id),
                "now": utc_now(),
            }
        )
        for contact in contacts:
            await self._follow(agent, contact.id, frame.contacts.get(contact.id, 0), mine=True)
        held = {contact.id for contact in contacts}
        for contact_id in frame.contacts:
            if contact_id not in held:
                self._send({"t": "gone", "contact": contact_id})

    async def _me(self, agent: AgentIdentity) -> object:
        presence = await self._hub.presence.get(agent.tenant_id, agent.agent_id)
        work = cast(Work, await self._hub.work_of(agent.tenant_id, agent.agent_id))
        return me(agent, presence, work)

    # --- contacts on the desk ------------------------------------------------------------------

    async def _look_at(self, agent: AgentIdentity, contact_id: UUID) -> None:
        """A contact may have come or gone."""
        contact = await self._hub.contacts.load(agent.tenant_id, contact_id)
        followed = self._followed.get(contact_id)
        if is_of(contact, agent.agent_id):
            if followed is None:
                await self._follow(agent, contact_id, 0, mine=True)
            else:
                followed.mine = True
                await self._hub.names.load(agent.tenant_id, [contact.customer_id])
                self._show_card(contact)
        elif followed is not None:
            self._let_go(followed)

    async def _follow(self, agent: AgentIdentity, contact_id: UUID, after_seq: int, *, mine: bool) -> None:
        followed = self._followed.get(contact_id)
        if followed is None:
            followed = Followed(contact_id, after_seq, self._tell, self._passing)
            self._followed[contact_id] = followed
        else:
            followed.rewind(after_seq)
        followed.mine = followed.mine or mine
        followed.watched = followed.watched or not mine
        told = await self._hub.contacts.history(agent.tenant_id, contact_id, after_seq)
        events = followed.catch_up(told)
        if followed.follow is None and not self._closed:
            followed.follow = self._hub.contacts.follow(agent.tenant_id, contact_id, followed.last_seq, followed)
        contact = await self._hub.contacts.load(agent.tenant_id, contact_id)
        await self._hub.names.load(agent.tenant_id, [contact.customer_id])
        self._show_card(contact)
        self._send({"t": "history", "contact": contact_id, "events": events})
        followed.release()
        if contact.call is not None and contact.call.running:
            await self._hub.calls.show(agent, contact_id, self._send)

    def _let_go(self, followed: Followed) -> None:
        if followed.mine:
            followed.mine = False
            self._send({"t": "gone", "contact": followed.contact_id})
        if not followed.watched:
            followed.close()
            self._late_cards.drop(followed.contact_id)
            self._followed.pop(followed.contact_id, None)

    async def _watch(self, agent: AgentIdentity, frame: frames.Watch) -> None:
        if sum(one.watched for one in self._followed.values()) >= WATCHED_AT_MOST:
            raise Refused(TOO_MANY_WATCHED)
        await self._follow(agent, frame.contact, frame.seq, mine=False)

    def _unwatch(self, contact_id: UUID) -> None:
        followed = self._followed.get(contact_id)
        if followed is not None:
            followed.watched = False
            if not followed.mine:
                followed.close()
                self._late_cards.drop(contact_id)
                del self._followed[contact_id]

    def _tell(self, followed: Followed, contact: Contact, events: list[Frame]) -> None:
        if not events or self._agent is None:
            return
        only_words = True
        for event in events:
            self._send({"t": "event", "contact": followed.contact_id, **event})
            if type(event["e"]) is not MessageSent:
                only_words = False
                if isinstance(event["e"], IdentityVerified):  # now they have a name
                    self._hub.names.forget(contact.tenant_id, contact.customer_id)
        if self._hub.names.peek(contact.tenant_id, contact.customer_id) is None:
            self._put(Concern(contact.id))
        if only_words:
            self._late_cards.put(contact)
        else:
            self._show_card(contact)
        if followed.mine and not is_of(contact, self._agent.agent_id):
            self._let_go(followed)

    def _passing(self, contact_id: UUID, message: Mapping[str, object]) -> None:
        if (frame := passing_frame(contact_id, message)) is not None:
            self._send(frame)

    def _show_card(self, contact: Contact) -> None:
        self._late_cards.drop(contact.id)
        self._send({"t": "card", "card": self._card(contact)})

    def _card(self, contact: Contact) -> object:
        customer = self._hub.names.peek(contact.tenant_id, contact.customer_id)
        return card(contact, customer or CardCustomer(contact.customer_id))

    # --- what the agent does -------------------------------------------------------------------

    async def _command(self, agent: AgentIdentity, frame: frames.Cmd) -> None:
        attachments = ()
        if isinstance(frame.c, AgentMessage) and frame.c.attachments:
            attachments = await self._hub.contacts.attachments(
                agent.tenant_id, frame.c.attachments, agent_id=agent.agent_id
            )
        command = contact_command(frame.c, agent, frame.cid, attachments)
        seq = await self._hub.command(agent, frame.contact, frame.cid, command)
        self._send({"t": "ack", "cid": frame.cid, "seq": seq})

    def _pass_on(self, frame: frames.Typing | frames.Read) -> None:
        agent = self._agent
        followed = self._followed.get(frame.contact)
        if agent is None or followed is None or not followed.mine:
            return
        message: dict[str, object] = {"from": "agent"}
        if isinstance(frame, frames.Typing):
            message |= {"t": "typing", "on": frame.on}
        else:
            message |= {"t": "read", "seq": frame.seq}
        self._hub.contacts.pass_on(agent.tenant_id, frame.contact, message)

    def _watch_board(self, agent: AgentIdentity, on: bool) -> None:
        if not may(agent.roles, "board.read"):
            raise Refused(NOT_ALLOWED)
        if on and self._board is None:
            self._board = self._hub.board.watch(agent.tenant_id, self._tell_board)
        elif not on and self._board is not None:
            self._board.close()
            self._board = None

    def _tell_board(self, board: object) -> None:
        self._send({"t": "board", "board": board})

    # --- to the socket -------------------------------------------------------------------------

    def _send(self, frame: Mapping[str, object]) -> None:
        if not self._closed:
            self._wire.send(ENCODER.encode(frame))

    def _refuse(self, refused: Refused, cid: str | None) -> None:
        frame: dict[str, object] = {
            "t": "error", "code": refused.code, "text": refused.text, "fix": refused.fix,
            "details": refused.details,
        }  # fmt: skip
        if cid is not None:
            frame["cid"] = cid
        self._send(frame)


def allow_own_origin(trusted: frozenset[str]) -> Callable[[Opening], bool]:
    """Return the check made before a desk's socket is accepted: a page of ours, or none at all."""

    def allow(opening: Opening) -> bool:
        origin = opening.origin
        return origin is None or origin.split("://", 1)[-1] == opening.host or origin in trusted

    return allow
