"""A connection sees one tenant and nobody else's rows."""

import uuid

import asyncpg
import pytest

from warmline.runtime.database import Database, prepare_connection, set_tenant

ADD_SKILL = "INSERT INTO skill (tenant_id, id, name) VALUES ($1, $2, $3)"


async def test_a_tenant_sees_its_own_rows_and_another_tenant_sees_none(database: Database) -> None:
    async with database.tenant("onda") as conn:
        await conn.execute(ADD_SKILL, "onda", "refunds", {"ko": "환불", "ja": "返金", "en": "Refunds"})
        assert await conn.fetchval("SELECT name FROM skill") == {"ko": "환불", "ja": "返金", "en": "Refunds"}
    async with database.tenant("rival") as conn:
        assert await conn.fetchval("SELECT count(*) FROM skill") == 0
    async with database.system() as conn:
        assert await conn.fetchval("SELECT count(*) FROM skill") == 0


async def test_writing_into_another_tenant_is_refused_by_the_database(database: Database) -> None:
    async with database.tenant("rival") as conn:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await conn.execute(ADD_SKILL, "onda", "spying", {})


async def test_a_connection_is_asked_to_change_tenant_only_when_it_changes(database_url: str) -> None:
    alone = await Database.open(database_url, min_size=1, max_size=1)
    queries: list[str] = []
    async with alone.tenant("onda") as conn:
        conn._con.add_query_logger(lambda record: queries.append(record.query))
    async with alone.tenant("onda") as conn:
        assert await conn.fetchval("SELECT current_setting('warmline.tenant')") == "onda"
    assert not [q for q in queries if "set_config" in q]
    async with alone.tenant("rival") as conn:
        assert await conn.fetchval("SELECT current_setting('warmline.tenant')") == "rival"
    assert len([q for q in queries if "set_config" in q]) == 1
    await alone.close()


async def test_a_transaction_left_open_and_broken_does_not_reach_the_next_borrower(database_url: str) -> None:
    alone = await Database.open(database_url, min_size=1, max_size=1)
    async with alone.tenant("onda") as conn:
        await conn.execute("BEGIN")
        await conn.execute(ADD_SKILL, "onda", "lost", {})
        with pytest.raises(asyncpg.UndefinedTableError):
            await conn.execute("SELECT * FROM no_such_table")
    async with alone.tenant("onda") as conn:
        assert not conn.is_in_transaction()
        assert await conn.fetchval("SELECT count(*) FROM skill") == 0
    await alone.close()


async def test_an_empty_tenant_is_a_mistake(database: Database) -> None:
    with pytest.raises(ValueError, match="tenant"):
        async with database.tenant(""):
            pass


async def test_all_tenants_are_listed(database: Database) -> None:
    assert await database.tenants() == ["onda", "rival"]


async def test_a_connection_of_ones_own_carries_its_name_and_settings(database: Database) -> None:
    conn = await database.dedicated("feed", synchronous_commit="off")
    await prepare_connection(conn)
    await set_tenant(conn, "onda")
    assert await conn.fetchval("SHOW application_name") == "warmline feed"
    assert await conn.fetchval("SHOW synchronous_commit") == "off"
    assert await conn.fetchval("SELECT $1::uuid", uuid.UUID(int=7)) == uuid.UUID(int=7)
    await conn.close()
