"""Every prompt comes at 16 kHz, equally loud, without silence at its ends, and nothing is clipped."""

import numpy as np
import pytest

from warmline.kernel.errors import ProviderFailed
from warmline.speech.audio import (
    PEAK,
    RATE_HZ,
    Resampler,
    duration_ms,
    finished,
    from_pcm16,
    levelled,
    loudness_db,
    read_wav,
    resampled,
    to_pcm16,
    trimmed,
    wav,
)


def tone(hz: float, seconds: float, rate_hz: int = RATE_HZ, level: float = 0.5):
    at = np.arange(int(seconds * rate_hz)) / rate_hz
    return (level * np.sin(2 * np.pi * hz * at)).astype(np.float32)


def loudest_hz(samples, rate_hz: int = RATE_HZ) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * rate_hz / len(samples))


@pytest.mark.parametrize("from_hz", [8_000, 22_050, 24_000, 44_100, 48_000])
def test_a_tone_keeps_its_pitch_its_level_and_its_length_at_another_rate(from_hz: int):
    made = resampled(tone(1000, 1.0, from_hz), from_hz)
    assert abs(len(made) - RATE_HZ) <= 2
    assert abs(loudest_hz(made) - 1000) < 2
    middle = made[2000:-2000]
    assert abs(np.sqrt(np.mean(middle**2)) - 0.5 / np.sqrt(2)) < 0.005


@pytest.mark.parametrize("from_hz", [22_050, 24_000, 48_000])
def test_what_telephones_cannot_hold_does_not_fold_back_as_noise(from_hz: int):
    made = resampled(tone(10_000, 0.5, from_hz), from_hz)
    assert loudness_db(made[1000:-1000]) < -60


def test_a_click_stays_where_it_was():
    click = np.zeros(22_050, np.float32)
    click[11_025] = 1.0
    assert abs(int(np.argmax(np.abs(resampled(click, 22_050)))) - 8000) <= 1


def test_a_stream_in_odd_pieces_sounds_like_the_whole():
    whole = tone(700, 0.8, 22_050)
    stream = Resampler(22_050)
    sizes = [1, 7, 500, 3, 0, 4000, 901]
    made, at = [], 0
    while at < len(whole):
        size = sizes[len(made) % len(sizes)]
        made.append(stream.feed(whole[at : at + size]))
        at += size
    made.append(stream.rest())
    np.testing.assert_allclose(np.concatenate(made), resampled(whole, 22_050), atol=1e-5)


def test_the_same_rate_passes_untouched_and_absurd_rates_are_refused():
    given = tone(300, 0.1)
    np.testing.assert_array_equal(resampled(given, RATE_HZ), given)
    with pytest.raises(ValueError, match="kHz"):
        Resampler(1)


def test_a_wav_file_reads_back_as_it_was_written_and_stereo_becomes_mono():
    pcm = to_pcm16(tone(440, 0.25))
    samples, rate_hz = read_wav(wav(pcm))
    assert (rate_hz, to_pcm16(samples), duration_ms(pcm)) == (RATE_HZ, pcm, 250)
    stereo = bytearray(wav(np.repeat(np.frombuffer(pcm, "<i2"), 2).tobytes()))
    stereo[22], stereo[32] = 2, 4
    assert to_pcm16(read_wav(bytes(stereo))[0]) == pcm


@pytest.mark.parametrize("data", [b"", b"RIFF", b"ID3 this is an mp3", wav(b"\0\0", 4000)])
def test_what_is_no_usable_wav_file_is_refused_with_words(data: bytes):
    with pytest.raises(ProviderFailed, match="WAV"):
        read_wav(data)


@pytest.mark.parametrize("level", [0.006, 0.05, 0.9])
def test_a_quiet_and_a_loud_voice_end_equally_loud(level: float):
    made = levelled(np.concatenate([tone(300, 1.0, level=level), np.zeros(RATE_HZ, np.float32)]))
    assert abs(loudness_db(made) + 20) < 0.5


def test_peaks_are_pressed_not_clipped():
    spiky = tone(300, 1.0, level=0.02)
    spiky[::400] = 0.9
    made = levelled(spiky)
    assert np.abs(made).max() <= PEAK
    loud = np.abs(made) >= PEAK - 1e-6
    assert not np.any(loud[1:] & loud[:-1])


def test_silence_at_the_ends_goes_and_pauses_within_stay():
    quiet = np.zeros(RATE_HZ // 2, np.float32)
    speech = tone(300, 0.5)
    made = trimmed(np.concatenate([quiet, speech, quiet, speech, quiet]))
    assert 1.5 <= len(made) / RATE_HZ <= 1.6


def test_silence_alone_stays_silence():
    silence = bytes(RATE_HZ)
    assert from_pcm16(finished(silence)).max() == 0
    assert loudness_db(np.zeros(0, np.float32)) == -120
