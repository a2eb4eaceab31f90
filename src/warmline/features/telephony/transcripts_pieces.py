"""A recording cut where nobody speaks into pieces a recogniser takes, each side by itself, with their times."""

from collections.abc import Iterator
from typing import Literal

import numpy as np
from msgspec import Struct

from warmline.media.recording_file import RATE
from warmline.media.recording_reader import RecordingReader
from warmline.speech.audio import RATE_HZ, Resampler, Samples, from_pcm16, to_pcm16
from warmline.speech.utterances import CHUNK, Utterances

Side = Literal["customer", "agent"]
SIDES: tuple[Side, Side] = ("customer", "agent")  # left, right
PIECE_S = 18.0  # no piece is longer: Whisper hears 30 s at once, but writes 200 tokens, 10 for a second
SPEECH_S = 120.0  # so long a speech without a breath is cut in memory
QUIET_MS = 700
CHUNK_S = CHUNK / RATE_HZ
WINDOW = RATE_HZ // 10


class Piece(Struct, frozen=True):
    """What one side said without a break: when it began, in seconds of the recording, and PCM16 16 kHz."""

    at_s: float
    side: Side
    pcm16k: bytes

    @property
    def until_s(self) -> float:
        return self.at_s + len(self.pcm16k) / 2 / RATE_HZ


class _Ear:
    """One side of a recording as it is read."""

    def __init__(self, side: Side) -> None:
        self._side: Side = side
        self._to_16k = Resampler(RATE)
        self._utterances = Utterances(end_ms=QUIET_MS, longest_ms=int(SPEECH_S * 1000))
        self._rest = b""
        self._chunks = 0
        self._free_from_s = 0.0
        self._began_s = 0.0

    def feed(self, samples: Samples) -> Iterator[Piece]:
        data = self._rest + to_pcm16(self._to_16k.feed(samples))
        whole = len(data) // (CHUNK * 2) * CHUNK * 2
        self._rest = data[whole:]
        for at in range(0, whole, CHUNK * 2):
            spoke = self._utterances.speaking
            ended = self._utterances.feed(data[at : at + CHUNK * 2])
            self._chunks += 1
            if self._utterances.speaking and not spoke:
                kept_s = self._utterances.kept * CHUNK_S
                self._began_s = max(self._free_from_s, self._chunks * CHUNK_S - kept_s)
            for utterance in ended:
                yield from self._cut(utterance)

    def finish(self) -> Iterator[Piece]:
        yield from self.feed(self._to_16k.rest())
        if (utterance := self._utterances.finish()) is not None:
            yield from self._cut(utterance)

    def _cut(self, utterance: bytes) -> Iterator[Piece]:
        at_s = self._began_s
        self._free_from_s = self._chunks * CHUNK_S
        for part in split(utterance):
            yield Piece(round(at_s, 2), self._side, part)
            at_s += len(part) / 2 / RATE_HZ


def pieces(reader: RecordingReader) -> Iterator[list[Piece]]:
    """Yield, for every second of the recording and for its end, what was said and ended there.

    A second takes 3 ms: whoever reads beside running calls can let them go first in between.
    """
    ears = [_Ear(side) for side in SIDES]
    for second in reader.pcm():
        sides = [second[:, at].astype(np.float32) / 32768.0 for at in range(len(SIDES))]
        yield [piece for ear, samples in zip(ears, sides, strict=True) for piece in ear.feed(samples)]
    yield [piece for ear in ears for piece in ear.finish()]


def split(utterance: bytes) -> list[bytes]:
    """Return an utterance in parts of at most `PIECE_S`, cut where it is quietest."""
    longest = int(PIECE_S * RATE_HZ) * 2
    parts: list[bytes] = []
    while len(utterance) > longest:
        samples = from_pcm16(utterance[:longest])
        half = len(samples) // 2  # never so early that a short rest is left over and over
        loudness = np.convolve(samples[half:] ** 2, np.ones(WINDOW, np.float32), "valid")
        at = (half + int(np.argmin(loudness)) + WINDOW // 2) * 2
        parts.append(utterance[:at])
        utterance = utterance[at:]
    return [*parts, utterance]
