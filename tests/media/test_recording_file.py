"""A recording on disk is encrypted, and cannot be changed, cut or swapped unnoticed."""

from pathlib import Path

import pytest

from warmline.media.recording_file import CHUNK_BYTES, MAGIC, RecordingFile, read_header, read_length
from warmline.media.recording_reader import RecordingReader

KEY = bytes(range(32))
SECOND = bytes(range(250)) * (CHUNK_BYTES // 250)


def _written(path: Path, *, finished: bool = True, record: str = "rec-1") -> Path:
    file = RecordingFile(str(path), record, KEY)
    file.chunk(SECOND)
    file.chunk(SECOND[::-1])
    if finished:
        file.chunk(b"\xff" * 100, last=True)
    file.sync()
    file.close()
    assert path.stat().st_size == file.size
    return path


def test_nothing_of_the_audio_stands_in_the_file_and_only_its_owner_may_read_it(tmp_path: Path):
    path = _written(tmp_path / "deep" / "a.wlrec")
    assert SECOND[:64] not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    with path.open("rb") as file:
        header, first = read_header(file)
        assert header["record"] == "rec-1"
        assert first == len(MAGIC) + 2 + (first - len(MAGIC) - 2)
        assert read_length(file.read(4)) == (CHUNK_BYTES + 16, False)


def test_a_changed_byte_a_moved_chunk_and_another_key_are_noticed(tmp_path: Path):
    path = _written(tmp_path / "a.wlrec")
    whole = bytearray(path.read_bytes())
    whole[len(whole) * 3 // 4] ^= 1
    (tmp_path / "b.wlrec").write_bytes(whole)
    with RecordingReader(tmp_path / "b.wlrec", KEY) as reader, pytest.raises(ValueError, match="decrypted"):
        b"".join(reader.wav())
    with path.open("rb") as file:
        _, first = read_header(file)
    size = 4 + CHUNK_BYTES + 16
    raw = path.read_bytes()
    swapped = (
        raw[:first] + raw[first + size : first + 2 * size] + raw[first : first + size] + raw[first + 2 * size :]
    )
    (tmp_path / "c.wlrec").write_bytes(swapped)
    with pytest.raises(ValueError, match="decrypted"):
        RecordingReader(tmp_path / "c.wlrec", KEY)
    with pytest.raises(ValueError, match="decrypted"):
        RecordingReader(path, bytes(32))


def test_a_file_that_exists_is_never_written_over(tmp_path: Path):
    path = _written(tmp_path / "a.wlrec")
    with pytest.raises(FileExistsError):
        RecordingFile(str(path), "rec-1", KEY)
    with pytest.raises(ValueError, match="32 bytes"):
        RecordingFile(str(tmp_path / "b"), "rec-1", b"short")


@pytest.mark.parametrize("content", [b"", b"RIFF", MAGIC, MAGIC + b"\x00\x05{}{}{", MAGIC + b"\x00\x02{}"])
def test_what_is_no_recording_is_said_so(tmp_path: Path, content: bytes):
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(ValueError, match=r"recording"):
        RecordingReader(tmp_path / "x", KEY)
