"""How often a customer may be misunderstood, by contact reason, and where they were."""

from alembic import op

from warmline.migrations.security import tenant_table_statements

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE contact_reason ADD COLUMN person_after SMALLINT",
    """CREATE TABLE journey_misunderstanding (
	tenant_id TEXT NOT NULL,
	contact_id UUID NOT NULL,
	seq BIGINT NOT NULL,
	n INTEGER NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	journey_id TEXT NOT NULL,
	version INTEGER NOT NULL,
	path TEXT NOT NULL,
	why TEXT NOT NULL,
	handed BOOLEAN NOT NULL,
	channel TEXT NOT NULL,
	locale TEXT NOT NULL,
	reason TEXT,
	words BYTEA,
	CONSTRAINT pk_journey_misunderstanding PRIMARY KEY (tenant_id, contact_id, seq, n)
)""",
    "CREATE INDEX ix_journey_misunderstanding_place ON journey_misunderstanding (tenant_id, journey_id, path, at)",
    "CREATE INDEX ix_journey_misunderstanding_at ON journey_misunderstanding (tenant_id, at)",
)


def upgrade() -> None:
    """Add the column and create the table under row-level security."""
    for statement in (*STATEMENTS, *tenant_table_statements(["journey_misunderstanding"])):
        op.execute(statement)
