"""How often help pages were seen and helped."""

from alembic import op

from warmline.migrations.security import tenant_table_statements

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE help_count (
	tenant_id TEXT NOT NULL,
	journey_id TEXT NOT NULL,
	version INTEGER NOT NULL,
	day DATE NOT NULL,
	locale TEXT NOT NULL,
	what TEXT NOT NULL,
	times INTEGER NOT NULL,
	CONSTRAINT pk_help_count PRIMARY KEY (tenant_id, journey_id, version, day, locale, what)
)""",
)


def upgrade() -> None:
    """Create the table under row-level security."""
    for statement in (*STATEMENTS, *tenant_table_statements(["help_count"])):
        op.execute(statement)
