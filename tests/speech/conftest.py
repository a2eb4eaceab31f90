"""Real programs for the tests of voices: where one is missing, a skip with a word, and with CI=true a failure."""

import os
import shutil

import pytest

from warmline.ports.speech import Voice
from warmline.speech.espeak import EspeakVoices


@pytest.fixture
def espeak() -> EspeakVoices:
    if shutil.which("espeak-ng") is None:
        text = "espeak-ng is not installed; run scripts/install-voices.sh"
        if os.environ.get("CI") == "true":
            pytest.fail(text)
        pytest.skip(text)
    return EspeakVoices()


@pytest.fixture
def korean(espeak: EspeakVoices) -> Voice:
    return next(voice for voice in espeak.voices() if voice.locale == "ko")
