"""The first tables, under row-level security."""

import re
from pathlib import Path

from alembic import op

from warmline.migrations.security import APP, gram_search_statements, tenant_table_statements

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None
# Beside this file and frozen with it.
TABLES = Path(__file__).with_suffix(".sql")


def upgrade() -> None:
    """Create every table, its policy and grants, and the search functions."""
    sql = TABLES.read_text()
    for statement in sql.split("\n;\n"):
        op.execute(statement)
    tables = re.findall(r"^CREATE TABLE (\w+)", sql, re.MULTILINE)
    for statement in tenant_table_statements(table for table in tables if table != "tenant"):
        op.execute(statement)
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON tenant TO {APP}")
    op.execute(f"GRANT SELECT ON alembic_version TO {APP}")
    op.execute("CREATE INDEX tg_queue_name ON queue USING gin ((name::text) gin_trgm_ops)")
    op.execute("CREATE INDEX tg_macro_title ON macro USING gin ((title::text) gin_trgm_ops)")
    for statement in gram_search_statements():
        op.execute(statement)
