"""Whisper through faster-whisper, in a process of its own: one utterance after another, from a model folder."""

import importlib.util
from collections.abc import Sequence
from contextlib import aclosing
from pathlib import Path

from warmline.kernel.errors import ProviderFailed
from warmline.kernel.locale import Locale
from warmline.ports.speech import Transcript
from warmline.speech.audio import RATE_HZ
from warmline.speech.child import Child, own_module
from warmline.speech.heard import plausible

LONGEST_S = 28.0  # what the model hears at once is 30 s
SHORTEST_S = 0.15
_TIME_LIMIT_S = 30.0
_PATIENT_LIMIT_S = 180.0
_NEEDED = ("model.bin", "config.json", "tokenizer.json")
_MOST_HINTS = 20


class WhisperRecogniser:
    """A `Recogniser`. `problem` says why it cannot work here, empty when it can; nothing is imported here.

    `patient`: for what nobody waits for; its process leaves the processor to all others.
    """

    def __init__(self, model: Path, command: Sequence[str] | None = None, *, patient: bool = False) -> None:
        missing = [name for name in _NEEDED if not (model / name).is_file()]
        if command is None and importlib.util.find_spec("faster_whisper") is None:
            self.problem = "The package faster-whisper is missing. Install the extra: warmline[speech]."
        elif missing:
            self.problem = f"The folder {model} has no {', '.join(missing)}. Point to a CTranslate2 Whisper model."
        else:
            self.problem = ""
        nicer = ("14",) if patient else ()
        engine = command or own_module("warmline.speech.engine_whisper", str(model), *nicer)
        limit_s = _PATIENT_LIMIT_S if patient else _TIME_LIMIT_S
        self.child = Child("whisper", engine, time_limit_s=limit_s)

    async def transcribe(self, pcm16k: bytes, locale: Locale, *, hints: tuple[str, ...] = ()) -> Transcript | None:
        """Return what was said, or None when it was not speech. Raises ProviderFailed.

        Audio beyond 28 s is not heard. `hints`: words that are likely here, such as the replies of a question.
        """
        if self.problem:
            raise ProviderFailed(self.problem, retryable=False)
        audio = pcm16k[: int(LONGEST_S * RATE_HZ) * 2]
        seconds = len(audio) / 2 / RATE_HZ
        if seconds < SHORTEST_S:
            return None
        request: dict[str, object] = {
            "locale": locale, "hints": list(hints[:_MOST_HINTS]), "tokens": int(16 + 10 * seconds),
        }  # fmt: skip
        answer: dict[str, object] | None = None
        async with aclosing(self.child.ask(request, audio)) as parts:
            async for part in parts:  # to the end: one that is given up is killed
                answer = part if isinstance(part, dict) else answer
        if answer is None:
            raise ProviderFailed("The recogniser sent no answer.", retryable=True)
        sure, silent = _number(answer["log_probability"]), _number(answer["no_speech"])
        return plausible(str(answer["text"]), locale, seconds=seconds, log_probability=sure, no_speech=silent)

    async def close(self) -> None:
        """End the engine's process."""
        await self.child.close()


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
