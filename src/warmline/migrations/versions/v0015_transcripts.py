"""How often a recording's transcript was tried, and when it is tried next."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE recording ADD COLUMN transcript_tries SMALLINT DEFAULT '0' NOT NULL",
    "ALTER TABLE recording ADD COLUMN transcript_due_at TIMESTAMP WITH TIME ZONE",
    "CREATE INDEX ix_recording_untranscribed ON recording (tenant_id, started_at)"
    " WHERE transcript_enc IS NULL AND deleted_at IS NULL",
)


def upgrade() -> None:
    """Add the columns, and the index by which those without a transcript are found."""
    for statement in STATEMENTS:
        op.execute(statement)
