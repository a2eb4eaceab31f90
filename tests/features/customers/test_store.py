"""Who stands for whom after merges."""

from itertools import pairwise
from typing import Any
from uuid import UUID

from warmline.domain.contact.events import AgentJoined, AgentLeft
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


async def test_earlier_contacts_name_the_agents_who_handled_them_in_their_order_each_once(
    talk: Any, database: Database
):
    minseo, mina, yuki = await talk.visitor(), new_id(), new_id()
    passed_on = await talk.begin(minseo, "배송이 늦어요")
    await talk.add(passed_on, AgentJoined(yuki, "Yuki"), AgentLeft(yuki, "transferred"))
    await talk.add(passed_on, AgentJoined(mina, "Mina"), AgentLeft(mina, "transferred"))
    await talk.add(passed_on, AgentJoined(yuki, "Yuki"), AgentLeft(yuki, "ended"))
    await talk.end(passed_on)
    contained = await talk.begin(minseo, "영업 시간이 어떻게 되나요?")
    async with database.tenant("onda") as conn:
        lines = await store.contacts(conn, "onda", [minseo])
    assert [(line.id, line.agent_names) for line in lines] == [(contained, []), (passed_on, ["Yuki", "Mina"])]
