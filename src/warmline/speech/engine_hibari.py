"""hibari in a process of its own: `python -m warmline.speech.engine_hibari`, frames as in `frames.py`."""

import importlib
from collections.abc import Iterator

from warmline.speech.audio import Resampler, to_pcm16
from warmline.speech.frames import Answer, Request, serve

_RATE_HZ = 24_000


def make() -> Answer:
    """Load the model; needs the package hibari-tts."""
    speaker = importlib.import_module("hibari").Hibari(threads=1)

    def answer(request: Request, audio: bytes) -> Iterator[bytes]:
        stream = Resampler(_RATE_HZ)
        for piece in speaker.stream(str(request["text"])):
            yield to_pcm16(stream.feed(piece.astype("float32")))
        yield to_pcm16(stream.rest())

    return answer


if __name__ == "__main__":
    serve(make)
