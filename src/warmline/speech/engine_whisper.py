"""faster-whisper in a process of its own: `python -m warmline.speech.engine_whisper FOLDER`; see `frames.py`.

With a second argument, a number, the process is that much nicer to all others than engines are anyway.
"""

import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import cast

from warmline.speech.audio import from_pcm16
from warmline.speech.frames import Answer, Request, serve


def make(folder: str) -> Answer:
    """Load the model; needs the package faster-whisper."""
    # faster-whisper reads files through PyAV, whose wheel brings FFmpeg with GPL parts. Our audio is PCM already:
    # an empty module in its place keeps all of that out of the process.
    sys.modules.setdefault("av", ModuleType("av"))
    model = importlib.import_module("faster_whisper").WhisperModel(
        folder, device="cpu", compute_type="int8", cpu_threads=1, num_workers=1, local_files_only=True
    )

    def answer(request: Request, audio: bytes) -> Iterator[dict[str, object]]:
        hints = ", ".join(str(hint) for hint in cast(Sequence[object], request["hints"]))
        found, _ = model.transcribe(
            from_pcm16(audio),
            language=str(request["locale"]),
            beam_size=2,
            temperature=0.0,
            condition_on_previous_text=False,
            without_timestamps=True,
            max_new_tokens=min(200, int(cast(int, request["tokens"]))),
            initial_prompt=hints or None,
            no_speech_threshold=None,  # judged by whoever asked, with the rest
        )
        segments = list(found)
        count = max(1, len(segments))
        yield {
            "text": " ".join(segment.text.strip() for segment in segments),
            "log_probability": sum(float(segment.avg_logprob) for segment in segments) / count,
            "no_speech": max((float(segment.no_speech_prob) for segment in segments), default=1.0),
        }

    return answer


if __name__ == "__main__":
    os.nice(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    serve(lambda: make(sys.argv[1]))
