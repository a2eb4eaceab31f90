"""Alerts as rows, so that everybody sees the same ones, and who has seen to them with the alert itself."""

from alembic import op

from warmline.migrations.security import tenant_table_statements

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE alert (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	queue_id TEXT NOT NULL,
	metric TEXT NOT NULL,
	level TEXT NOT NULL,
	value FLOAT,
	bound INTEGER,
	raised_at TIMESTAMP WITH TIME ZONE NOT NULL,
	since_at TIMESTAMP WITH TIME ZONE NOT NULL,
	cleared_at TIMESTAMP WITH TIME ZONE,
	seen_level TEXT,
	seen_by UUID,
	seen_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_alert PRIMARY KEY (tenant_id, id)
)""",
    "CREATE UNIQUE INDEX ux_alert_open ON alert (tenant_id, queue_id, metric) WHERE cleared_at IS NULL",
    "CREATE INDEX ix_alert_raised ON alert (tenant_id, raised_at)",
    "DROP TABLE alert_ack",
)


def upgrade() -> None:
    """Create the table under row-level security; acknowledgements of the moment are asked for once more."""
    for statement in (*STATEMENTS, *tenant_table_statements(["alert"])):
        op.execute(statement)
