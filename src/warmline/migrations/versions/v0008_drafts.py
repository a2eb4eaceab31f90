"""Drafts of journeys: several people write, nobody overwrites anybody."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STATEMENTS: tuple[str, ...] = ()


def upgrade() -> None:
    """Create the tables under row-level security."""
    for statement in STATEMENTS:
        op.execute(statement)
