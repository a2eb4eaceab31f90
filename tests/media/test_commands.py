"""What a controller may ask: secure input, moved telephones, refusals."""

import pytest

from media.calls import TestCall
from media.peer import Peer
from media.tones import dtmf
from warmline.kernel.errors import Refused
from warmline.ports.media import Digit, LegUp, LegWish, PlayFile


async def test_digits_of_secure_input_are_told_and_reach_nobody(call: TestCall):
    customer = await call.phone("customer", hz=440, wish=LegWish(inband_digits=True))
    agent = await call.phone("agent", hz=1000)
    supervisor = await call.phone("supervisor")
    await call.route(customer="agent", agent="customer", supervisor="customer agent")
    await agent.hears(440)
    await call.media.secure(call.leg("customer"), True)
    await agent.hears_silence()
    before = len(agent.heard())
    customer.speak(dtmf("9", ms=200))
    for key in "4111":
        customer.press(key)
    await customer.until(lambda: len([e for e in call.told(Digit) if e.source == "rfc4733"]) == 4)
    await supervisor.hears(1000, not_hz=(440, 852, 1477))
    customer.say(440)
    await agent.more(10)
    await call.media.secure(call.leg("customer"), False)
    await agent.hears(440)
    assert "".join(e.digit for e in call.told(Digit) if e.source == "rfc4733") == "4111"
    assert agent.digits() == supervisor.digits() == ""
    during = agent.heard()[before:]
    quiet = during[: len(during) // 2]
    assert abs(quiet.astype(int)).max() < 64
    assert len(customer.audio()) > 0


async def test_the_customer_hears_the_agent_during_secure_input(call: TestCall):
    customer = await call.phone("customer", hz=440)
    await call.phone("agent", hz=1000)
    await call.route(customer="agent", agent="customer")
    await call.media.secure(call.leg("customer"), True)
    await customer.hears(1000)
    customer.press("1")
    digit = await call.tells(Digit)
    assert digit.digit == "1"


async def test_who_comes_back_during_secure_input_hears_and_is_heard_by_nobody(call: TestCall):
    """A page that loads again, the customer's and then the agent's: new audio in the same call."""
    await call.phone("customer", hz=440)
    agent = await call.phone("agent", hz=1000)
    await call.route(customer="agent", agent="customer")
    await agent.hears(440)
    await call.media.secure(call.leg("customer"), True)
    reloaded = Peer()
    call.peers.append(reloaded)
    reloaded.__enter__()
    reloaded.call(await call.media.reoffered(call.leg("customer"), reloaded.sdp(version=2)))
    reloaded.say(440)
    await reloaded.hears(1000)
    await call.media.close(call.leg("agent"))
    again = await call.phone("agent-2", hz=1340)
    await call.route(**{"customer": "agent-2", "agent-2": "customer"})
    await reloaded.hears(1340, not_hz=(1000,))
    await again.hears_silence()
    reloaded.press("4")
    assert (await call.tells(Digit)).digit == "4"  # told to the call, and
    assert again.digits() == ""
    await call.media.secure(call.leg("customer"), False)
    await again.hears(440)


async def test_a_telephone_that_moves_is_heard_at_its_new_place(call: TestCall):
    old = await call.phone("customer", hz=440)
    agent = await call.phone("agent", hz=1000)
    await call.route(customer="agent", agent="customer")
    await agent.hears(440)
    new = Peer()
    call.peers.append(new)
    new.__enter__()
    new.call(await call.media.reoffered(call.leg("customer"), new.sdp(version=2)))
    new.say(1340)
    await agent.hears(1340, not_hz=(440,))
    await new.hears(1000)
    assert old.sending
    assert len({packet.ssrc for packet in agent.audio()}) == 1


async def test_a_telephone_on_hold_is_sent_nothing_until_it_wants_to_hear_again(call: TestCall):
    customer = await call.phone("customer", hz=440)
    await call.tells(LegUp)
    await customer.hears_silence()
    answer = await call.media.reoffered(call.leg("customer"), customer.sdp("sendonly", version=2))
    assert "a=recvonly" in answer
    answer = await call.media.reoffered(call.leg("customer"), customer.sdp("inactive", version=3))
    assert "a=inactive" in answer
    heard = len(customer.packets)
    again = await call.media.reoffered(call.leg("customer"), customer.sdp(version=4))
    assert "a=sendrecv" in again
    await customer.until(lambda: len(customer.packets) > heard + 5)


async def test_our_offer_is_answered_and_audio_flows(call: TestCall):
    phone = Peer("PCMA")
    call.peers.append(phone)
    phone.__enter__()
    offer = await call.media.open(call.name, call.leg("phone"), LegWish(srtp="off"))
    assert "m=audio" in offer
    phone.call(offer)
    await call.media.answered(call.leg("phone"), phone.sdp())
    agent = await call.phone("agent", hz=1000)
    await call.route(phone="agent", agent="phone")
    phone.say(440)
    await agent.hears(440)
    await phone.hears(1000)
    report = await call.media.report(call.leg("phone"))
    assert report.codec == "PCMA"


async def test_a_telephone_that_cannot_encrypt_answers_our_optional_offer(call: TestCall):
    phone = Peer()
    call.peers.append(phone)
    phone.__enter__()
    offer = await call.media.open(call.name, call.leg("phone"), LegWish())
    assert "RTP/AVP" in offer
    assert "a=crypto:" in offer
    phone.call(offer)
    await call.media.answered(call.leg("phone"), phone.sdp())
    await phone.hears_silence()


async def test_what_cannot_be_done_is_refused(call: TestCall):
    customer = await call.phone("customer")
    media, leg = call.media, call.leg("customer")
    with pytest.raises(Refused, match=r"media\.unknown_leg"):
        await media.stop("nobody")
    with pytest.raises(Refused, match=r"media\.bad_sdp"):
        await media.open(call.name, "other", LegWish(), "v=0\r\nnonsense")
    with pytest.raises(Refused, match=r"media\.no_codec"):
        await media.open(call.name, "other", LegWish(codecs=("PCMA",)), customer.sdp())
    with pytest.raises(Refused, match=r"media\.bad_sdp"):
        await media.open(call.name, "other", LegWish(srtp="required"), customer.sdp())
    with pytest.raises(Refused, match=r"media\.unsupported"):
        await media.play(leg, "x", [PlayFile("/nowhere.wav")])
    with pytest.raises(Refused, match=r"media\.unsupported"):
        await media.dial(leg, "1x")
    with pytest.raises(Refused, match=r"media\.unsupported"):
        await media.listen_to(leg, "/nowhere.sock")
    with pytest.raises(Refused, match=r"media\.unsupported"):
        await media.open(call.name, leg, LegWish(), customer.sdp())
    with pytest.raises(Refused, match=r"media\.unknown_leg"):
        await media.record_stop("none")


async def test_closing_the_last_leg_ends_the_call(call: TestCall):
    customer = await call.phone("customer", hz=440)
    await customer.more(5)
    report = await call.media.close(call.leg("customer"))
    assert report.packets_out >= 5
    with pytest.raises(Refused, match=r"media\.unknown_leg"):
        await call.media.route(call.name, {})
