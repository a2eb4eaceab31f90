"""What is played is a file of its own, a short blob, or a file made of pieces."""

import io
import wave
from pathlib import Path

import pytest

from warmline.kernel.errors import Refused
from warmline.media.rtpengine_clips import clip_of
from warmline.ports.media import PlayFile, PlaySilence, PlayTone

BEEP = PlayTone((950.0,), 200)


async def test_pieces_that_are_short_become_one_blob():
    clip = await clip_of([BEEP, PlaySilence(100), BEEP], None)
    assert clip.length_ms == 500
    with wave.open(io.BytesIO(clip.blob)) as file:
        assert (file.getnchannels(), file.getframerate(), file.getnframes()) == (1, 8000, 4000)
    assert clip.key() == {"blob": clip.blob}


async def test_long_pieces_become_a_file_once(tmp_path: Path):
    items = [PlaySilence(4000), BEEP]
    clip = await clip_of(items, tmp_path)
    assert clip.path is not None
    again = await clip_of(items, tmp_path)
    assert again == clip
    assert [path.name for path in tmp_path.iterdir()] == [Path(clip.path).name]
    assert clip.key() == {"file": clip.path}
    assert await clip_of([PlayFile(clip.path)], None) == clip


async def test_long_pieces_without_a_folder_and_missing_files_are_refused():
    with pytest.raises(Refused, match="clips"):
        await clip_of([PlaySilence(4000)], None)
    with pytest.raises(Refused, match=r"media\.unsupported"):
        await clip_of([PlayFile("/no/such/file.wav")], None)
