"""Who stands for whom after merges."""

from itertools import pairwise
from uuid import UUID

from warmline.features.customers import store
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database


async def test_a_chain_of_merges_leads_to_one_person_and_back(database: Database):
    ids: list[UUID] = [new_id() for _ in range(4)]
    async with database.tenant("onda") as conn:
        for one in ids:
            assert await store.insert(conn, "onda", one, known=True, ref_index=None, locale=None, now=utc_now())
        for one, into in pairwise(ids):
            await store.set_merged(conn, "onda", one, into, utc_now())
        assert await store.roots_of(conn, "onda", ids) == dict.fromkeys(ids, ids[-1])
        assert set(await store.group_of(conn, "onda", ids[-1])) == set(ids)
        assert await store.root_of(conn, "onda", new_id()) is None
