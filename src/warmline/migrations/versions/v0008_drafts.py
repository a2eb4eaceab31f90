"""Drafts of journeys: several people write, nobody overwrites anybody."""

from alembic import op

from warmline.migrations.security import tenant_table_statements

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE journey_draft (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	journey_id TEXT NOT NULL,
	owner UUID NOT NULL,
	name TEXT NOT NULL,
	base_version INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	document JSONB NOT NULL,
	positions JSONB DEFAULT '{}' NOT NULL,
	updated_by UUID NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_journey_draft PRIMARY KEY (tenant_id, id)
)""",
    "CREATE INDEX ix_journey_draft_journey ON journey_draft (tenant_id, journey_id)",
)


def upgrade() -> None:
    """Create the table under row-level security."""
    for statement in (*STATEMENTS, *tenant_table_statements(["journey_draft"])):
        op.execute(statement)
