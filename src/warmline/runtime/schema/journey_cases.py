"""Conversations kept with a journey."""

from sqlalchemy import BigInteger, Column, Index, Integer, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from warmline.runtime.schema.base import at, tenant_table

JOURNEY_CASE = tenant_table(
    "journey_case",
    Column("id", Uuid, primary_key=True),
    Column("journey_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("origin", Text, nullable=False),  # script, random, contact
    Column("seed", BigInteger),  # of a random customer
    Column("document", JSONB, nullable=False),  # domain/journey/case.py: scenery, deeds, expect
    Column("version", Integer, nullable=False, server_default="1"),
    Column("created_by", Uuid),
    at("created_at"),
    at("updated_at"),
    Index("ix_journey_case_journey", "tenant_id", "journey_id", "created_at"),
)
