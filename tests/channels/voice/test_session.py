"""One call carried out: pages that load again, desk phones, colleagues who ring, workers that die."""

import pytest
from tests.channels.voice.around import eventually, until
from tests.channels.voice.conftest import Exchange
from tests.channels.voice.test_node import _connected, _session

from warmline.channels.voice.actions import Shield
from warmline.channels.voice.inbox import INBOX
from warmline.channels.voice.inputs import Speaking
from warmline.channels.voice.rooms import leg_of
from warmline.channels.voice.words import word
from warmline.domain.contact.commands import CustomerLocale
from warmline.domain.contact.model import ContactStatus
from warmline.kernel.errors import Refused
from warmline.ports.calls import NOT_RUNNING
from warmline.ports.media import LegSilent, WorkerLost


async def test_an_agent_whose_page_reloads_comes_back_into_the_call(exchange: Exchange):
    desk, _, contact_id = await _connected(exchange)
    session = await _session(exchange)
    leg = exchange.media.leg("a-")
    exchange.media.heard[session.id.hex](LegSilent(leg, 10_000))
    await until(lambda: any("lost for a moment" in one for one in exchange.media.said))
    await until(exchange.media.music)
    desk.send(t="call_join", cid="j2", contact=str(contact_id), sdp="again", mode="talk")
    await desk.take("call_answer", lambda frame: frame["cid"] == "j2")
    exchange.media.up("a-")
    assert await until(lambda: session.machine.state.talking)


async def test_a_colleague_is_rung_at_their_desk_and_declines(exchange: Exchange):
    desk, _, contact_id = await _connected(exchange)
    yuki = await exchange.house.desk("yuki")
    await yuki.take("welcome")
    asked = str(exchange.house.agents["yuki"].agent_id)
    desk.send(t="call_consult", cid="c1", contact=str(contact_id), to={"agent_id": asked})
    ring = await yuki.take("call_ring")
    assert ring["from"]["name"] == "Mina"
    yuki.send(t="call_decline", cid="c2", contact=str(contact_id))
    session = await _session(exchange)
    await until(lambda: session.machine.state.talking)


async def test_a_colleague_answers_and_becomes_the_owner(exchange: Exchange):
    desk, _, contact_id = await _connected(exchange)
    session = await _session(exchange)
    yuki = await exchange.house.desk("yuki")
    await yuki.take("welcome")
    asked = exchange.house.agents["yuki"].agent_id
    desk.send(t="call_consult", cid="c1", contact=str(contact_id), to={"agent_id": str(asked)})
    await yuki.take("call_ring")
    yuki.send(t="call_join", cid="y1", contact=str(contact_id), sdp="yuki's offer", mode="talk")
    answer = await yuki.take("call_answer")
    assert answer["sdp"] == "answer to yuki's offer"
    party = next(one.id for one in session.machine.state.circle.parties.values() if one.agent_id == asked)
    exchange.media.up(party)
    await until(lambda: session.machine.state.circle.parties[party].up)
    desk.send(t="call_complete", cid="c2", contact=str(contact_id), note="She knows the case.")
    await until(lambda: session.contact is not None and session.contact.agent_id == asked)
    await until(lambda: session.machine.state.hears.get("customer") == (party,))


async def test_a_desk_phone_is_rung_instead_of_the_browser(exchange: Exchange):
    mina = exchange.house.agents["mina"].agent_id
    exchange.plan.phones[mina] = "onda/101"
    call = exchange.telephone.rings()
    session = await _session(exchange)
    await until(lambda: session.machine.state.asked is not None)
    exchange.media.press("1")
    await until(lambda: session.contact.status is ContactStatus.QUEUED)
    offer = await exchange.house.offer(str(session.contact_id))
    desk = await exchange.house.desk("mina")
    desk.send(
        t="cmd", cid="a1", contact=str(session.contact_id), c={"kind": "accept_offer", "offer_id": str(offer)}
    )
    [(wish, phone)] = await until(lambda: exchange.telephone.dialled)
    assert wish.phone
    assert wish.headers["X-Warmline-Locale"] == "en"
    await until(lambda: phone.on_answered is not None)
    phone.on_answered("desk phone's sdp")
    await until(lambda: session.machine.state.talking)
    assert not call.hung_up


async def test_a_caller_whose_audio_died_with_its_worker_is_promised_a_call(exchange: Exchange):
    _, call, contact_id = await _connected(exchange)
    session = await _session(exchange)
    exchange.media.heard[session.id.hex](WorkerLost((session.id.hex,)))
    await until(lambda: call.hung_up)
    assert leg_of(session.id, "customer") not in exchange.media.legs

    async def promised() -> bool:
        contact = await exchange.rooms.contacts.load("onda", contact_id)
        return contact.status is ContactStatus.CALLBACK

    assert await eventually(promised)


async def test_a_call_that_no_longer_keeps_up_ends_with_a_promise_and_one_line_in_the_log(
    exchange: Exchange, caplog: pytest.LogCaptureFixture
):
    _, call, contact_id = await _connected(exchange)
    session = await _session(exchange)
    for _ in range(2 * INBOX):
        session.put(Speaking(True))
    with pytest.raises(Refused, match=NOT_RUNNING):
        await session.ask(Speaking(False))
    await until(lambda: call.hung_up)
    assert [one.getMessage() for one in caplog.records if "keep up" in one.getMessage()] == [
        f"Call {session.id} does not keep up with what happens: it is ended"
    ]

    async def promised() -> bool:
        contact = await exchange.rooms.contacts.load("onda", contact_id)
        return contact.status is ContactStatus.CALLBACK

    assert await eventually(promised)


async def test_the_end_of_the_last_secret_key_is_not_heard_either(exchange: Exchange):
    await _connected(exchange)
    session = await _session(exchange)
    await session._carry_out(Shield(True))
    await session._carry_out(Shield(False))
    assert exchange.media.shielded, "the key is still pressed"
    await until(lambda: not exchange.media.shielded)
    await session._carry_out(Shield(False))
    await session._carry_out(Shield(True))
    assert session._bared is None, "what is secret again stays unheard"
    assert exchange.media.shielded


async def test_an_apology_is_ready_in_the_callers_language_should_we_die_before_they_hang_up(exchange: Exchange):
    exchange.telephone.rings()
    session = await until(lambda: next(iter(exchange.node._by_contact.values()), None))
    leg = leg_of(session.id, "customer")
    await until(lambda: exchange.media.last_words.get(leg) == [word("voice.lost", session.machine.state.locale)])
    await exchange.rooms.contacts.command("onda", session.contact.id, CustomerLocale("ja"))
    assert await until(lambda: exchange.media.last_words.get(leg) == [word("voice.lost", "ja")])
