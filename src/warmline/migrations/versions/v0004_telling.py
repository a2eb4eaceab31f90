"""Announcements for some only, prepared messages, and the limits and acknowledgements of the live board."""

from alembic import op

from warmline.migrations.security import tenant_table_statements

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE announcement ADD COLUMN spoken JSONB",
    "ALTER TABLE announcement ADD COLUMN scope JSONB DEFAULT '{}' NOT NULL",
    """CREATE TABLE prepared_message (
	tenant_id TEXT NOT NULL,
	id TEXT NOT NULL,
	name JSONB NOT NULL,
	texts JSONB NOT NULL,
	spoken JSONB,
	scope JSONB DEFAULT '{}' NOT NULL,
	lasts_s INTEGER DEFAULT '3600' NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	CONSTRAINT pk_prepared_message PRIMARY KEY (tenant_id, id)
)""",
    """CREATE TABLE alert_rule (
	tenant_id TEXT NOT NULL,
	id TEXT NOT NULL,
	limits JSONB DEFAULT '{}' NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	CONSTRAINT pk_alert_rule PRIMARY KEY (tenant_id, id)
)""",
    """CREATE TABLE alert_ack (
	tenant_id TEXT NOT NULL,
	queue_id TEXT NOT NULL,
	metric TEXT NOT NULL,
	level TEXT NOT NULL,
	agent_id UUID NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_alert_ack PRIMARY KEY (tenant_id, queue_id, metric)
)""",
)


def upgrade() -> None:
    """Add the columns and tables; announcements that exist stay for everybody."""
    tables = tenant_table_statements(["prepared_message", "alert_rule", "alert_ack"])
    for statement in (*STATEMENTS, *tables):
        op.execute(statement)
