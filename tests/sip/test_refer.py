"""Transfers in headers."""

import pytest

from warmline.sip.grammar import BadValue
from warmline.sip.headers import Headers
from warmline.sip.refer import NotCallable, ReferTo, Replaces, read_replaces, refer_to_of
from warmline.sip.uri import read_uri

OTHER = Replaces("12345@10.0.0.1", "abc", "d.e", True)


def test_an_attended_transfer_names_the_call_it_replaces():
    wish = ReferTo(read_uri("sips:agent@pbx;user=phone"), OTHER)
    assert refer_to_of(Headers([("Refer-To", str(wish))])) == wish
    assert str(ReferTo(read_uri("tel:+8221"))) == "<tel:+8221>"


def test_nobody_is_transferred_to_a_mailbox():
    with pytest.raises(NotCallable):
        refer_to_of(Headers([("Refer-To", "<mailto:a@b>")]))


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
