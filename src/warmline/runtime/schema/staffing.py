"""Staffing: what is set, contracts, plans, shifts, private calendars, and who was present when."""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from warmline.runtime.schema.base import at, tenant_table

STAFFING_SETTING = tenant_table(
    "staffing_setting",  # one row a tenant
    Column("settings", JSONB, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
)

STAFFING_CONTRACT = tenant_table(
    "staffing_contract",
    Column("agent_id", Uuid, primary_key=True),
    Column("terms", JSONB, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
)

STAFFING_PLAN = tenant_table(
    "staffing_plan",
    Column("id", Uuid, primary_key=True),
    at("starts_at"),
    at("ends_at"),
    Column("status", Text, nullable=False),  # planning, ready, failed, stopped, published
    Column("request", JSONB, nullable=False),
    Column("progress", JSONB, nullable=False, server_default="{}"),
    Column("result", JSONB),
    Column("stop_asked", Boolean, nullable=False, server_default="false"),
    Column("created_by", Uuid),
    at("created_at"),
    at("seen_at"),  # the last sign of life of who plans
    Index("ix_staffing_plan_created_at", "tenant_id", "created_at"),
)

WORK_SHIFT = tenant_table(
    "work_shift",
    Column("id", Uuid, primary_key=True),
    Column("plan_id", Uuid),  # none: written by hand
    Column("agent_id", Uuid),  # none: nobody works it yet
    Column("pool_id", Text, nullable=False),
    Column("queues", ARRAY(Text), nullable=False),
    Column("pattern_id", Text, nullable=False),
    at("starts_at"),
    at("ends_at"),
    Column("paid_min", Integer, nullable=False),
    Column("pauses", JSONB, nullable=False),  # [{"kind", "start_at", "end_at"}]
    at("published_at", nullable=True),
    Column("version", Integer, nullable=False, server_default="1"),
    Index("ix_work_shift_starts_at", "tenant_id", "starts_at"),
    Index("ix_work_shift_agent", "tenant_id", "agent_id", "starts_at"),
    Index("ix_work_shift_plan", "tenant_id", "plan_id"),
)

CALENDAR_FEED = tenant_table(
    "calendar_feed",
    Column("agent_id", Uuid, primary_key=True),
    Column("token_hash", LargeBinary, nullable=False),
    at("created_at"),
    Index("ux_calendar_feed_token", "tenant_id", "token_hash", unique=True),
)

PRESENCE_CHANGE = tenant_table(
    "presence_change",
    Column("agent_id", Uuid, primary_key=True),
    Column("at", at("at").type, primary_key=True),
    Column("presence", Text, nullable=False),
    Column("reason", Text),
    Index("ix_presence_change_at", "tenant_id", "at"),
)
