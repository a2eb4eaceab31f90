"""How calls begin, and that nothing stays of those that cannot: a house under pages that ask too much."""

import asyncio
from uuid import UUID

import pytest
from tests.channels.voice.around import until
from tests.channels.voice.conftest import Exchange

from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.media import refusals as refusals  # declares what the engine refuses
from warmline.ports.calls import pack_sdp
from warmline.ports.media import LegSilent


async def test_an_agent_in_japan_dials_as_in_japan_and_nobody_dials_for_help(exchange: Exchange):
    exchange.gate.region = "JP"
    desk = await exchange.house.desk("mina")
    await desk.take("welcome")
    desk.send(t="call_dial", cid="d0", to="119")
    assert (await desk.take("error"))["code"] == "outbound.emergency"
    desk.send(t="call_dial", cid="d1", to="03-1234-5678")
    ack = await desk.take("ack", lambda frame: frame["cid"] == "d1")
    desk.send(t="call_join", cid="d2", contact=ack["contact"], sdp="offer", mode="talk")
    await desk.take("call_answer")
    exchange.media.up("a-")
    [(wish, _)] = await until(lambda: exchange.telephone.dialled)
    assert wish.to == "+81312345678"


async def test_a_page_that_asks_many_times_at_once_gets_one_call(exchange: Exchange):
    contacts, gate = exchange.rooms.contacts, asyncio.Event()
    page = await exchange.house.widget(locale="en")
    await page.take("welcome")
    page.send(t="start", cid="s1", locale="en")
    contact_id = UUID((await page.take("opened"))["contact"]["id"])
    open_leg = exchange.media.open

    async def slowly(*given, **named):
        await gate.wait()
        return await open_leg(*given, **named)

    exchange.media.open = slowly
    question = {"do": "call", "contact": str(contact_id), "sdp": pack_sdp("page's offer"), "locale": "en"}
    async with asyncio.TaskGroup() as group:
        first = group.create_task(exchange.node.heard("onda", question))
        await asyncio.sleep(0)
        with pytest.raises(Refused, match=r"call\.already"):
            await exchange.node.heard("onda", question)
        gate.set()
    assert first.result()["contact"] == str(contact_id)
    assert len(exchange.node) == 1
    assert (await contacts.load("onda", contact_id)).channel == "webchat"


async def test_a_page_whose_contact_cannot_be_read_leaves_no_call_behind(exchange: Exchange):
    question = {"do": "call", "contact": str(new_id()), "sdp": pack_sdp("page's offer"), "locale": "en"}
    with pytest.raises(Refused):
        await exchange.node.heard("onda", question)
    await until(lambda: not len(exchange.node))
    assert exchange.media.legs == {}


async def test_pages_leave_room_for_telephones(exchange: Exchange):
    exchange.node._calls_at_most = 2
    question = {"do": "call", "sdp": pack_sdp("page's offer"), "locale": "en"}
    await exchange.node.heard("onda", question)
    with pytest.raises(Refused, match=r"call\.no_node"):
        await exchange.node.heard("onda", question)
    assert exchange.telephone.rings().refused is None


async def test_a_caller_whose_audio_nobody_understands_is_told_so_and_not_to_try_again(exchange: Exchange):
    async def cannot(*given, **named):
        raise Refused("media.no_codec")

    exchange.media.open = cannot
    call = exchange.telephone.rings()
    await until(lambda: call.refused)
    assert call.refused == 488
    await until(lambda: not len(exchange.node))


async def test_a_customer_whose_page_loads_again_comes_back_into_the_call(exchange: Exchange):
    page = await exchange.house.widget(locale="en")
    await page.take("welcome")
    await exchange.node._rooms.rows.beat("node-1", exchange.node._started_at, draining=False, calls=0)
    page.send(t="call", cid="p1", sdp="page's offer")
    first = await page.take("call_answer")
    exchange.media.up("customer")
    page.send(t="call", cid="p2", sdp="the next page's offer")
    second = await page.take("call_answer")
    assert second["sdp"] == "answer to the next page's offer"
    assert (second["contact"], len(exchange.node)) == (first["contact"], 1)


async def test_a_telephone_that_was_mute_and_is_heard_again_keeps_its_call(exchange: Exchange, monkeypatch):
    monkeypatch.setattr("warmline.channels.voice.session.PHONE_BACK_S", 0.2)
    exchange.telephone.rings()
    session = await until(lambda: next(iter(exchange.node._by_contact.values()), None))
    leg = exchange.media.leg("customer")
    exchange.media.heard[session.id.hex](LegSilent(leg, 10_000))
    exchange.media.up("customer")
    await until(lambda: not session._lost)
    assert len(exchange.node) == 1
    exchange.media.heard[session.id.hex](LegSilent(leg, 10_000))
    await until(lambda: not len(exchange.node))
