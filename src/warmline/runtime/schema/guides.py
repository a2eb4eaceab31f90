"""Guides that agents walk beside contacts, and every step of them."""

from sqlalchemy import Column, Index, Integer, LargeBinary, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY

from warmline.runtime.schema.base import at, tenant_table

GUIDE = tenant_table(
    "guide",
    Column("id", Uuid, primary_key=True),
    Column("contact_id", Uuid, nullable=False),
    Column("journey_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("revision", Integer, nullable=False),  # counts what was done in it
    Column("state", LargeBinary, nullable=False),  # under the customer's key
    Column("started_by", Uuid, nullable=False),
    at("started_at"),
    Column("updated_by", Uuid, nullable=False),
    at("updated_at"),
    at("ended_at", nullable=True),
    Column("outcome", Text),
    at("taken_until", nullable=True),  # an answer is being carried out; nobody else writes before then
    Index("ix_guide_contact", "tenant_id", "contact_id"),
)

GUIDE_STEP = tenant_table(
    "guide_step",
    Column("guide_id", Uuid, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("contact_id", Uuid, nullable=False),
    Column("journey_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),  # started, answered, back, closed
    Column("entered", ARRAY(Text), nullable=False),  # blocks, as `journey#section/2/then`
    Column("agent_id", Uuid, nullable=False),
    at("at"),
    Index("ix_guide_step_journey", "tenant_id", "journey_id", "at"),
)
