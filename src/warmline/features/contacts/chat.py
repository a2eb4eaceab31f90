"""The house's side of a conversation: what chat widgets and desks ask for, answered by the rooms that know."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from uuid import UUID

from warmline.domain.contact.commands import (
    AddNote,
    AgentMessage,
    AnyCommand,
    CameFromHelp,
    CustomerMessage,
    Decision,
)
from warmline.domain.contact.customer import FROM_HELP
from warmline.domain.contact.events import CustomerPresence
from warmline.domain.contact.model import Attachment, Contact
from warmline.features.contacts.call_times import call_times
from warmline.features.contacts.facts import FactsHouse
from warmline.features.contacts.places import Places
from warmline.features.contacts.seats import Seats
from warmline.features.contacts.service import ContactService
from warmline.features.contacts.uploads import Uploads
from warmline.features.contacts.visitors import Visitors, case_of
from warmline.features.contacts.visits import Visits
from warmline.kernel.locale import Locale
from warmline.kernel.rates import Buckets
from warmline.ports.call_wire import CallWire
from warmline.ports.chat import Answer, CallTimes, Follow, Listener, TellPlace, Told, Visitor, WidgetSettings
from warmline.runtime.clock import utc_now
from warmline.runtime.feed import Feed

CHANNEL = "webchat"
MESSAGES_S, MESSAGE_BURST = 5.0, 20.0  # of one visitor, all pages together
VISITORS_COUNTED = 50_000
WRITTEN = (CustomerMessage, AgentMessage, AddNote)


class HouseContacts:
    """Implements `warmline.ports.chat.Contacts`."""

    def __init__(self, service: ContactService, feed: Feed, uploads: Uploads) -> None:
        self._service = service
        self._feed = feed
        self._uploads = uploads

    async def command(self, tenant_id: str, contact_id: UUID, command: AnyCommand) -> int:
        if isinstance(command, CustomerMessage | AgentMessage) and command.attachments:
            contact = await self._service.load(tenant_id, contact_id)
            if isinstance(command, AgentMessage) and contact.agent_id != command.agent_id:
                contact = await self._service.load_anew(tenant_id, contact_id)  # theirs just now?
            if isinstance(command, CustomerMessage) or contact.agent_id == command.agent_id:
                # Readable before the message tells of them, and no longer collected as unsent.
                ids = [attachment.id for attachment in command.attachments]
                await self._uploads.note_sent(tenant_id, ids, contact.conversation_id)
        return _took_effect(command, await self._service.command(tenant_id, contact_id, command))

    def submit(self, tenant_id: str, contact_id: UUID, command: AnyCommand, answer: Answer) -> bool:
        if isinstance(command, CustomerMessage | AgentMessage) and command.attachments:
            return False  # they must be shared first
        return self._service.submit(tenant_id, contact_id, command, partial(_answer, command, answer))

    async def load(self, tenant_id: str, contact_id: UUID) -> Contact:
        return await self._service.load(tenant_id, contact_id)

    async def load_anew(self, tenant_id: str, contact_id: UUID) -> Contact:
        return await self._service.load_anew(tenant_id, contact_id)

    async def history(self, tenant_id: str, contact_id: UUID, after_seq: int) -> Sequence[Told]:
        return await self._feed.history(tenant_id, contact_id, after_seq)

    def follow(self, tenant_id: str, contact_id: UUID, since_seq: int, listener: Listener) -> Follow:
        return self._feed.subscribe(
            tenant_id, contact_id, since_seq, listener.on_events, ephemeral=listener.on_passing
        )

    def pass_on(self, tenant_id: str, contact_id: UUID, message: dict[str, object]) -> None:
        self._feed.ephemeral(tenant_id, contact_id, message)

    async def attachments(
        self, tenant_id: str, ids: Sequence[UUID], *, customer_id: UUID | None = None, agent_id: UUID | None = None
    ) -> tuple[Attachment, ...]:
        return await self._uploads.attachments(tenant_id, ids, customer_id=customer_id, agent_id=agent_id)


class HouseChat(HouseContacts):
    """Implements `warmline.ports.chat.Chat`."""

    def __init__(
        self,
        service: ContactService,
        feed: Feed,
        uploads: Uploads,
        *,
        facts: FactsHouse,
        visitors: Visitors,
        visits: Visits,
        places: Places,
    ) -> None:
        super().__init__(service, feed, uploads)
        self._facts = facts
        self._visitors = visitors
        self._visits = visits
        self._places = places
        self.wire: CallWire | None = None
        self._seats = Seats()
        self._writing = Buckets(MESSAGES_S, MESSAGE_BURST, VISITORS_COUNTED)

    def widget(self, key: str) -> WidgetSettings | None:
        return self._facts.widget(key)

    def known_origin(self, origin: str) -> bool:
        return self._facts.known_origin(origin)

    async def visit(self, widget: WidgetSettings, token: str | None, locale: Locale) -> Visitor:
        known = await self._visitors.recognise(widget.tenant_id, token)
        return known if known is not None else await self._visitors.newcomer(widget.tenant_id)

    async def call_times(self, tenant_id: str, contact_id: UUID) -> CallTimes:
        contact = await self._service.load(tenant_id, contact_id)
        return call_times(await self._facts.of(tenant_id), contact, utc_now())

    async def start(
        self,
        widget: WidgetSettings,
        visitor: Visitor,
        locale: Locale,
        *,
        page: str | None,
        attributes: Mapping[str, str] = MappingProxyType({}),
        channel: str = CHANNEL,
    ) -> Contact:
        tenant_id = widget.tenant_id
        known = await self._visitors.recognise(tenant_id, visitor.token)
        if known is None:
            await self._visitors.settle(visitor, CHANNEL, locale)
        elif known.contact_id is not None:
            contact = await self._service.load(tenant_id, known.contact_id)
            if not any(name in attributes for name in FROM_HELP):
                return contact
            return (await self._service.command(tenant_id, contact.id, CameFromHelp(dict(attributes)))).contact
        decision = await self._service.open(
            tenant_id,
            channel=channel,
            customer_id=visitor.customer_id if known is None else known.customer_id,
            conversation_id=visitor.conversation_id,
            locale=locale,
            journey_id=widget.journey_id,
            page=page,
            attributes=attributes,
            case=case_of(visitor.token) if known is not None else None,  # who made one up is not known
        )
        return decision.contact

    def may_write(self, visitor: Visitor) -> bool:
        return self._writing.take(visitor.token, asyncio.get_running_loop().time())

    def take_seat(self, visitor: Visitor, replaced: Callable[[], None]) -> Follow:
        return self._seats.take(visitor.token, replaced)

    def appeared(self, tenant_id: str, contact_id: UUID) -> None:
        self._visits.appeared(tenant_id, contact_id)

    def disappeared(self, tenant_id: str, contact_id: UUID) -> None:
        self._visits.disappeared(tenant_id, contact_id)

    def watch_place(self, tenant_id: str, contact_id: UUID, queue_id: str, tell: TellPlace) -> Follow:
        return self._places.watch(tenant_id, contact_id, queue_id, tell)


def _took_effect(command: AnyCommand, decision: Decision) -> int:
    if decision.duplicate_of is not None:
        return decision.duplicate_of
    last = decision.contact.seq
    # A message is its own step's first event; what a bot answers in the same step comes behind it.
    return last - len(decision.events) + 1 if isinstance(command, WRITTEN) else last


def _answer(command: AnyCommand, answer: Answer, done: asyncio.Future[Decision]) -> None:
    if done.cancelled():
        return  # we are stopping: without an answer, the client asks again elsewhere
    failure = done.exception()
    answer(_took_effect(command, done.result()) if failure is None else failure)


def contradict(visits: Visits) -> Callable[[str, Contact, Sequence[Told]], None]:
    """Return a listener of commits that lets a customer's open page object to "the customer is gone"."""

    def listen(tenant_id: str, contact: Contact, events: Sequence[Told]) -> None:
        if not contact.customer_present and any(isinstance(one.event, CustomerPresence) for one in events):
            visits.contradicted(tenant_id, contact.id)

    return listen
