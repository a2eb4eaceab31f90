"""What a chat channel needs from the house: who visits, their contact, its story, and what passes by."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from warmline.domain.contact.commands import AnyCommand
from warmline.domain.contact.events import AnyEvent
from warmline.domain.contact.model import Attachment, Contact
from warmline.domain.journey.telling import ToldWait
from warmline.kernel.locale import Locale
from warmline.ports.call_wire import CallWire

TellPlace = Callable[[int | None, ToldWait | None], None]  # position, 1 = next; the wait as it is told


class WidgetSettings(Struct, frozen=True):
    """A widget as its tenant set it up. `name` and `greeting` per language; `origins` may embed it."""

    tenant_id: str
    key: str
    name: Mapping[str, str]
    greeting: Mapping[str, str]
    colour: str
    origins: tuple[str, ...]
    journey_id: str
    upload_max_bytes: int


class Visitor(Struct, frozen=True):
    """Somebody in front of a widget. `token` is theirs alone; we keep only its hash."""

    tenant_id: str
    customer_id: UUID
    conversation_id: UUID
    token: str
    contact_id: UUID | None = None  # the open contact, if there is one


class Told(Protocol):
    """One stored event."""

    @property
    def seq(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def event(self) -> AnyEvent: ...


class CallTimes(Struct, frozen=True):
    """Whether a customer in line may be called instead, and the starts of the half hours to choose from."""

    offered: bool = False
    starts: Sequence[datetime] = ()


class Follow(Protocol):
    """A running subscription."""

    def close(self) -> None: ...


class Listener(Protocol):
    """Who follows a contact. Called on the event loop; must return at once."""

    def on_events(self, contact: Contact, events: Sequence[Told]) -> None: ...

    def on_passing(self, message: Mapping[str, object]) -> None:
        """Something that is not stored: typing, read."""
        ...


Answer = Callable[[int | BaseException], None]  # the seq a command took effect at, or why it did not


class Contacts(Protocol):
    """The part both sides of a conversation need."""

    async def command(self, tenant_id: str, contact_id: UUID, command: AnyCommand) -> int:
        """Carry out a command and return, after commit, the seq it took effect at. Raises Refused."""
        ...

    def submit(self, tenant_id: str, contact_id: UUID, command: AnyCommand, answer: Answer) -> bool:
        """Do as `command`, with the answer after commit; False, and nothing done, when that needs waiting first.

        It spares a task for each message.
        """
        ...

    async def load(self, tenant_id: str, contact_id: UUID) -> Contact:
        """Return a contact as this process knows it; another may be milliseconds ahead."""
        ...

    async def load_anew(self, tenant_id: str, contact_id: UUID) -> Contact:
        """Return a contact as it is stored: before anything is refused or left undone because of it."""
        ...

    async def history(self, tenant_id: str, contact_id: UUID, after_seq: int) -> Sequence[Told]: ...

    def follow(self, tenant_id: str, contact_id: UUID, since_seq: int, listener: Listener) -> Follow:
        """Hear every event behind `since_seq`, those already stored included, without gaps or doubles."""
        ...

    def pass_on(self, tenant_id: str, contact_id: UUID, message: dict[str, object]) -> None:
        """Tell everybody who follows the contact something that is not stored."""
        ...

    async def attachments(
        self, tenant_id: str, ids: Sequence[UUID], *, customer_id: UUID | None = None, agent_id: UUID | None = None
    ) -> tuple[Attachment, ...]:
        """Return the uploads of this customer or agent. Raises Refused when one is not theirs."""
        ...


class Chat(Contacts, Protocol):
    """What a chat widget needs beyond that."""

    @property
    def wire(self) -> CallWire | None:
        """The way to calls; None where there are none."""
        ...

    def widget(self, key: str) -> WidgetSettings | None: ...

    def known_origin(self, origin: str) -> bool:
        """Whether any widget of any tenant may be embedded by `origin`."""
        ...

    async def visit(self, widget: WidgetSettings, token: str | None, locale: Locale) -> Visitor:
        """Recognise a visitor by token, or welcome a new one."""
        ...

    async def call_times(self, tenant_id: str, contact_id: UUID) -> CallTimes:
        """Return when this customer may choose to be called."""
        ...

    async def start(
        self,
        widget: WidgetSettings,
        visitor: Visitor,
        locale: Locale,
        *,
        page: str | None,
        attributes: Mapping[str, str] = {},
        channel: str = "webchat",
    ) -> Contact:
        """Open a contact, or return the visitor's open one; asking twice at once opens one."""
        ...

    def may_write(self, visitor: Visitor) -> bool:
        """Count a message against the visitor's rate, whichever page it comes from; False when it is too many."""
        ...

    def take_seat(self, visitor: Visitor, replaced: Callable[[], None]) -> Follow:
        """Count a page of the visitor; with too many, the one seated first is told that it was replaced."""
        ...

    def appeared(self, tenant_id: str, contact_id: UUID) -> None:
        """A page of the customer follows this contact."""
        ...

    def disappeared(self, tenant_id: str, contact_id: UUID) -> None:
        """A page went away; after a moment without any, the contact learns of it."""
        ...

    def watch_place(self, tenant_id: str, contact_id: UUID, queue_id: str, tell: TellPlace) -> Follow:
        """Tell the place in line and the wait now and whenever it changes."""
        ...
