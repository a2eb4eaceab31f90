"""How queues are served, what agents can do at once, teams, pause reasons, callbacks that keep their place."""

from alembic import op

from warmline.migrations.security import tenant_table_statements

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE queue ADD COLUMN rules JSONB DEFAULT '{}' NOT NULL",
    "ALTER TABLE queue ADD COLUMN wrap_up_optional BOOLEAN DEFAULT 'false' NOT NULL",
    "ALTER TABLE routing_profile ADD COLUMN media JSONB DEFAULT '{}' NOT NULL",
    "ALTER TABLE routing_profile ADD COLUMN misses_allowed SMALLINT DEFAULT '3' NOT NULL",
    "ALTER TABLE agent ADD COLUMN team TEXT",
    "ALTER TABLE agent ADD COLUMN attributes JSONB DEFAULT '{}' NOT NULL",
    "ALTER TABLE offer ADD COLUMN also UUID[] DEFAULT '{}' NOT NULL",
    "ALTER TABLE contact ADD COLUMN callback_at TIMESTAMP WITH TIME ZONE",
    "CREATE INDEX ix_contact_callback ON contact (tenant_id, callback_at) WHERE callback_at IS NOT NULL",
    "CREATE UNIQUE INDEX ux_callback_open ON callback_request (tenant_id, customer_id, queue_id)"
    " WHERE status = 'open'",
    """CREATE TABLE pause_reason (
	tenant_id TEXT NOT NULL,
	id TEXT NOT NULL,
	name JSONB NOT NULL,
	paid BOOLEAN DEFAULT 'true' NOT NULL,
	position SMALLINT DEFAULT '1' NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	CONSTRAINT pk_pause_reason PRIMARY KEY (tenant_id, id)
)""",
)


def upgrade() -> None:
    """Add the columns; rows that exist behave as before."""
    for statement in (*STATEMENTS, *tenant_table_statements(["pause_reason"])):
        op.execute(statement)
