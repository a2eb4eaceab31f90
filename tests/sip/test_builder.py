"""Messages made from messages."""

from warmline.sip.address import NameAddr, read_name_addr
from warmline.sip.builder import ack_of, cancel_of, new_request, new_via, response_to, stamp_via
from warmline.sip.message import Request
from warmline.sip.parser import parse
from warmline.sip.uri import read_uri


def _invite() -> Request:
    return new_request(
        "INVITE",
        read_uri("sip:1000@desk.example"),
        via=new_via("udp", "2001:db8::1", 5060, "abc"),
        from_=read_name_addr("<sip:a@b>;tag=1"),
        to=NameAddr(read_uri("sip:1000@desk.example")),
        call_id="call-1",
        cseq=5,
        contact=NameAddr(read_uri("sip:a@[2001:db8::1]")),
        routes=(read_name_addr("<sip:proxy;lr>"),),
        body=b"v=0\r\n",
        content_type="application/sdp",
    )


def test_a_new_request_is_read_back_as_it_was_meant():
    read = parse(_invite().encode())
    assert isinstance(read, Request)
    assert read.headers.cseq.number == 5
    assert read.body == b"v=0\r\n"
    assert read.headers.via[0].branch == "z9hG4bKabc"
    assert read.headers.via[0].wants_rport
    assert read.headers.routes[0].uri.is_loose
    assert read.headers.contacts[0].uri.ip_host == "2001:db8::1"


def test_a_response_goes_back_the_way_the_request_came():
    request = _invite()
    request.headers.add("Record-Route", "<sip:proxy;lr>")
    request.headers.add_first("Via", "SIP/2.0/UDP proxy;branch=z9hG4bKp")
    response = response_to(request, 200, to_tag="ours", body=b"x", content_type="text/plain")
    read = parse(response.encode())
    assert [v.host for v in read.headers.via] == ["proxy", "[2001:db8::1]"]
    assert read.headers.to.tag == "ours"
    assert read.headers.from_.tag == "1"
    assert read.headers.cseq == request.headers.cseq
    assert read.headers.record_routes
    assert read.headers.get("content-type") == "text/plain"
    assert not response_to(request, 404).headers.record_routes


def test_a_tag_is_given_once_and_never_to_100():
    request = _invite()
    assert response_to(request, 100, to_tag="ours").headers.to.tag is None
    request.headers.set("To", "sip:a@b;tag=theirs")
    assert response_to(request, 200, to_tag="ours").headers.to.tag == "theirs"
    request.headers.set("To", "<sip:a@b;tag=inside>")
    assert response_to(request, 200, to_tag="ours").headers.to.tag == "ours"


def test_what_a_response_gains_its_request_does_not():
    invite = parse(_invite().encode())
    assert isinstance(invite, Request)

    response = response_to(invite, 200, to_tag="ours")
    response.headers.add_first("Via", "SIP/2.0/UDP 192.0.2.77;branch=z9hG4bKother")

    assert (response.headers.to.tag, invite.headers.to.tag) == ("ours", None)
    assert (response.headers.count("Via"), invite.headers.count("Via")) == (2, 1)


def test_the_source_is_noted_in_the_top_hop():
    request = _invite()
    stamp_via(request, "2001:db8::9", 4000)
    assert request.headers.via[0].received == "2001:db8::9"
    assert request.headers.via[0].rport == 4000
    assert parse(request.encode()).headers.via[0].received == "2001:db8::9"


def test_ack_and_cancel_belong_to_their_invite():
    invite = _invite()
    refused = response_to(invite, 486, to_tag="them")
    ack, cancel = parse(ack_of(invite, refused).encode()), parse(cancel_of(invite).encode())
    assert ack.headers.via == cancel.headers.via == invite.headers.via[:1]
    assert ack.headers.to.tag == "them"
    assert cancel.headers.to.tag is None
    assert str(ack.headers.cseq) == "5 ACK"
    assert str(cancel.headers.cseq) == "5 CANCEL"
    assert ack.headers.routes == invite.headers.routes
    assert "Contact" not in cancel.headers
