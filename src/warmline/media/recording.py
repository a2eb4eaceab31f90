"""One recording: two channels on one timeline. Every packet goes where its time says, whatever comes before it.

What arrived late or out of order still finds its place for half a second; the right channel adds up its sources.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from warmline.media.codecs import Samples
from warmline.media.g711 import ALAW, ULAW
from warmline.media.recording_file import RATE

CHUNK = RATE  # a second
LATE = RATE // 2
WINDOW = CHUNK * 4
OFF_AT_MOST = RATE // 5  # a source further off the clock than this is anchored anew
LAWS = {"PCMU": ULAW, "PCMA": ALAW}
LEFT, RIGHT = 0, 1


class Source(Protocol):
    """Whose packets come: a leg."""

    name: str
    codec_in: str
    stream: object


class Recording:
    """Takes audio of legs and hands out whole seconds of interleaved μ-law. `began`: monotonic seconds."""

    def __init__(
        self, record: str, call: str, left: str, right: Sequence[str], began: float, write: Callable[[bytes], None]
    ) -> None:
        self.record, self.call, self.left = record, call, left
        self.right = frozenset(right)
        self.paused = False
        self._began = began
        self._write = write
        self._done = 0  # samples written
        self._window = np.zeros((2, WINDOW), np.int32)
        self._anchors: dict[tuple[str, int], tuple[object, int, int]] = {}

    def packet(self, leg: Source, timestamp: int, payload: memoryview, now: float) -> None:
        """Take a G.711 packet as it arrived."""
        law = LAWS.get(leg.codec_in)
        if law is not None and not self.paused:
            samples = law.to_pcm.take(np.frombuffer(payload, np.uint8))
            self._place(self._channel(leg.name), leg.name, leg.stream, timestamp, samples, now)

    def frame(self, leg: Source, tick: int, samples: Samples, now: float) -> None:
        """Take 20 ms of 8 kHz PCM of a leg whose packets had to be decoded."""
        if not self.paused:
            self._place(self._channel(leg.name), leg.name, None, tick * 160, samples, now)

    def played(self, tick: int, payload: bytes, now: float) -> None:
        """Take 20 ms of μ-law that is played to the left leg: it is heard on the right."""
        if not self.paused and payload:
            samples = ULAW.to_pcm.take(np.frombuffer(payload, np.uint8))
            self._place(RIGHT, "", None, tick * 160, samples, now)

    def _channel(self, name: str) -> int:
        return LEFT if name == self.left else RIGHT

    def _place(
        self, channel: int, name: str, stream: object, timestamp: int, samples: Samples, now: float
    ) -> None:
        here = int((now - self._began) * RATE)
        anchor = self._anchors.get((name, channel))
        at = -1
        if anchor is not None and anchor[0] is stream:
            gone = (timestamp - anchor[1]) & 0xFFFFFFFF
            at = anchor[2] + (gone if gone < 0x80000000 else gone - 0x100000000)
        if at < 0 or not -OFF_AT_MOST < at - here < OFF_AT_MOST:
            at = here
            self._anchors[name, channel] = (stream, timestamp, at)
        if at < self._done or at + len(samples) > self._done + WINDOW:
            return
        start = at % WINDOW
        fits = min(len(samples), WINDOW - start)
        self._window[channel, start : start + fits] += samples[:fits]
        if fits < len(samples):
            self._window[channel, : len(samples) - fits] += samples[fits:]

    def flush(self, now: float) -> None:
        """Write the seconds nobody can change any more."""
        here = int((now - self._began) * RATE)
        while here - self._done >= CHUNK + LATE:
            self._write(self._taken(CHUNK))

    def _taken(self, samples: int) -> bytes:
        """Take the next samples out of the window: a second, or the rest of one."""
        start = self._done % WINDOW
        part = self._window[:, start : start + samples]
        pcm = np.clip(part, -32768, 32767).astype(np.int16)
        part[:] = 0
        self._done += samples
        return ULAW.encode(np.ascontiguousarray(pcm.T)).tobytes()

    def finish(self, now: float) -> tuple[bytes, int]:
        """Return what is left and the whole duration in ms."""
        self.flush(now)
        here = int((now - self._began) * RATE)
        rest = b""
        while here > self._done:
            rest += self._taken(min(CHUNK, here - self._done))
        return rest, self._done * 1000 // RATE
