"""What Open JTalk makes at 48 kHz leaves its process at 16 kHz, sentence by sentence."""

import sys
from types import ModuleType

import numpy as np
import pytest

from speech.sound import pitch_hz
from warmline.speech.audio import from_pcm16
from warmline.speech.engine_openjtalk import make


def test_each_sentence_is_one_piece_at_the_rate_of_calls(monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []

    def tts(text: str) -> tuple[np.ndarray, int]:
        asked.append(text)
        return 12_000 * np.sin(2 * np.pi * 180 * np.arange(48_000) / 48_000), 48_000

    package = ModuleType("pyopenjtalk")
    package.tts = tts  # pyright: ignore[reportAttributeAccessIssue] -- the package's one name
    monkeypatch.setitem(sys.modules, "pyopenjtalk", package)
    made = [part for part in make()({"text": "はい。お待ちください。"}, b"") if isinstance(part, bytes)]
    assert asked == ["はい。", "お待ちください。"]
    assert [abs(len(piece) - 32_000) < 8 for piece in made] == [True, True]
    assert abs(pitch_hz(from_pcm16(made[0])) - 180) < 4
    assert 0.3 < abs(from_pcm16(made[0])).max() < 0.4
