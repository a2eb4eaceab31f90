"""URIs: what they name, and what is none."""

import pytest

from warmline.sip.grammar import BadValue
from warmline.sip.uri import escape_header, escape_user, read_uri, sip_uri, unescape


@pytest.mark.parametrize(
    "text",
    [
        "sip:alice@atlanta.example",
        "sips:alice:secret@10.0.0.1:5061;transport=tcp;lr?Subject=x&Priority=urgent",
        "sip:[2001:db8::1]:5060",
        "sip:+82-2-1234;ext=5@gw.example;user=phone",
        "sip:*31#100@pbx",
        "tel:+82212345678;phone-context=example.com",
        "urn:service:sos",
    ],
)
def test_a_uri_is_written_as_it_was_read(text: str):
    assert str(read_uri(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "", "sip:", "sip:a b@c", "sip:a@", "sip:a@b:99999", "sip:a@[::g]", "sip:a%2@b", "sip:a@b;;x",
        "sip:a@b;x=1;x=2",
        "<sip:a@b>", "sip:a@b\r\nX: y", "sip:a@b?x", "a@b", "sip:a@b@c", "sip:a@-b",
    ],
)  # fmt: skip
def test_what_is_no_uri_is_refused(text: str):
    with pytest.raises(BadValue):
        read_uri(text)


def test_the_parts_of_a_uri_are_readable():
    uri = read_uri("SIP:kim%20m@Host.example:5080;transport=TCP;lr?Replaces=a%3Bb")
    assert (uri.scheme, uri.user_text, uri.host, uri.port) == ("sip", "kim m", "Host.example", 5080)
    assert uri.param("transport") == "TCP"
    assert uri.param("lr") == ""
    assert uri.param("maddr") is None
    assert uri.is_loose
    assert uri.headers == (("Replaces", "a%3Bb"),)
    assert unescape(uri.headers[0][1]) == "a;b"
    assert uri.without_headers().headers == ()
    assert read_uri("tel:+8221;x=y").user_text == "+8221"
    assert not read_uri("tel:+8221").is_sip
    assert read_uri("sip:[::1]").ip_host == "::1"


def test_any_text_becomes_a_user_part_and_comes_back():
    uri = sip_uri('김 @;<>"\r\n', "2001:db8::2", 5060, transport="tcp")
    assert uri.user_text == '김 @;<>"\r\n'
    assert uri.host == "[2001:db8::2]"
    assert uri.param("transport") == "tcp"
    assert "\r" not in str(uri)
    assert unescape(escape_user("a%b")) == "a%b"
    assert "&" not in escape_header("a&b;c")
    assert unescape(escape_header("a&b;c=")) == "a&b;c="
    with pytest.raises(BadValue):
        sip_uri("a", "host\r\nX: y")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp", True),
        ("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5", True),
        ("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off", False),
        ("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP", False),
        ("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060", False),
        ("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp", False),
        ("sip:bob@biloxi.com", "sips:bob@biloxi.com", False),
        ("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next", False),
    ],
)
def test_uris_compare_as_rfc_3261_says(one: str, other: str, same: bool):
    assert read_uri(one).same_as(read_uri(other)) is same
