"""Hearing a recording."""

import struct
from pathlib import Path

import pytest

from warmline.features.telephony.listening import PIECE_BYTES, audio_answer, outline_of, span
from warmline.features.telephony.recordings import Opened
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.media.recording_file import CHUNK_BYTES, RecordingFile

KEY = bytes(range(32))
LOUD, QUIET = 0x80, 0xFF  # μ-law: the loudest sample, and silence


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """Two seconds: the customer speaks in the first, the agent in the second."""
    id = new_id()
    file = RecordingFile(str(tmp_path / "call.rec"), str(id), KEY)
    file.chunk(bytes((LOUD, QUIET)) * (CHUNK_BYTES // 2))
    file.chunk(bytes((QUIET, LOUD)) * (CHUNK_BYTES // 2), last=True)
    file.close()
    return Opened(id, file.path, KEY)


async def test_the_outline_shows_who_spoke_when(opened: Opened) -> None:
    outline = await outline_of(opened)
    assert outline.seconds == 2.0
    left, right = outline.peaks
    assert (left[10], right[10]) == (pytest.approx(0.98, abs=0.02), 0.0)
    assert (left[-10], right[-10]) == (0.0, pytest.approx(0.98, abs=0.02))


async def test_the_audio_is_a_wav_of_which_any_part_can_be_asked_for(opened: Opened) -> None:
    whole = await audio_answer(opened, None)
    assert (whole.status_code, whole.media_type) == (200, "audio/wav")
    body = bytes(whole.body)
    assert body[:4] == b"RIFF"
    assert struct.unpack_from("<I", body, 4)[0] == len(body) - 8
    part = await audio_answer(opened, "bytes=100-199")
    assert (part.status_code, bytes(part.body)) == (206, body[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(body)}"
    tail = await audio_answer(opened, "bytes=-10")
    assert bytes(tail.body) == body[-10:]
    beyond = await audio_answer(opened, f"bytes={len(body)}-")
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{len(body)}")
    assert "no-store" in whole.headers["cache-control"]


def test_one_answer_is_never_more_than_a_piece() -> None:
    assert span("bytes=0-", 10 * PIECE_BYTES) == (0, PIECE_BYTES)
    assert span(None, 10 * PIECE_BYTES) == (0, PIECE_BYTES)
    assert span("bytes=9-3", 100) == (9, 9)
    assert span("nonsense", 100) == (0, 100)


async def test_a_recording_that_cannot_be_read_is_gone(opened: Opened) -> None:
    for broken in (Opened(opened.id, opened.path, bytes(32)), Opened(opened.id, opened.path.parent / "no", KEY)):
        with pytest.raises(Refused) as refusal:
            await audio_answer(broken, None)
        assert refusal.value.code == "telephony.recording_gone"
