"""Simulations of the digital twin that somebody asked for."""

from alembic import op

from warmline.migrations.security import tenant_table_statements

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE twin_run (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	question JSONB NOT NULL,
	status TEXT NOT NULL,
	progress JSONB DEFAULT '{}' NOT NULL,
	result JSONB,
	refusal JSONB,
	stop_asked BOOLEAN DEFAULT 'false' NOT NULL,
	created_by UUID,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_twin_run PRIMARY KEY (tenant_id, id)
)""",
    "CREATE INDEX ix_twin_run_created_at ON twin_run (tenant_id, created_at)",
)


def upgrade() -> None:
    """Create the table under row-level security."""
    for statement in (*STATEMENTS, *tenant_table_statements(["twin_run"])):
        op.execute(statement)
