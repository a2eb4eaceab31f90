"""Packets in any order become an even flow of frames."""

import numpy as np
import pytest
from numpy.typing import NDArray

from media.tones import heard_tones, level_db, tone
from warmline.media.codecs import Samples, installed, make_codec
from warmline.media.jitter import CONCEAL_AT_MOST, JitterBuffer

PCMU = make_codec("PCMU")


def _packets(count: int, ms: int = 20) -> list[bytes]:
    sound = tone(400, ms=count * ms)
    size = 8 * ms
    return [PCMU.encode(sound[at : at + size]) for at in range(0, len(sound), size)]


def _heard(frames: list[Samples | None]) -> Samples:
    return np.concatenate([frame for frame in frames if frame is not None])


def test_packets_out_of_order_are_heard_in_order():
    buffer = JitterBuffer(PCMU)
    packets = _packets(10)
    for seq in (65530, 65532, 65531):
        buffer.put(seq, packets[(seq - 65530) & 0xFFFF])
    frames = [buffer.pop(0) for _ in range(3)]
    assert PCMU.encode(_heard(frames)) == b"".join(packets[:3])


def test_a_lost_packet_is_concealed_by_what_was_heard_before_it():
    buffer = JitterBuffer(PCMU)
    frames: list[Samples | None] = []
    for seq, packet in enumerate(_packets(20)):
        if seq not in (7, 12):
            buffer.put(seq, packet)
        frames.append(buffer.pop(0))
    assert buffer.concealed == 2
    heard = _heard(frames)
    assert abs(level_db(heard, 400) + 12.3) < 1
    assert heard_tones(heard, (400, 800, 1200)) == {400}


def test_when_nothing_comes_any_more_it_fades_and_then_there_is_nothing():
    buffer = JitterBuffer(PCMU)
    for seq, packet in enumerate(_packets(2)):
        buffer.put(seq, packet)
    frames = [buffer.pop(0) for _ in range(12)]
    loud = [int(np.abs(frame.astype(int)).max()) if frame is not None else 0 for frame in frames]
    assert loud[2] > loud[5] > loud[8] == 0
    assert frames[2 + CONCEAL_AT_MOST :] == [None] * (10 - CONCEAL_AT_MOST)


def test_it_waits_longer_on_a_line_that_wobbles():
    buffer = JitterBuffer(PCMU)
    for seq, packet in enumerate(_packets(3)):
        assert buffer.pop(30.0) is None
        buffer.put(seq, packet)
    assert buffer.pop(30.0) is None
    buffer.put(3, _packets(1)[0])
    assert buffer.pop(30.0) is not None


def test_packets_of_any_length_become_frames_of_20_ms():
    for ms, count in ((10, 20), (30, 8), (60, 4)):
        buffer = JitterBuffer(PCMU)
        packets = _packets(count, ms)
        frames: list[Samples | None] = []
        seq = 0
        for tick in range(count * ms // 20):
            while seq * ms < (tick + 1) * 20 and seq < count:
                buffer.put(seq, packets[seq])
                seq += 1
            frames.append(buffer.pop(0))
        assert PCMU.encode(_heard(frames)) == b"".join(packets)


def test_a_delay_that_grew_is_shed_again():
    buffer = JitterBuffer(PCMU)
    packets = _packets(120)
    for seq in range(6):
        buffer.put(seq, packets[seq])
    for seq in range(6, 120):
        buffer.pop(0)
        buffer.put(seq, packets[seq])
    assert buffer.shed >= 1


def test_a_jump_of_the_numbers_begins_anew():
    buffer = JitterBuffer(PCMU)
    packets = _packets(4)
    buffer.put(10, packets[0])
    assert buffer.pop(0) is not None
    buffer.put(5000, packets[1])
    frame = buffer.pop(0)
    assert frame is not None
    assert PCMU.encode(frame) == packets[1]
    buffer.reset()
    assert buffer.pop(0) is None


@pytest.mark.skipif(not installed("opus"), reason="Opus is not installed.")
def test_a_lost_packet_of_opus_is_restored_from_the_copy_in_the_next_one():
    # Libopus keeps copies of what it takes for a voice: many harmonics, a wandering pitch, syllables.
    at_s = np.arange(16_000) / 16_000
    pitch = 2 * np.pi * np.cumsum(120 + 30 * np.sin(2 * np.pi * 3 * at_s)) / 16_000
    syllables = 0.3 + 0.7 * np.clip(np.sin(2 * np.pi * 4 * at_s + 1), 0, 1)
    voice = (3000 * syllables * sum(np.cos(k * pitch) / k for k in range(1, 25))).astype(np.int16)
    encoder = make_codec("opus")
    packets = [encoder.encode(voice[at : at + 320]) for at in range(0, 16_000, 320)]

    def play(lost: int | None, behind: int) -> tuple[NDArray[np.int64], int, int]:
        """Play while so many packets wait behind the one that is played; return the 28th frame and the repairs."""
        buffer = JitterBuffer(make_codec("opus"))
        frames: list[Samples | None] = []
        for seq, packet in enumerate(packets[:29]):
            if seq != lost:
                buffer.put(seq, packet)
            if seq >= behind:
                frames.append(buffer.pop(0))
        return _heard(frames)[27 * 320 : 28 * 320].astype(np.int64), buffer.recovered, buffer.concealed

    intact, *repairs = play(None, behind=1)
    assert repairs == [0, 0]
    restored, *repairs = play(27, behind=1)
    assert repairs == [1, 0]
    guessed, *repairs = play(27, behind=0)
    assert repairs == [0, 1]
    assert np.abs(restored - intact).mean() < 0.7 * np.abs(guessed - intact).mean()
