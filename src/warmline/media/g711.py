"""G.711 by table: μ-law and A-law, one look-up per sample (ITU-T G.711)."""

import numpy as np
from numpy.typing import NDArray


class G711Law:
    """One of the two laws. `to_pcm` has 256 entries, `from_pcm` 65,536, indexed by the sample's bits."""

    def __init__(self, to_pcm: NDArray[np.int16], names: NDArray[np.uint8]) -> None:
        self.to_pcm = to_pcm
        order = np.argsort(to_pcm, kind="stable")
        levels = to_pcm[order].astype(np.int32)
        samples = np.arange(-32768, 32768, dtype=np.int32)
        right = np.clip(np.searchsorted(levels, samples), 1, 255)
        nearer = right - (samples - levels[right - 1] < levels[right] - samples)
        encoded = names[order[nearer]]
        self.from_pcm = np.empty(65536, dtype=np.uint8)
        self.from_pcm[samples.astype(np.int16).view(np.uint16)] = encoded

    def encode(self, pcm: NDArray[np.int16]) -> NDArray[np.uint8]:
        return self.from_pcm[pcm.view(np.uint16)]

    def decode(self, payload: bytes | bytearray | memoryview) -> NDArray[np.int16]:
        return self.to_pcm[np.frombuffer(payload, dtype=np.uint8)]


def _ulaw() -> NDArray[np.int16]:
    bits = ~np.arange(256, dtype=np.int32) & 0xFF
    magnitude = (((bits & 0x0F) << 3) + 0x84 << ((bits & 0x70) >> 4)) - 0x84
    return np.where(bits & 0x80, -magnitude, magnitude).astype(np.int16)


def _alaw() -> NDArray[np.int16]:
    bits = np.arange(256, dtype=np.int32) ^ 0x55
    exponent = (bits & 0x70) >> 4
    mantissa = (bits & 0x0F) << 4
    magnitude = np.where(exponent == 0, mantissa + 8, (mantissa + 0x108) << np.maximum(exponent - 1, 0))
    return np.where(bits & 0x80, magnitude, -magnitude).astype(np.int16)


_BYTES = np.arange(256, dtype=np.uint8)
ULAW = G711Law(_ulaw(), _BYTES)
ALAW = G711Law(_alaw(), _BYTES)
ULAW.from_pcm[0] = 0xFF  # both 0x7f and 0xff are zero; the world sends 0xff
