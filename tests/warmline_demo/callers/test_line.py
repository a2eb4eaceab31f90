"""A line carries what a mind wants said, and lets it hear when the other side speaks and stops."""

import asyncio

import numpy as np
import pytest
from tests.warmline_demo.callers.conftest import ToneMouth

from warmline.media.client import BuiltinMedia
from warmline_demo.callers.acts import Act, HangUp, Press, Speak
from warmline_demo.callers.ear import Ear
from warmline_demo.callers.line import BLOCK_BYTES, Line, levels


class Asks:
    """Says one thing, waits for an answer of sound, presses a key, hangs up."""

    def __init__(self) -> None:
        self.plan: list[Act] = [Speak("Are you there?")]
        self.ended_speaking = False

    def tick(self, at_s: float, ear: Ear) -> list[Act]:
        if self.plan:
            return [self.plan.pop(0)]
        return [Press("5"), HangUp()] if ear.sounds and ear.quiet_s > 0.4 else []

    def spoken(self, at_s: float, ear: Ear) -> None:
        self.ended_speaking = True


class Answers:
    """Says something once it has heard somebody out."""

    def __init__(self) -> None:
        self.answered = False

    def tick(self, at_s: float, ear: Ear) -> list[Act]:
        if self.answered or not ear.sounds or ear.quiet_s < 0.5:
            return []
        self.answered = True
        return [Speak("Yes.")]

    def spoken(self, at_s: float, ear: Ear) -> None: ...


async def test_two_lines_talk_in_turn_and_one_hangs_up(media: BuiltinMedia, mouth: ToneMouth):
    told: list[str] = []
    one, other = (Line(media, name, mouth, "en", 1.0, told.append) for name in ("one", "other"))
    offer = await one.offer()
    await media.answered("one", await other.answer(offer))
    hung_up: list[str] = []

    async def hang_up() -> None:
        hung_up.append("one")
        other.over.set()

    asks = Asks()
    async with asyncio.timeout(20):
        ends = await asyncio.gather(one.live(asks, hang_up), other.live(Answers(), hang_up))
    assert ends == [True, False]
    assert hung_up == ["one"]
    assert asks.ended_speaking
    assert [text for text, _ in mouth.said] == ["Are you there?", "Yes."]
    assert told == ["says: Are you there?", "says: Yes.", "presses 5"]
    await one.close()
    await other.close()
    assert not any(path.exists() for path in mouth.files)


def test_levels_are_told_for_every_block():
    loud = (np.ones(BLOCK_BYTES // 2) * 1000).astype("<i2").tobytes()
    assert levels(loud + bytes(BLOCK_BYTES)) == pytest.approx([1000.0, 0.0])
