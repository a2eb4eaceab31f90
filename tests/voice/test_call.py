"""Two endpoints of ours talk: what one does, the other is told."""

import asyncio

import pytest
from tests.voice.conftest import SDP, House, OpenHouse, carrier, until

from warmline.kernel.errors import Refused
from warmline.ports.telephone import Call, CallGone, Dialling, IncomingCall, ReferWish
from warmline.voice.call import VoiceCall

HELD = SDP + "a=sendonly\r\n"


async def talking(house: OpenHouse) -> tuple[House, House, Call]:
    there = await house((carrier(),))
    here = await house((carrier(port=there.port()),))
    answered = asyncio.Event()
    call = await here.endpoint.dial(Dialling("onda", "+8215880000", SDP))
    call.on_answered = lambda sdp: answered.set()
    await asyncio.wait_for(answered.wait(), 10)
    return here, there, call


async def test_we_hold_and_they_answer(house: OpenHouse):
    _, there, call = await talking(house)

    answer = await call.reoffer(HELD)

    assert "m=audio" in answer
    assert there.desk.reoffers == [HELD]
    await call.hang_up()


async def test_a_hold_they_refuse_is_told_and_the_call_goes_on(house: OpenHouse):
    here, there, call = await talking(house)
    theirs = there.desk.calls[0].call
    theirs.on_reoffer = lambda sdp: theirs.reanswer(None)

    with pytest.raises(Refused, match=r"488"):
        await call.reoffer(HELD)

    assert not here.endpoint.idle()
    await call.hang_up()


async def test_a_transfer_we_ask_for_is_carried_out(house: OpenHouse):
    _, there, call = await talking(house)
    targets: list[str] = []

    def referred(wish: ReferWish) -> None:
        targets.append(wish.target)
        wish.accept()
        wish.progress(200)

    there.desk.calls[0].call.on_refer = referred

    assert await call.refer("sip:+8215449999@127.0.0.1")
    assert targets == ["sip:+8215449999@127.0.0.1"]
    await call.hang_up()


async def test_a_transfer_nobody_wants_is_refused(house: OpenHouse):
    _, _, call = await talking(house)

    assert not await call.refer("sip:+8215449999@127.0.0.1")
    await call.hang_up()
    assert not await call.refer("sip:+8215449999@127.0.0.1")


async def test_who_gives_up_before_the_answer_is_gone(house: OpenHouse):
    there = await house((carrier(),))
    here = await house((carrier(port=there.port()),))
    gone = asyncio.Event()

    async def late(told: IncomingCall) -> None:
        told.call.ring()
        await until(lambda: len(there.desk.ends) == 1, "they gave up")
        with pytest.raises(CallGone):
            await told.call.answer(SDP)
        gone.set()

    there.desk.on_incoming = late
    rang = asyncio.Event()
    call = await here.endpoint.dial(Dialling("onda", "+8215880000", SDP))
    call.on_ringing = lambda sdp: rang.set()
    await asyncio.wait_for(rang.wait(), 10)
    await call.hang_up()
    await asyncio.wait_for(gone.wait(), 10)

    assert there.desk.ends[0].by == "them"


async def test_a_call_names_itself_for_an_attended_transfer(house: OpenHouse):
    here, there, call = await talking(house)
    theirs = there.desk.calls[0].call
    assert isinstance(call, VoiceCall)
    assert isinstance(theirs, VoiceCall)
    call_id, ours, other = call.session.core.dialog.id  # type: ignore[union-attr]

    assert call.replaces_value() == f"{call_id}%3Bto-tag%3D{other}%3Bfrom-tag%3D{ours}"
    assert there.endpoint.call_of(f"{call_id};to-tag={other};from-tag={ours}", "onda") is theirs
    assert there.endpoint.call_of(f"{call_id};to-tag={other};from-tag={ours}", "rival") is None
    assert here.endpoint.call_of("nothing", "onda") is None
    await call.hang_up()
