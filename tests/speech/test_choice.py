"""Who speaks: as the operator ordered, else the most natural; outside engines never hear somebody's data."""

from collections.abc import AsyncIterator

import pytest

from warmline.kernel.errors import ProviderFailed
from warmline.ports.speech import Voice
from warmline.speech.choice import MOST_PCM_BYTES, REST_S, Voices, render


class Engine:
    def __init__(self, *voices: Voice, pieces: int = 1) -> None:
        self._voices = voices
        self._pieces = pieces

    def voices(self) -> tuple[Voice, ...]:
        return self._voices

    async def synthesise(self, text: str, voice: Voice) -> AsyncIterator[bytes]:
        for _ in range(self._pieces):
            yield bytes(1_000_000)


ROBOT, BRITISH = Voice("espeak-ng", "en-us", "en"), Voice("espeak-ng", "en-gb", "en")
NATURAL = Voice("hibari", "heart", "en", 1)
OUTSIDE = Voice("openai", "alloy", "en", 1)
ENGINES = [Engine(ROBOT, BRITISH), Engine(NATURAL), Engine(OUTSIDE)]


def names(voices: Voices, *, public: bool = True) -> list[str]:
    return [voice.name for _, voice in voices.candidates("en", public=public)]


def test_natural_voices_come_before_robotic_ones():
    assert names(Voices(ENGINES)) == ["heart", "alloy", "en-us", "en-gb"]


def test_the_operators_order_comes_first_by_engine_or_by_voice():
    assert names(Voices(ENGINES, order={"en": ["espeak-ng/en-gb", "openai"]})) == [
        "en-gb",
        "alloy",
        "heart",
        "en-us",
    ]


def test_an_outside_engine_never_hears_what_holds_somebodys_data():
    voices = Voices(ENGINES, public_only=frozenset({"openai"}))
    assert "alloy" in names(voices)
    assert "alloy" not in names(voices, public=False)
    with pytest.raises(ProviderFailed, match="English"):
        Voices([Engine(OUTSIDE)], public_only=frozenset({"openai"})).candidates("en", public=False)


def test_a_voice_that_failed_is_asked_last_until_it_has_rested():
    now = [100.0]
    voices = Voices(ENGINES, clock=lambda: now[0])
    voices.failed(NATURAL)
    assert names(voices)[-1] == "heart"
    assert voices.resting("en") == (NATURAL,)
    now[0] += REST_S + 1
    assert names(voices)[0] == "heart"


def test_the_languages_nobody_speaks_are_known():
    assert Voices(ENGINES).missing() == ("ko", "ja")
    assert len(Voices(ENGINES).all()) == 4


async def test_a_text_without_end_is_refused():
    endless = Engine(ROBOT, pieces=MOST_PCM_BYTES // 1_000_000 + 2)
    with pytest.raises(ProviderFailed, match="five minutes"):
        await render(endless, "and so on", ROBOT)
