"""Two endpoints of ours talk: what one does, the other is told."""

import asyncio
import gc
import weakref

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


async def test_a_call_that_is_over_is_gone_from_memory_on_both_sides_without_the_collector(house: OpenHouse):
    here, there, call = await talking(house)
    both = [weakref.ref(call), weakref.ref(there.desk.calls[0].call)]
    call.on_digit = lambda digits, held=call: held.reanswer(digits)  # whoever is told holds the call, as is usual
    gc.collect()
    gc.disable()
    try:
        await call.hang_up()
        del call
        there.desk.calls.clear()
        await here.quiet()
        await there.quiet()
        await until(lambda: not any(ref() for ref in both), "nobody holds the call")
    finally:
        gc.enable()
    assert [ref() for ref in both] == [None, None]


async def test_a_caller_who_gave_up_before_the_answer_is_gone_from_memory(house: OpenHouse):
    there = await house((carrier(),))
    here = await house((carrier(port=there.port()),))
    gave_up: list[bool] = []

    async def late(told: IncomingCall) -> None:
        told.call.ring()
        await until(lambda: bool(gave_up), "the caller gave up")
        with pytest.raises(CallGone):
            await told.call.answer(SDP)
        gave_up.append(True)

    there.desk.on_incoming = late
    call = await here.endpoint.dial(Dialling("onda", "+8215880000", SDP))
    await until(lambda: len(there.desk.calls) == 1, "it rings there")
    theirs = weakref.ref(there.desk.calls[0].call)
    gc.collect()
    gc.disable()
    try:
        await call.hang_up()
        await until(lambda: len(there.desk.ends) == 1, "they were told")
        gave_up.append(True)
        await until(lambda: len(gave_up) == 2, "the answer came too late")
        there.desk.calls.clear()
        await there.quiet()
        await until(lambda: theirs() is None, "nobody holds the call")
    finally:
        gc.enable()
    assert theirs() is None
