"""Where contacts went in journeys: one row for each block entered, written with the event."""

from alembic import op

from warmline.migrations.security import tenant_table_statements

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE journey_passage (
	tenant_id TEXT NOT NULL,
	contact_id UUID NOT NULL,
	n INTEGER NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	seq BIGINT NOT NULL,
	journey_id TEXT NOT NULL,
	version INTEGER NOT NULL,
	path TEXT NOT NULL,
	kind TEXT NOT NULL,
	how TEXT,
	from_path TEXT,
	channel TEXT NOT NULL,
	locale TEXT NOT NULL,
	reason TEXT,
	CONSTRAINT pk_journey_passage PRIMARY KEY (tenant_id, contact_id, n)
)""",
    "CREATE INDEX ix_journey_passage_journey_at ON journey_passage (tenant_id, journey_id, at)",
)


def upgrade() -> None:
    """Create the tables under row-level security."""
    for statement in (*STATEMENTS, *tenant_table_statements(["journey_passage"])):
        op.execute(statement)
