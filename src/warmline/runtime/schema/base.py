"""Shared metadata and column habits: every tenant table leads its key with `tenant_id`."""

from sqlalchemy import Column, DateTime, MetaData, Table, Text
from sqlalchemy.sql.schema import SchemaItem

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

TENANT_TABLES: list[str] = []


def at(name: str, *, nullable: bool = False) -> Column[object]:
    """Return a UTC timestamp column."""
    return Column(name, DateTime(timezone=True), nullable=nullable)


def tenant_table(name: str, *columns: SchemaItem, fillfactor: int | None = None) -> Table:
    """Declare a table under row-level security; `tenant_id` is its first key column."""
    TENANT_TABLES.append(name)
    table = Table(name, METADATA, Column("tenant_id", Text, primary_key=True), *columns)
    if fillfactor is not None:  # room on the page for updates that touch no index
        table.dialect_kwargs["postgresql_with"] = {"fillfactor": str(fillfactor)}
    return table
