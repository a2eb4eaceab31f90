"""Another telephone takes a leg over: it is heard wherever it is, and the one before is not heard any more."""

from media.calls import TestCall
from media.peer import Peer
from warmline.ports.media import LegWish


async def test_the_new_telephone_is_heard_from_behind_translation_though_the_old_one_still_talks(call: TestCall):
    old = await call.phone("customer", hz=440)
    agent = await call.phone("agent", hz=1000)
    await call.route(customer="agent", agent="customer")
    await agent.hears(440)
    with Peer() as new:
        answer = await call.media.reoffered(call.leg("customer"), new.sdp(port=9, version=2), anew=True)
        heard = len(old.packets)
        new.call(answer)
        new.say(1340)
        await agent.hears(1340, not_hz=(440,))
        await new.hears(1000)
        assert old.sending, "to a port that is nobody's now"
        assert new.to != old.to
        assert len(old.packets) - heard < 10, "only what was on its way"
        assert len({packet.ssrc for packet in agent.audio()}) == 1


async def test_a_telephone_without_encryption_takes_over_from_one_like_it_as_often_as_it_likes(call: TestCall):
    agent = await call.phone("agent", hz=1000)
    await call.phone("customer", hz=440, wish=LegWish(srtp="optional"))
    await call.route(customer="agent", agent="customer")
    ports: list[int] = []
    for hz in (1340, 440, 1340):
        with Peer() as new:
            new.call(await call.media.reoffered(call.leg("customer"), new.sdp(version=2), anew=True))
            new.say(hz)
            await agent.hears(hz)
            await new.hears(1000)
            assert new.to is not None
            ports.append(new.to[1])
    assert len(set(ports)) == 3, "never one that somebody before may still send to"
