"""Writes the tables of the models as SQL, to copy from into a migration: `python -m warmline.migrations.render`.

The first migration is frozen; every change is a migration of its own.
"""

import sys
from pathlib import Path

from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from warmline.runtime.schema import METADATA

FIRST_TABLES = Path(__file__).parent / "versions" / "v0001_first_tables.sql"


def render_tables() -> str:
    """Return the statements that create every table and index, separated by lines of `;`."""
    dialect = postgresql.dialect()
    statements: list[str] = []
    for table in METADATA.sorted_tables:
        statements.append(str(CreateTable(table).compile(dialect=dialect)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        statements += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    tidy = ("\n".join(line.rstrip() for line in one.strip().splitlines()) for one in statements)
    return "\n;\n".join(tidy) + "\n"


if __name__ == "__main__":
    sys.stdout.write(render_tables())
