"""Opus: a voice survives it, losses are covered, damage is told and never crashes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media.tones import level_db, tone

pytest.importorskip("opuslib_next", reason="the extra `audio` is not installed")

from warmline.media.codecs import installed, make_codec
from warmline.media.opus_codec import FRAME, RATE, OpusCodec


def frames(seconds: float = 1.0, hertz: float = 440.0) -> list[np.ndarray]:
    samples = tone(hertz, ms=int(seconds * 1000), rate=RATE)
    return [samples[at : at + FRAME] for at in range(0, len(samples), FRAME)]


def test_it_is_offered_where_the_library_is_installed():
    assert installed("opus")
    codec = make_codec("opus")
    assert (codec.name, codec.pcm_rate, codec.rtp_clock) == ("opus", 16_000, 48_000)


def test_a_voice_survives_encoding_and_decoding_in_few_bytes():
    out, back = OpusCodec(), OpusCodec()
    payloads = [out.encode(frame) for frame in frames()]
    heard = np.concatenate([back.decode(payload) for payload in payloads])
    assert len(heard) == RATE
    assert level_db(heard[RATE // 2 :], 440, RATE) > -16
    assert level_db(heard[RATE // 2 :], 1000, RATE) < -40
    assert sum(map(len, payloads)) * 8 < 40_000, "bits a second"


def test_a_lost_frame_is_covered():
    out, back = OpusCodec(), OpusCodec()
    payloads = [out.encode(frame) for frame in frames()]
    for payload in payloads[:30]:
        back.decode(payload)
    concealed = back.conceal()
    assert concealed is not None
    assert len(concealed) == FRAME
    assert level_db(concealed, 440, RATE) > -25


def test_the_packet_after_a_lost_one_brings_it_back():
    noise = np.random.default_rng(7).normal(0, 3000, RATE).astype(np.int16)
    out, back = OpusCodec(), OpusCodec()
    voice = np.convolve(noise, np.ones(12) / 12, "same").astype(np.int16)
    payloads = [out.encode(voice[at : at + FRAME]) for at in range(0, RATE, FRAME)]
    for payload in payloads[:30]:
        back.decode(payload)
    recovered = back.recover(payloads[31])
    assert len(recovered) == FRAME
    assert float(np.abs(recovered.astype(int)).mean()) > 50


def test_packets_of_other_lengths_are_understood():
    out = OpusCodec()
    single = out.encode(frames()[0])
    two_in_one = bytes([single[0] | 1]) + single[1:] * 2  # code 1: two frames of equal size (RFC 6716 §3.2.3)
    assert len(OpusCodec().decode(two_in_one)) == 2 * FRAME


@pytest.mark.parametrize("wrong", [b"", b"\xff"])
def test_damage_is_told(wrong: bytes):
    with pytest.raises(ValueError, match="Opus"):
        OpusCodec().decode(wrong)


def test_a_frame_of_another_length_is_our_own_mistake():
    with pytest.raises(ValueError, match="320"):
        OpusCodec().encode(np.zeros(160, np.int16))


@settings(max_examples=200, deadline=None)
@given(st.binary(min_size=1, max_size=300))
def test_noise_is_refused_or_decoded_and_never_crashes(noise: bytes):
    codec = OpusCodec()
    try:
        heard = codec.decode(noise)
    except ValueError:
        heard = codec.conceal()
    assert heard is not None
    assert len(heard) <= RATE * 120 // 1000
