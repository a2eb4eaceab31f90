"""Calls as rows."""

import asyncio

from warmline.features.telephony.calls import Calls, Quality
from warmline.features.telephony.nodes import Node, Nodes
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database


async def test_a_call_begins_is_answered_and_ends_once(database: Database) -> None:
    calls, id, contact_id = Calls(database), new_id(), new_id()
    for _ in range(2):
        await calls.began("onda", id, contact_id, "one", "inbound", number_id="hotline", trunk_id="carrier")
    assert [(one.id, one.contact_id, one.node_id) for one in await calls.running("onda")] == [
        (id, contact_id, "one")
    ]
    await calls.answered("onda", id)
    assert await calls.ended("onda", id, "customer_left", Quality(4.2, 0.01, 3.5))
    assert not await calls.ended("onda", id, "agent_ended")
    assert await calls.running("onda", "one") == []
    async with database.tenant("onda") as conn:
        row = await conn.fetchrow("SELECT * FROM call")
    assert row is not None
    assert (row["outcome"], row["mos"], row["direction"]) == ("customer_left", 4.2, "inbound")
    assert row["began_at"] <= row["answered_at"] <= row["ended_at"]


async def test_calls_of_a_lost_node_are_found_by_whoever_looks(database: Database) -> None:
    calls, nodes, now = Calls(database), Nodes(database), utc_now()
    await nodes.beat(Node("alive", now, now))
    kept, orphan = new_id(), new_id()
    await calls.began("onda", kept, new_id(), "alive", "inbound")
    await calls.began("onda", orphan, new_id(), "dead", "outbound")
    assert [one.id for one in await calls.without_node("onda")] == [orphan]
    assert await calls.without_node("rival") == []


async def test_a_contact_that_just_lives_is_not_said_to_be_without_a_call(database: Database) -> None:
    assert await Calls(database).contacts_without("onda") == []


async def test_of_two_nodes_that_begin_to_call_one_contact_only_one_does(database: Database) -> None:
    calls, contact_id = Calls(database), new_id()
    begun = await asyncio.gather(*(calls.claim("onda", new_id(), contact_id, node) for node in ("one", "two")))
    assert sorted(begun) == [False, True]
    [running] = await calls.running("onda")
    await calls.ended("onda", running.id, "busy")
    assert await calls.claim("onda", new_id(), contact_id, "two"), "and again when the first attempt is over"
