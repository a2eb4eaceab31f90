"""Audio as numbers: WAV in and out, another rate, loudness, silence at the ends. numpy only."""

import io
import struct
import wave
from functools import lru_cache
from math import gcd

import numpy as np
from numpy.typing import NDArray

from warmline.kernel.errors import ProviderFailed

RATE_HZ = 16_000
LOUDNESS_DB = -20.0  # RMS of what is spoken, relative to full scale
PEAK = 0.89  # -1 dBFS: nothing is louder than this after `levelled`
_KNEE = 0.7  # above it, peaks are pressed together instead of cut off
_FRAME = 160  # 10 ms at 16 kHz
_KEPT_FRAMES = 4  # 40 ms of quiet stay at each end, so that no consonant is cut
_MOST_GAIN = 10.0 ** (30 / 20)
_TAPS_PER_PHASE = 24

Samples = NDArray[np.float32]


def from_pcm16(pcm: bytes) -> Samples:
    """Return samples from -1 to 1; a half sample at the end is left out."""
    return np.frombuffer(pcm[: len(pcm) & ~1], "<i2").astype(np.float32) / 32768.0


def to_pcm16(samples: Samples) -> bytes:
    """Return little-endian PCM16; what is beyond full scale is limited to it."""
    return (np.clip(samples, -1.0, 32767 / 32768) * 32768.0).round().astype("<i2").tobytes()


@lru_cache(maxsize=16)
def _filter(up: int, down: int) -> Samples:
    """Return a windowed sinc for `up`/`down`, as `up` phases of taps. Kaiser window, about 70 dB."""
    widest = max(up, down)
    taps = _TAPS_PER_PHASE * widest // up * up
    at = np.arange(taps) - (taps - 1) / 2
    cutoff = 0.94 / widest
    sinc = np.sinc(cutoff * at) * cutoff * up * np.kaiser(taps, 7.0)
    return np.ascontiguousarray(sinc.reshape(-1, up).T.astype(np.float32))


