"""Conversations kept with a journey, held again on every publication."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STATEMENTS: tuple[str, ...] = ()


def upgrade() -> None:
    """Create the tables under row-level security."""
    for statement in STATEMENTS:
        op.execute(statement)
