"""What is wrong with the voices, in words a screen can translate; and where desk phones register."""

from collections.abc import AsyncIterator

import pytest

from warmline.features.telephony.status import VoiceState, phone_server, voices_now
from warmline.ports.speech import Voice
from warmline.speech.choice import Voices

ROBOT, NATURAL = Voice("espeak-ng", "ko", "ko"), Voice("hibari", "heart", "en", 1)
OUTSIDE = Voice("openai", "alloy", "ja", 1)


class Engine:
    def __init__(self, *voices: Voice) -> None:
        self._voices = voices

    def voices(self) -> tuple[Voice, ...]:
        return self._voices

    async def synthesise(self, text: str, voice: Voice) -> AsyncIterator[bytes]:
        yield bytes(320)


def test_each_language_tells_who_speaks_and_what_is_wrong():
    voices = Voices([Engine(ROBOT, NATURAL), Engine(OUTSIDE)], public_only=frozenset({"openai"}))
    assert voices_now(voices) == {
        "ko": VoiceState("espeak-ng", "ko", ("robotic",)),
        "ja": VoiceState("openai", "alloy", ("no_personal_data",)),
        "en": VoiceState("hibari", "heart"),
    }


def test_a_language_nobody_speaks_is_a_problem():
    assert voices_now(Voices([Engine(ROBOT)]))["ja"] == VoiceState(problems=("no_voice",))


def test_a_better_voice_that_failed_is_said_to_rest():
    robot = Voice("espeak-ng", "en-us", "en")
    voices = Voices([Engine(NATURAL, robot)])
    voices.failed(NATURAL)
    assert voices_now(voices)["en"] == VoiceState("espeak-ng", "en-us", ("robotic", "resting"))


@pytest.mark.parametrize(
    ("host", "public", "port", "server"),
    [
        ("192.0.2.1", "", 5060, "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9", 5080, "203.0.113.9:5080"),
        ("0.0.0.0", "", 5060, "desk.onda.example"),  # noqa: S104 -- as an operator writes it
        ("::", "", 5070, "desk.onda.example:5070"),
        ("2001:db8::7", "", 5070, "[2001:db8::7]:5070"),
    ],
)
def test_a_desk_phone_is_told_an_address_it_can_reach(host: str, public: str, port: int, server: str):
    assert phone_server(host, public, port, "https://desk.onda.example") == server
