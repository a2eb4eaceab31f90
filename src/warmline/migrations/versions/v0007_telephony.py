"""The telephone: trunks, numbers, desk phones, outbound calls, voice nodes, calls and recordings."""

import re
from pathlib import Path

from alembic import op

from warmline.migrations.security import APP, tenant_table_statements

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None
TABLES = Path(__file__).with_suffix(".sql")  # frozen with this file
SHARED = frozenset({"voice_node"})  # processes serve all companies


def upgrade() -> None:
    """Create the tables, those of companies under row-level security."""
    sql = TABLES.read_text()
    for statement in sql.split("\n;\n"):
        op.execute(statement)
    names = re.findall(r"^CREATE TABLE (\w+)", sql, re.MULTILINE)
    for statement in tenant_table_statements(name for name in names if name not in SHARED):
        op.execute(statement)
    for table in sorted(SHARED):
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP}")
