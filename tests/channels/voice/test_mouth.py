"""Speaking carried out: one thing at a time, prepared ahead, its files let go."""

import asyncio
from typing import Any

import pytest
from tests.channels.voice.around import until
from tests.channels.voice.conftest import Exchange

from warmline.channels.voice.actions import Prepare, Say, Sounds
from warmline.channels.voice.mouth import Mouth
from warmline.channels.voice.rooms import leg_of
from warmline.kernel.errors import ProviderFailed
from warmline.kernel.ids import new_id
from warmline.ports.media import LegWish


async def mouth(exchange: Exchange) -> tuple[Mouth, list[tuple[str, bool]], str]:
    said: list[tuple[str, bool]] = []
    call_id = new_id()
    exchange.media.listen(call_id.hex, lambda event: None)
    leg = leg_of(call_id, "customer")
    await exchange.media.open(call_id.hex, leg, LegWish())
    return Mouth(exchange.rooms, call_id, "onda", lambda play, ended: said.append((play, ended))), said, leg


async def test_a_prepared_text_is_played_and_its_file_let_go_when_it_was_heard(exchange: Exchange):
    made, _, _ = await mouth(exchange)
    made.prepare(Prepare("Hello.", "en"))
    made.say(Say("p1", "Hello.", "en"))
    await until(lambda: exchange.media.said == ["Hello."])
    made.played("p1")
    assert exchange.rooms.speech.released == ["Hello."]  # pyright: ignore[reportAttributeAccessIssue]


async def test_music_takes_the_place_of_what_was_still_being_rendered(exchange: Exchange):
    made, said, leg = await mouth(exchange)
    made.say(Say("p1", "Hello.", "en"))
    await made.sound(Sounds("customer", "music"))
    await until(lambda: exchange.media.music())
    assert exchange.media.said == said == []
    await made.sound(Sounds("customer", None))
    assert leg not in exchange.media.playing


async def test_without_the_database_the_voice_speaks_where_a_recording_would_have(exchange: Exchange):
    made, _, _ = await mouth(exchange)
    speak, asked = exchange.rooms.speech.say, []

    async def say(
        tenant_id: str, text: str, locale: Any, *, prompt: str | None = None, lasting: bool = False
    ) -> Any:
        asked.append(prompt)
        if prompt is not None:
            raise ConnectionError("away")
        return await speak(tenant_id, text, locale)

    exchange.rooms.speech.say = say  # pyright: ignore[reportAttributeAccessIssue]
    made.say(Say("p1", "Hello.", "en", "front.hello"))
    await until(lambda: exchange.media.said == ["Hello."])
    assert asked == ["front.hello", None]


async def test_what_no_voice_can_speak_is_left_out_so_that_the_call_goes_on(exchange: Exchange):
    made, said, _ = await mouth(exchange)

    async def mute(*given: Any, **named: Any) -> Any:
        raise ProviderFailed("no voice", retryable=False)

    exchange.rooms.speech.say = mute  # pyright: ignore[reportAttributeAccessIssue]
    made.say(Say("p1", "Hello.", "en"))
    await until(lambda: said == [("p1", True)])
    made.close()


async def test_what_takes_long_to_render_is_waited_for_with_music(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("warmline.channels.voice.mouth.MUSIC_AFTER_S", 0.01)
    made, _, _ = await mouth(exchange)
    speak, rendered = exchange.rooms.speech.say, asyncio.Event()

    async def say(*given: Any, **named: Any) -> Any:
        await rendered.wait()
        return await speak(*given, **named)

    exchange.rooms.speech.say = say  # pyright: ignore[reportAttributeAccessIssue]
    made.say(Say("p1", "Hello.", "en"))
    await until(lambda: exchange.media.music())
    rendered.set()
    await until(lambda: exchange.media.said == ["Hello."])
    assert not exchange.media.music()


async def test_the_music_ends_when_there_is_nothing_to_say_after_all(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("warmline.channels.voice.mouth.MUSIC_AFTER_S", 0.01)
    made, said, leg = await mouth(exchange)
    tried = asyncio.Event()

    async def say(*given: Any, **named: Any) -> Any:
        await tried.wait()
        raise ValueError("a voice that breaks as no voice should")

    exchange.rooms.speech.say = say  # pyright: ignore[reportAttributeAccessIssue]
    made.say(Say("p1", "Hello.", "en"))
    await until(lambda: exchange.media.music())
    tried.set()
    await until(lambda: said == [("p1", True)])
    assert leg not in exchange.media.playing
