"""The jitter buffer: packets in any order in, 20 ms frames of PCM out, one a tick; what is lost is concealed.

Its depth follows the jitter: one packet on a quiet line, at most ten (200 ms). It drops a packet when it has held
too many for a second, and waits anew after it has run dry.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from warmline.media.codecs import Codec, Samples

SLOTS = 64
DEEPEST = 10
SHED_AFTER_TICKS = 50
FADE = 0.6  # per 20 ms concealed
CONCEAL_AT_MOST = 5


class JitterBuffer:
    """One stream's buffer. `frame` is 20 ms at the codec's PCM rate."""

    def __init__(self, codec: Codec) -> None:
        self.codec = codec
        self.frame = codec.pcm_rate // 50
        self._slots: list[bytes | None] = [None] * SLOTS
        self._next = -1  # sequence number to play; -1: nothing yet
        self._held = 0
        self._priming = True
        self._fifo: Samples = np.zeros(0, np.int16)
        self._last: Samples = np.zeros(self.frame, np.int16)
        self._missed = 0
        self._dry = 0  # frames concealed while nothing was there
        self._deep_for = 0
        self.concealed = self.recovered = 0
        self.late = 0
        self.shed = 0

    def reset(self) -> None:
        """Forget everything that waits: a new stream, or audio nobody may hear."""
        self._slots = [None] * SLOTS
        self._next, self._held, self._priming = -1, 0, True
        self._fifo = self._fifo[:0]
        self._last = np.zeros(self.frame, np.int16)
        self._missed = self._dry = self._deep_for = 0

    def put(self, seq: int, payload: bytes) -> None:
        if self._next < 0:
            self._next = seq
        ahead = (seq - self._next) & 0xFFFF
        if ahead >= 0x8000:
            if self._priming and 0x10000 - ahead < DEEPEST:
                self._next = seq
            else:
                self.late += 1
                return
        elif ahead >= SLOTS:
            self.reset()
            self._next = seq
        slot = seq % SLOTS
        if self._slots[slot] is None:
            self._held += 1
        self._slots[slot] = payload

    def pop(self, jitter_ms: float) -> Samples | None:
        """Return the frame of this tick; None while there is nothing to hear."""
        wanted = min(DEEPEST, 1 + round(jitter_ms * 2 / 20))
        if self._priming:
            if self._held < wanted or not self._held:
                return None
            self._priming = False
        self._shed(wanted)
        if not len(self._fifo):
            one = self._packet()
            if one is not None and len(one) == self.frame:
                return one
            self._fifo = one if one is not None else self._fifo
        while len(self._fifo) < self.frame:
            one = self._packet()
            if one is None:
                break
            self._fifo = np.concatenate([self._fifo, one])
        if not len(self._fifo):
            return None
        out = self._fifo[: self.frame]
        self._fifo = self._fifo[self.frame :]
        return out if len(out) == self.frame else np.concatenate([out, np.zeros(self.frame - len(out), np.int16)])

    def _shed(self, wanted: int) -> None:
        if self._held <= wanted + 1:
            self._deep_for = 0
            return
        self._deep_for += 1
        if self._deep_for > SHED_AFTER_TICKS or self._held > wanted + DEEPEST:
            self._deep_for = 0
            self.shed += 1
            self._take()

    def _take(self) -> bytes | None:
        slot = self._next % SLOTS
        payload = self._slots[slot]
        self._slots[slot] = None
        self._next = (self._next + 1) & 0xFFFF
        if payload is not None:
            self._held -= 1
        return payload

    def _packet(self) -> Samples | None:
        while self._held:
            payload = self._take()
            if payload is not None:
                self._dry = 0
                return self._decoded(payload)
            if not self._dry:
                return self._recovered()
            self._dry -= 1  # this one was concealed while it might still have come
        return self._run_dry()

    def _decoded(self, payload: bytes) -> Samples:
        try:
            pcm = self.codec.decode(payload)
        except Exception:  # whatever a codec makes of what strangers may send, it is one lost packet
            return self._conceal()
        self._missed = 0
        self._last = pcm[-self.frame :] if len(pcm) >= self.frame else self._last
        return pcm

    def _recovered(self) -> Samples:
        """Return a lost frame from the copy in the packet behind it, if that is there and carries one."""
        following = self._slots[self._next % SLOTS]
        try:
            pcm = self.codec.recover(following) if following is not None else None
        except ValueError:
            pcm = None
        if pcm is None:
            return self._conceal()
        self.recovered += 1
        self._missed = 0
        return pcm

    def _run_dry(self) -> Samples | None:
        if self._missed >= CONCEAL_AT_MOST:
            self._priming = True
            self._next, self._dry = -1, 0
            return None
        self._dry += 1
        return self._conceal()

    def _conceal(self) -> Samples:
        self._missed += 1
        self.concealed += 1
        own = self.codec.conceal()
        if own is not None:
            return own
        if self._missed > CONCEAL_AT_MOST:
            return np.zeros(self.frame, np.int16)
        self._last = _continued(self._last)
        return (self._last * np.float32(FADE ** (self._missed - 1))).astype(np.int16)


def _continued(heard: Samples) -> Samples:
    """Go on with the last pitch period of what was heard, so that a lost packet leaves no hole."""
    size = len(heard)
    x: NDArray[np.float32] = heard.astype(np.float32)
    least, most = size // 8, size // 2
    tail = x[size - size // 4 :]
    pasts = sliding_window_view(x, len(tail))[size - len(tail) - most : size - len(tail) - least + 1]
    matches = (pasts @ tail) / (np.sqrt(np.einsum("ij,ij->i", pasts, pasts)) + 1.0)
    lag = most - int(matches.argmax())
    return np.resize(heard[size - lag :], size)
