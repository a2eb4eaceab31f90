"""Staffing: settings, contracts, plans, shifts, calendar feeds, and the history of presence."""

import re
from pathlib import Path

from alembic import op

from warmline.migrations.security import tenant_table_statements

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None
TABLES = Path(__file__).with_suffix(".sql")  # frozen with this file


def upgrade() -> None:
    """Create the tables under row-level security."""
    sql = TABLES.read_text()
    for statement in sql.split("\n;\n"):
        op.execute(statement)
    for statement in tenant_table_statements(re.findall(r"^CREATE TABLE (\w+)", sql, re.MULTILINE)):
        op.execute(statement)
