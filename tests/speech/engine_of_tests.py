"""A small real engine in a process of its own: it hums as long as the text is, and can be slow, fail or die."""

import os
import sys
import time
from collections.abc import Iterator

import numpy as np

from warmline.speech.audio import to_pcm16
from warmline.speech.frames import Answer, Request, serve

COMMAND = (sys.executable, __file__)


def hum(text: str) -> bytes:
    at = np.arange(800 * len(text)) / 16_000
    return to_pcm16((0.3 * np.sin(2 * np.pi * 220 * at)).astype(np.float32))


def make() -> Answer:
    print("a library greets the world on standard output")

    def answer(request: Request, audio: bytes) -> Iterator[bytes | dict[str, object]]:
        text = str(request.get("text", ""))
        if text == "die":
            os._exit(3)
        if text == "fail":
            raise LookupError(f"no such word in {text}")
        yield {"heard": len(audio), "pid": os.getpid()}
        yield hum(text)
        if text == "slow":
            time.sleep(60)

    return answer


if __name__ == "__main__":
    serve(make)
