"""Calls through a real rtpengine: what it does is heard at both ends, what it cannot do is refused by name."""

import asyncio
import wave
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from media.peer import Peer
from media.rtpengine_daemon_here import running
from media.tones import tone
from warmline.kernel.errors import Refused
from warmline.media.rtpengine import RtpengineMedia
from warmline.ports.media import (
    Digit,
    LegSilent,
    LegUp,
    LegWish,
    MediaEvent,
    Played,
    PlayFile,
    PlayTone,
    Recorded,
    RecordWish,
    Report,
    WorkerLost,
)

PHONE = LegWish(codecs=("PCMU", "PCMA", "G722", "opus"))
CALL = "call-1"


@pytest_asyncio.fixture
async def engine(tmp_path: Path) -> AsyncIterator[RtpengineMedia]:
    async with running(tmp_path) as (driver, _):
        yield driver


@pytest.fixture
def prompt(tmp_path: Path) -> str:
    path = tmp_path / "prompt.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(tone(700, ms=600).tobytes())
    return str(path)


def listened(engine: RtpengineMedia) -> list[MediaEvent]:
    events: list[MediaEvent] = []
    engine.listen(CALL, events.append)
    return events


async def calls(engine: RtpengineMedia, peer: Peer, leg: str) -> None:
    """A telephone calls us."""
    peer.call(await engine.open(CALL, leg, PHONE, peer.sdp()))


async def is_called(engine: RtpengineMedia, peer: Peer, leg: str) -> None:
    """We call a telephone, and it answers."""
    peer.call(await engine.open(CALL, leg, PHONE))
    await engine.answered(leg, peer.sdp())


async def connected(engine: RtpengineMedia, customer: Peer, agent: Peer) -> None:
    await calls(engine, customer, "customer")
    await is_called(engine, agent, "agent")
    customer.say(440)
    agent.say(1000)
    await engine.route(CALL, {"customer": ["agent"], "agent": ["customer"]})
    await customer.hears(1000)
    await agent.hears(440)


def of(events: list[MediaEvent], kind: type[MediaEvent]) -> list[MediaEvent]:
    return [event for event in events if isinstance(event, kind)]


async def test_a_customer_hears_the_prompt_to_its_end_and_its_end_is_told(engine: RtpengineMedia, prompt: str):
    events = listened(engine)
    with Peer() as customer:
        await calls(engine, customer, "customer")
        customer.say(440)
        await engine.play("customer", "p1", [PlayFile(prompt)])
        await customer.hears(700)
        await customer.until(lambda: of(events, Played) != [])
    assert of(events, Played) == [Played("customer", "p1", True, 600)]
    assert LegUp("customer") in events


async def test_a_key_stops_the_prompt_it_may_stop(engine: RtpengineMedia, prompt: str):
    events = listened(engine)
    with Peer() as customer:
        await calls(engine, customer, "customer")
        customer.say(440)
        await engine.play("customer", "p1", [PlayFile(prompt)], loop=True, barge=True)
        await customer.hears(700)
        customer.press("5")
        await customer.until(lambda: of(events, Played) != [])
        assert Digit("customer", "5") in events
        stopped = of(events, Played)[0]
        assert isinstance(stopped, Played)
        assert not stopped.to_the_end
        heard = len(customer.audio())
        await asyncio.sleep(0.2)
        assert len(customer.audio()) - heard <= 1, "nothing plays any more"


async def test_customer_and_agent_hear_each_other_and_on_hold_the_customer_hears_music_only(
    engine: RtpengineMedia, prompt: str
):
    events = listened(engine)
    with Peer() as customer, Peer() as agent:
        await connected(engine, customer, agent)
        customer.press("7")
        await customer.until(lambda: agent.digits() == "7")
        await customer.until(lambda: Digit("customer", "7") in events)
        await engine.route(CALL, {})
        await engine.play("customer", "music", [PlayFile(prompt)], loop=True)
        await customer.hears(700, not_hz=(1000,))
        silent = len(agent.packets)
        await customer.more(20)
        assert len(agent.packets) - silent <= 1, "who holds hears nobody"
        await engine.route(CALL, {"customer": ["agent"], "agent": ["customer"]})
        await engine.stop("customer")
        await customer.hears(1000, not_hz=(700,))
        await agent.hears(440)


