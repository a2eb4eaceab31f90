"""Versions are kept, each as it was."""

import asyncpg
import pytest

from warmline.features.journeys import store
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database


async def test_two_designers_cannot_write_the_same_version(database: Database):
    async with database.tenant("onda") as conn:
        await store.insert(conn, "onda", "hello", 1, {"id": "hello"}, None, utc_now())
        with pytest.raises(asyncpg.UniqueViolationError):
            await store.insert(conn, "onda", "hello", 1, {"id": "hello"}, None, utc_now())
        await store.insert(conn, "onda", "hello", 2, {"id": "hello", "kind": "module"}, None, utc_now())
        assert [(one.version, one.kind) for one in await store.versions(conn, "onda", "hello")] == [
            (2, "module"),
            (1, "journey"),
        ]
        assert await store.documents(conn, "onda") == {"hello": {"id": "hello", "kind": "module"}}
        assert await store.document(conn, "onda", "hello", 3) is None
        assert await store.names(conn, "onda") == (frozenset(), frozenset())
        assert await store.skills(conn, "onda") == {}
