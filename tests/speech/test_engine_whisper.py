"""What Whisper is asked, and what leaves its process: the text and how sure it is."""

import sys
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from warmline.speech.engine_whisper import make


@dataclass
class Segment:
    text: str
    avg_logprob: float
    no_speech_prob: float


class WhisperModel:
    asked: dict[str, Any]
    segments = (Segment(" hello ", -0.2, 0.1), Segment("there", -0.4, 0.3))

    def __init__(self, folder: str, **options: object) -> None:
        assert options["local_files_only"] is True

    def transcribe(self, samples: np.ndarray, **options: Any) -> tuple[tuple[Segment, ...], None]:
        type(self).asked = {"samples": len(samples), **options}
        return self.segments, None


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> None:
    found = ModuleType("faster_whisper")
    found.WhisperModel = WhisperModel  # pyright: ignore[reportAttributeAccessIssue] -- the package's one name
    monkeypatch.setitem(sys.modules, "faster_whisper", found)
    monkeypatch.setitem(sys.modules, "av", ModuleType("av"))


@pytest.mark.usefixtures("package")
def test_one_utterance_is_asked_with_a_cap_on_tokens_a_language_and_hints():
    request: dict[str, object] = {"locale": "ko", "hints": ["환불", "배송"], "tokens": 5000}
    (heard,) = make("/models/base")(request, bytes(32_000))
    assert heard == {"text": "hello there", "log_probability": pytest.approx(-0.3), "no_speech": 0.3}
    asked = WhisperModel.asked
    assert (asked["samples"], asked["language"], asked["initial_prompt"]) == (16_000, "ko", "환불, 배송")
    assert asked["max_new_tokens"] == 200
    assert asked["condition_on_previous_text"] is False


@pytest.mark.usefixtures("package")
def test_no_segment_means_nobody_spoke(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(WhisperModel, "segments", ())
    (heard,) = make("/models/base")({"locale": "en", "hints": [], "tokens": 20}, bytes(3200))
    assert heard == {"text": "", "log_probability": 0.0, "no_speech": 1.0}
    assert WhisperModel.asked["initial_prompt"] is None
