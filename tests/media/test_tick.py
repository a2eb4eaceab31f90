"""What callers hear while a prompt, music or silence plays, and how keys end it."""

import asyncio
import itertools
from pathlib import Path

import numpy as np

from media.calls import TestCall, wav
from media.peer import Peer
from media.tones import dtmf, heard_tones, tone
from warmline.ports.media import Digit, LegUp, LegWish, Played, PlaySilence, PlayTone, SpeechHeard


async def test_a_prompt_is_heard_to_its_end_and_told(call: TestCall, tmp_path: Path):
    customer = await call.phone("customer")
    prompt = wav(tmp_path / "hello.wav", tone(600, ms=400))
    await call.media.play(call.leg("customer"), "hello", [prompt])
    await customer.hears(600)
    played = await call.tells(Played)
    assert (played.play, played.to_the_end, played.at_ms) == ("hello", True, 400)
    await customer.hears_silence()


async def test_a_prompt_of_a_voice_at_16_khz_is_heard_right(call: TestCall, tmp_path: Path):
    customer = await call.phone("customer", codec="PCMA")
    prompt = wav(tmp_path / "hello.wav", tone(600, ms=800, rate=16000), rate=16000)
    await call.media.play(call.leg("customer"), "hello", [prompt], loop=True)
    await customer.hears(600, not_hz=(1200, 300))


async def test_a_key_stops_a_prompt_that_allows_it(call: TestCall, tmp_path: Path):
    customer = await call.phone("customer")
    await call.tells(LegUp)
    prompt = wav(tmp_path / "menu.wav", tone(600, ms=5000))
    await call.media.play(call.leg("customer"), "menu", [prompt], barge=True)
    await customer.hears(600)
    customer.press("1")
    played = await call.tells(Played)
    assert not played.to_the_end
    assert 0 < played.at_ms < 5000
    assert [e.digit for e in call.told(Digit)] == ["1"]
    await customer.hears_silence()


async def test_a_prompt_goes_on_when_keys_may_not_stop_it(call: TestCall, tmp_path: Path):
    customer = await call.phone("customer")
    await call.tells(LegUp)
    await call.media.play(call.leg("customer"), "law", [wav(tmp_path / "law.wav", tone(600, ms=900))])
    customer.press("1")
    played = await call.tells(Played)
    assert played.to_the_end


async def test_stop_is_heard_within_a_tick_and_a_newer_play_ends_the_older(call: TestCall):
    customer = await call.phone("customer")
    leg = call.leg("customer")
    await call.media.play(leg, "one", [PlayTone((500,), 5000)])
    await customer.hears(500)
    await call.media.play(leg, "two", [PlayTone((900,), 5000)])
    await customer.hears(900, not_hz=(500,))
    await call.media.stop(leg)
    await customer.hears_silence()
    await customer.until(lambda: len(call.told(Played)) == 2)
    assert [(e.play, e.to_the_end) for e in call.told(Played)] == [("one", False), ("two", False)]


async def test_music_plays_on_hold_and_the_agent_is_heard_again_after_it(call: TestCall, tmp_path: Path):
    customer = await call.phone("customer", hz=440)
    agent = await call.phone("agent", hz=1000)
    await call.route(customer="agent", agent="customer")
    await customer.hears(1000)
    music = wav(tmp_path / "music.wav", tone(700, ms=300))
    await call.route()
    await call.media.play(call.leg("customer"), "music", [music], loop=True)
    await customer.hears(700, not_hz=(1000,), ms=400)
    await agent.hears_silence()
    await call.media.stop(call.leg("customer"))
    await call.route(customer="agent", agent="customer")
    await customer.hears(1000, not_hz=(700,))
    await agent.hears(440)
    assert len({packet.ssrc for packet in customer.audio()}) == 1


async def test_several_items_play_in_turn(call: TestCall):
    customer = await call.phone("customer")
    items = [PlayTone((500,), 200), PlaySilence(100), PlayTone((900,), 200, off_ms=40)]
    await call.media.play(call.leg("customer"), "all", items)
    played = await call.tells(Played)
    assert played.at_ms == 540
    await customer.until(lambda: customer.has_heard(900), "the last item was never heard")
    assert customer.has_heard(500)


async def test_a_hint_is_mixed_with_what_is_heard(call: TestCall):
    await call.phone("customer", hz=440)
    agent = await call.phone("agent")
    await call.route(agent="customer")
    await agent.hears(440)
    await call.media.play(call.leg("agent"), "beep", [PlayTone((1500,), 600)], mix=True)
    await agent.hears(440, 1500)
    await call.tells(Played, lambda e: e.to_the_end)
    await agent.hears(440, not_hz=(1500,))


async def test_keys_are_dialled_as_events_one_after_the_other(call: TestCall):
    customer = await call.phone("customer")
    await call.tells(LegUp)
    await call.media.dial(call.leg("customer"), "12#3")
    await customer.until(lambda: customer.digits() == "12#3")
    stamps = [packet.timestamp for packet in customer.packets.copy()]
    assert all((b - a + 8000) & 0xFFFFFFFF < 32000 for a, b in itertools.pairwise(stamps))


async def test_keys_are_dialled_as_tones_where_events_are_not_understood(call: TestCall):
    peer = Peer(telephone_events=False)
    call.peers.append(peer)
    peer.__enter__()
    peer.call(await call.media.open(call.name, call.leg("old"), LegWish(), peer.sdp()))
    await call.media.dial(call.leg("old"), "5")
    await peer.hears(770, 1336, ms=60)
    assert peer.digits() == ""


async def test_a_key_heard_as_a_tone_is_told_once(call: TestCall):
    trunk = await call.phone("trunk", wish=LegWish(inband_digits=True))
    await call.tells(LegUp)
    trunk.speak(dtmf("7", ms=4000))
    digit = await call.tells(Digit)
    assert (digit.digit, digit.source) == ("7", "inband")
    trunk.say()
    await trunk.more(10)
    trunk.press("7")
    await trunk.more(15)
    assert [e.digit for e in call.told(Digit)] == ["7"]


async def test_speech_on_a_leg_is_streamed_and_told(call: TestCall, tmp_path: Path):
    received = bytearray()
    connected = asyncio.Event()

    async def listener(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connected.set()
        while data := await reader.read(4096):
            received.extend(data)
        writer.close()

    server = await asyncio.start_unix_server(listener, tmp_path / "ear.sock")
    async with server:
        customer = await call.phone("customer", hz=440)
        await call.media.listen_to(call.leg("customer"), str(tmp_path / "ear.sock"))
        await connected.wait()
        await call.tells(SpeechHeard, lambda e: e.on)
        await customer.more(30)
        customer.say()
        await call.tells(SpeechHeard, lambda e: not e.on)
        await call.media.listen_to(call.leg("customer"), None)
    heard = np.frombuffer(bytes(received[: len(received) // 2 * 2]), np.int16)
    assert heard_tones(heard[3200:6400], (440, 880), rate=16000) == {440}
