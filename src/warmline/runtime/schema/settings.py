"""What administrators and designers set: queues, skills, hours, announcements, macros, widgets, journeys."""

from sqlalchemy import Boolean, Column, Float, Index, Integer, SmallInteger, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from warmline.runtime.schema.base import at, tenant_table

# Names are JSON objects {"ko": …, "ja": …, "en": …}. `version` serves optimistic locking in the API.
QUEUE = tenant_table(
    "queue",
    Column("id", Text, primary_key=True),
    Column("name", JSONB, nullable=False),
    Column("priority", SmallInteger, nullable=False, server_default="5"),
    Column("target_s", Integer, nullable=False, server_default="60"),  # service level: answered within
    Column("target_share", SmallInteger, nullable=False, server_default="80"),  # … percent
    Column("offer_s", Integer, nullable=False, server_default="20"),
    Column("wrap_up_s", Integer, nullable=False, server_default="60"),  # 0: none, -1: until done
    Column("max_waiting", Integer, nullable=False, server_default="500"),
    Column("calendar_id", Text),
    Column("survey_journey_id", Text),
    Column("dispositions", JSONB, nullable=False, server_default="[]"),  # [{"id", "name": {ko, ja, en}}]
    Column("rules", JSONB, nullable=False, server_default="{}"),  # domain/routing/rules.py: QueueRules
    Column("wrap_up_optional", Boolean, nullable=False, server_default="false"),  # the next may come meanwhile
    Column("version", Integer, nullable=False, server_default="1"),
)

SKILL = tenant_table(
    "skill",
    Column("id", Text, primary_key=True),
    Column("name", JSONB, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
)

ROUTING_PROFILE = tenant_table(
    "routing_profile",
    Column("id", Text, primary_key=True),
    Column("name", JSONB, nullable=False),
    Column("capacity", JSONB, nullable=False),  # {"webchat": 3, "voice": 1}
    Column("queues", JSONB, nullable=False),  # [{"queue_id", "priority", "delay_s"}]
    Column("media", JSONB, nullable=False, server_default="{}"),  # domain/routing/rules.py: MediaRules
    Column("misses_allowed", SmallInteger, nullable=False, server_default="3"),  # offers unanswered in a row
    Column("version", Integer, nullable=False, server_default="1"),
)

PAUSE_REASON = tenant_table(
    "pause_reason",
    Column("id", Text, primary_key=True),
    Column("name", JSONB, nullable=False),
    Column("paid", Boolean, nullable=False, server_default="true"),
    Column("position", SmallInteger, nullable=False, server_default="1"),  # in the menu, 1 first
    Column("version", Integer, nullable=False, server_default="1"),
)

CALENDAR = tenant_table(
    "calendar",
    Column("id", Text, primary_key=True),
    Column("name", JSONB, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("country", Text, nullable=False),  # KR, JP, US: public holidays
    Column("weekly", JSONB, nullable=False),  # {"mon": [["09:00","12:00"],["13:00","18:00"]], …}
    Column("exceptions", JSONB, nullable=False, server_default="[]"),  # [{"date", "name", "spans": []}]
    Column("emergency", Boolean, nullable=False, server_default="false"),
    Column("version", Integer, nullable=False, server_default="1"),
)

ANNOUNCEMENT = tenant_table(
    "announcement",
    Column("id", Uuid, primary_key=True),
    Column("slot", Text, nullable=False),  # "emergency", "holiday", "promotion", or a journey's own
    Column("texts", JSONB, nullable=False),
    at("starts_at"),
    at("ends_at"),  # expiry is mandatory
    Column("enabled", Boolean, nullable=False, server_default="true"),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("spoken", JSONB),  # as a voice says it; null: as it is written
    Column("scope", JSONB, nullable=False, server_default="{}"),  # {"queues", "journeys", "channels"}: [] is all
)

# Messages written in advance, for the emergency switch. The platform's own are in the package; a row with the
# id of one of those replaces it.
PREPARED_MESSAGE = tenant_table(
    "prepared_message",
    Column("id", Text, primary_key=True),
    Column("name", JSONB, nullable=False),
    Column("texts", JSONB, nullable=False),
    Column("spoken", JSONB),
    Column("scope", JSONB, nullable=False, server_default="{}"),
    Column("lasts_s", Integer, nullable=False, server_default="3600"),
    Column("version", Integer, nullable=False, server_default="1"),
)

# When the live board shall alert, per queue (`id`): {"waiting": {"warn": 5, "alarm": 10}, …}.
ALERT_RULE = tenant_table(
    "alert_rule",
    Column("id", Text, primary_key=True),
    Column("limits", JSONB, nullable=False, server_default="{}"),
    Column("version", Integer, nullable=False, server_default="1"),
)

# A number of a queue beyond its limit; one open row for each, kept when it is over.
ALERT = tenant_table(
    "alert",
    Column("id", Uuid, primary_key=True),
    Column("queue_id", Text, nullable=False),
    Column("metric", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("value", Float),  # when it was raised, or got worse or better
    Column("bound", Integer),
    at("raised_at"),
    at("since_at"),  # when it reached its level
    at("cleared_at", nullable=True),
    Column("seen_level", Text),  # somebody has seen to it, up to this level
    Column("seen_by", Uuid),
    at("seen_at", nullable=True),
    Index("ux_alert_open", "tenant_id", "queue_id", "metric", unique=True,
          postgresql_where=text("cleared_at IS NULL")),
    Index("ix_alert_raised", "tenant_id", "raised_at"),
)  # fmt: skip

MACRO = tenant_table(
    "macro",
    Column("id", Uuid, primary_key=True),
    Column("shortcut", Text, nullable=False),
    Column("title", JSONB, nullable=False),
    Column("texts", JSONB, nullable=False),  # {ko, ja, en}; {customer.name}, {agent.name}, {contact.…}
    Column("version", Integer, nullable=False, server_default="1"),
    Index("ux_macro_shortcut", "tenant_id", "shortcut", unique=True),
)

WIDGET = tenant_table(
    "widget",
    Column("key", Text, primary_key=True),
    Column("name", JSONB, nullable=False),
    Column("greeting", JSONB, nullable=False),
    Column("colour", Text, nullable=False, server_default="#8a3b12"),
    Column("origins", ARRAY(Text), nullable=False),
    Column("journey_id", Text, nullable=False),
    Column("upload_max_bytes", Integer, nullable=False, server_default="10485760"),
    Column("enabled", Boolean, nullable=False, server_default="true"),
    Column("version", Integer, nullable=False, server_default="1"),
)

JOURNEY = tenant_table(
    "journey",
    Column("id", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("document", JSONB, nullable=False),
    Column("published_by", Uuid),
    at("published_at"),
)

PROMPT = tenant_table(
    "prompt",
    Column("key", Text, primary_key=True),
    Column("locale", Text, primary_key=True),
    Column("channel", Text, primary_key=True),  # "written" or "spoken"
    Column("text", Text, nullable=False),
    at("updated_at"),
)
