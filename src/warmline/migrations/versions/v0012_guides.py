"""Guides that agents walk beside contacts, and every step of them."""

from alembic import op

from warmline.migrations.security import tenant_table_statements

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE guide (
	tenant_id TEXT NOT NULL,
	id UUID NOT NULL,
	contact_id UUID NOT NULL,
	journey_id TEXT NOT NULL,
	version INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	state BYTEA NOT NULL,
	started_by UUID NOT NULL,
	started_at TIMESTAMP WITH TIME ZONE NOT NULL,
	updated_by UUID NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE,
	outcome TEXT,
	taken_until TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_guide PRIMARY KEY (tenant_id, id)
)""",
    "CREATE INDEX ix_guide_contact ON guide (tenant_id, contact_id)",
    """CREATE TABLE guide_step (
	tenant_id TEXT NOT NULL,
	guide_id UUID NOT NULL,
	revision INTEGER NOT NULL,
	contact_id UUID NOT NULL,
	journey_id TEXT NOT NULL,
	version INTEGER NOT NULL,
	kind TEXT NOT NULL,
	entered TEXT[] NOT NULL,
	agent_id UUID NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_guide_step PRIMARY KEY (tenant_id, guide_id, revision)
)""",
    "CREATE INDEX ix_guide_step_journey ON guide_step (tenant_id, journey_id, at)",
)


def upgrade() -> None:
    """Create the tables under row-level security."""
    for statement in (*STATEMENTS, *tenant_table_statements(["guide", "guide_step"])):
        op.execute(statement)
