"""Calls from end to end: a real house, its desks and widgets; lines, audio and voice in memory."""

import asyncio
from uuid import UUID

from tests.channels.voice.around import MemoryCall, until
from tests.channels.voice.conftest import Exchange

from warmline.domain.contact.commands import AcceptOffer
from warmline.domain.contact.model import ContactStatus
from warmline.ports.telephone import CallEnd

MENU = "How can we help? For Agent, press 1. For Thank you., press 2."


async def _session(exchange: Exchange):
    return await until(lambda: next(iter(exchange.node._by_contact.values()), None))


async def _connected(exchange: Exchange, number: str | None = "+821012345678"):
    """Return a caller who talks with Mina: her desk, the telephone call, the contact's id."""
    desk = await exchange.house.desk("mina")
    await desk.take("welcome")
    call = exchange.telephone.rings(number)
    session = await _session(exchange)
    await until(lambda: MENU in exchange.media.said)
    exchange.media.press("1")
    contact_id = session.contact_id
    await until(lambda: session.contact.status is ContactStatus.QUEUED)
    await until(exchange.media.music)
    offer_id = await exchange.house.offer(str(contact_id))
    mina = exchange.house.agents["mina"]
    await exchange.house.rooms.service.command("onda", contact_id, AcceptOffer(mina.agent_id, "Mina", offer_id))
    desk.send(t="call_join", cid="j1", contact=str(contact_id), sdp="mina's offer", mode="talk")
    answer = await desk.take("call_answer")
    assert answer["sdp"] == "answer to mina's offer"
    exchange.media.up("a-")
    await until(lambda: session.machine.state.talking)
    return desk, call, contact_id


async def test_a_caller_is_answered_presses_a_key_waits_with_music_and_talks_with_the_agent(exchange: Exchange):
    desk, call, contact_id = await _connected(exchange)
    assert call.answer_sdp == "answer to their offer"
    assert exchange.media.said[0] == "Hello, this is Onda."
    assert not exchange.media.music()
    shown = await desk.take("call", lambda frame: frame["call"]["state"] == "talking")
    assert shown["call"]["number"] == "+821012345678"
    [started] = await exchange.events(contact_id, "CallStarted")
    assert started.called == "+82215880000"
    sent = await exchange.events(contact_id, "MessageSent")
    assert any(one.author == "customer" and one.value == "agent" for one in sent)


async def test_a_caller_who_hangs_up_ends_the_contact_and_its_facts_are_complete(exchange: Exchange):
    _, call, contact_id = await _connected(exchange)
    call.ends(CallEnd("them"))
    await until(lambda: not len(exchange.node))
    contact = await exchange.rooms.contacts.load("onda", contact_id)
    while contact.status is not ContactStatus.ENDED:
        await asyncio.sleep(0.02)
        contact = await exchange.rooms.contacts.load("onda", contact_id)
    async with exchange.house.database.tenant("onda") as conn:
        row = await conn.fetchrow("SELECT answered_at, outcome FROM call WHERE contact_id = $1", contact_id)
    assert row["answered_at"] is not None
    [ended] = await exchange.events(contact_id, "CallEnded")
    assert (ended.by, ended.mos) == ("customer", 4.2)
    assert exchange.media.legs == {}


async def test_the_agent_ends_and_the_caller_hears_goodbye_before_the_line_is_closed(exchange: Exchange):
    desk, call, contact_id = await _connected(exchange)
    desk.send(t="cmd", cid="e1", contact=str(contact_id), c={"kind": "agent_ends"})
    await until(lambda: "How was it?" in "".join(exchange.media.said))
    exchange.media.press("5")
    await until(lambda: call.hung_up)
    assert exchange.media.said[-1] == "Thank you for telling us."


async def test_hold_gives_the_caller_music_and_resume_gives_them_back(exchange: Exchange):
    desk, _, contact_id = await _connected(exchange)
    desk.send(t="cmd", cid="h1", contact=str(contact_id), c={"kind": "hold"})
    await until(exchange.media.music)
    desk.send(t="cmd", cid="h2", contact=str(contact_id), c={"kind": "resume"})
    await until(lambda: not exchange.media.music())


async def test_an_agent_consults_a_number_joins_all_and_hands_the_caller_over(exchange: Exchange):
    desk, _, contact_id = await _connected(exchange)
    session = await _session(exchange)
    desk.send(t="call_consult", cid="c1", contact=str(contact_id), to={"number": "+82212345678"})
    await desk.take("ack", lambda frame: frame["cid"] == "c1")
    await until(exchange.media.music)
    [(wish, line)] = await until(lambda: exchange.telephone.dialled)
    assert wish.to == "+82212345678"
    assert isinstance(line, MemoryCall)
    await until(lambda: line.on_answered is not None)
    line.on_answered("their sdp")
    await until(lambda: any(one.up for one in session.machine.state.circle.consulted()))
    desk.send(t="call_talk", cid="c2", contact=str(contact_id), **{"with": "all"})
    await until(lambda: len(session.machine.state.hears.get("customer", ())) == 2)
    desk.send(t="call_complete", cid="c3", contact=str(contact_id), note="")
    await until(lambda: session.machine.state.contact_over)
    await until(lambda: session.machine.state.circle.owner() is None)
    assert session.machine.state.talking, "the caller and the other number go on talking"
    line.ends(CallEnd("them"))
    await until(lambda: not len(exchange.node) and exchange.gate.settled)
    assert len(exchange.gate.settled) == 1


