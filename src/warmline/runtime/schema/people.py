"""Tenants, the people who work, what they may do, and their sessions."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)  # fmt: skip
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from warmline.runtime.schema.base import METADATA, at, tenant_table

TENANT = Table(
    "tenant",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("default_locale", Text, nullable=False, server_default="en"),
    Column("time_zone", Text, nullable=False, server_default="UTC"),
    Column("kek_version", Integer, nullable=False, server_default="1"),
    Column("demo", Boolean, nullable=False, server_default="false"),
    at("created_at"),
)

AGENT = tenant_table(
    "agent",
    Column("id", Uuid, primary_key=True),
    Column("email", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("password_hash", Text),
    Column("roles", ARRAY(Text), nullable=False),  # agent, supervisor, designer, admin
    Column("locale", Text, nullable=False, server_default="en"),
    Column("routing_profile_id", Text),
    Column("preferences", JSONB, nullable=False, server_default="{}"),
    Column("team", Text),
    Column("attributes", JSONB, nullable=False, server_default="{}"),  # {name: value}, for rings of a queue
    at("created_at"),
    at("disabled_at", nullable=True),
    Index("ux_agent_email", "tenant_id", text("lower(email)"), unique=True),
)

AGENT_PRESENCE = tenant_table(
    "agent_presence",
    Column("agent_id", Uuid, primary_key=True),
    Column("presence", Text, nullable=False),  # available, away, offline
    Column("reason", Text),
    Column("next_presence", Text),
    Column("next_reason", Text),
    at("since_at"),
    at("idle_since_at"),  # for longest idle
    Column("misses", SmallInteger, nullable=False, server_default="0"),
    at("seen_at", nullable=True),  # the last sign of life of a desk
    Column("version", BigInteger, nullable=False, server_default="0"),
)

AGENT_SKILL = tenant_table(
    "agent_skill",
    Column("agent_id", Uuid, primary_key=True),
    Column("skill_id", Text, primary_key=True),
    Column("level", SmallInteger, nullable=False),
)

WEB_SESSION = tenant_table(
    "web_session",
    Column("token_hash", LargeBinary, primary_key=True),
    Column("agent_id", Uuid, nullable=False),
    Column("csrf_hash", LargeBinary, nullable=False),
    at("created_at"),
    at("seen_at"),
    at("expires_at"),
    Column("ip", Text),
    Column("user_agent", Text),
    Index("ix_web_session_agent", "tenant_id", "agent_id"),
)

AUDIT = tenant_table(
    "audit",
    Column("seq", BigInteger, primary_key=True),
    at("at"),
    Column("actor_id", Uuid),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", JSONB, nullable=False, server_default="{}"),
    Column("ip", Text),
    Column("previous_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)
