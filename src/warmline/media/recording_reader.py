"""Reading recordings: as a WAV of which any part may be asked for, and as peaks for a picture of it.

A recording whose end is missing (a crash, a call that still runs) is read up to its last whole chunk.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import numpy as np
from cryptography.exceptions import InvalidTag

from warmline.media.g711 import ULAW
from warmline.media.recording_file import (
    CHUNK_BYTES,
    RATE,
    TAG_BYTES,
    associated,
    file_key,
    nonce,
    read_header,
    read_length,
)

WAV_HEADER_BYTES = 58


class RecordingReader:
    """An open recording. Raises ValueError when it is none, or the key is not its own."""

    def __init__(self, path: Path | str, key: bytes) -> None:
        self._file = open(path, "rb")  # noqa: SIM115 (open as long as it is read)
        try:
            header, self._first = read_header(self._file)
            self.record = header["record"]
            self._cipher = file_key(key, bytes.fromhex(header["salt"]), self.record)
            self._sizes, self.complete = self._look_through()
            if self._sizes:
                self._chunk(0)
        except Exception:
            self._file.close()
            raise
        self.samples = sum(self._sizes) // 2

    def __enter__(self) -> "RecordingReader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()

    @property
    def duration_ms(self) -> int:
        return self.samples * 1000 // RATE

    @property
    def wav_bytes(self) -> int:
        """How long the whole WAV is."""
        return WAV_HEADER_BYTES + self.samples * 2

    def _look_through(self) -> tuple[list[int], bool]:
        """Return the plain size of every whole chunk, and whether the last one says it is."""
        sizes: list[int] = []
        end = self._file.seek(0, 2)
        at, last = self._first, False
        while not last and at + 4 <= end:
            self._file.seek(at)
            length, last = read_length(self._file.read(4))
            if length < TAG_BYTES or length > CHUNK_BYTES + TAG_BYTES or at + 4 + length > end:
                return sizes, False
            if not last and length != CHUNK_BYTES + TAG_BYTES:
                return sizes, False
            sizes.append(length - TAG_BYTES)
            at += 4 + length
        return sizes, last

    def _chunk(self, index: int) -> bytes:
        self._file.seek(self._first + index * (4 + CHUNK_BYTES + TAG_BYTES))
        length, last = read_length(self._file.read(4))
        try:
            return self._cipher.decrypt(
                nonce(index), self._file.read(length), associated(self.record, index, last)
            )
        except InvalidTag:
            raise ValueError("The recording cannot be decrypted: another key, or it was changed.") from None

    def wav(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """Yield bytes start to stop (exclusive) of the recording as a stereo μ-law WAV, a second at a time."""
        stop = self.wav_bytes if stop is None else min(stop, self.wav_bytes)
        if start < WAV_HEADER_BYTES and start < stop:
            yield self._wav_header()[start : min(stop, WAV_HEADER_BYTES)]
        at = max(0, start - WAV_HEADER_BYTES)
        end = stop - WAV_HEADER_BYTES
        while at < end:
            index, skipped = divmod(at, CHUNK_BYTES)
            piece = self._chunk(index)[skipped : skipped + end - at]
            yield piece
            at += len(piece)

    def _wav_header(self) -> bytes:
        size = self.samples * 2
        return b"".join(
            (
                b"RIFF" + struct.pack("<I", WAV_HEADER_BYTES - 8 + size) + b"WAVE",
                b"fmt " + struct.pack("<IHHIIHHH", 18, 7, 2, RATE, RATE * 2, 2, 8, 0),
                b"fact" + struct.pack("<II", 4, self.samples),
                b"data" + struct.pack("<I", size),
            )
        )

    def pcm(self) -> Iterator[np.ndarray[tuple[int, int], np.dtype[np.int16]]]:
        """Yield seconds as PCM16: one row a sample, left and right."""
        for index in range(len(self._sizes)):
            yield ULAW.decode(self._chunk(index)).reshape(-1, 2)

    def peaks(self, columns: int) -> tuple[list[float], list[float]]:
        """Return the loudest sample (0 to 1) of each of `columns` equal parts, left and right."""
        found = np.zeros((columns, 2))
        at = 0
        for second in self.pcm():
            places = np.minimum((at + np.arange(len(second))) * columns // max(1, self.samples), columns - 1)
            np.maximum.at(found, places, np.abs(second.astype(np.float32)) / 32768)
            at += len(second)
        left, right = np.round(found, 4).T.tolist()
        return left, right
