"""Bytes to messages."""

import time

import pytest

from warmline.sip.message import Request, Response
from warmline.sip.parser import MOST_BYTES, MOST_HEADERS, MOST_LINE, BadMessage, parse

INVITE = (
    b"INVITE sip:+8215@10.0.0.1;user=phone SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.2:5070;branch=z9hG4bKabc;rport\r\n"
    b"Max-Forwards: 70\r\nFrom: <sip:+8210@10.0.0.2>;tag=1\r\nTo: <sip:+8215@10.0.0.1>\r\n"
    b"Call-ID: abc@10.0.0.2\r\n"
    b"CSeq: 1 INVITE\r\nContact: <sip:a@10.0.0.2:5070>\r\nContent-Type: application/sdp\r\n"
    b"Content-Length: 4\r\n\r\nv=0\n"
)


def refused(data: bytes) -> BadMessage:
    with pytest.raises(BadMessage) as caught:
        parse(data)
    return caught.value


def test_an_invite_is_read():
    request = parse(INVITE + b"left over")
    assert isinstance(request, Request)
    assert request.method == "INVITE"
    assert request.uri.user_text == "+8215"
    assert request.body == b"v=0\n"
    assert request.encode() == INVITE


def test_a_response_is_read_and_may_lack_its_words():
    text = INVITE.replace(b"INVITE sip:+8215@10.0.0.1;user=phone SIP/2.0", b"SIP/2.0 200 ")
    response = parse(b"\r\n\r\n" + text)
    assert isinstance(response, Response)
    assert (response.status, response.reason) == (200, "")
    assert parse(text.replace(b"200 \r", b"200\r")).encode().startswith(b"SIP/2.0 200 \r\n")


def test_folded_lines_are_one():
    request = parse(INVITE.replace(b"Max-Forwards: 70", b"Subject:  a\r\n\t b\r\n  c"))
    assert request.headers.get("subject") == "a b c"
    assert parse(INVITE.replace(b"Max-Forwards: 70", b"Subject: a\r\n To: b")).headers.get("subject") == "a To: b"
    empty = parse(INVITE.replace(b"Max-Forwards: 70", b"Subject: a\r\n \r\n\t \r\n b"))
    assert empty.headers.get("subject") == "a b"


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        (b"SIP/2.0\r\nVia", b"SIP/3.0\r\nVia", 505),
        (b"SIP/2.0\r\nVia", b"HTTP/1.1\r\nVia", 400),
        (b"INVITE sip", b"INVITE  sip", 400),
        (b"CSeq: 1 INVITE", b"CSeq: 1 BYE", 400),
        (b"INVITE sip", b"DANCE sip", 501),
        (b"Call-ID: abc@10.0.0.2\r\n", b"", 400),
        (b"Max-Forwards: 70", b"Max-Forwards: 256", 400),
        (b"Max-Forwards: 70", b"Max-Forwards: 1\r\nMax-Forwards: 2", 400),
        (b"Length: 4", b"Length: 5", 400),
        (b"Length: 4", b"Length: -4", 400),
        (b"Length: 4", b"Length: 4\r\nl: 0", 400),
        (b"Max-Forwards: 70", b"Max-Forwards 70", 400),
        (b"Max-Forwards: 70", b"X-Note: a\nX-Admin: yes", 400),
        (b"Max-Forwards: 70", b"X-Note: a\rX-Admin: yes", 400),
        (b"Contact: <", b"Contact: <<", 400),
        (b"Max-Forwards: 70", b"Date: yesterday", 400),
        (b"application/sdp", b"application/sdp\r\nc: text/plain", 400),
    ],
)
def test_a_malformed_request_gets_its_answer(old: bytes, new: bytes, status: int):
    assert old in INVITE
    bad = refused(INVITE.replace(old, new, 1))
    assert bad.status == status
    assert bad.reason.isascii()
    assert "\r" not in bad.reason
    if b"Call-ID" not in old:
        assert bad.answerable is bad.partial
        assert bad.partial is not None
    else:
        assert bad.answerable is None


def test_an_ack_is_never_answered_nor_is_a_response():
    assert refused(INVITE.replace(b"INVITE", b"ACK").replace(b"Length: 4", b"Length: 5")).answerable is None
    response = INVITE.replace(b"INVITE sip:+8215@10.0.0.1;user=phone SIP/2.0", b"SIP/2.0 999 Odd")
    bad = refused(response)
    assert isinstance(bad.partial, Response)
    assert bad.answerable is None


def test_noise_is_dropped():
    for noise in (b"", b"\x00" * 40, b"hello\r\n\r\n", b"\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"):
        assert refused(noise).answerable is None


def test_there_are_limits():
    assert refused(INVITE + b"x" * MOST_BYTES).status == 513
    assert refused(INVITE + b"x" * MOST_BYTES).answerable is not None
    many = b"".join(b"X-%d: y\r\n" % n for n in range(MOST_HEADERS))
    assert refused(INVITE.replace(b"Max-Forwards: 70\r\n", many)).status == 400
    assert refused(INVITE.replace(b"70", b"70\r\nX-Long: " + b"x" * MOST_LINE)).status == 400
    assert refused(INVITE.partition(b"Contact")[0]).status == 400


@pytest.mark.parametrize(
    "filler",
    [b" ", b"a", b";", b"a ", b'"', b"<", b",", b"\\", b"%20", b"a@", b"a:", b"a.", b";a=", b"\r\n "],
)
@pytest.mark.parametrize("header", [b"Contact: ", b"Via: ", b"From: ", b"CSeq: ", b"Route: <sip:"])
def test_no_value_takes_more_than_its_length_to_refuse(header: bytes, filler: bytes):
    data = INVITE.replace(b"Max-Forwards: 70\r\n", header + filler * (8000 // len(filler)) + b"\x01\r\n")
    began = time.process_time()
    for _ in range(2):
        refused(data)
    assert time.process_time() - began < 0.2
