"""A leg hears its own telephone, and nobody who only sends to its port."""

import itertools
import socket

from media.calls import TestCall
from media.peer import HEADER
from media.tones import tone
from warmline.media.g711 import ULAW
from warmline.ports.media import Digit, LegSilent, LegUp


async def test_two_telephones_hear_each_other_at_once(call: TestCall):
    customer = await call.phone("customer", hz=440)
    agent = await call.phone("agent", hz=1000)
    await call.route(customer="agent", agent="customer")
    await agent.hears(440, not_hz=(1000,))
    await customer.hears(1000, not_hz=(440,))
    assert {event.leg for event in call.told(LegUp)} == {call.leg("customer"), call.leg("agent")}


async def test_a_leg_that_hears_nobody_is_sent_silence(call: TestCall):
    customer = await call.phone("customer", hz=440)
    await customer.hears_silence()
    assert len({packet.ssrc for packet in customer.audio()}) == 1


async def test_packets_from_another_port_reach_nobody(call: TestCall):
    customer = await call.phone("customer", hz=440)
    agent = await call.phone("agent")
    await call.route(agent="customer")
    await agent.hears(440)
    loud = ULAW.encode(tone(2000, ms=20, level=30000)).tobytes()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as intruder:
        assert customer.to is not None
        for seq in range(50):
            packet = HEADER.pack(0x80, 0, customer.seq + seq + 5, customer.timestamp + 160 * seq, customer.ssrc)
            intruder.sendto(packet + loud, customer.to)
            intruder.sendto(HEADER.pack(0x80, 101, seq, 7, customer.ssrc) + b"\x05\x0a\x00\xa0", customer.to)
    await agent.more(25)
    await agent.hears(440, not_hz=(2000,))
    assert not call.told(Digit)
    assert not any(agent.hears_now(2000, ms) for ms in (120, 400))


async def test_a_telephone_behind_a_router_is_found_by_where_it_sends_from(call: TestCall):
    customer = await call.phone("customer", hz=440)
    agent = await call.phone("agent", hz=1000)
    answer = await call.media.reoffered(call.leg("customer"), customer.sdp(port=9, version=2))
    customer.call(answer)
    await call.route(agent="customer", customer="agent")
    await agent.hears(440)
    await customer.hears(1000)
    assert call.told(LegUp)


async def test_a_telephone_that_begins_anew_is_heard_on(call: TestCall):
    customer = await call.phone("customer", hz=440)
    agent = await call.phone("agent")
    await call.route(agent="customer")
    await agent.hears(440)
    customer.restart()
    customer.say(1340)
    await agent.hears(1340, not_hz=(440,))
    assert len({packet.ssrc for packet in agent.audio()}) == 1
    stamps = [packet.timestamp for packet in agent.audio()]
    assert all(0 < (b - a) & 0xFFFFFFFF <= 160 * 50 for a, b in itertools.pairwise(stamps))


async def test_a_key_is_told_once_and_passed_on(call: TestCall):
    customer = await call.phone("customer")
    agent = await call.phone("agent")
    await call.route(agent="customer")
    await call.tells(LegUp, lambda e: e.leg == call.leg("customer"))
    customer.press("5")
    customer.press("#")
    await call.tells(Digit, lambda e: e.digit == "#")
    await agent.until(lambda: agent.digits() == "5#")
    assert [event.digit for event in call.told(Digit)] == ["5", "#"]


async def test_silence_of_the_network_is_told_once_and_again_after_a_return(call: TestCall):
    customer = await call.phone("customer", hz=440)
    await call.tells(LegUp)
    customer.sending = False
    await call.tells(LegSilent)
    customer.sending = True
    await customer.until(lambda: len(call.told(LegUp)) == 2)
    customer.sending = False
    await customer.until(lambda: len(call.told(LegSilent)) == 2)
    assert len(call.told(LegUp)) == 2
    assert all(event.silent_ms >= 1000 for event in call.told(LegSilent))


async def test_a_source_that_stalls_is_replaced_by_silence(call: TestCall):
    customer = await call.phone("customer", hz=440)
    agent = await call.phone("agent")
    await call.route(agent="customer")
    await agent.hears(440)
    customer.sending = False
    await agent.hears_silence()
    customer.sending = True
    await agent.hears(440)
    assert len({packet.ssrc for packet in agent.audio()}) == 1
