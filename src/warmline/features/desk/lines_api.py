"""REST: who waits in a queue, for agents who may choose, and every promised call, for supervisors."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel

from warmline.domain.journey.interface import QueueFacts
from warmline.features.contacts.lines import LineLength, LineStore
from warmline.features.desk.cards import CardCustomer, card
from warmline.features.desk.hub import DeskHub
from warmline.features.security.access import require
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session
from warmline.kernel.errors import NOT_FOUND, Refused

QueueId = Annotated[str, Path(min_length=1, max_length=100, pattern=r"^[^\x00]+$")]


class CustomerOut(BaseModel):
    id: UUID
    name: str | None
    known: bool


class ExpectedOut(BaseModel):
    """How much longer somebody is expected to wait, as they are told themselves: whole minutes, in seconds."""

    low_s: float
    high_s: float


class WaitingOut(BaseModel):
    """Somebody in line; `callback`: a promised call whose turn may come; `expected`: null where nobody can say."""

    id: UUID
    customer: CustomerOut
    intent: str | None
    locale: str
    channel: str
    priority: int | None
    queued_at: datetime
    callback: bool
    expected: ExpectedOut | None = None


class LineOut(BaseModel):
    """A queue somebody may take customers from; `waiting` counts promised calls whose turn may come as well."""

    id: str
    name: dict[str, str]
    waiting: int
    longest_since: datetime | None


class LineList(BaseModel):
    items: list[LineOut]


class WaitingList(BaseModel):
    """The oldest first; at most 100."""

    items: list[WaitingOut]


class CallbackOut(BaseModel):
    """A promised call and the card of its contact; `callback` of the card says where it stands."""

    card: dict[str, object]


class CallbackList(BaseModel):
    """Those due first; at most 200."""

    items: list[CallbackOut]


def router(lines: LineStore, hub: DeskHub) -> APIRouter:
    """Return the routes `GET /lines`, `GET /queues/{key}/waiting` and `GET /callbacks`."""
    api = APIRouter(responses=PROBLEMS, tags=["contacts"])

    @api.get("/lines")
    async def own_lines(session: Annotated[Session, Depends(require("contacts.pick"))]) -> LineList:
        """Return the lines one may take customers from: those of one's profile; for leaders, all."""
        tenant_id = session.identity.tenant_id
        mine = await hub.picking.queues(session.identity)
        lengths = await lines.lengths(tenant_id)
        nobody = LineLength()
        return LineList(
            items=[
                LineOut(
                    id=str(queue["id"]),
                    name=msgspec.convert(queue["name"], dict[str, str]),
                    waiting=lengths.get(str(queue["id"]), nobody).waiting,
                    longest_since=lengths.get(str(queue["id"]), nobody).longest_since,
                )
                for queue in await hub.queue_names(tenant_id)
                if mine is None or queue["id"] in mine
            ]
        )

    @api.get("/queues/{key}/waiting")
    async def waiting(key: QueueId, session: Annotated[Session, Depends(require("contacts.pick"))]) -> WaitingList:
        """Return who waits in a queue; take one with the command `pick_contact`."""
        tenant_id = session.identity.tenant_id
        if all(queue["id"] != key for queue in await hub.queue_names(tenant_id)):
            raise Refused(NOT_FOUND, what="queue")
        await hub.picking.check(session.identity, key)
        found = await lines.waiting(tenant_id, key)
        await hub.names.load(tenant_id, [one.customer_id for one in found])
        return WaitingList(
            items=[
                WaitingOut(
                    id=one.id,
                    customer=_customer(hub.names.peek(tenant_id, one.customer_id), one.customer_id),
                    intent=one.intent,
                    locale=one.locale,
                    channel=one.channel,
                    priority=one.priority,
                    queued_at=one.queued_at,
                    callback=one.status == "callback",
                    expected=_expected(hub.place_of(tenant_id, key, one.id)),
                )
                for one in found
            ]
        )

    @api.get("/callbacks")
    async def callbacks(
        session: Annotated[Session, Depends(require("callbacks.read"))],
        queue_id: Annotated[str | None, Query(max_length=100, pattern=r"^[^\x00]*$")] = None,
    ) -> CallbackList:
        """Return every promised call that is still open; move or cancel one with a command to its contact."""
        tenant_id = session.identity.tenant_id
        contacts = [
            await hub.contacts.load(tenant_id, contact_id)
            for contact_id in await lines.callbacks(tenant_id, queue_id)
        ]
        await hub.names.load(tenant_id, [one.customer_id for one in contacts])
        cards = [
            card(one, hub.names.peek(tenant_id, one.customer_id) or CardCustomer(one.customer_id))
            for one in contacts
            if one.callback is not None
        ]
        return CallbackList(items=[CallbackOut(card=msgspec.to_builtins(one)) for one in cards])

    return api


def _expected(place: QueueFacts | None) -> ExpectedOut | None:
    if place is None or place.position is None or place.told is None:
        return None
    low_s, high_s = place.told
    return ExpectedOut(low_s=low_s, high_s=high_s)


def _customer(known: CardCustomer | None, customer_id: UUID) -> CustomerOut:
    if known is None:
        return CustomerOut(id=customer_id, name=None, known=False)
    return CustomerOut(id=known.id, name=known.name, known=known.known)
