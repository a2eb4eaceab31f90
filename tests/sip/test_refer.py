"""Transfers in headers."""

import pytest

from warmline.sip.grammar import BadValue
from warmline.sip.headers import Headers
from warmline.sip.refer import ReferTo, Replaces, read_replaces, refer_to_of, referred_by_of, replaces_of
from warmline.sip.uri import read_uri

OTHER = Replaces("12345@10.0.0.1", "abc", "d.e", True)


def test_an_attended_transfer_names_the_call_it_replaces():
    wish = ReferTo(read_uri("sips:agent@pbx;user=phone"), OTHER)
    headers = Headers([("Refer-To", str(wish)), ("Referred-By", "<sip:boss@pbx>")])
    assert refer_to_of(headers) == wish
    by = referred_by_of(headers)
    assert by is not None
    assert by.uri.user_text == "boss"
    assert str(ReferTo(read_uri("tel:+8221"))) == "<tel:+8221>"


def test_a_call_says_which_call_it_replaces():
    assert replaces_of(Headers([("Replaces", str(OTHER))])) == OTHER
    assert replaces_of(Headers()) is None
    with pytest.raises(BadValue):
        replaces_of(Headers([("Replaces", str(OTHER)), ("Replaces", str(OTHER))]))


@pytest.mark.parametrize("value", ["", "x", "x;to-tag=1", "x;to-tag=1;from-tag", "a b;to-tag=1;from-tag=2"])
def test_a_malformed_replaces_is_refused(value: str):
    with pytest.raises(BadValue):
        read_replaces(value)


@pytest.mark.parametrize(
    "values",
    [[], ["<sip:a@b>", "<sip:c@d>"], ["<mailto:a@b>"], ["<sip:a@b?Replaces=x>"], ["sip:a@b?Replaces=x"],
     ["<sip:a@b?Replaces=a%3Bto-tag%3D1%3Bfrom-tag%3D2&Replaces=a%3Bto-tag%3D1%3Bfrom-tag%3D2>"]],
)  # fmt: skip
def test_a_malformed_wish_is_refused(values: list[str]):
    with pytest.raises(BadValue):
        refer_to_of(Headers([("Refer-To", value) for value in values]))


def test_who_asks_may_stay_unsaid():
    assert referred_by_of(Headers()) is None
    assert referred_by_of(Headers([("Referred-By", "<")])) is None
