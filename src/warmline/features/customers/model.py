"""A customer as the house keeps them: an encrypted profile, addresses found by blind index, and their past."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

AddressKind = Literal["email", "phone"]
Evidence = Literal["said_so", "same_address", "same_document", "backend"]
"""Why two records are one person: they said so, share an address or a document, or the backend knows."""


class Profile(Struct, frozen=True, omit_defaults=True):
    """What is known about a person. `reference` is the backend's own id; `attributes` are its other fields."""

    name: str | None = None
    reference: str | None = None
    tier: str | None = None
    attributes: dict[str, str] = {}


class Address(Struct, frozen=True):
    """Where a customer can be reached, in the clear."""

    id: UUID
    kind: str
    value: str
    verified_at: datetime | None


class CustomerName(Struct, frozen=True):
    """Who a customer is, on a card."""

    id: UUID
    name: str | None
    known: bool


class Person(Struct, frozen=True):
    """Who a customer is, with their profile and own addresses."""

    id: UUID
    known: bool
    profile: Profile
    addresses: Sequence[Address]


class ContactLine(Struct, frozen=True):
    """One contact of a customer, without its content."""

    id: UUID
    status: str
    channel: str
    intent: str | None
    opened_at: datetime
    ended_at: datetime | None
    disconnect_reason: str | None
    disposition: str | None
    csat: int | None
    agent_id: UUID | None
    agent_names: Sequence[str]  # everybody who was with the customer, in the order of their coming


class Note(Struct, frozen=True):
    """A note on the customer, not on one contact."""

    id: UUID
    agent_id: UUID
    agent_name: str | None
    text: str
    created_at: datetime


class CustomerView(Struct, frozen=True):
    """Everything about a customer that an agent sees beside the conversation."""

    id: UUID
    known: bool
    locale: str | None
    profile: Profile
    addresses: Sequence[Address]
    contacts: Sequence[ContactLine]
    notes: Sequence[Note]
    merged: Sequence[UUID]
    created_at: datetime
    erased_at: datetime | None = None
