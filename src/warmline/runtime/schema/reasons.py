"""Why customers come, and versions of a journey that are compared by drawing lots."""

from sqlalchemy import Column, Float, Index, Integer, SmallInteger, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from warmline.runtime.schema.base import at, tenant_table

# The catalogue of contact reasons; `id` is what `Reason` steps declare.
CONTACT_REASON = tenant_table(
    "contact_reason",
    Column("id", Text, primary_key=True),
    Column("name", JSONB, nullable=False),  # {ko, ja, en}
    Column("needs", ARRAY(Text), nullable=False, server_default="{}"),  # variables: the data it takes
    Column("level", SmallInteger, nullable=False, server_default="0"),  # how surely the customer must be known
    Column("tasks", ARRAY(Text), nullable=False, server_default="{}"),  # integrations
    Column("tags", ARRAY(Text), nullable=False, server_default="{}"),  # HIPAA, PCI_DSS, SOC_2, PIPA, APPI
    Column("journey_id", Text),  # which serves it
    Column("person_after", SmallInteger),  # misunderstood so often, a person helps; null: not by count
    Column("version", Integer, nullable=False, server_default="1"),
)

# Two versions of one journey, and what was said before it began about how they are judged.
JOURNEY_SPLIT = tenant_table(
    "journey_split",
    Column("id", Uuid, primary_key=True),
    Column("journey_id", Text, nullable=False),
    Column("version_a", Integer, nullable=False),
    Column("version_b", Integer, nullable=False),
    Column("share", Float, nullable=False),  # of the contacts that get version b, 0 to 1
    Column("metric", Text, nullable=False),  # contained, satisfied, short
    Column("within_s", Integer, nullable=False),  # the outcome is what holds so long after the journey began
    Column("base", Float, nullable=False),  # the rate expected of version a
    Column("difference", Float, nullable=False),  # the smallest one worth knowing
    Column("needed", Integer, nullable=False),  # contacts of both versions together
    at("began_at"),
    Column("began_by", Uuid),
    at("ended_at", nullable=True),
    Column("ended_by", Uuid),
    Index("ix_journey_split_began", "tenant_id", "journey_id", "began_at"),
    Index("ux_journey_split_open", "tenant_id", "journey_id", unique=True,
          postgresql_where=text("ended_at IS NULL")),
)  # fmt: skip
