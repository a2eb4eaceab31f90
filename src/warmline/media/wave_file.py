"""Mono PCM16 WAV files and generated tones, a second at a time, at the rate somebody wants."""

import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from warmline.media.codecs import Samples
from warmline.media.resample import Past, down, to_samples, up
from warmline.ports.media import PlayFile, PlayItem, PlaySilence, PlayTone


def pcm_of(item: PlayItem, rate: int) -> Iterator[Samples]:
    """Yield an item as PCM16 at 8000 or 16000 Hz. Raises OSError or ValueError when the file cannot be used."""
    match item:
        case PlayFile(path=path):
            yield from _file(Path(path), rate)
        case PlaySilence(ms=ms):
            yield np.zeros(rate * ms // 1000, np.int16)
        case PlayTone():
            yield _tone(item, rate)


def _file(path: Path, rate: int) -> Iterator[Samples]:
    try:
        with wave.open(str(path), "rb") as file:
            own = file.getframerate()
            if (file.getnchannels(), file.getsampwidth()) != (1, 2) or own not in (8000, 16000):
                raise ValueError(f"{path.name} is not mono PCM16 at 8 or 16 kHz.")
            past = Past()
            while data := file.readframes(own):
                block = np.frombuffer(data, dtype="<i2")
                if own == rate:
                    yield block
                else:
                    if own > rate and len(block) % 2:
                        block = np.append(block, np.int16(0))
                    rows = block.astype(np.float32)[None, :]
                    yield to_samples((down if own > rate else up)([past], rows))[0]
    except (wave.Error, EOFError) as broken:
        raise ValueError(f"{path.name} is not a WAV file.") from broken


def _tone(tone: PlayTone, rate: int) -> Samples:
    at = np.arange(rate * tone.on_ms // 1000) / rate
    level = 32767 * 10 ** (tone.level_db / 20)
    sound = np.sum([level * np.sin(2 * np.pi * hz * at) for hz in tone.frequencies_hz], axis=0) + 0 * at
    quiet = np.zeros(rate * tone.off_ms // 1000)
    return np.clip(np.concatenate([sound, quiet]), -32768, 32767).astype(np.int16)
