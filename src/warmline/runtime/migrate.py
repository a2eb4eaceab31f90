"""Bring a database to the current schema."""

from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, pool, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

import warmline.migrations
from warmline.migrations.comparison import keep_in_comparison
from warmline.migrations.security import APP, OWNER, role_statements
from warmline.runtime.fitness import UnfitDatabase
from warmline.runtime.schema import METADATA

LOCK_KEY = 7_042_001  # any constant: two processes that start together migrate one after the other
LOCK_TIMEOUT = "5s"


def sqlalchemy_url(url: str) -> str:
    """Return a `postgresql://` URL in the form SQLAlchemy wants for asyncpg."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(scheme="postgresql+asyncpg"))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(warmline.migrations.__file__).parent))
    return config


def _engine(url: str) -> AsyncEngine:
    return create_async_engine(sqlalchemy_url(url), poolclass=pool.NullPool)


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


async def migrate(admin_url: str, *, app_password: str | None = None) -> None:
    """Create the roles, then run every migration that is missing, as the owner role.

    `admin_url` is a superuser or a role that may create roles and owns the database. `app_password` becomes
    the password of `warmline_app`; None leaves it as it is. Safe to call from several processes at once.
    Raises UnfitDatabase when the server is too old.
    """
    engine = _engine(admin_url)
    try:
        async with engine.connect() as connection:
            connection = await connection.execution_options(isolation_level="AUTOCOMMIT")
            version = int((await connection.execute(text("SHOW server_version_num"))).scalar_one())
            if version < 160000:
                raise UnfitDatabase(
                    "PostgreSQL 16 or newer is needed. Upgrade the server or use the embedded one."
                )
            await connection.execute(text(f"SELECT pg_advisory_lock({LOCK_KEY})"))
            for statement in role_statements():
                await connection.exec_driver_sql(statement)
            if app_password is not None:
                await connection.exec_driver_sql(f"ALTER ROLE {APP} PASSWORD {_quoted(app_password)}")
            await connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            await connection.exec_driver_sql(f"GRANT USAGE, CREATE ON SCHEMA public TO {OWNER} WITH GRANT OPTION")
            await connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA public TO {APP}")
            await connection.exec_driver_sql(f"SET ROLE {OWNER}")
            await connection.exec_driver_sql(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
            await connection.commit()
            connection = await connection.execution_options(isolation_level="READ COMMITTED")
            await connection.run_sync(_upgrade)
            await connection.commit()  # closing the session gives the lock back
    finally:
        await engine.dispose()


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"include_object": keep_in_comparison})
    return list(compare_metadata(context, METADATA))


async def differences(admin_url: str) -> list[object]:
    """Return what differs between the database and the models, as Alembic's operations."""
    engine = _engine(admin_url)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_differences)
    finally:
        await engine.dispose()
