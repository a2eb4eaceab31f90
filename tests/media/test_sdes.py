"""Keys in the SDP: chosen from an offer, matched in an answer, refused when they would weaken the call."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmline.media import sdes
from warmline.media.srtp import AES32, AES80, SrtpContext

KEY = base64.b64encode(bytes(range(30))).decode()
GOOD = f"1 AES_CM_128_HMAC_SHA1_80 inline:{KEY}"


def test_a_phones_offer_is_answered_with_the_same_tag_and_suite_and_both_hear_each_other():
    theirs = sdes.choose(["7 F8_128_HMAC_SHA1_80 inline:abc", GOOD.replace("1 AES", "2 AES"), GOOD])
    assert theirs is not None
    assert theirs.tag == 2
    ours, keys = sdes.answered(theirs)
    assert ours.line().startswith("2 AES_CM_128_HMAC_SHA1_80 inline:")
    assert keys.receive == bytes(range(30))
    assert keys.send != keys.receive
    answer = sdes.accepted([theirs], [ours.line()])
    assert answer is not None
    phone, us = SrtpContext(answer), SrtpContext(keys)
    packet = bytearray(b"\x80\x00" + bytes(10) + b"\x55" * 160 + bytes(32))
    length = phone.protect(packet, 172)
    assert us.unprotect(packet, length) == 172


def test_our_offer_has_a_key_for_each_suite_and_an_answer_takes_one():
    offer = sdes.our_offer()
    assert [key.profile for key in offer] == [AES80, AES32]
    assert len({key.key for key in offer}) == 2
    keys = sdes.accepted(offer, [f"2 AES_CM_128_HMAC_SHA1_32 inline:{KEY}|2^31"])
    assert keys is not None
    assert (keys.profile, keys.send, keys.receive) == (AES32, offer[1].key, bytes(range(30)))


@pytest.mark.parametrize(
    "values",
    [[], [GOOD, GOOD], [GOOD.replace("1 AES", "3 AES")], [f"1 AES_CM_128_HMAC_SHA1_32 inline:{KEY}"]],
    ids=["none", "two", "other tag", "other suite for the tag"],
)
def test_an_answer_that_does_not_take_exactly_one_of_our_keys_is_none(values: list[str]):
    assert sdes.accepted(sdes.our_offer(), values) is None


@pytest.mark.parametrize("hint", ["|2^20", "|1048576", " WSH=64"])
def test_lifetimes_and_window_hints_are_understood(hint: str):
    assert sdes.read(GOOD + hint) is not None


@pytest.mark.parametrize(
    "value",
    [
        "",
        "1",
        "1 AES_CM_128_HMAC_SHA1_80",
        f"x AES_CM_128_HMAC_SHA1_80 inline:{KEY}",
        f"1 NULL_HMAC_SHA1_80 inline:{KEY}",
        f"1 AES_CM_128_HMAC_SHA1_80 inline:{KEY[:-4]}",
        "1 AES_CM_128_HMAC_SHA1_80 inline:***",
        f"1 AES_CM_128_HMAC_SHA1_80 inline:{KEY}|2^20|1:4",
        f"1 AES_CM_128_HMAC_SHA1_80 inline:{KEY};inline:{KEY}",
        f"1 AES_CM_128_HMAC_SHA1_80 uri:{KEY}",
        f"{GOOD} UNENCRYPTED_SRTP",
        f"{GOOD} UNAUTHENTICATED_SRTP",
        f"{GOOD} KDR=1",
    ],
)
def test_lines_that_would_weaken_the_call_or_are_not_understood_are_left(value: str):
    assert sdes.read(value) is None


def test_a_key_shows_in_its_line_only():
    key = sdes.read(GOOD)
    assert key is not None
    assert key.line() == GOOD
    assert str(key.key) not in repr(key)
    assert KEY not in repr(key)


@settings(deadline=None)
@given(st.text(max_size=120))
def test_noise_is_no_key(noise: str):
    key = sdes.read(noise)
    assert key is None or len(key.key) == 30
