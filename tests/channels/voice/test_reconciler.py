"""Calls and contacts that disagree: found, both ways, and ended, repaired or promised a call back."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from tests.channels.voice.around import eventually, until
from tests.channels.voice.conftest import Exchange

from warmline.channels.voice.reconciler import ENDED_FOR_S, STEADY_FOR_S, Reconciler
from warmline.domain.contact.commands import CustomerEnds
from warmline.domain.contact.model import ContactStatus
from warmline.kernel.ids import new_id
from warmline.ports.calls import Opening
from warmline.runtime.clock import utc_now


@pytest.fixture
def reconciler(exchange: Exchange) -> Reconciler:
    return Reconciler(exchange.rooms, exchange.node._sessions)


async def _calling(exchange: Exchange) -> tuple[UUID, UUID]:
    """Somebody calls; return their contact and their call, whose row is written."""
    exchange.telephone.rings("+821012345678")
    session = await until(lambda: next(iter(exchange.node._by_contact.values()), None))
    await eventually(lambda: _running(exchange))
    return session.contact_id, session.id


async def _running(exchange: Exchange) -> list[UUID]:
    return [call for _, call, _ in await exchange.rooms.rows.running(exchange.rooms.node_id)]


async def _status(exchange: Exchange, contact_id: UUID) -> ContactStatus:
    return (await exchange.rooms.contacts.load("onda", contact_id)).status


async def _unseen_for(exchange: Exchange, ago: timedelta) -> None:
    async with exchange.house.database.system() as conn:
        await conn.execute("UPDATE voice_node SET seen_at = $1", utc_now() - ago)


async def _quiet_for(exchange: Exchange, contact_id: UUID, ago: timedelta) -> None:
    async with exchange.house.database.tenant("onda") as conn:
        await conn.execute("UPDATE contact SET updated_at = $2 WHERE id = $1", contact_id, utc_now() - ago)


async def _compared(reconciler: Reconciler, times: int, after_s: float = STEADY_FOR_S) -> None:
    now_s = asyncio.get_running_loop().time()
    await reconciler.compare(now_s)
    for again in range(times):
        await reconciler.compare(now_s + after_s + again)


async def test_after_a_long_outage_no_running_call_is_taken_for_lost(exchange: Exchange, reconciler: Reconciler):
    contact_id, call_id = await _calling(exchange)
    other_contact, other_call = new_id(), new_id()
    await exchange.rooms.rows.beat("node-2", utc_now(), draining=False, calls=1)
    await exchange.rooms.rows.began("onda", other_call, other_contact, "node-2", "inbound")
    reconciler.database_away()
    await _unseen_for(exchange, timedelta(seconds=60))  # nobody could say that they live
    now_s = asyncio.get_running_loop().time()
    await reconciler.compare(now_s)  # before any node has spoken again
    for node in (exchange.rooms.node_id, "node-2"):
        await exchange.rooms.rows.beat(node, utc_now(), draining=False, calls=1)
    await reconciler.compare(now_s + STEADY_FOR_S)
    assert await _status(exchange, contact_id) is ContactStatus.JOURNEY
    assert await _running(exchange) == [call_id]
    assert [call for _, call, _ in await exchange.rooms.rows.running("node-2")] == [other_call]


async def test_our_own_calls_are_never_taken_for_those_of_a_dead_node(exchange: Exchange, reconciler: Reconciler):
    contact_id, call_id = await _calling(exchange)
    await exchange.rooms.rows.leave(exchange.rooms.node_id)
    await _compared(reconciler, 2)
    assert await _status(exchange, contact_id) is ContactStatus.JOURNEY
    assert await _running(exchange) == [call_id]


async def test_callers_of_a_node_that_died_are_called_back(exchange: Exchange, reconciler: Reconciler):
    opening = Opening("onda", new_id(), "front", "en", "+821055556666")
    contact_id = (await exchange.rooms.contacts.open_call(opening)).id
    await exchange.rooms.rows.began("onda", opening.key, contact_id, "dead", "inbound")
    await _compared(reconciler, 1)
    assert await _status(exchange, contact_id) is ContactStatus.CALLBACK
    assert await exchange.rooms.rows.running("dead") == []


async def test_a_row_without_its_call_is_closed_and_its_caller_called_back(
    exchange: Exchange, reconciler: Reconciler
):
    opening = Opening("onda", new_id(), "front", "en", "+821055556666")
    contact_id = (await exchange.rooms.contacts.open_call(opening)).id
    await exchange.rooms.rows.began("onda", opening.key, contact_id, exchange.rooms.node_id, "inbound")
    await _compared(reconciler, 1)
    assert await _status(exchange, contact_id) is ContactStatus.JOURNEY, "it may just be beginning"
    await _compared(reconciler, 1)
    assert await _status(exchange, contact_id) is ContactStatus.CALLBACK
    assert await _running(exchange) == []


@pytest.mark.parametrize(("had_call", "then"), [(True, ContactStatus.ENDED), (False, ContactStatus.CALLBACK)])
async def test_an_open_contact_without_a_call_has_left_or_is_called_back(
    exchange: Exchange, reconciler: Reconciler, had_call: bool, then: ContactStatus
):
    opening = Opening("onda", new_id(), "front", "en", "+821055556666")
    contact_id = (await exchange.rooms.contacts.open_call(opening)).id
    if had_call:
        await exchange.rooms.rows.began("onda", opening.key, contact_id, "dead", "inbound")
        await exchange.rooms.rows.over("onda", opening.key, "answered", mos=None, lost_share=None, jitter_ms=None)
    await _compared(reconciler, 3)
    assert await _status(exchange, contact_id) is ContactStatus.JOURNEY, "its call may just be written down"
    await _quiet_for(exchange, contact_id, timedelta(minutes=2))
    await _compared(reconciler, 2)
    assert await _status(exchange, contact_id) is then


async def test_a_call_whose_contact_ended_unheard_is_ended(exchange: Exchange, reconciler: Reconciler):
    contact_id, _ = await _calling(exchange)
    session = exchange.node._by_contact[contact_id]
    follow = await until(lambda: session._follow)
    follow.close()  # its events do not arrive any more
    await exchange.rooms.contacts.command("onda", contact_id, CustomerEnds())
    await _compared(reconciler, 1, ENDED_FOR_S + 1)
    await until(lambda: not len(exchange.node))

    async def closed() -> bool:
        return await _running(exchange) == []

    assert await eventually(closed)
