"""Contacts, their events, offers, timers and outbox: what one batch statement writes."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    Uuid,
    text,
)  # fmt: skip
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from warmline.runtime.schema.base import at, tenant_table

# Columns beside `state` hold no personal data: they exist to be routed, counted and searched by.
CONTACT = tenant_table(
    "contact",
    Column("id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("status", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("customer_id", Uuid, nullable=False),
    Column("conversation_id", Uuid, nullable=False),
    Column("intent", Text),
    Column("assurance", SmallInteger, nullable=False, server_default="0"),
    Column("queue_id", Text),
    Column("priority", SmallInteger),
    at("queued_at", nullable=True),
    Column("routing", JSONB),  # skills, preferred/only agent: what the router needs, null unless queued/offered
    Column("offer_id", Uuid),
    Column("agent_id", Uuid),  # offered to, owner, or wrapping
    Column("wrapping", Boolean, nullable=False, server_default="false"),
    Column("journey_id", Text),
    Column("journey_version", Integer),
    at("opened_at"),
    at("first_queued_at", nullable=True),
    at("connected_at", nullable=True),
    at("ended_at", nullable=True),
    at("wrapped_at", nullable=True),
    Column("disconnect_reason", Text),
    Column("disposition", Text),
    Column("transfers", SmallInteger, nullable=False, server_default="0"),
    Column("csat", SmallInteger),
    at("callback_at", nullable=True),  # set while a call is promised: when it is due
    at("updated_at"),
    Column("state", LargeBinary, nullable=False),  # the whole contact document, encrypted
    Index("ix_contact_open", "tenant_id", "status", postgresql_where=text("status <> 'ended'")),
    Index("ix_contact_agent", "tenant_id", "agent_id", postgresql_where=text("agent_id IS NOT NULL")),
    Index("ix_contact_customer", "tenant_id", "customer_id", "opened_at"),
    Index("ix_contact_conversation", "tenant_id", "conversation_id", "opened_at"),
    Index("ix_contact_opened", "tenant_id", "opened_at"),
    Index("ix_contact_callback", "tenant_id", "callback_at", postgresql_where=text("callback_at IS NOT NULL")),
    fillfactor=70,
)

EVENT = tenant_table(
    "event",
    Column("contact_id", Uuid, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    at("at"),
    Column("kind", Text, nullable=False),
    Column("body", JSONB, nullable=False),  # personal texts inside are encrypted strings
    Column("dedupe_key", Text),
    Index("ux_event_dedupe", "tenant_id", "contact_id", "dedupe_key", unique=True,
          postgresql_where=text("dedupe_key IS NOT NULL")),
    Index("ix_event_kind_at", "tenant_id", "kind", "at",
          postgresql_where=text("kind <> 'message_sent' AND kind <> 'journey_moved'")),
)  # fmt: skip

OFFER = tenant_table(
    "offer",
    Column("id", Uuid, primary_key=True),
    Column("contact_id", Uuid, nullable=False),
    Column("agent_id", Uuid, nullable=False),
    Column("epoch", BigInteger, nullable=False),
    at("offered_at"),
    at("expires_at"),
    at("ended_at", nullable=True),
    Column("outcome", Text),
    Column("also", ARRAY(Uuid), nullable=False, server_default="{}"),  # further people it rings at
    Index("ux_offer_live", "tenant_id", "contact_id", unique=True, postgresql_where=text("ended_at IS NULL")),
    Index("ix_offer_agent", "tenant_id", "agent_id", "offered_at"),
)

TIMER = tenant_table(
    "timer",
    Column("key", Uuid, primary_key=True),  # the contact (or other subject) to wake
    Column("timer", Text, primary_key=True),
    at("due_at"),
    at("lease_until", nullable=True),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Index("ix_timer_due", "tenant_id", "due_at"),
)

OUTBOX = tenant_table(
    "outbox",
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("lane", Text, nullable=False),  # router, task, index, webhook
    Column("key", Uuid, nullable=False),  # contact or agent
    Column("body", LargeBinary),  # encrypted when it holds personal data
    at("due_at"),
    at("lease_until", nullable=True),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Index("ix_outbox_lane_due", "tenant_id", "lane", "due_at"),
)

ROUTING_LEASE = tenant_table(
    "routing_lease",
    Column("domain", Text, primary_key=True),
    Column("epoch", BigInteger, nullable=False),
    Column("holder", Text, nullable=False),
    at("expires_at"),
)

LEDGER_ALARM = tenant_table(
    "ledger_alarm",
    Column("id", Uuid, primary_key=True),
    Column("contact_id", Uuid, nullable=False),
    at("found_at"),
    Column("was", Text, nullable=False),
    at("repaired_at", nullable=True),
)

UPLOAD = tenant_table(
    "upload",
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid),
    Column("agent_id", Uuid),
    Column("name_enc", LargeBinary, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("content_enc", LargeBinary, nullable=False),
    at("uploaded_at"),
)

UPLOAD_SHARE = tenant_table(  # an agent's file was sent into this conversation: its customer may read it
    "upload_share",
    Column("upload_id", Uuid, primary_key=True),
    Column("conversation_id", Uuid, primary_key=True),
    at("shared_at"),
)

CONTACT_SEARCH = tenant_table(
    "contact_search",
    Column("contact_id", Uuid, primary_key=True),
    Column("customer_id", Uuid, nullable=False),
    Column("grams", ARRAY(BigInteger), nullable=False),  # keyed hashes of the text's bigrams
    at("updated_at"),
    Index("ix_contact_search_grams", "grams", postgresql_using="gin"),
)
