"""Journeys somebody is still drawing."""

from sqlalchemy import Column, Index, Integer, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from warmline.runtime.schema.base import at, tenant_table

JOURNEY_DRAFT = tenant_table(
    "journey_draft",
    Column("id", Uuid, primary_key=True),
    Column("journey_id", Text, nullable=False),
    Column("owner", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("base_version", Integer, nullable=False),  # the published version it has all of; 0: none
    Column("revision", Integer, nullable=False),  # counts what was saved
    Column("document", JSONB, nullable=False),
    Column("positions", JSONB, nullable=False, server_default="{}"),
    Column("updated_by", Uuid, nullable=False),
    at("updated_at"),
    Index("ix_journey_draft_journey", "tenant_id", "journey_id"),
)