async def test_only_who_leads_may_listen_and_only_the_owner_may_talk(exchange: Exchange):
    _, _, contact_id = await _connected(exchange)
    yuki = await exchange.house.desk("yuki")
    await yuki.take("welcome")
    yuki.send(t="call_join", cid="y1", contact=str(contact_id), sdp="x", mode="talk")
    assert (await yuki.take("error"))["code"] == "call.not_yours"
    yuki.send(t="call_join", cid="y2", contact=str(contact_id), sdp="x", mode="listen")
    assert (await yuki.take("error"))["code"] == "not_allowed"
    sora = await exchange.house.desk("sora")
    await sora.take("welcome")
    sora.send(t="call_join", cid="l1", contact=str(contact_id), sdp="x", mode="listen")
    await sora.take("call_answer")


async def test_a_call_nobody_can_route_is_refused_and_a_draining_node_takes_none(exchange: Exchange):
    exchange.node.draining = True
    call = exchange.telephone.rings()
    assert call.refused == 503


async def test_an_agent_calls_somebody_and_hears_that_they_are_busy(exchange: Exchange):
    desk = await exchange.house.desk("mina")
    await desk.take("welcome")
    desk.send(t="call_dial", cid="d1", to="+82212345678")
    ack = await desk.take("ack", lambda frame: frame["cid"] == "d1")
    contact_id = UUID(ack["contact"])
    desk.send(t="call_join", cid="d2", contact=str(contact_id), sdp="offer", mode="talk")
    await desk.take("call_answer")
    exchange.media.up("a-")
    [(wish, line)] = await until(lambda: exchange.telephone.dialled)
    assert wish.to == "+82212345678"
    await until(lambda: line.on_ended is not None)
    line.ends(CallEnd("them", 17, 486))
    shown = await desk.take("call", lambda frame: frame["call"]["state"] == "ended")
    assert shown["call"]["result"] == "busy"
    await until(lambda: not len(exchange.node))


async def test_a_page_calls_and_speaks_with_the_journey(exchange: Exchange):
    page = await exchange.house.widget(locale="en")
    assert (await page.take("welcome"))["settings"]["calls"] is True
    await exchange.node._rooms.rows.beat("node-1", exchange.node._started_at, draining=False, calls=0)
    page.send(t="call", cid="p1", sdp="page's offer")
    answer = await page.take("call_answer")
    assert answer["sdp"] == "answer to page's offer"
    exchange.media.up("customer")
    await until(lambda: MENU in exchange.media.said)
    session = await _session(exchange)
    await until(lambda: session.machine.state.asked is not None)
    page.send(t="call_keys", keys="1")
    await until(lambda: session.contact.status is ContactStatus.QUEUED)
    page.send(t="call_end", cid="p2")
    await until(lambda: not len(exchange.node))


async def test_while_the_database_is_away_a_caller_leaves_a_promise_that_is_kept_when_it_is_back(
    exchange: Exchange,
):
    exchange.cut = exchange.node.away = True
    open_call = exchange.rooms.contacts.open_call

    async def away(opening):
        raise ConnectionError("away")

    exchange.rooms.contacts.open_call = away  # what the database does to whoever asks it now
    call = exchange.telephone.rings()
    await until(lambda: any("press 1" in one for one in exchange.media.said))
    exchange.media.press("1")
    await until(lambda: any("noted your number" in one for one in exchange.media.said))
    await until(lambda: call.hung_up)
    [promise] = exchange.rooms.journal.owed
    assert promise.number == "+821012345678"
    exchange.rooms.contacts.open_call = open_call
    exchange.cut = False
    await until(lambda: not exchange.rooms.journal.owed)
    async with exchange.house.database.tenant("onda") as conn:
        rows = await conn.fetch("SELECT status FROM contact WHERE channel = 'voice'")
    assert [row["status"] for row in rows] == ["callback"]


async def test_the_facts_of_a_call_are_written_in_the_order_in_which_they_happened(exchange: Exchange):
    call = exchange.telephone.rings()
    contact_id = (await _session(exchange)).contact_id
    await until(lambda: MENU in exchange.media.said)
    call.ends(CallEnd("them"))
    await exchange.node.drain(5)  # whoever lets the process end waits for all that is to be written
    told = await exchange.rooms.contacts.history("onda", contact_id, 0)
    facts = [type(one.event).__name__ for one in told if type(one.event).__name__.startswith("Call")]
    assert facts == ["CallStarted", "CallAnswered", "CallEnded"]
