"""G.711 loses only what companding loses."""

import numpy as np
import pytest

from warmline.media.g711 import ALAW, ULAW, G711Law


@pytest.mark.parametrize("law", [ULAW, ALAW], ids=["PCMU", "PCMA"])
def test_every_level_survives_a_second_encoding(law: G711Law):
    levels = law.to_pcm
    assert (law.decode(law.encode(levels).tobytes()) == levels).all()


@pytest.mark.parametrize("law", [ULAW, ALAW], ids=["PCMU", "PCMA"])
def test_a_sample_comes_back_within_the_step_of_its_segment(law: G711Law):
    samples = np.arange(-32000, 32000, 7, dtype=np.int16)
    heard = law.decode(law.encode(samples).tobytes())
    error = np.abs(heard.astype(int) - samples)
    assert (error <= np.maximum(np.abs(samples.astype(int)) // 16, 16)).all()


def test_silence_is_the_octet_the_world_sends():
    assert ULAW.encode(np.zeros(2, np.int16)).tobytes() == b"\xff\xff"
    assert ALAW.encode(np.zeros(2, np.int16)).tobytes() == b"\xd5\xd5"
    assert ULAW.to_pcm[0] == -32124
    assert ULAW.to_pcm[0x80] == 32124
