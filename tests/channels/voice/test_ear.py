"""A caller answers in words: from audio on a socket to the text the journey gets."""

import asyncio
from pathlib import Path

import numpy as np
from tests.channels.voice.around import until
from tests.channels.voice.conftest import Exchange

from warmline.channels.voice.ear import Ear
from warmline.kernel.ids import new_id
from warmline.kernel.locale import Locale
from warmline.ports.speech import Transcript

RATE = 16_000


class Understands:
    """A recogniser that keeps what it was given."""

    def __init__(self, confidence: float = 0.9) -> None:
        self.heard: list[tuple[int, Locale, tuple[str, ...]]] = []
        self.confidence = confidence

    async def transcribe(self, pcm16k: bytes, locale: Locale, *, hints: tuple[str, ...] = ()) -> Transcript | None:
        self.heard.append((len(pcm16k), locale, hints))
        return Transcript(" my order ", self.confidence, locale)


def noise(seconds: float, level: float) -> bytes:
    rng = np.random.default_rng(1)
    return (rng.standard_normal(int(RATE * seconds)) * level).astype(np.int16).tobytes()


async def speak(exchange: Exchange, folder: Path, recogniser: Understands) -> tuple[Ear, list[str]]:
    """Say one loud second between two quiet ones."""
    exchange.rooms.recogniser, exchange.rooms.ears = recogniser, folder
    heard: list[str] = []
    paths: list[str] = []

    async def listen_to(leg: str, path: str | None) -> None:
        paths.extend([path] if path else [])

    exchange.media.listen_to = listen_to  # pyright: ignore[reportAttributeAccessIssue]
    ear = Ear(exchange.rooms, new_id(), heard.append)
    await ear.open("ko", ("주문",))
    assert len(exchange.rooms.listening) == 1, "what nobody waits for waits"
    _, writer = await asyncio.open_unix_connection(paths[0])
    for piece in (noise(0.6, 20), noise(1.0, 6_000), noise(1.2, 20)):
        writer.write(piece)
    await writer.drain()
    await until(lambda: recogniser.heard)
    writer.close()
    await writer.wait_closed()
    return ear, heard


async def test_one_utterance_becomes_one_text_in_the_callers_language(exchange: Exchange, tmp_path: Path):
    recogniser = Understands()
    ear, heard = await speak(exchange, tmp_path, recogniser)
    await until(lambda: heard == ["my order"])
    [(size, locale, hints)] = recogniser.heard
    assert size / 2 / RATE > 0.9
    assert (locale, hints) == ("ko", ("주문",))
    await ear.close()
    assert list(tmp_path.glob("*.ear")) == []
    assert not exchange.rooms.listening


async def test_what_was_hardly_understood_is_not_taken_for_an_answer(exchange: Exchange, tmp_path: Path):
    ear, heard = await speak(exchange, tmp_path, Understands(confidence=0.1))
    await ear.close()
    assert heard == []


async def test_without_a_recogniser_nobody_is_listened_to(exchange: Exchange):
    ear = Ear(exchange.rooms, new_id(), lambda text: None)
    await ear.open("ko", ())
    assert ear._server is None


async def test_who_only_wants_to_know_whether_somebody_speaks_needs_no_recogniser(
    exchange: Exchange, tmp_path: Path
):
    exchange.rooms.ears = tmp_path
    asked: list[str | None] = []

    async def listen_to(leg: str, path: str | None) -> None:
        asked.append(path)

    exchange.media.listen_to = listen_to  # pyright: ignore[reportAttributeAccessIssue]
    heard: list[str] = []
    ear = Ear(exchange.rooms, new_id(), heard.append)
    await ear.open("ko", (), words=False)
    assert asked[0] is not None
    assert not exchange.rooms.listening, "nobody has to understand anything"
    _, writer = await asyncio.open_unix_connection(asked[0])
    writer.write(noise(1.0, 6_000))
    await writer.drain()  # taken and thrown away: the engine is never held up
    writer.close()
    await writer.wait_closed()
    await ear.close()
    assert (asked[-1], heard) == (None, [])
