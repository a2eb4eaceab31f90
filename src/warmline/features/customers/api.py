"""Customers over HTTP: who they are, their story, search, and what the law lets them ask for."""

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from warmline.features.customers.merging import Merging
from warmline.features.customers.model import AddressKind, CustomerView, Evidence, Profile
from warmline.features.customers.privacy import Privacy
from warmline.features.customers.search import Search
from warmline.features.customers.service import Customers
from warmline.features.customers.timeline import timeline
from warmline.features.security.access import client_of, require
from warmline.features.security.audit import Actor
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session
from warmline.kernel.locale import Locale
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring

NO_NUL = r"^[^\x00]*$"
Signal = Callable[[str, str, str], Awaitable[None]]
Label = Annotated[str, Field(min_length=1, max_length=200, pattern=NO_NUL)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ProfileDoc(Strict):
    """What is known about a person."""

    name: Label | None = None
    reference: Annotated[Label | None, Field(description="The backend's own id")] = None
    tier: Label | None = None
    attributes: Annotated[
        dict[Label, Annotated[str, Field(max_length=500, pattern=NO_NUL)]], Field(max_length=50)
    ] = Field(default_factory=dict)


class AddressNew(Strict):
    kind: AddressKind
    value: Label


class CustomerNew(Strict):
    """A customer that an agent enters."""

    profile: ProfileDoc
    locale: Locale | None = None
    addresses: Annotated[list[AddressNew], Field(max_length=10)] = Field(default_factory=list)


class NoteNew(Strict):
    text: Annotated[str, Field(min_length=1, max_length=4000, pattern=NO_NUL)]


class MergeRequest(Strict):
    """`merged_id` turns out to be the customer in the address; `evidence` goes into the audit log."""

    merged_id: UUID
    evidence: Evidence


class AddressDoc(BaseModel):
    id: UUID
    kind: str
    value: str
    verified_at: dt.datetime | None


class ContactDoc(BaseModel):
    id: UUID
    status: str
    channel: str
    intent: str | None
    opened_at: dt.datetime
    ended_at: dt.datetime | None
    disconnect_reason: str | None
    disposition: str | None
    csat: int | None
    agent_id: UUID | None
    agent_names: list[str]


class NoteDoc(BaseModel):
    id: UUID
    agent_id: UUID
    agent_name: str | None
    text: str
    created_at: dt.datetime


class CustomerDoc(BaseModel):
    """A person with everything merged into them; contacts and notes newest first."""

    id: UUID
    known: bool
    locale: str | None
    profile: ProfileDoc
    addresses: list[AddressDoc]
    contacts: list[ContactDoc]
    notes: list[NoteDoc]
    merged: list[UUID]
    created_at: dt.datetime
    erased_at: dt.datetime | None


class TimelineItemDoc(BaseModel):
    """One event; `e` is tagged by `kind` as in the desk protocol."""

    contact_id: UUID
    seq: int
    at: dt.datetime
    e: dict[str, Any]


class TimelineDoc(BaseModel):
    """A page of the story, newest first; `next` is the `cursor` of the page after it."""

    items: list[TimelineItemDoc]
    contacts: list[ContactDoc]
    next: str | None


class FoundCustomerDoc(BaseModel):
    id: UUID
    name: str | None
    known: bool
    addresses: list[AddressDoc]
    score: float


class FoundContactDoc(BaseModel):
    id: UUID
    customer_id: UUID
    customer: str | None
    status: str
    channel: str
    intent: str | None
    opened_at: dt.datetime
    snippet: str
    score: float


class FoundDoc(BaseModel):
    """Best first; `score` is the share of the query that was found."""

    customers: list[FoundCustomerDoc]
    contacts: list[FoundContactDoc]


class Erased(BaseModel):
    """How many data keys were destroyed."""

    keys: int


def _doc(view: CustomerView) -> CustomerDoc:
    return CustomerDoc.model_validate(msgspec.to_builtins(view) | {"profile": _profile(view.profile)})


def _profile(profile: Profile) -> dict[str, object]:
    return {name: getattr(profile, name) for name in profile.__struct_fields__}


def _actor(session: Session, request: Request) -> Actor:
    return Actor.of(session.identity, client_of(request).ip)


def router(database: Database, keyring: Keyring, signal: Signal) -> APIRouter:
    """Return the routes under `/api` for customers and search. `signal` tells desks that a name changed."""
    api = APIRouter(responses=PROBLEMS, tags=["customers"])
    customers = Customers(database, keyring)
    _add_reading(api, database, keyring, customers)
    _add_writing(api, customers, Merging(database), signal)
    _add_privacy(api, Privacy(database, keyring, customers), signal)
    return api


def _add_reading(api: APIRouter, database: Database, keyring: Keyring, customers: Customers) -> None:
    search = Search(database, keyring, customers)

    @api.get("/search")
    async def find(
        session: Annotated[Session, Depends(require("search"))],
        q: Annotated[str, Query(min_length=1, max_length=200, pattern=NO_NUL)],
        limit: Annotated[int, Query(ge=1, le=50)] = 20,
    ) -> FoundDoc:
        """Find customers and contacts by words (two syllables suffice), email, phone number or reference."""
        return FoundDoc.model_validate(
            msgspec.to_builtins(await search.find(session.identity.tenant_id, q, limit))
        )

    @api.get("/customers/{customer_id}")
    async def customer_read(
        customer_id: UUID, session: Annotated[Session, Depends(require("customers.read"))]
    ) -> CustomerDoc:
        """Return a customer. For one that was merged, this is the person they are."""
        return _doc(await customers.view(session.identity.tenant_id, customer_id))

    @api.get("/customers/{customer_id}/timeline")
    async def customer_timeline(
        customer_id: UUID,
        session: Annotated[Session, Depends(require("customers.read"))],
        cursor: Annotated[str | None, Query(max_length=200, pattern=r"^[A-Za-z0-9_=-]*$")] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> TimelineDoc:
        """Return what happened across all contacts of a customer, newest first."""
        page = await timeline(database, keyring, session.identity.tenant_id, customer_id, cursor or None, limit)
        return TimelineDoc.model_validate(msgspec.to_builtins(page))


def _add_writing(api: APIRouter, customers: Customers, merging: Merging, signal: Signal) -> None:
    @api.post("/customers", status_code=201)
    async def customer_create(
        body: CustomerNew, session: Annotated[Session, Depends(require("customers.create"))]
    ) -> CustomerDoc:
        """Enter a customer. One with a known reference is that customer, with the new profile."""
        tenant_id = session.identity.tenant_id
        profile = Profile(**body.profile.model_dump())
        customer_id = await customers.create(tenant_id, profile, body.locale)
        for address in body.addresses:
            await customers.add_address(tenant_id, customer_id, address.kind, address.value)
        await signal(tenant_id, "customer", str(customer_id))
        return _doc(await customers.view(tenant_id, customer_id))

    @api.post("/customers/{customer_id}/notes", status_code=201)
    async def customer_note(
        customer_id: UUID, body: NoteNew, session: Annotated[Session, Depends(require("customers.note"))]
    ) -> CustomerDoc:
        """Write a note on a customer."""
        identity = session.identity
        await customers.add_note(identity.tenant_id, customer_id, identity.agent_id, body.text)
        return _doc(await customers.view(identity.tenant_id, customer_id))

    @api.post("/customers/{customer_id}/addresses", status_code=201)
    async def customer_address(
        customer_id: UUID, body: AddressNew, session: Annotated[Session, Depends(require("customers.create"))]
    ) -> CustomerDoc:
        """Note an email address or phone number of a customer, as yet unverified."""
        tenant_id = session.identity.tenant_id
        await customers.add_address(tenant_id, customer_id, body.kind, body.value)
        return _doc(await customers.view(tenant_id, customer_id))

    @api.post("/customers/{customer_id}/merge")
    async def customer_merge(
        request: Request,
        customer_id: UUID,
        body: MergeRequest,
        session: Annotated[Session, Depends(require("customers.merge"))],
    ) -> CustomerDoc:
        """Let another customer be this one; `unmerge` undoes it exactly."""
        tenant_id = session.identity.tenant_id
        actor = _actor(session, request)
        person = await merging.merge(tenant_id, actor, customer_id, body.merged_id, body.evidence)
        await signal(tenant_id, "customer", str(body.merged_id))
        return _doc(await customers.view(tenant_id, person))

    @api.post("/customers/{customer_id}/unmerge")
    async def customer_unmerge(
        request: Request, customer_id: UUID, session: Annotated[Session, Depends(require("customers.merge"))]
    ) -> CustomerDoc:
        """Let a merged customer stand for themselves again."""
        tenant_id = session.identity.tenant_id
        await merging.undo(tenant_id, _actor(session, request), customer_id)
        await signal(tenant_id, "customer", str(customer_id))
        return _doc(await customers.view(tenant_id, customer_id))


def _add_privacy(api: APIRouter, privacy: Privacy, signal: Signal) -> None:
    @api.get("/customers/{customer_id}/export", response_class=Response, responses={200: {"content": JSON_FILE}})
    async def customer_export(
        request: Request, customer_id: UUID, session: Annotated[Session, Depends(require("customers.export"))]
    ) -> Response:
        """Return everything kept about a customer, as a file."""
        document = await privacy.export(session.identity.tenant_id, _actor(session, request), customer_id)
        name = f"attachment; filename=customer-{customer_id}.json"
        return Response(
            msgspec.json.format(msgspec.json.encode(document), indent=2),
            media_type="application/json",
            headers={"Content-Disposition": name},
        )

    @api.post("/customers/{customer_id}/erase")
    async def customer_erase(
        request: Request, customer_id: UUID, session: Annotated[Session, Depends(require("customers.erase"))]
    ) -> Erased:
        """Forget a customer for good: keys destroyed, so that backups hold nothing readable either."""
        tenant_id = session.identity.tenant_id
        keys = await privacy.erase(tenant_id, _actor(session, request), customer_id)
        await signal(tenant_id, "customer", str(customer_id))
        return Erased(keys=keys)


JSON_FILE: dict[str, Any] = {"application/json": {"schema": {"type": "object"}}}
