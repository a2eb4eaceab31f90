"""REST: the messages left by telephone, for those who serve their queues."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from warmline.domain.contact.model import Contact
from warmline.features.contacts import cursor
from warmline.features.desk.cards import CardCustomer
from warmline.features.desk.names import CustomerNames
from warmline.features.messages.service import Messages
from warmline.features.messages.store import PAGE, Deed, Message, Shown, Stage
from warmline.features.security.access import require
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session
from warmline.features.telephony.recordings import Recording, Recordings
from warmline.runtime.keyring import Erased

NO_NUL = r"^[^\x00]*$"
Reader = Annotated[Session, Depends(require("messages.read"))]
Settler = Annotated[Session, Depends(require("messages.settle"))]
LoadMany = Callable[[str, Sequence[UUID]], Awaitable[dict[UUID, Contact]]]


class CallerOut(BaseModel):
    id: UUID
    name: str | None
    known: bool


class DeedOut(BaseModel):
    """Who, and when."""

    by: UUID
    name: str
    at: datetime


class MessageOut(BaseModel):
    """A message. `id` is its recording's; `number` is where to call back, null when it was not told.

    `stage`: `open` waits for somebody, `done` was said to be; `promised` led to a promised call, `taken` to
    an agent who took the contact.
    """

    id: UUID
    contact_id: UUID
    customer: CallerOut
    number: str | None
    left_at: datetime
    locale: str
    intent: str | None
    queue_id: str | None
    journey_id: str | None
    stage: Stage
    heard: DeedOut | None
    done: DeedOut | None
    seconds: float | None
    state: Literal["running", "ready", "deleted"]
    transcript: str | None


class MessagePage(BaseModel):
    """At most 50; those that wait in the order they came, all others newest first."""

    items: list[MessageOut]
    next: str | None


class MessageCounts(BaseModel):
    """How many wait, and how many of them nobody has heard; 100 stands for 100 and more."""

    open: int
    unheard: int


def router(messages: Messages, recordings: Recordings, names: CustomerNames, load_many: LoadMany) -> APIRouter:
    """Return the routes `/messages…` under `/api`."""
    api = APIRouter(responses=PROBLEMS, tags=["telephone"])

    @api.get("/messages")
    async def listed(
        session: Reader,
        shown: Shown = "open",
        queue_id: Annotated[str | None, Query(max_length=100, pattern=NO_NUL)] = None,
        place: Annotated[str | None, Query(alias="cursor", max_length=200, pattern=NO_NUL)] = None,
    ) -> MessagePage:
        """Return the messages of one's queues and those of no queue; leaders see every queue's."""
        tenant_id = session.identity.tenant_id
        found = await messages.page(session.identity, shown, queue_id, cursor.read(place))
        page = found[:PAGE]
        await names.load(tenant_id, [one.customer_id for one in page])
        contacts = await _contacts(load_many, tenant_id, page)
        heard = await recordings.listed(tenant_id, [one.id for one in page])
        return MessagePage(
            items=[
                _out(one, names.peek(tenant_id, one.customer_id), contacts.get(one.contact_id), heard[one.id])
                for one in page
                if one.id in heard
            ],
            next=cursor.write((page[-1].left_at, page[-1].id)) if len(found) > PAGE else None,
        )

    @api.get("/messages/count")
    async def counted(session: Reader) -> MessageCounts:
        """Return how many messages wait in one's queues."""
        counts = await messages.counts(session.identity)
        return MessageCounts(open=counts.open, unheard=counts.unheard)

    @api.post("/messages/{recording_id}/done", status_code=204)
    async def done(session: Settler, recording_id: UUID) -> None:
        """Say that nothing more is to be done about a message."""
        await messages.settle(session.identity, recording_id, open=False)

    @api.post("/messages/{recording_id}/reopen", status_code=204)
    async def reopened(session: Settler, recording_id: UUID) -> None:
        """Say that something is to be done about a message after all."""
        await messages.settle(session.identity, recording_id, open=True)

    return api


async def _contacts(load_many: LoadMany, tenant_id: str, page: Sequence[Message]) -> dict[UUID, Contact]:
    try:
        return await load_many(tenant_id, [one.contact_id for one in page])
    except Erased:  # the only one of the page: its recording goes with the next sweep
        return {}


def number_of(contact: Contact | None) -> str | None:
    """Return where the caller can be called back, as the network or the company's own call says."""
    if contact is None:
        return None
    call = contact.call
    if call is None:
        return contact.attributes.get("from")
    return (call.called if call.direction == "outbound" else call.number) or contact.attributes.get("from")


def _out(
    message: Message, known: CardCustomer | None, contact: Contact | None, recording: Recording
) -> MessageOut:
    return MessageOut(
        id=message.id,
        contact_id=message.contact_id,
        customer=CallerOut(
            id=message.customer_id,
            name=None if known is None else known.name,
            known=known is not None and known.known,
        ),
        number=number_of(contact),
        left_at=message.left_at,
        locale=message.locale,
        intent=message.intent,
        queue_id=message.queue_id,
        journey_id=message.journey_id,
        stage=message.stage,
        heard=_deed(message.heard),
        done=_deed(message.done),
        seconds=recording.seconds,
        state=recording.state,
        transcript=recording.transcript,
    )


def _deed(deed: Deed | None) -> DeedOut | None:
    return None if deed is None else DeedOut(by=deed.by, name=deed.name, at=deed.at)
