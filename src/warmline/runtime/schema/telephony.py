"""The telephone: trunks, numbers, desk phones, what may be dialled, running calls and recordings."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from warmline.runtime.schema.base import METADATA, at, tenant_table

# A provider's line. By `registration` we sign in; by `address` both sides know each other's addresses.
TRUNK = tenant_table(
    "trunk",
    Column("id", Text, primary_key=True),
    Column("name", JSONB, nullable=False),
    Column("mode", Text, nullable=False),  # registration, address
    Column("host", Text, nullable=False),
    Column("port", Integer, nullable=False, server_default="5060"),
    Column("transport", Text, nullable=False, server_default="udp"),  # udp, tcp, tls
    Column("srtp", Text, nullable=False, server_default="optional"),  # off, optional, required
    Column("username", Text, nullable=False, server_default=""),
    Column("secret_enc", LargeBinary),  # under the company's own key, context trunk|id
    Column("addresses", JSONB, nullable=False, server_default="[]"),  # networks calls may come from
    Column("caller_number", Text, nullable=False, server_default=""),  # shown when nothing else is said
    Column("region", Text, nullable=False, server_default="KR"),  # of national numbers on this line
    Column("inband_digits", Boolean, nullable=False, server_default="false"),
    Column("priority", SmallInteger, nullable=False, server_default="1"),  # 1 is tried first
    Column("calls_at_most", Integer, nullable=False, server_default="30"),
    Column("enabled", Boolean, nullable=False, server_default="true"),
    Column("version", Integer, nullable=False, server_default="1"),
)

# What is dialled, and the journey that answers. A number may also be a short one inside the company.
PHONE_NUMBER = tenant_table(
    "phone_number",
    Column("id", Text, primary_key=True),
    Column("number", Text, nullable=False),  # E.164, or the digits a desk phone or the browser dials
    Column("name", JSONB, nullable=False),
    Column("journey_id", Text, nullable=False),
    Column("locale", Text, nullable=False, server_default="ko"),
    Column("trunk_id", Text),  # null: whichever it comes through
    Column("record", Text, nullable=False, server_default="announced"),  # never, announced
    Column("version", Integer, nullable=False, server_default="1"),
    Index("ux_phone_number_number", "tenant_id", "number", unique=True),
)

# A SIP phone on somebody's desk. Of the password only what digest needs is kept, encrypted.
DESK_PHONE = tenant_table(
    "desk_phone",
    Column("id", Text, primary_key=True),  # the extension it registers with
    Column("name", Text, nullable=False),
    Column("agent_id", Uuid),
    Column("secret_enc", LargeBinary),  # {"md5": HA1, "sha256": HA1}, context desk_phone|id
    Column("enabled", Boolean, nullable=False, server_default="true"),
    Column("version", Integer, nullable=False, server_default="1"),
    Index("ix_desk_phone_agent_id", "tenant_id", "agent_id"),
)

OUTBOUND_POLICY = tenant_table(
    "outbound_policy",
    Column("id", Text, primary_key=True),  # always "default"
    Column("rules", JSONB, nullable=False, server_default="{}"),  # domain/outbound/gate.py: OutboundRules
    Column("version", Integer, nullable=False, server_default="1"),
)

OUTBOUND_CALL = tenant_table(
    "outbound_call",
    Column("id", Uuid, primary_key=True),
    Column("day", Text, nullable=False),  # ISO 8601, UTC
    at("begun_at"),
    Column("purpose", Text, nullable=False),  # callback, transfer, agent, journey, api
    Column("contact_id", Uuid),
    Column("reserved_milli", BigInteger, nullable=False),
    Column("spent_milli", BigInteger),  # null while it runs
    Index("ix_outbound_call_day", "tenant_id", "day"),
    Index("ix_outbound_call_begun_at", "tenant_id", "begun_at"),
)

# Which voice process lives where; not any company's own.
VOICE_NODE = Table(
    "voice_node",
    METADATA,
    Column("id", Text, primary_key=True),
    at("started_at"),
    at("seen_at"),
    Column("draining", Boolean, nullable=False, server_default="false"),
    Column("calls", Integer, nullable=False, server_default="0"),
    Column("details", JSONB, nullable=False, server_default="{}"),  # trunks up or down, workers, late ticks
)

CALL = tenant_table(
    "call",
    Column("id", Uuid, primary_key=True),
    Column("contact_id", Uuid, nullable=False),
    Column("node_id", Text, nullable=False),
    Column("direction", Text, nullable=False),  # inbound, outbound, browser
    Column("number_id", Text),  # the number that was dialled
    Column("trunk_id", Text),
    at("began_at"),
    at("answered_at", nullable=True),
    at("ended_at", nullable=True),
    Column("outcome", Text),  # why it ended or failed
    Column("mos", Float),
    Column("lost_share", Float),
    Column("jitter_ms", Float),
    Index("ix_call_contact_id", "tenant_id", "contact_id"),
    Index("ix_call_open", "tenant_id", "node_id", postgresql_where="ended_at IS NULL"),
)

# The file lies below the data folder; its key is encrypted under the customer's, so erasing them erases it.
RECORDING = tenant_table(
    "recording",
    Column("id", Uuid, primary_key=True),
    Column("contact_id", Uuid, nullable=False),
    Column("customer_id", Uuid, nullable=False),
    Column("what", Text, nullable=False, server_default="call"),  # call, voicemail
    Column("path", Text, nullable=False),  # below the folder of recordings
    Column("key_enc", LargeBinary, nullable=False),  # context recording|id
    at("started_at"),
    Column("duration_ms", BigInteger),  # null while it runs
    Column("size_bytes", BigInteger),
    Column("transcript_enc", LargeBinary),  # context transcript|id
    Column("transcript_tries", SmallInteger, nullable=False, server_default="0"),
    at("transcript_due_at", nullable=True),  # not before; whoever works on it keeps this ahead of now
    at("delete_at"),  # retention
    at("deleted_at", nullable=True),
    Index("ix_recording_contact_id", "tenant_id", "contact_id"),
    Index("ix_recording_delete_at", "tenant_id", "delete_at", postgresql_where="deleted_at IS NULL"),
    Index(
        "ix_recording_untranscribed",
        "tenant_id",
        "started_at",
        postgresql_where="transcript_enc IS NULL AND deleted_at IS NULL",
    ),
)

# A prompt spoken by a person: played instead of a voice while the text is still the one that was read.
PROMPT_RECORDING = tenant_table(
    "prompt_recording",
    Column("prompt", Text, primary_key=True),
    Column("locale", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("audio", LargeBinary, nullable=False),  # WAV, PCM16 mono, 8 or 16 kHz
    Column("duration_ms", Integer, nullable=False),
    at("created_at"),
)
