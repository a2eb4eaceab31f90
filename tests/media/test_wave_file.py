"""Prompts of either rate come out at the rate a codec wants."""

from pathlib import Path

import numpy as np
import pytest

from media.calls import wav
from media.tones import heard_tones, tone
from warmline.media.wave_file import pcm_of
from warmline.ports.media import PlayFile, PlaySilence, PlayTone


@pytest.mark.parametrize("own", [8000, 16000])
@pytest.mark.parametrize("rate", [8000, 16000])
def test_a_file_keeps_its_sound_and_length(tmp_path: Path, own: int, rate: int):
    file = wav(tmp_path / "a.wav", tone(600, ms=2500, rate=own), rate=own)
    heard = np.concatenate(list(pcm_of(file, rate)))
    assert len(heard) == rate * 5 // 2
    assert heard_tones(heard, (300, 600, 1200), rate) == {600}


def test_a_tone_sounds_and_pauses():
    (heard,) = pcm_of(PlayTone((440, 480), 100, off_ms=100, level_db=-16), 8000)
    assert heard_tones(heard[:800], (440, 480)) == {440, 480}
    assert not heard[800:].any()


def test_silence_is_as_long_as_it_is_meant_to_be():
    (heard,) = pcm_of(PlaySilence(250), 16000)
    assert len(heard) == 4000
    assert not heard.any()


def test_what_is_no_mono_pcm_file_is_said_so(tmp_path: Path):
    (tmp_path / "no.wav").write_bytes(b"no sound at all")
    odd = wav(tmp_path / "odd.wav", tone(600, ms=100), rate=44100)
    for file in (PlayFile(str(tmp_path / "no.wav")), odd):
        with pytest.raises(ValueError, match=r"\.wav is no"):
            list(pcm_of(file, 8000))
