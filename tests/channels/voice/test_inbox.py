"""What a call is told, in order; and calls that have ended, which are gone from memory at once."""

import asyncio
import gc
import weakref
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.channels.voice.around import until
from tests.channels.voice.conftest import Exchange
from tests.channels.voice.test_node import MENU, _connected, _session

from warmline.channels.voice import inputs as i
from warmline.channels.voice.inbox import INBOX, Inbox
from warmline.channels.voice.state import CallState
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.ports.calls import NOT_RUNNING
from warmline.ports.telephone import CallEnd


@pytest.fixture
def inbox() -> Inbox:
    return Inbox(CallState(new_id(), "inbound", "en", datetime(2026, 11, 22, tzinfo=UTC), 0.0))


@pytest.fixture
def uncollected() -> Iterator[None]:
    """Nothing is freed but what nobody holds any more: voice nodes look for knots too rarely to count on it."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


async def _is_gone(exchange: Exchange, session: "weakref.ref[Any]") -> bool:
    await until(lambda: not len(exchange.node))
    exchange.media.heard.clear()  # the audio engine lets go of who listened half a minute later
    return await until(lambda: session() is None)


async def test_what_happens_is_taken_in_order_and_nothing_for_long_is_a_tick(inbox: Inbox):
    inbox.put(i.Key("1"))
    inbox.put(i.Key("2"))
    assert [(await inbox.next(None))[0] for _ in range(2)] == [i.Key("1"), i.Key("2")]
    assert await inbox.next(asyncio.get_running_loop().time()) == (i.Tick(), None)


async def test_a_call_that_does_not_keep_up_hears_of_its_end_before_everything_that_waits(inbox: Inbox):
    for _ in range(INBOX + 1):
        inbox.put(i.Speaking(True))
    assert (await inbox.next(None))[0] == i.LineClosed("system", 41)
    assert (await inbox.next(None))[0] == i.Speaking(True)


async def test_who_asks_a_call_that_has_just_ended_is_refused(inbox: Inbox):
    asked = asyncio.ensure_future(inbox.ask(i.Complete()))  # noqa: TID251 -- awaited below
    await until(lambda: inbox.rest() == i.Complete())
    with pytest.raises(Refused, match=NOT_RUNNING):
        await asked
    assert inbox.rest() is None


async def test_a_question_that_was_refused_stays_in_nobodys_memory(inbox: Inbox, uncollected: None):
    async def asks() -> None:
        with suppress(Refused):
            await inbox.ask(i.Complete())

    asked = asyncio.ensure_future(asks())  # noqa: TID251 -- awaited below
    await until(lambda: inbox.rest() == i.Complete())
    await asked
    assert [one for one in gc.get_objects() if type(one) is Refused] == []


async def test_a_call_that_refused_somebody_leaves_nothing_in_memory(exchange: Exchange, uncollected: None):
    call = exchange.telephone.rings()
    session = weakref.ref(await _session(exchange))
    await until(lambda: MENU in exchange.media.said)

    async def asks() -> str:
        held = session()
        assert held is not None
        try:
            await held.ask(i.Complete())
        except Refused as refused:
            return refused.code
        return "allowed"

    assert await asks() != "allowed", "there is nobody to hand the customer to"
    call.ends(CallEnd("them"))
    assert await _is_gone(exchange, session)


async def test_a_caller_who_hangs_up_in_the_menu_leaves_nothing_in_memory(exchange: Exchange, uncollected: None):
    call = exchange.telephone.rings()
    session = weakref.ref(await _session(exchange))
    await until(lambda: MENU in exchange.media.said)
    call.ends(CallEnd("them"))
    assert await _is_gone(exchange, session)


async def test_a_recorded_talk_that_the_agent_ends_leaves_nothing_in_memory(exchange: Exchange, uncollected: None):
    exchange.plan.recorded = True
    desk, call, contact_id = await _connected(exchange)
    session = weakref.ref(await _session(exchange))
    await until(lambda: exchange.media.records)
    desk.send(t="cmd", cid="e1", contact=str(contact_id), c={"kind": "agent_ends"})
    await until(lambda: "How was it?" in "".join(exchange.media.said))
    exchange.media.press("5")
    await until(lambda: call.hung_up)
    assert await _is_gone(exchange, session)


async def test_a_page_that_called_leaves_nothing_in_memory(exchange: Exchange, uncollected: None):
    page = await exchange.house.widget(locale="en")
    await page.take("welcome")
    await exchange.rooms.rows.beat("node-1", exchange.node._started_at, draining=False, calls=0)
    page.send(t="call", cid="p1", sdp="page's offer")
    await page.take("call_answer")
    session = weakref.ref(await _session(exchange))
    exchange.media.up("customer")
    await until(lambda: MENU in exchange.media.said)
    page.send(t="call_end", cid="p2")
    assert await _is_gone(exchange, session)


async def test_a_desk_phone_that_talked_leaves_nothing_in_memory(exchange: Exchange, uncollected: None):
    exchange.plan.phones[exchange.house.agents["mina"].agent_id] = "onda/101"
    caller = exchange.telephone.rings()
    session = weakref.ref(await _session(exchange))
    await until(lambda: MENU in exchange.media.said)
    exchange.media.press("1")
    await until(exchange.media.music)
    contact_id = next(iter(exchange.node._by_contact))
    offer = await exchange.house.offer(str(contact_id))
    desk = await exchange.house.desk("mina")
    desk.send(t="cmd", cid="a1", contact=str(contact_id), c={"kind": "accept_offer", "offer_id": str(offer)})
    await until(lambda: exchange.telephone.dialled)
    phone = exchange.telephone.dialled[0][1]
    await until(lambda: phone.on_answered is not None)
    assert phone.on_answered is not None
    phone.on_answered("desk phone's sdp")
    await until(lambda: (live := session()) is not None and live.machine.state.talking)
    caller.ends(CallEnd("them"))
    await until(lambda: phone.hung_up)
    assert await _is_gone(exchange, session)
