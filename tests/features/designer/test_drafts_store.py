"""A draft's row is written over the revision its writer has seen, and over no other."""

from tests.features.conftest import People
from tests.features.designer.conftest import hello

from warmline.features.designer import drafts_store as store
from warmline.features.designer.drafts_store import Written
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database


async def test_of_two_writers_on_the_same_revision_one_wins(database: Database, people: People):
    owner, draft_id = people["onda", "designer"], new_id()
    async with database.tenant("onda") as conn:
        first = Written(hello(), {}, "First", 0)
        await store.insert(conn, "onda", "hello", draft_id, owner, first, utc_now())
        second = Written(hello("hello.hi"), {"start/0": {"x": 1}}, "First", 0)
        assert await store.save(conn, "onda", draft_id, 1, owner, second, utc_now())
        assert not await store.save(conn, "onda", draft_id, 1, owner, first, utc_now())
        kept = await store.one(conn, "onda", "hello", draft_id)
    assert kept is not None
    assert (kept.document, kept.positions, kept.line.revision) == (hello("hello.hi"), {"start/0": {"x": 1}}, 2)


async def test_a_name_is_written_over_the_one_that_was_seen_and_saving_leaves_it_alone(
    database: Database, people: People
):
    owner, draft_id = people["onda", "designer"], new_id()
    async with database.tenant("onda") as conn:
        await store.insert(conn, "onda", "hello", draft_id, owner, Written(hello(), {}, None, 0), utc_now())
        assert await store.rename(conn, "onda", draft_id, "", "Winter")
        assert not await store.rename(conn, "onda", draft_id, "", "Summer")
        assert await store.save(
            conn, "onda", draft_id, 1, owner, Written(hello("hello.hi"), {}, None, 0), utc_now()
        )
        (line,) = await store.lines(conn, "onda", "hello")
    assert (line.name, line.revision) == ("Winter", 2)


async def test_a_base_only_moves_forward(database: Database, people: People):
    draft_id = new_id()
    async with database.tenant("onda") as conn:
        written = Written(hello(), {}, "", 4)
        await store.insert(conn, "onda", "hello", draft_id, people["onda", "designer"], written, utc_now())
        for version, expected in ((6, 6), (5, 6)):
            await store.rebase(conn, "onda", draft_id, version)
            (line,) = await store.lines(conn, "onda", "hello")
            assert line.base_version == expected
        assert await store.count(conn, "onda", "hello") == 1
        await store.delete(conn, "onda", draft_id)
        assert await store.one(conn, "onda", "hello", draft_id) is None


async def test_who_saves_while_a_draft_is_published_does_not_take_its_base_back(
    database: Database, people: People
):
    owner, draft_id = people["onda", "designer"], new_id()
    async with database.tenant("onda") as conn:
        await store.insert(conn, "onda", "hello", draft_id, owner, Written(hello(), {}, "", 1), utc_now())
        await store.rebase(conn, "onda", draft_id, 2)
        assert await store.save(conn, "onda", draft_id, 1, owner, Written(hello(), {}, "", 1), utc_now())
        (line,) = await store.lines(conn, "onda", "hello")
    assert (line.base_version, line.revision) == (2, 2)