class Resampler:
    """Change the rate of a stream by a polyphase filter. Feed pieces, then `rest()` once."""

    def __init__(self, from_hz: int, to_hz: int = RATE_HZ) -> None:
        if not (4_000 <= from_hz <= 192_000 and 4_000 <= to_hz <= 192_000):
            raise ValueError(f"Rates from 4 to 192 kHz are converted, not {from_hz} to {to_hz} Hz.")
        common = gcd(from_hz, to_hz)
        self._up, self._down = to_hz // common, from_hz // common
        self._phases = _filter(self._up, self._down) if self._up != self._down else None
        self._taps = 0 if self._phases is None else self._phases.shape[1]
        self._delay = 0 if self._phases is None else (self._taps * self._up - 1) // 2
        self._held = np.zeros(max(0, self._taps - 1), np.float32)
        self._seen = 0  # input samples that left the window
        self._made = 0  # output samples so far

    def feed(self, samples: Samples) -> Samples:
        """Return what can be said of the output so far."""
        if self._phases is None:
            return samples
        self._held = np.concatenate([self._held, samples])
        window = len(self._held)
        # Output n lies at n*down + delay on the up-sampled axis: input index and phase follow from it.
        last = ((self._seen + window - self._taps + 1) * self._up - 1 - self._delay) // self._down
        count = last - self._made + 1
        if count <= 0:
            return np.zeros(0, np.float32)
        at = (np.arange(self._made, self._made + count) * self._down) + self._delay
        index, phase = at // self._up - self._seen, at % self._up
        rows = np.lib.stride_tricks.sliding_window_view(self._held, self._taps)[index, ::-1]
        made = np.einsum("ij,ij->i", rows, self._phases[phase])
        self._made += count
        past = ((self._made * self._down) + self._delay) // self._up - self._seen
        past = min(past, window)
        self._held = self._held[past:]
        self._seen += past
        return made.astype(np.float32)

    def rest(self) -> Samples:
        """Return the end of the output, once everything was fed."""
        return self.feed(np.zeros(self._taps // 2, np.float32))


def resampled(samples: Samples, from_hz: int, to_hz: int = RATE_HZ) -> Samples:
    """Return all of `samples` at another rate."""
    stream = Resampler(from_hz, to_hz)
    return np.concatenate([stream.feed(samples), stream.rest()])


def wav(pcm: bytes, rate_hz: int = RATE_HZ) -> bytes:
    """Return PCM16 mono as a WAV file."""
    header = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(pcm), b"WAVE", b"fmt ", 16, 1, 1,
                         rate_hz, rate_hz * 2, 2, 16, b"data", len(pcm))  # fmt: skip
    return header + pcm


def read_wav(data: bytes) -> tuple[Samples, int]:
    """Return the samples (several channels mixed to one) and the rate of a PCM16 WAV file.

    Raises ProviderFailed when it is something else.
    """
    try:
        with wave.open(io.BytesIO(data)) as file:
            channels, width, rate_hz = file.getnchannels(), file.getsampwidth(), file.getframerate()
            raw = file.readframes(file.getnframes())
    except (wave.Error, EOFError, struct.error):
        raise ProviderFailed("This is no WAV file with PCM audio.", retryable=False) from None
    if width != 2 or not 1 <= channels <= 8 or not 8_000 <= rate_hz <= 96_000:
        raise ProviderFailed("A WAV file with 16 bits a sample, at 8 to 96 kHz, is needed.", retryable=False)
    samples = from_pcm16(raw)
    whole = len(samples) // channels * channels
    return samples[:whole].reshape(-1, channels).mean(axis=1).astype(np.float32), rate_hz


def duration_ms(pcm: bytes, rate_hz: int = RATE_HZ) -> int:
    return len(pcm) // 2 * 1000 // rate_hz


def _levels(samples: Samples) -> Samples:
    """Return the RMS of each 10 ms."""
    whole = len(samples) // _FRAME * _FRAME
    return np.sqrt(np.mean(samples[:whole].reshape(-1, _FRAME) ** 2, axis=1) + 1e-12)


def loudness_db(samples: Samples) -> float:
    """Return the RMS in dBFS of the frames that sound: pauses do not make a text quieter. Silence: -120."""
    levels = _levels(samples)
    if not len(levels) or levels.max() < 1e-5:
        return -120.0
    sounding = levels[levels > levels.max() * 0.05]
    return float(10 * np.log10(np.mean(sounding**2)))


def trimmed(samples: Samples) -> Samples:
    """Return `samples` without the silence at both ends; all of it when nothing sounds."""
    levels = _levels(samples)
    if not len(levels) or levels.max() < 1e-4:
        return samples
    sounding = np.flatnonzero(levels > max(1e-3, float(levels.max()) * 0.01))
    first = max(0, int(sounding[0]) - _KEPT_FRAMES) * _FRAME
    return samples[first : (int(sounding[-1]) + 1 + _KEPT_FRAMES) * _FRAME]


def levelled(samples: Samples, target_db: float = LOUDNESS_DB) -> Samples:
    """Return `samples` at `target_db`; peaks are pressed below -1 dBFS, nothing is clipped."""
    now_db = loudness_db(samples)
    if now_db <= -80.0:
        return samples
    louder = samples * np.float32(min(_MOST_GAIN, 10.0 ** ((target_db - now_db) / 20)))
    over = np.abs(louder) > _KNEE
    if over.any():
        room = PEAK - _KNEE
        pressed = _KNEE + room * np.tanh((np.abs(louder[over]) - _KNEE) / room)
        louder[over] = np.sign(louder[over]) * pressed
    return louder


def finished(pcm: bytes) -> bytes:
    """Return 16 kHz speech as it is played: ends trimmed, at the loudness of every other prompt."""
    return to_pcm16(levelled(trimmed(from_pcm16(pcm))))
