"""Who is kept quiet, and which wishes rtpengine cannot fulfil."""

import pytest

from warmline.kernel.errors import Refused
from warmline.media.rtpengine_calls import Playing, RtpengineCall, RtpengineLeg, pair_of, to_be_blocked, two_party
from warmline.ports.media import LegWish


def call_of(*tags: str, **hears: str) -> RtpengineCall:
    call = RtpengineCall("c", lambda _: None)
    call.legs = {tag: RtpengineLeg(tag, LegWish(), False, 0.0) for tag in tags}
    call.hears = {leg: (source,) for leg, source in hears.items()}
    return call


def test_whom_nobody_hears_is_blocked():
    assert to_be_blocked(call_of("a", "b")) == {"a": True, "b": True}
    assert to_be_blocked(call_of("a", "b", a="b")) == {"a": True, "b": False}
    assert to_be_blocked(call_of("a", "b", a="b", b="a")) == {"a": False, "b": False}


def test_while_somebody_hears_music_their_partner_is_blocked():
    call = call_of("a", "b", a="b", b="a")
    call.legs["a"].playing = Playing("music", False, 0.0, 1000)
    assert to_be_blocked(call) == {"a": False, "b": True}


def test_secure_input_is_blocked_whoever_listens():
    call = call_of("a", "b", a="b", b="a")
    call.legs["a"].secure = True
    assert to_be_blocked(call) == {"a": True, "b": False}


@pytest.mark.parametrize(
    "hears",
    [{"a": ["b", "c"]}, {"a": ["b"], "c": ["b"]}, {"a": ["b"], "b": ["c"]}],
    ids=["hears two", "heard by two", "a chain"],
)
def test_mixing_is_refused(hears: dict[str, list[str]]):
    with pytest.raises(Refused, match=r"media\.unsupported"):
        two_party(hears, call_of("a", "b", "c").legs)


def test_one_way_and_both_ways_are_understood():
    legs = call_of("a", "b", "c").legs
    assert two_party({"a": ["b"]}, legs) == {"a": ("b",), "b": (), "c": ()}
    assert pair_of(two_party({"a": ["b"], "b": ["a"]}, legs)) == {("a", "b")}
    assert legs["a"].stand_in != "a"
