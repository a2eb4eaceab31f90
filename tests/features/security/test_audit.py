"""The audit log notices whoever tampers with it."""

import asyncio

import asyncpg

from warmline.features.security import audit
from warmline.features.security.audit import Actor
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

MINA = Actor("Mina", new_id(), "127.0.0.1")


async def _write(database: Database, tenant: str, count: int) -> None:
    async with database.tenant(tenant) as conn:
        for number in range(count):
            async with conn.transaction():
                await audit.append(
                    conn, tenant, MINA, "queue.changed", f"queue:{number}", {"fields": ["名前"], "n": number},
                    now=utc_now(),
                )  # fmt: skip


async def _verify(database: Database, tenant: str = "onda") -> audit.Chain:
    async with database.tenant(tenant) as conn:
        return await audit.verify(conn, tenant)


async def test_an_untouched_log_is_intact(database: Database):
    await _write(database, "onda", 5)
    chain = await _verify(database)
    assert (chain.intact, chain.entries) == (True, 5)


async def test_an_empty_log_is_intact(database: Database):
    assert await _verify(database) == audit.Chain(True, 0, audit.GENESIS.hex())


async def test_a_changed_row_is_found_even_by_its_owner(database: Database, admin_url: str):
    await _write(database, "onda", 5)
    admin = await asyncpg.connect(admin_url)
    await admin.execute("UPDATE audit SET actor = 'Somebody else' WHERE seq = 3")
    await admin.close()
    chain = await _verify(database)
    assert (chain.intact, chain.broken_at) == (False, 3)


async def test_a_removed_row_is_found(database: Database, admin_url: str):
    await _write(database, "onda", 5)
    admin = await asyncpg.connect(admin_url)
    await admin.execute("DELETE FROM audit WHERE seq = 2")
    await admin.close()
    assert (await _verify(database)).broken_at == 2


async def test_the_application_itself_cannot_change_or_remove_a_row(database: Database):
    await _write(database, "onda", 1)
    async with database.tenant("onda") as conn:
        for statement in ("UPDATE audit SET actor = 'x'", "DELETE FROM audit"):
            try:
                await conn.execute(statement)
            except asyncpg.InsufficientPrivilegeError:
                continue
            raise AssertionError(f"{statement} was allowed")
    assert (await _verify(database)).intact


async def test_people_who_act_at_the_same_time_still_make_one_chain(database: Database):
    await asyncio.gather(*(_write(database, "onda", 5) for _ in range(4)))
    chain = await _verify(database)
    assert (chain.intact, chain.entries) == (True, 20)


async def test_each_company_has_its_own_chain_and_sees_no_other(database: Database):
    await _write(database, "onda", 2)
    await _write(database, "rival", 1)
    async with database.tenant("rival") as conn:
        lines = await audit.page(conn, "rival", None, 50)
    assert [line.subject for line in lines] == ["queue:0"]
    assert (await _verify(database, "rival")).entries == 1


async def test_an_undone_change_leaves_no_entry(database: Database):
    async with database.tenant("onda") as conn:
        transaction = conn.transaction()
        await transaction.start()
        await audit.append(conn, "onda", MINA, "queue.changed", "queue:1", now=utc_now())
        await transaction.rollback()
    assert (await _verify(database)).entries == 0


async def test_the_log_is_read_newest_first_a_page_at_a_time(database: Database):
    await _write(database, "onda", 5)
    async with database.tenant("onda") as conn:
        first = await audit.page(conn, "onda", None, 2)
        second = await audit.page(conn, "onda", first[-1].seq, 2)
        about_four = await audit.page(conn, "onda", None, 9, subject="queue:4")
    assert [line.seq for line in (*first, *second)] == [5, 4, 3, 2]
    assert [line.seq for line in about_four] == [5]
    assert first[0].detail == {"fields": ["名前"], "n": 4}
