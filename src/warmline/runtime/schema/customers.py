"""Customers: encrypted fields, blind indexes, and the keys that make erasure possible."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, SmallInteger, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from warmline.runtime.schema.base import at, tenant_table

DATA_KEY = tenant_table(
    "data_key",
    Column("id", Uuid, primary_key=True),  # equals the first customer's id; travels in each ciphertext
    Column("customer_id", Uuid, nullable=False),
    Column("kek_version", Integer, nullable=False),
    Column("wrapped", LargeBinary),  # null: destroyed, everything under it is erased
    at("created_at"),
    at("destroyed_at", nullable=True),
    Index("ix_data_key_customer", "tenant_id", "customer_id"),
)

CUSTOMER = tenant_table(
    "customer",
    Column("id", Uuid, primary_key=True),
    Column("known", SmallInteger, nullable=False, server_default="0"),  # 0 anonymous, 1 identified
    Column("ref_index", LargeBinary),  # blind index of the backend's own id
    Column("profile_enc", LargeBinary),  # name, reference, tier, notes … as encrypted JSON
    Column("locale", Text),
    Column("name_grams", ARRAY(BigInteger), nullable=False, server_default="{}"),
    Column("merged_into", Uuid),
    at("created_at"),
    at("updated_at"),
    at("erased_at", nullable=True),
    Index("ux_customer_ref", "tenant_id", "ref_index", unique=True),
    Index("ix_customer_grams", "name_grams", postgresql_using="gin"),
)

CUSTOMER_ADDRESS = tenant_table(
    "customer_address",
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, nullable=False),
    Column("address_kind", Text, nullable=False),  # email, phone, visitor
    Column("address_index", LargeBinary, nullable=False),  # blind index
    Column("address_enc", LargeBinary, nullable=False),
    at("verified_at", nullable=True),
    at("created_at"),
    Index("ux_customer_address", "tenant_id", "address_kind", "address_index", unique=True),
    Index("ix_customer_address_customer", "tenant_id", "customer_id"),
)

CONVERSATION = tenant_table(
    "conversation",
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, nullable=False),
    Column("channel", Text, nullable=False),
    at("created_at"),
    Index("ix_conversation_customer", "tenant_id", "customer_id"),
)

CUSTOMER_NOTE = tenant_table(
    "customer_note",
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, nullable=False),
    Column("agent_id", Uuid, nullable=False),
    Column("text_enc", LargeBinary, nullable=False),
    at("created_at"),
)

VERIFICATION = tenant_table(
    "verification",
    Column("id", Uuid, primary_key=True),
    Column("contact_id", Uuid, nullable=False),
    Column("method", Text, nullable=False),
    Column("subject_index", LargeBinary, nullable=False),
    Column("address_index", LargeBinary),  # where the code went; null: nobody is known, nothing was sent
    Column("code_hash", LargeBinary),
    Column("tries_left", SmallInteger, nullable=False),
    at("expires_at"),
    at("used_at", nullable=True),
    Column("used_by", Text),  # the task that won, so that its repetition after a crash wins too
    at("created_at"),
    Index("ix_verification_subject", "tenant_id", "subject_index", "created_at"),
    Index("ix_verification_contact", "tenant_id", "contact_id"),
)

CALLBACK_REQUEST = tenant_table(
    "callback_request",
    Column("id", Uuid, primary_key=True),
    Column("contact_id", Uuid, nullable=False),
    Column("customer_id", Uuid, nullable=False),
    Column("queue_id", Text, nullable=False),
    Column("phone_enc", LargeBinary, nullable=False),
    at("queued_at"),
    at("due_at"),
    Column("status", Text, nullable=False),  # open, or how it ended
    Column("detail", JSONB),
    Index("ux_callback_contact", "tenant_id", "contact_id", unique=True),
    Index(
        "ux_callback_open",
        "tenant_id",
        "customer_id",
        "queue_id",
        unique=True,
        postgresql_where=text("status = 'open'"),
    ),
)
