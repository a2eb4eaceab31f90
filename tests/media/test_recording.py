"""Two channels on one timeline: nothing drifts, whatever is put on them and in whatever order."""

from dataclasses import dataclass

import numpy as np

from media.tones import Samples, heard_tones, tone
from warmline.media.g711 import ALAW, ULAW
from warmline.media.recording import Recording


@dataclass
class Speaker:
    name: str
    codec_in: str = "PCMU"
    stream: object = None


class Tape:
    """A recording and what it wrote."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.recording = Recording("r", "c", "customer", ("agent", "expert"), 100.0, self.written.append)

    def say(
        self, speaker: Speaker, samples: Samples, at_s: float, timestamp: int = 0, late_s: float = 0.0
    ) -> None:
        """Send packets of 20 ms that begin `at_s` after the recording."""
        law = ULAW if speaker.codec_in == "PCMU" else ALAW
        for offset in range(0, len(samples), 160):
            payload = law.encode(samples[offset : offset + 160]).tobytes()
            now = 100.0 + at_s + offset / 8000 + late_s
            self.recording.packet(speaker, timestamp + offset, memoryview(payload), now)
            self.recording.flush(now)

    def heard(self, end_s: float) -> Samples:
        rest, self.duration_ms = self.recording.finish(100.0 + end_s)
        return ULAW.decode(b"".join([*self.written, rest])).reshape(-1, 2)


def test_everybody_is_where_he_spoke():
    tape = Tape()
    tape.say(Speaker("customer"), tone(440, ms=500), 0.2)
    tape.say(Speaker("agent", "PCMA"), tone(1000, ms=500), 1.0, timestamp=77_000)
    heard = tape.heard(3.0)
    assert tape.duration_ms == 3000
    assert len(heard) == 24_000
    assert not heard[:1590, 0].any()
    assert heard_tones(heard[1600:5600, 0], (440, 1000)) == {440}
    assert heard_tones(heard[8000:12000, 1], (440, 1000)) == {1000}
    assert not heard[12_100:].any()
    assert not heard[:, 0][5700:].any()


def test_two_on_the_right_are_heard_together():
    tape = Tape()
    agent, expert = tone(1000, ms=400), tone(1340, ms=400)
    for at in range(0, 3200, 160):
        tape.say(Speaker("agent"), agent[at : at + 160], at / 8000, timestamp=at)
        tape.say(Speaker("expert"), expert[at : at + 160], at / 8000, timestamp=9000 + at)
    heard = tape.heard(1.0)
    assert heard_tones(heard[:3200, 1], (1000, 1340)) == {1000, 1340}


def test_music_and_an_agent_at_the_same_time_do_not_push_each_other_back():
    tape = Tape()
    music, agent, customer = tone(700, ms=2000), tone(1000, ms=2000), tone(440, ms=2000)
    for tick, at in enumerate(range(0, 16_000, 160)):
        payload = ULAW.encode(music[at : at + 160]).tobytes()
        tape.recording.played(tick, payload, 100 + at / 8000)
        tape.say(Speaker("agent"), agent[at : at + 160], at / 8000, timestamp=at)
    tape.say(Speaker("customer"), customer, 2.0, timestamp=5)
    heard = tape.heard(4.0)
    assert heard_tones(heard[:16_000, 1], (700, 1000)) == {700, 1000}
    assert not heard[16_100:, 1].any()
    assert not heard[:15_900, 0].any()
    assert heard_tones(heard[16_000:, 0], (440,)) == {440}


def test_late_and_lost_packets_keep_their_place():
    tape = Tape()
    speaker = Speaker("customer")
    sound = tone(400, ms=400)
    order = [0, 1, 3, 2, 5, 4, 6, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]
    for turn, number in enumerate(order):
        part = sound[number * 160 : number * 160 + 160]
        tape.say(speaker, part, turn * 0.02, timestamp=number * 160)
    heard = tape.heard(1.0)
    expected = ULAW.decode(ULAW.encode(sound).tobytes()).copy()
    expected[7 * 160 : 9 * 160] = 0
    assert (heard[:3200, 0] == expected).all()


def test_a_pause_is_silence_of_its_length_on_both_channels():
    tape = Tape()
    tape.say(Speaker("customer"), tone(440, ms=1000), 0.0)
    tape.recording.paused = True
    tape.say(Speaker("customer"), tone(440, ms=1000), 1.0, timestamp=8000)
    tape.recording.played(1, b"\x00" * 160, 101.5)
    tape.recording.paused = False
    tape.say(Speaker("customer"), tone(440, ms=1000), 2.0, timestamp=16_000)
    heard = tape.heard(3.0)
    loud = [bool(heard[second * 8000 + 100 : second * 8000 + 7900].any()) for second in range(3)]
    assert loud == [True, False, True]


def test_a_clock_that_runs_off_is_brought_back():
    tape = Tape()
    tape.say(Speaker("customer"), tone(440, ms=100), 0.0)
    tape.say(Speaker("customer"), tone(440, ms=100), 2.0, timestamp=800)
    heard = tape.heard(3.0)
    assert not heard[900:15_900, 0].any()
    assert heard[16_000:16_800, 0].any()


def test_a_leg_with_another_codec_is_recorded_as_it_is_decoded():
    tape = Tape()
    sound = tone(440, ms=400)
    for tick, at in enumerate(range(0, 3200, 160)):
        tape.recording.frame(Speaker("customer", "G722"), tick, sound[at : at + 160], 100 + at / 8000)
    heard = tape.heard(1.0)
    assert heard_tones(heard[:3200, 0], (440,)) == {440}
    assert np.count_nonzero(heard[3300:, 0]) == 0
