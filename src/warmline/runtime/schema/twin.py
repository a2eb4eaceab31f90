"""The digital twin: simulations somebody asked for, and what they found."""

from sqlalchemy import Boolean, Column, Index, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from warmline.runtime.schema.base import at, tenant_table

TWIN_RUN = tenant_table(
    "twin_run",
    Column("id", Uuid, primary_key=True),
    Column("question", JSONB, nullable=False),
    Column("status", Text, nullable=False),  # waiting, running, done, stopped, failed
    Column("progress", JSONB, nullable=False, server_default="{}"),
    Column("result", JSONB),
    Column("refusal", JSONB),  # why there is no result: {"code", "details"}
    Column("stop_asked", Boolean, nullable=False, server_default="false"),
    Column("created_by", Uuid),
    at("created_at"),
    at("seen_at"),  # the last sign of life of who simulates
    Index("ix_twin_run_created_at", "tenant_id", "created_at"),
)
