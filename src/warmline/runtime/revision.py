"""Which schema the code wants and which the database has, without loading the tools that migrate.

Every web process asks at start; Alembic and SQLAlchemy would double the seconds it needs to come back.
"""

import re
from functools import cache
from importlib.resources import files

import asyncpg

NAMED = re.compile(r"v(\d{4})_\w+\.py")


@cache
def head_revision() -> str:
    """Return the newest revision this code knows: a migration's file carries its number."""
    folder = files("warmline.migrations") / "versions"
    return max(named[1] for entry in folder.iterdir() if (named := NAMED.fullmatch(entry.name)))


async def current_revision(url: str) -> str | None:
    """Return the revision the database is at; None when it was never migrated."""
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval("SELECT version_num FROM alembic_version")
    except asyncpg.UndefinedTableError:
        return None
    finally:
        await connection.close()
