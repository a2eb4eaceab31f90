"""A recorded call is cut where nobody speaks, and each side keeps its own times."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tone_endpoint import record, tone
from warmline.features.telephony.transcripts_pieces import PIECE_S, Piece, pieces, split
from warmline.media.recording_file import RecordingFile
from warmline.media.recording_reader import RecordingReader
from warmline.speech.audio import RATE_HZ

KEY = b"k" * 32
Speech = list[tuple[float, float]]


def cut(folder: Path, customer: Speech, agent: Speech) -> list[Piece]:
    path = folder / "call.wlrec"
    record(RecordingFile(str(path), "call", KEY), customer, agent)
    with RecordingReader(path, KEY) as reader:
        return [piece for second in pieces(reader) for piece in second]


def test_customer_and_agent_are_heard_apart_each_from_when_they_began(tmp_path: Path):
    found = cut(tmp_path, [(0, 1), (300, 2), (0, 6)], [(0, 4), (500, 1.5), (0, 3.5)])
    assert [one.side for one in found] == ["customer", "agent"]
    customer, agent = found
    assert customer.at_s == pytest.approx(0.7, abs=0.25)  # a breath before, so that no syllable is lost
    assert customer.until_s == pytest.approx(3.3, abs=0.3)
    assert agent.at_s == pytest.approx(3.7, abs=0.25)
    samples = np.frombuffer(agent.pcm16k, np.int16)
    pitch = np.argmax(np.abs(np.fft.rfft(samples))) * RATE_HZ / len(samples)
    assert pitch == pytest.approx(500, abs=5)


def test_who_is_cut_off_in_the_middle_of_a_word_is_heard_to_the_end(tmp_path: Path):
    (only,) = cut(tmp_path, [(0, 1), (300, 2.5)], [])
    assert only.until_s == pytest.approx(3.5, abs=0.1)


def test_nobody_said_anything_and_nothing_is_there_to_be_understood(tmp_path: Path):
    assert cut(tmp_path, [(0, 5)], [(0, 5)]) == []


def test_a_speech_without_a_pause_goes_on_in_the_next_piece_without_a_gap(tmp_path: Path):
    found = cut(tmp_path, [(0, 1), (300, 60), (0, 2)], [])
    assert len(found) >= 3
    assert all(len(one.pcm16k) / 2 / RATE_HZ <= PIECE_S for one in found)
    for before, after in pairwise(found):
        assert after.at_s == pytest.approx(before.until_s, abs=0.02)
    assert found[-1].until_s == pytest.approx(61.3, abs=0.4)


def test_a_long_speech_is_cut_where_it_is_quietest():
    breath = int(RATE_HZ * 0.3)
    loud = tone(300, 14, RATE_HZ)
    both = np.concatenate([loud, np.zeros(breath, np.int16), loud]).tobytes()
    first, second = split(both)
    assert len(first) / 2 / RATE_HZ == pytest.approx(14.15, abs=0.15)
    assert first + second == both
    assert split(loud.tobytes()) == [loud.tobytes()]
