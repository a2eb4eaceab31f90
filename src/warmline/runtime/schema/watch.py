"""Where contacts went in their journeys: places of documents, never what was said there."""

from sqlalchemy import BigInteger, Column, Index, Integer, Text, Uuid

from warmline.runtime.schema.base import at, tenant_table

JOURNEY_PASSAGE = tenant_table(
    "journey_passage",
    Column("contact_id", Uuid, primary_key=True),
    Column("n", Integer, primary_key=True),  # the contact's first, second, … without gaps
    at("at"),
    Column("seq", BigInteger, nullable=False),  # the contact's last event before it
    Column("journey_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("path", Text, nullable=False),  # as in `start/2/then`
    Column("kind", Text, nullable=False),  # block, step, left
    Column("how", Text),  # how it was left: person, queue, callback_promised, or why the contact ended
    Column("from_path", Text),  # the place before, `journey#path` in another journey; null: a journey began
    Column("channel", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("reason", Text),  # the contact reason known by then
    Index("ix_journey_passage_journey_at", "tenant_id", "journey_id", "at"),
)
