"""What is installed encodes and decodes 20 ms frames; what is not is refused."""

import numpy as np
import pytest

from warmline.kernel.errors import Refused
from warmline.media.codecs import STATIC_PAYLOAD_TYPES, installed, make_codec


@pytest.mark.parametrize("name", sorted(STATIC_PAYLOAD_TYPES))
def test_a_tone_survives_encoding_and_decoding(name: str):
    if not installed(name):
        pytest.skip(f"{name} is not installed")
    out, back = make_codec(name), make_codec(name)
    samples = out.pcm_rate // 50
    at = np.arange(samples * 10)
    tone = (8000 * np.sin(2 * np.pi * 440 * at / out.pcm_rate)).astype(np.int16)
    payloads = [out.encode(tone[i : i + samples]) for i in range(0, len(tone), samples)]
    assert {len(p) for p in payloads} == {160}
    heard = np.concatenate([back.decode(p) for p in payloads])
    spectrum = np.abs(np.fft.rfft(heard[-samples * 5 :]))
    assert abs(np.argmax(spectrum) * 10 - 440) <= 10


def test_an_unknown_codec_is_refused():
    with pytest.raises(Refused, match=r"media\.unsupported"):
        make_codec("GSM")
    assert not installed("GSM")
