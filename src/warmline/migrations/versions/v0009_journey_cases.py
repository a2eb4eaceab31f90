"""Conversations kept with a journey, held again on every publication."""

from alembic import op

from warmline.migrations.security import tenant_table_statements

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE journey_case (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	journey_id TEXT NOT NULL,
	name TEXT NOT NULL,
	origin TEXT NOT NULL,
	seed BIGINT,
	document JSONB NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	created_by UUID,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_journey_case PRIMARY KEY (tenant_id, id)
)""",
    "CREATE INDEX ix_journey_case_journey ON journey_case (tenant_id, journey_id, created_at)",
)


def upgrade() -> None:
    """Create the table under row-level security."""
    for statement in (*STATEMENTS, *tenant_table_statements(["journey_case"])):
        op.execute(statement)
