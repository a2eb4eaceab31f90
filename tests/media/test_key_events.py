"""A key is told once however often it arrives, and sent as RFC 4733 says."""

from warmline.media.key_events import KeyEar, KeySender


def _body(digit: int, end: bool = False, duration: int = 160) -> bytes:
    return bytes((digit, 10 | (128 if end else 0), duration >> 8, duration & 255))


def test_all_packets_of_a_press_are_one_key():
    ear = KeyEar()
    told = [ear.event(1, 100, _body(5, end), 0.02 * i) for i, end in enumerate((False, False, True, True, True))]
    assert told == ["5", None, None, None, None]
    assert ear.event(1, 900, _body(5), 0.3) == "5"


def test_a_press_is_told_even_if_its_first_packets_were_lost():
    assert KeyEar().event(1, 100, _body(11, end=True), 0.0) == "#"


def test_a_key_that_comes_as_event_and_as_tone_is_told_once():
    ear = KeyEar()
    assert ear.event(1, 100, _body(5), 0.0) == "5"
    assert ear.tone("5", 0.06) is None
    ear = KeyEar()
    assert ear.tone("5", 0.0) == "5"
    assert ear.event(1, 100, _body(5), 0.06) is None
    assert ear.event(1, 100, _body(5, end=True), 0.1) is None


def test_the_same_key_pressed_again_as_a_tone_is_told_again():
    ear = KeyEar()
    assert ear.tone("5", 0.0) == "5"
    assert ear.tone("5", 0.3) == "5"


def test_what_is_no_key_is_not_told():
    assert KeyEar().event(1, 100, _body(16), 0.0) is None
    assert KeyEar().event(1, 100, b"\x05", 0.0) is None


def test_a_dialled_key_lasts_100_ms_ends_three_times_and_is_followed_by_a_pause():
    sender = KeySender()
    sender.dial("9#")
    steps = []
    while sender.busy:
        steps.append(sender.next(160))
    first = steps[: len(steps) // 2]
    assert [s[0][0] for s in first if s] == [9] * 8
    assert [s[1] for s in first if s] == [True] + [False] * 7
    assert [bool(s[0][1] & 128) for s in first if s] == [False] * 5 + [True] * 3
    assert [int.from_bytes(s[0][2:]) for s in first if s] == [160, 320, 480, 640, 800, 800, 800, 800]
    assert first[8:] == [None] * 4
    assert [s[0][0] for s in steps[len(first) :] if s] == [11] * 8


def test_a_key_that_was_pressed_unheard_stays_unheard_until_it_is_let_go():
    ear = KeyEar()
    for timestamp, secure, unheard in (
        (800, True, True),
        (800, False, True),
        (800, False, True),
        (2400, False, False),
    ):
        ear.event(7, timestamp, bytes([5, 10, 0, 160]), 0.0)
        assert ear.unheard(secure) is unheard