async def test_a_transferred_customer_hears_the_new_agent_and_not_the_old_one(engine: RtpengineMedia):
    with Peer() as customer, Peer() as agent, Peer() as other:
        await connected(engine, customer, agent)
        await calls(engine, other, "other")
        other.say(1340)
        await engine.route(CALL, {"customer": ["other"], "other": ["customer"]})
        await customer.hears(1340, not_hz=(1000,))
        await other.hears(440)
        report = await engine.close("agent")
        assert report.packets_in > 0
        await customer.hears(1340, not_hz=(1000,))


async def test_the_agent_hears_no_key_and_no_word_during_secure_input(engine: RtpengineMedia):
    events = listened(engine)
    with Peer() as customer, Peer() as agent:
        await connected(engine, customer, agent)
        await engine.secure("customer", True)
        before = len(agent.packets)
        customer.press("4")
        await customer.until(lambda: Digit("customer", "4") in events)
        assert agent.digits() == ""
        assert len(agent.packets) - before <= 2
        await engine.secure("customer", False)
        await agent.hears(440)
        customer.press("9")
        await customer.until(lambda: agent.digits() == "9")


async def test_somebody_elsewhere_who_guesses_a_port_is_neither_heard_nor_presses_keys(engine: RtpengineMedia):
    events = listened(engine)
    with Peer() as customer, Peer() as agent, Peer(address="127.0.0.66") as attacker:
        await connected(engine, customer, agent)
        customer.press("1")
        await customer.until(lambda: len(of(events, Digit)) == 1, "the customer's own key")
        attacker.to = customer.to
        attacker.say(1800)
        for key in "4711":
            attacker.press(key)
        await agent.more(150)
        assert not agent.has_heard(1800), "what comes from elsewhere is dropped"
        assert agent.hears_now(440), "and does not keep the customer from being heard"
        assert not attacker.packets, "nor does what the agent says go elsewhere"
        assert [event.digit for event in events if isinstance(event, Digit)] == ["1"]


async def test_a_phone_that_moves_says_so_and_is_heard_from_there(engine: RtpengineMedia):
    with Peer() as customer, Peer() as agent, Peer() as elsewhere:
        await connected(engine, customer, agent)
        customer.sending = False
        elsewhere.call(await engine.reoffered("customer", elsewhere.sdp(version=2)))
        elsewhere.say(1800)
        await agent.hears(1800)
        await elsewhere.hears(1000)
        assert not agent.hears_now(440), "who has moved is not where they were"


async def test_a_phone_that_holds_is_answered_and_keeps_its_port(engine: RtpengineMedia):
    with Peer() as customer, Peer() as agent:
        await connected(engine, customer, agent)
        held = await engine.reoffered("customer", customer.sdp("sendonly", version=2))
        assert "a=recvonly" in held
        back = await engine.reoffered("customer", customer.sdp(version=3))
        assert customer.to is not None
        assert f"m=audio {customer.to[1]} " in back
        customer.packets.clear()
        await customer.hears(1000)


async def test_two_phones_with_different_codecs_understand_each_other(engine: RtpengineMedia):
    with Peer("PCMU") as customer, Peer("PCMA") as agent:
        await connected(engine, customer, agent)
        assert (await engine.report("agent")).codec == "PCMA"


async def test_a_captured_call_is_told_with_its_size_where_captures_are_allowed(tmp_path: Path):
    async with running(tmp_path, record=True) as (engine, _):
        events = listened(engine)
        with Peer() as customer, Peer() as agent:
            await connected(engine, customer, agent)
            wish = RecordWish("r1", "somewhere", bytes(32), "customer", ("agent",))
            await engine.record(CALL, wish)
            with pytest.raises(Refused, match="keys out of a recording"):
                await engine.secure("customer", True)
            with pytest.raises(Refused, match="pause"):
                await engine.record_pause("r1", True)
            await customer.more(20)
            await engine.record_stop("r1")
            recorded = of(events, Recorded)[0]
            assert isinstance(recorded, Recorded)
            assert recorded.size_bytes > 20 * 172
            with pytest.raises(Refused, match=r"media\.unknown_leg"):
                await engine.record_stop("r1")


