"""Alembic's environment: it runs on the connection `warmline.runtime.migrate` hands over."""

from alembic import context
from sqlalchemy import Connection

from warmline.migrations.comparison import keep_in_comparison
from warmline.runtime.schema import METADATA


def run() -> None:
    """Bring the database to the wanted revision inside one transaction."""
    connection = context.config.attributes["connection"]
    assert isinstance(connection, Connection)  # noqa: S101
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        include_object=keep_in_comparison,
        compare_server_default=False,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
