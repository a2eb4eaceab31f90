"""What is to be played, in the form rtpengine takes: the name of a file it can read, or the file itself."""

import asyncio
import hashlib
import io
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from warmline.kernel.errors import Refused
from warmline.media.refusals import UNSUPPORTED
from warmline.media.rtpengine_ng import Value
from warmline.media.wave_file import pcm_of
from warmline.ports.media import PlayFile, PlayItem

# The question must fit into one datagram of 64 KB.
BLOB_BYTES = 48_000
RATE = 8000


@dataclass(frozen=True)
class RtpengineClip:
    """One of `path` and `blob`, and how long it sounds."""

    length_ms: int
    path: str | None = None
    blob: bytes = b""

    def key(self) -> dict[str, Value]:
        return {"blob": self.blob} if self.path is None else {"file": self.path}


async def clip_of(items: Sequence[PlayItem], folder: Path | None) -> RtpengineClip:
    """Return what plays these items one after the other; longer ones are written to `folder`, once.

    Raises Refused `media.unsupported` for a missing file, and for what is too long without a folder.
    """
    try:
        return await asyncio.to_thread(_clip_of, tuple(items), folder)
    except (OSError, ValueError) as wrong:
        raise Refused(UNSUPPORTED, what=f"play this: {wrong}") from wrong


def _clip_of(items: tuple[PlayItem, ...], folder: Path | None) -> RtpengineClip:
    if len(items) == 1 and isinstance(items[0], PlayFile):
        with wave.open(items[0].path, "rb") as file:
            return RtpengineClip(file.getnframes() * 1000 // file.getframerate(), path=items[0].path)
    pieces = [piece for item in items for piece in pcm_of(item, RATE)]
    samples = np.concatenate(pieces) if pieces else np.zeros(0, np.int16)
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.astype("<i2").tobytes())
    whole = made.getvalue()
    length_ms = len(samples) * 1000 // RATE
    if len(whole) <= BLOB_BYTES:
        return RtpengineClip(length_ms, blob=whole)
    if folder is None:
        raise ValueError("several pieces longer than three seconds need the setting `clips`")
    path = folder / f"{hashlib.sha256(whole).hexdigest()[:32]}.wav"
    if not path.exists():
        part = path.with_suffix(".part")
        part.write_bytes(whole)
        part.rename(path)
    return RtpengineClip(length_ms, path=str(path))
