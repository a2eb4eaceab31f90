"""A contact's card: everything an agent's list and banner show without asking further."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from warmline.domain.contact.model import Callback, Contact


class CardCustomer(Struct, frozen=True):
    id: UUID
    name: str | None = None
    known: bool = False


class CardOffer(Struct, frozen=True):
    id: UUID
    expires_at: datetime
    agent_id: UUID
    also: tuple[UUID, ...] = ()


class CardWrapUp(Struct, frozen=True):
    due_at: datetime | None
    optional: bool = False


class CardCallback(Struct, frozen=True):
    """A promised call: whom to call where, since when it was promised, and how often it was tried."""

    stage: str
    due_at: datetime
    promised_at: datetime
    order: str
    phone: str | None
    not_before: datetime | None
    not_after: datetime | None
    time_zone: str | None
    attempts: int
    told_at: datetime  # what was promised: a call is late against this, whatever `due_at` has become


class Card(Struct, frozen=True):
    """The card of docs/protocol/desk.md."""

    id: UUID
    status: str
    channel: str
    locale: str
    customer: CardCustomer
    intent: str | None
    assurance: int
    queue_id: str | None
    priority: int | None
    opened_at: datetime
    queued_at: datetime | None
    connected_at: datetime | None
    on_hold_since: datetime | None
    offer: CardOffer | None
    agent_id: UUID | None
    wrap_up: CardWrapUp | None
    last_text: str | None
    last_author: str | None
    last_at: datetime | None
    seq: int
    waiting_since: datetime | None
    customer_present: bool
    transfers: int
    summary: str | None
    callback: CardCallback | None = None


def card(contact: Contact, customer: CardCustomer) -> Card:
    """Return the card of a contact as it is now."""
    queue, offer, wrap_up = contact.queue, contact.offer, contact.wrap_up
    return Card(
        id=contact.id,
        status=contact.status,
        channel=contact.channel,
        locale=contact.locale,
        customer=customer,
        intent=contact.intent,
        assurance=contact.assurance,
        queue_id=queue.queue_id if queue is not None else None,
        priority=queue.priority if queue is not None else None,
        opened_at=contact.opened_at,
        queued_at=queue.entered_at if queue is not None else None,
        connected_at=contact.connected_at,
        on_hold_since=contact.on_hold_since,
        offer=CardOffer(offer.id, offer.expires_at, offer.agent_id, offer.also) if offer is not None else None,
        agent_id=contact.agent_id,
        wrap_up=CardWrapUp(wrap_up.due_at, wrap_up.optional) if wrap_up is not None else None,
        last_text=contact.last_text,
        last_author=contact.last_author,
        last_at=contact.last_at,
        seq=contact.seq,
        waiting_since=contact.waiting_since,
        customer_present=contact.customer_present,
        transfers=contact.transfers,
        summary=contact.summary,
        callback=_callback(contact.callback),
    )


def _callback(callback: Callback | None) -> CardCallback | None:
    if callback is None:
        return None
    return CardCallback(
        callback.stage, callback.due_at, callback.promised_at, callback.order, callback.phone,
        callback.not_before, callback.not_after, callback.time_zone, callback.attempts,
        callback.told_at or callback.due_at,
    )  # fmt: skip


def is_of(contact: Contact, agent_id: UUID) -> bool:
    """Whether a contact is on this agent's desk: offered to, owned by or wrapped up by them."""
    return (
        contact.agent_id == agent_id
        or (contact.offer is not None and agent_id in contact.offer.recipients)
        or (contact.wrap_up is not None and contact.wrap_up.agent_id == agent_id)
    )
