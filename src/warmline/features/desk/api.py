"""Contacts over HTTP: lists, one contact with its story, and the same commands a desk gives by socket."""

from datetime import datetime
from typing import Annotated, cast
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query

from warmline.features.contacts import cursor
from warmline.features.contacts.lines import LineStore
from warmline.features.contacts.store import PAGE, ContactFilter, ContactStore
from warmline.features.desk.cards import CardCustomer, card
from warmline.features.desk.commands import AgentMessage, DeskCommand, contact_command
from warmline.features.desk.hub import DeskHub
from warmline.features.desk.lines_api import router as lines_router
from warmline.features.desk.schemas import (
    CommandIn,
    CommandOut,
    ContactLineOut,
    ContactOut,
    ContactPage,
    EventOut,
    Status,
)
from warmline.features.security.access import require
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session
from warmline.kernel.errors import INVALID, Refused

NO_NUL = r"^[^\x00]*$"


def router(store: ContactStore, hub: DeskHub) -> APIRouter:
    """Return the routes under `/api` for contacts."""
    api = APIRouter(responses=PROBLEMS, tags=["contacts"])

    @api.get("/contacts")
    async def contacts(
        session: Annotated[Session, Depends(require("contacts.list"))],
        status: Status | None = None,
        queue_id: Annotated[str | None, Query(max_length=100, pattern=NO_NUL)] = None,
        agent_id: UUID | None = None,
        customer_id: UUID | None = None,
        opened_from: Annotated[datetime | None, Query(alias="from")] = None,
        opened_to: Annotated[datetime | None, Query(alias="to")] = None,
        place: Annotated[str | None, Query(alias="cursor", max_length=200, pattern=NO_NUL)] = None,
    ) -> ContactPage:
        """Return contacts, newest first. Times carry a UTC offset."""
        for name, at in (("from", opened_from), ("to", opened_to)):
            if at is not None and at.tzinfo is None:
                raise Refused(INVALID, field=name, reason="the time needs a UTC offset")
        wanted = ContactFilter(status, queue_id, agent_id, customer_id, opened_from, opened_to, cursor.read(place))
        lines = await store.page(session.identity.tenant_id, wanted)
        shown = lines[:PAGE]
        more = len(lines) > PAGE
        return ContactPage(
            items=[ContactLineOut.model_validate(msgspec.to_builtins(line)) for line in shown],
            next=cursor.write((shown[-1].opened_at, shown[-1].id)) if more else None,
        )

    @api.get("/contacts/{contact_id}")
    async def contact(
        contact_id: UUID, session: Annotated[Session, Depends(require("contacts.read"))]
    ) -> ContactOut:
        """Return a contact: its card and everything that happened."""
        tenant_id = session.identity.tenant_id
        found = await hub.contacts.load(tenant_id, contact_id)
        await hub.names.load(tenant_id, [found.customer_id])
        customer = hub.names.peek(tenant_id, found.customer_id) or CardCustomer(found.customer_id)
        told = await hub.contacts.history(tenant_id, contact_id, 0)
        return ContactOut(
            card=cast(dict[str, object], msgspec.to_builtins(card(found, customer))),
            events=[
                EventOut(seq=one.seq, at=one.at, e=cast(dict[str, object], msgspec.to_builtins(one.event)))
                for one in told
            ],
        )

    @api.post("/contacts/{contact_id}/commands")
    async def command(
        contact_id: UUID, body: CommandIn, session: Annotated[Session, Depends(require("contacts.command"))]
    ) -> CommandOut:
        """Carry out a command; answered after it is stored."""
        agent = session.identity
        wish: DeskCommand = msgspec.convert(body.c.model_dump(mode="json"), DeskCommand)
        attachments = ()
        if isinstance(wish, AgentMessage) and wish.attachments:
            attachments = await hub.contacts.attachments(
                agent.tenant_id, wish.attachments, agent_id=agent.agent_id
            )
        ordered = contact_command(wish, agent, body.cid, attachments)
        await hub.contacts.load(agent.tenant_id, contact_id)
        return CommandOut(seq=await hub.command(agent, contact_id, body.cid, ordered))

    api.include_router(lines_router(LineStore(store.database), hub))
    return api
