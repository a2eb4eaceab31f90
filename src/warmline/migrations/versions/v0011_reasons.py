"""Contact reasons, the tags that act, and versions compared by drawing lots."""

from alembic import op

from warmline.migrations.security import tenant_table_statements

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE contact_reason (
	tenant_id TEXT NOT NULL,
	id TEXT NOT NULL,
	name JSONB NOT NULL,
	needs TEXT[] DEFAULT '{}' NOT NULL,
	level SMALLINT DEFAULT '0' NOT NULL,
	tasks TEXT[] DEFAULT '{}' NOT NULL,
	tags TEXT[] DEFAULT '{}' NOT NULL,
	journey_id TEXT,
	version INTEGER DEFAULT '1' NOT NULL,
	CONSTRAINT pk_contact_reason PRIMARY KEY (tenant_id, id)
)""",
    """CREATE TABLE journey_split (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	journey_id TEXT NOT NULL,
	version_a INTEGER NOT NULL,
	version_b INTEGER NOT NULL,
	share FLOAT NOT NULL,
	metric TEXT NOT NULL,
	within_s INTEGER NOT NULL,
	base FLOAT NOT NULL,
	difference FLOAT NOT NULL,
	needed INTEGER NOT NULL,
	began_at TIMESTAMP WITH TIME ZONE NOT NULL,
	began_by UUID,
	ended_at TIMESTAMP WITH TIME ZONE,
	ended_by UUID,
	CONSTRAINT pk_journey_split PRIMARY KEY (tenant_id, id)
)""",
    "CREATE INDEX ix_journey_split_began ON journey_split (tenant_id, journey_id, began_at)",
    "CREATE UNIQUE INDEX ux_journey_split_open ON journey_split (tenant_id, journey_id) WHERE ended_at IS NULL",
)


def upgrade() -> None:
    """Create the tables under row-level security."""
    for statement in (*STATEMENTS, *tenant_table_statements(["contact_reason", "journey_split"])):
        op.execute(statement)
