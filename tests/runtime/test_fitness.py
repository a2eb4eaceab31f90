"""A database that would miss Korean and Japanese words is refused at start."""

import asyncpg
import pytest

from warmline.runtime.fitness import UnfitDatabase, check_search
from warmline.runtime.migrate import migrate
from warmline.runtime.postgres import EmbeddedPostgres


async def test_korean_and_japanese_are_searchable_by_index(database_url: str) -> None:
    await check_search(database_url)


async def test_a_database_without_letters_is_refused(postgres: EmbeddedPostgres, admin_url: str) -> None:
    admin = await asyncpg.connect(postgres.admin_url)
    await admin.execute("CREATE DATABASE letterless TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
    try:
        url = postgres.admin_url.rsplit("/", 1)[0] + "/letterless"
        await migrate(url)
        with pytest.raises(UnfitDatabase, match="LC_CTYPE"):
            await check_search(url)
    finally:
        await admin.execute("DROP DATABASE letterless WITH (FORCE)")
        await admin.close()