async def test_keys_are_sent_where_that_is_switched_on(tmp_path: Path):
    async with running(tmp_path, dials=True) as (engine, _):
        with Peer() as customer, Peer() as agent:
            await connected(engine, customer, agent)
            await engine.dial("agent", "42")
            await customer.until(lambda: agent.digits() == "42")
            assert customer.digits() == "", "keys go to the one they are meant for"


async def test_what_it_cannot_do_is_refused_by_name(engine: RtpengineMedia, prompt: str):
    with Peer() as customer, Peer() as agent, Peer() as supervisor:
        await connected(engine, customer, agent)
        await calls(engine, supervisor, "supervisor")
        everybody = {"customer": ["agent"], "agent": ["customer"]}
        with pytest.raises(Refused, match="mix several people"):
            await engine.route(CALL, everybody | {"supervisor": ["customer", "agent"]})
        with pytest.raises(Refused, match="mix several people"):
            await engine.route(CALL, everybody | {"supervisor": ["customer"]})
        with pytest.raises(Refused, match="mix what is played"):
            await engine.play("customer", "p", [PlayFile(prompt)], mix=True)
        with pytest.raises(Refused, match="speech recognition"):
            await engine.listen_to("customer", "/nowhere")
        with pytest.raises(Refused, match="encrypt recordings"):
            await engine.record(CALL, RecordWish("r", "x", bytes(32), "customer", ("agent",)))
        with pytest.raises(Refused, match="send keys"):
            await engine.dial("customer", "1")
        with pytest.raises(Refused, match="choose who"):
            await engine.record_right("r", ["agent"])
        with pytest.raises(Refused, match=r"media\.no_codec"):
            await engine.open(CALL, "fourth", LegWish(codecs=("opus",)))
        with pytest.raises(Refused, match=r"media\.bad_sdp"):
            await engine.open(CALL, "fourth", PHONE, "v=0\r\n")
        with pytest.raises(Refused, match=r"media\.bad_sdp"):
            await engine.open(CALL, "fourth", LegWish(srtp="required"), customer.sdp())
        with pytest.raises(Refused, match=r"media\.unknown_leg"):
            await engine.stop("fifth")
        await customer.hears(1000)


async def test_a_beep_is_played_without_any_file(engine: RtpengineMedia):
    with Peer() as customer:
        await calls(engine, customer, "customer")
        customer.say(440)
        await engine.play("customer", "beep", [PlayTone((950.0,), 500)])
        await customer.hears(950)


async def test_a_leg_that_falls_silent_is_told_once_and_its_report_counts_packets(tmp_path: Path):
    async with running(tmp_path, silent_after_s=0.5) as (engine, _):
        events = listened(engine)
        with Peer() as customer:
            await calls(engine, customer, "customer")
            customer.say(440)
            await customer.until(lambda: LegUp("customer") in events)
            customer.sending = False
            await customer.until(lambda: of(events, LegSilent) != [])
            (report,) = await engine.end(CALL)
        assert len(of(events, LegSilent)) == 1
        assert report.packets_in > 0
        assert of(events, Report) == [Report(report)]


async def test_the_end_of_the_daemon_is_told_and_new_calls_are_refused(tmp_path: Path):
    async with running(tmp_path) as (engine, daemon):
        events = listened(engine)
        with Peer() as customer:
            await calls(engine, customer, "customer")
            daemon.kill()
            await daemon.wait()
            with pytest.raises(Refused, match=r"media\.no_worker"):
                await engine.open("call-2", "leg", PHONE, customer.sdp())
            await customer.until(lambda: WorkerLost((CALL,)) in events)
            with pytest.raises(Refused, match=r"media\.unknown_leg"):
                await engine.report("customer")
