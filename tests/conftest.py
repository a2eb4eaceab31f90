"""Shared fixtures: one PostgreSQL a test run, and for each test its own cloned database."""

import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest
import pytest_asyncio

from warmline.runtime.committer import Committer
from warmline.runtime.database import Database
from warmline.runtime.feed import Feed
from warmline.runtime.keyring import Keyring
from warmline.runtime.master_keys import MasterKeys
from warmline.runtime.migrate import migrate
from warmline.runtime.notifier import Notifier
from warmline.runtime.postgres import EmbeddedPostgres

TEMPLATE = "warmline_template"
SEEDED_AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def at_database(url: str, name: str) -> str:
    """Return `url` pointing at another database of the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    """A real PostgreSQL for the whole run. Only here may a crash of the machine lose data: no fsync."""
    folder = Path(tempfile.mkdtemp(prefix="warmline-test-"))
    folder.chmod(0o711)  # the unprivileged account passes through
    server = EmbeddedPostgres(
        folder,
        settings={"fsync": "off", "full_page_writes": "off", "shared_buffers": "64MB", "max_connections": "60"},
    )
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest_asyncio.fixture(scope="session")
async def template(postgres: EmbeddedPostgres) -> str:
    """The migrated template every test's database is cloned from, with tenants 'onda' and 'rival'."""
    admin = await asyncpg.connect(postgres.admin_url)
    await admin.execute(f"CREATE DATABASE {TEMPLATE}")
    await admin.close()
    await migrate(at_database(postgres.admin_url, TEMPLATE), app_password=postgres.app_password)
    seed = await asyncpg.connect(at_database(postgres.admin_url, TEMPLATE))
    await seed.executemany(
        "INSERT INTO tenant (id, name, default_locale, time_zone, created_at) VALUES ($1, $2, $3, $4, $5)",
        [
            ("onda", "Onda", "ko", "Asia/Seoul", SEEDED_AT),
            ("rival", "Rival", "en", "Europe/London", SEEDED_AT),
        ],
    )
    await seed.execute("VACUUM ANALYZE")
    await seed.close()
    return TEMPLATE


@pytest_asyncio.fixture
async def database_url(postgres: EmbeddedPostgres, template: str) -> AsyncIterator[str]:
    """The application's URL of a database of this test's own."""
    name = f"test_{secrets.token_hex(6)}"
    admin = await asyncpg.connect(postgres.admin_url)
    try:
        await admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY wal_log")
        yield at_database(postgres.url, name)
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await admin.close()


@pytest.fixture
def admin_url(postgres: EmbeddedPostgres, database_url: str) -> str:
    """The superuser's URL of the same database, for looking behind row-level security."""
    return at_database(postgres.admin_url, urlsplit(database_url).path.lstrip("/"))


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The application's connection pool on this test's database, where tenants 'onda' and 'rival' exist."""
    opened = await Database.open(database_url, min_size=1, max_size=6)
    try:
        yield opened
    finally:
        await opened.close()


@pytest_asyncio.fixture
async def keyring(database: Database) -> Keyring:
    """A keyring under a master key of this test's own."""
    return await Keyring.open(database, MasterKeys((secrets.token_bytes(32),)))


@pytest_asyncio.fixture
async def notifier(database: Database) -> AsyncIterator[Notifier]:
    """What tells other processes, running."""
    running = Notifier(database)
    running.start()
    try:
        yield running
    finally:
        await running.close()


@pytest_asyncio.fixture
async def committer(database: Database, keyring: Keyring, notifier: Notifier) -> AsyncIterator[Committer]:
    """The writer of contacts, running."""
    running = Committer(database, keyring, notifier)
    running.start()
    try:
        yield running
    finally:
        await running.close()


@pytest_asyncio.fixture
async def feed(
    database: Database, keyring: Keyring, committer: Committer, notifier: Notifier
) -> AsyncIterator[Feed]:
    """Events to those who follow a contact, listening."""
    running = Feed(database, keyring, committer, notifier)
    running.start()
    await running.listening.wait()
    try:
        yield running
    finally:
        await running.close()
