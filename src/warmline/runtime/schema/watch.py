"""Where contacts went in their journeys, and where they were not understood."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, Text, Uuid

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

# Each answer that fitted nothing, and each silence; kept for a limited time (`features/watch/unheard.py`).
JOURNEY_MISUNDERSTANDING = tenant_table(
    "journey_misunderstanding",
    Column("contact_id", Uuid, primary_key=True),
    Column("seq", BigInteger, primary_key=True),  # the contact's last event before it
    Column("n", Integer, primary_key=True),  # the conversation's first, second, …
    at("at"),
    Column("journey_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("path", Text, nullable=False),  # of the step that asked, as in `start/2`
    Column("why", Text, nullable=False),  # no_match, no_input
    Column("handed", Boolean, nullable=False),  # one too many for the reason: a person took over
    Column("channel", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("reason", Text),  # the contact reason known by then
    Column("words", LargeBinary),  # masked, under the customer's key; null where none may be kept, or no more
    Index("ix_journey_misunderstanding_place", "tenant_id", "journey_id", "path", "at"),
    Index("ix_journey_misunderstanding_at", "tenant_id", "at"),
)
