"""What hibari makes at 24 kHz leaves its process at 16 kHz, piece by piece."""

import sys
from collections.abc import Iterator
from types import ModuleType

import numpy as np
import pytest

from speech.sound import pitch_hz
from warmline.speech.audio import from_pcm16
from warmline.speech.engine_hibari import make


class Hibari:
    def __init__(self, threads: int) -> None:
        self.threads = threads

    def stream(self, text: str) -> Iterator[np.ndarray]:
        at = np.arange(24_000) / 24_000
        for _ in text.split(". "):
            yield (0.5 * np.sin(2 * np.pi * 200 * at)).astype(np.float32)


def test_each_sentence_is_one_piece_at_the_rate_of_calls(monkeypatch: pytest.MonkeyPatch):
    package = ModuleType("hibari")
    package.Hibari = Hibari  # pyright: ignore[reportAttributeAccessIssue] -- the package's one name
    monkeypatch.setitem(sys.modules, "hibari", package)
    first, second, rest = (part for part in make()({"text": "One. Two"}, b"") if isinstance(part, bytes))
    samples = from_pcm16(first + second + rest)
    assert abs(len(samples) - 32_000) < 4
    assert abs(pitch_hz(samples) - 200) < 4
