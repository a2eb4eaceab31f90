"""Messages on the wire."""

import pytest

from warmline.sip.grammar import BadValue
from warmline.sip.headers import Headers
from warmline.sip.message import Request, Response, reason_of
from warmline.sip.parser import parse
from warmline.sip.uri import read_uri


def test_content_length_is_always_that_of_the_body():
    request = Request(
        "INFO", read_uri("sip:a@b"), Headers([("Content-Length", "9"), ("Subject", "안녕")]), "굿".encode()
    )
    wire = request.encode().decode()
    assert wire == "INFO sip:a@b SIP/2.0\r\nSubject: 안녕\r\nContent-Length: 3\r\n\r\n굿"
    assert "INFO" in repr(request)


def test_a_status_has_its_words():
    assert Response(486).encode().startswith(b"SIP/2.0 486 Busy Here\r\n")
    assert reason_of(499) == "Bad Request"
    assert reason_of(799) == "Unknown"
    assert "486" in repr(Response(486))
    assert Response(200, "").reason == ""


def test_a_start_line_cannot_smuggle_in_a_header():
    for broken in (Response(200, "OK\r\nX: y"), Response(99), Request("IN VITE", read_uri("sip:a@b"))):
        with pytest.raises(BadValue):
            broken.encode()


def test_bytes_that_are_no_utf8_survive_a_round_trip():
    wire = (
        b"MESSAGE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP c;branch=z9hG4bKq\r\nFrom: <sip:a@b>;tag=1\r\n"
        b"To: <sip:a@b>\r\n"
        b"Call-ID: x\r\nCSeq: 1 MESSAGE\r\nSubject: \xff\xfe\r\nContent-Length: 2\r\n\r\n\xff\x00"
    )
    assert parse(wire).encode() == wire
