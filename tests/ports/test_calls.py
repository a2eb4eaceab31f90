"""Session descriptions on their way between processes."""

import zlib
from base64 import b64encode

import pytest

from warmline.ports.calls import SDP_AT_MOST, pack_sdp, unpack_sdp

OFFER = "v=0\r\n" + "a=candidate:1 1 udp 2130706431 192.0.2.7 50000 typ host\r\n" * 40


def test_a_description_comes_out_as_it_went_in_and_is_small_on_the_way():
    packed = pack_sdp(OFFER)
    assert unpack_sdp(packed) == OFFER
    assert len(packed) < len(OFFER) / 4


def test_nothing_else_is_taken_for_one_and_a_bomb_does_not_go_off():
    with pytest.raises(ValueError, match=r"padding|base64"):
        unpack_sdp("hello")
    with pytest.raises(ValueError, match="not packed"):
        unpack_sdp(b64encode(b"hello").decode())
    bomb = b64encode(zlib.compress(b"a" * 50_000_000)).decode()
    assert len(unpack_sdp(bomb)) <= SDP_AT_MOST
