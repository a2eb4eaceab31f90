"""A recording is heard as a WAV, in whole or in part, also when its end is missing."""

from pathlib import Path

import numpy as np
import pytest

from media.tones import heard_tones, tone
from warmline.media.g711 import ULAW
from warmline.media.recording_file import CHUNK_BYTES, RecordingFile
from warmline.media.recording_reader import RecordingReader

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two and a half seconds: 440 Hz on the left, then on the right."""
    left = np.concatenate([tone(440, ms=1000), np.zeros(12_000, np.int16)])
    right = np.concatenate([np.zeros(8000, np.int16), tone(1000, ms=1500)])
    both = ULAW.encode(np.ascontiguousarray(np.stack([left, right]).T)).tobytes()
    file = RecordingFile(str(tmp_path / "a.wlrec"), "rec-1", KEY)
    file.chunk(both[:CHUNK_BYTES])
    file.chunk(both[CHUNK_BYTES : 2 * CHUNK_BYTES])
    file.chunk(both[2 * CHUNK_BYTES :], last=True)
    file.close()
    return tmp_path / "a.wlrec"


def test_channels_length_and_header_are_right(path: Path):
    with RecordingReader(path, KEY) as reader:
        whole = b"".join(reader.wav())
        assert (reader.complete, reader.duration_ms, reader.wav_bytes) == (True, 2500, len(whole))
        seconds = list(reader.pcm())
    assert heard_tones(seconds[0][:, 0], (440, 1000)) == {440}
    assert heard_tones(seconds[1][:, 1], (440, 1000)) == {1000}
    assert not seconds[1][:, 0].any()
    assert whole[:4] == b"RIFF"
    assert int.from_bytes(whole[4:8], "little") == len(whole) - 8
    assert int.from_bytes(whole[20:22], "little") == 7, "μ-law"
    assert int.from_bytes(whole[54:58], "little") == len(whole) - 58


def test_any_part_can_be_asked_for(path: Path):
    with RecordingReader(path, KEY) as reader:
        whole = b"".join(reader.wav())
        for start, stop in ((0, 10), (40, 70), (58, 58), (15_000, 40_000), (40_000, None), (99_999, None)):
            assert b"".join(reader.wav(start, stop)) == whole[start:stop]


def test_a_recording_that_was_cut_off_is_read_up_to_its_last_chunk(path: Path):
    raw = path.read_bytes()
    path.write_bytes(raw[:-5])
    with RecordingReader(path, KEY) as reader:
        assert not reader.complete
        assert reader.duration_ms == 2000
        assert len(b"".join(reader.wav())) == reader.wav_bytes


def test_peaks_follow_the_audio(path: Path):
    with RecordingReader(path, KEY) as reader:
        left, right = reader.peaks(5)
    assert [value > 0.2 for value in left] == [True, True, False, False, False]
    assert [value > 0.2 for value in right] == [False, False, True, True, True]
