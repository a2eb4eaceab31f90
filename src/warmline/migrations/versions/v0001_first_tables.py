"""The first tables, under row-level security."""

from alembic import op

from warmline.migrations.security import APP, gram_search_statements, tenant_table_statements
from warmline.runtime.schema import METADATA, TENANT_TABLES

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table, its policy and grants, and the search functions."""
    METADATA.create_all(op.get_bind())
    for statement in tenant_table_statements(TENANT_TABLES):
        op.execute(statement)
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON tenant TO {APP}")
    op.execute(f"GRANT SELECT ON alembic_version TO {APP}")
    op.execute("CREATE INDEX tg_queue_name ON queue USING gin ((name::text) gin_trgm_ops)")
    op.execute("CREATE INDEX tg_macro_title ON macro USING gin ((title::text) gin_trgm_ops)")
    for statement in gram_search_statements():
        op.execute(statement)
