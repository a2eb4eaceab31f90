"""Codecs: 20 ms of PCM16 to a payload and back, and which of them are installed."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from warmline.kernel.errors import Refused
from warmline.media.g711 import ALAW, ULAW, G711Law
from warmline.media.refusals import UNSUPPORTED

Samples = NDArray[np.int16]
FRAME_MS = 20


class Codec(Protocol):
    """One direction of one stream: make one for what arrives, another for what is sent. `name` as in SDP."""

    name: str
    pcm_rate: int  # Hz of the PCM side: 8000 or 16000
    rtp_clock: int  # Hz of RTP timestamps
    stateless: bool  # equal frames encode equally, whatever came before

    def encode(self, pcm: Samples) -> bytes:
        """Encode one frame of 20 ms."""
        ...

    def decode(self, payload: bytes | bytearray | memoryview) -> Samples:
        """Decode one payload, 10 to 60 ms. Raises ValueError when it is damaged."""
        ...

    def conceal(self) -> Samples | None:
        """Return 20 ms for a lost packet, or None: the engine then repeats what it heard, fading."""
        ...

    def recover(self, following: bytes) -> Samples | None:
        """Return a lost frame from the copy its following packet carries; None where packets carry none."""
        ...


class G711:
    """PCMU or PCMA."""

    pcm_rate = 8000
    rtp_clock = 8000
    stateless = True

    def __init__(self, name: str, law: G711Law) -> None:
        self.name = name
        self._law = law

    def encode(self, pcm: Samples) -> bytes:
        return self._law.encode(pcm).tobytes()

    def decode(self, payload: bytes | bytearray | memoryview) -> Samples:
        return self._law.decode(payload)

    def conceal(self) -> Samples | None:
        return None

    def recover(self, following: bytes) -> Samples | None:
        return None


class G722:
    """G.722 at 64 kbit/s: 16 kHz audio, though its RTP clock says 8000 (RFC 3551, 4.5.2)."""

    name = "G722"
    pcm_rate = 16000
    rtp_clock = 8000
    stateless = False

    def __init__(self) -> None:
        from G722 import G722 as Native  # the extra `audio`

        self._native: Any = Native(16000, 64000)

    def encode(self, pcm: Samples) -> bytes:
        return bytes(self._native.encode(pcm))

    def decode(self, payload: bytes | bytearray | memoryview) -> Samples:
        return np.asarray(self._native.decode(bytes(payload)), dtype=np.int16)

    def conceal(self) -> Samples | None:
        return None

    def recover(self, following: bytes) -> Samples | None:
        return None


def _opus() -> Codec:
    return cast("Codec", import_module("warmline.media.opus_codec").OpusCodec())


MAKERS: dict[str, Callable[[], Codec]] = {
    "PCMU": lambda: G711("PCMU", ULAW),
    "PCMA": lambda: G711("PCMA", ALAW),
    "G722": G722,
    "opus": _opus,
}
STATIC_PAYLOAD_TYPES = {"PCMU": 0, "PCMA": 8, "G722": 9}
SILENT_PAYLOADS = {"PCMU": b"\xff" * 160, "PCMA": b"\xd5" * 160}
_NEEDS = {"G722": "G722", "opus": "opuslib_next"}


def installed(name: str) -> bool:
    """Say whether a codec can be used on this machine."""
    if name not in MAKERS:
        return False
    if name == "opus" and find_spec("warmline.media.opus_codec") is None:
        return False
    return name not in _NEEDS or find_spec(_NEEDS[name]) is not None


def make_codec(name: str) -> Codec:
    """Return a codec with a memory of its own. Raises Refused `media.unsupported`."""
    if not installed(name):
        raise Refused(UNSUPPORTED, what=f"codec {name}")
    return MAKERS[name]()
