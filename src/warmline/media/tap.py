"""Listening to a leg: its audio as 16 kHz PCM16 to a Unix socket, and when somebody speaks (by energy)."""

import contextlib
import errno
import socket

import numpy as np
from numpy.typing import NDArray

from warmline.media.resample import Rows, to_samples

SPEECH_TICKS = 4  # 80 ms of voice begin speech
HANG_OVER_TICKS = 25  # 500 ms of quiet end it
LEAST_LEVEL = 250.0  # RMS below which nothing is speech: about -42 dB of full scale
ABOVE_NOISE = 3.5
MOST_NOISE = 1500.0
SILENCE = bytes(640)


class SpeechEar:
    """Energy above a floor that follows the noise."""

    def __init__(self) -> None:
        self.on = False
        self._noise = 80.0
        self._loud = 0
        self._quiet = 0

    def hear(self, level: float) -> bool | None:
        """Take the RMS of 20 ms; return True when speech begins, False when it ends."""
        loud = level > max(LEAST_LEVEL, ABOVE_NOISE * self._noise)
        if loud:
            self._noise = min(MOST_NOISE, self._noise * 1.002)
        else:
            self._noise += (max(20.0, level) - self._noise) * (0.05 if level > self._noise else 0.2)
        self._loud = self._loud + 1 if loud else 0
        self._quiet = 0 if loud else self._quiet + 1
        if not self.on and self._loud >= SPEECH_TICKS:
            self.on = True
            return True
        if self.on and self._quiet >= HANG_OVER_TICKS:
            self.on = False
            return False
        return None


class Tap:
    """A stream to whoever recognises speech. It never waits: what the reader does not take is dropped, counted."""

    def __init__(self, path: str) -> None:
        self.ear = SpeechEar()
        self.dropped = 0
        self.gone = False
        self._rest = b""
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._socket.setblocking(False)
            self._socket.connect(path)
        except OSError:
            self._socket.close()
            raise

    def write(self, frame: bytes) -> None:
        """Send 20 ms."""
        if self.gone:
            return
        if self._rest:
            self._push(self._rest)
            if self._rest:
                self.dropped += 1
                return
        self._push(frame)

    def _push(self, data: bytes) -> None:
        try:
            sent = self._socket.send(data)
            self._rest = data[sent:]
        except OSError as problem:
            if problem.errno not in (errno.EAGAIN, errno.EWOULDBLOCK):
                self.gone = True
            elif data is not self._rest:
                self.dropped += 1

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.close()


def levels(rows: Rows) -> NDArray[np.float32]:
    """Return the RMS of each row."""
    return np.sqrt(np.mean(rows**2, axis=1))


def frames(rows: Rows) -> list[bytes]:
    """Return each row as PCM16 bytes."""
    return [row.tobytes() for row in to_samples(rows)]
