"""Open JTalk in a process of its own: `python -m warmline.speech.engine_openjtalk`, frames as in `frames.py`."""

import importlib
import re
from collections.abc import Iterator

import numpy as np

from warmline.speech.audio import resampled, to_pcm16
from warmline.speech.frames import Answer, Request, serve

_ENDS = re.compile(r"(?<=[。！？!?\n])")


def make() -> Answer:
    """Load dictionary and voice; needs the package pyopenjtalk-plus."""
    speaker = importlib.import_module("pyopenjtalk")

    def answer(request: Request, audio: bytes) -> Iterator[bytes]:
        for sentence in _ENDS.split(str(request["text"])):
            if sentence.strip():
                wave, rate_hz = speaker.tts(sentence)
                yield to_pcm16(resampled((wave / 32768.0).astype(np.float32), int(rate_hz)))

    return answer


if __name__ == "__main__":
    serve(make)
