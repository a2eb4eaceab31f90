"""Headers: any case, several values, typed."""

import pytest

from warmline.sip.grammar import BadValue
from warmline.sip.headers import Headers, read_contact, read_cseq, read_media_type


def test_values_are_found_in_any_case_and_keep_their_order():
    headers = Headers([("v", "SIP/2.0/UDP a, SIP/2.0/TCP b"), ("VIA", "SIP/2.0/TLS c"), ("X-Note", "hi")])
    assert [via.host for via in headers.via] == ["a", "b", "c"]
    assert headers.count("Via") == 2
    assert "x-note" in headers
    assert "Route" not in headers
    assert [name for name, _ in headers.items()] == ["Via", "Via", "X-Note"]


def test_a_proxy_puts_its_hop_on_top():
    headers = Headers([("Via", "SIP/2.0/UDP a")])
    assert len(headers.via) == 1
    headers.add_first("Via", "SIP/2.0/UDP b")
    assert [via.host for via in headers.via] == ["b", "a"]


def test_typed_accessors_read_what_a_call_needs():
    headers = Headers(
        [
            ("f", "<sip:a@b>;tag=1"), ("t", "<sip:c@d>"), ("i", "x@y"), ("CSeq", "7 INVITE"),
            ("m", "<sip:a@e>, *"),
            ("Max-Forwards", "70"), ("Expires", "99999999999999999999999"), ("Supported", "timer, 100rel"),
            ("Require", "replaces"), ("Allow", "INVITE,BYE"), ("c", "Multipart/Mixed;boundary=x"), ("l", "0"),
            ("Route", "<sip:p1;lr>,<sip:p2;lr>"), ("Record-Route", "<sip:p3;lr>"),
        ]
    )  # fmt: skip
    assert headers.from_.tag == "1"
    assert headers.to.tag is None
    assert headers.call_id == "x@y"
    assert (headers.cseq.number, headers.cseq.method, str(headers.cseq)) == (7, "INVITE", "7 INVITE")
    assert [c.uri.scheme for c in headers.contacts] == ["sip", "*"]
    assert headers.max_forwards == 70
    assert headers.expires_s == 2**32 - 1
    assert headers.supported == {"timer", "100rel"}
    assert headers.require == {"replaces"}
    assert headers.allow == {"INVITE", "BYE"}
    assert headers.content_length == 0
    assert headers.content_type
    assert headers.content_type.type == "multipart/mixed"
    assert headers.content_type.boundary == "x"
    assert [r.uri.host for r in headers.routes] == ["p1", "p2"]
    assert headers.record_routes[0].uri.is_loose


def test_what_was_read_is_forgotten_when_it_changes():
    headers = Headers([("To", "<sip:c@d>")])
    assert headers.to.tag is None
    copied = headers.copy()
    headers.set("To", "<sip:c@d>;tag=2")
    assert headers.to.tag == "2"
    assert copied.to.tag is None
    headers.remove("to")
    assert headers.get("To") is None
    assert headers.all("To") == []
    headers.replace("Via", ["SIP/2.0/UDP a"])
    headers.replace("Via", [])
    assert headers.via == []
    assert headers == Headers()


def test_single_headers_are_refused_when_missing_or_repeated():
    with pytest.raises(BadValue, match="missing From"):
        _ = Headers().from_
    with pytest.raises(BadValue, match="repeated Call-ID"):
        _ = Headers([("Call-ID", "a"), ("i", "b")]).call_id
    with pytest.raises(BadValue):
        _ = Headers([("Call-ID", "a b")]).call_id


@pytest.mark.parametrize("value", ["x\r\nX-Admin: yes", "x\ny", "x\r"])
def test_nothing_can_smuggle_in_a_header(value: str):
    headers = Headers()
    for change in (headers.add, headers.add_first, headers.set):
        with pytest.raises(BadValue):
            change("Subject", value)
    with pytest.raises(BadValue):
        headers.add("X\r\nY", "z")
    assert "Subject" not in headers


@pytest.mark.parametrize("text", ["1", "x INVITE", "4294967296 INVITE", "1 IN VITE", "-1 BYE"])
def test_a_malformed_cseq_is_refused(text: str):
    with pytest.raises(BadValue):
        read_cseq(text)


def test_media_types_and_star_contacts():
    assert read_media_type("Application / SDP").type == "application/sdp"
    assert read_contact("*").uri.scheme == "*"
    for text in ("sdp", "a/", "/b", "a/b c"):
        with pytest.raises(BadValue):
            read_media_type(text)
