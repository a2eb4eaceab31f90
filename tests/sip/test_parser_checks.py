"""What a user agent refuses of a well-formed request."""

import pytest

from warmline.sip.address import read_name_addr
from warmline.sip.builder import new_request, new_via
from warmline.sip.message import Request
from warmline.sip.parser_checks import Abilities, Refusal, examine
from warmline.sip.uri import read_uri

ABLE = Abilities(("INVITE", "ACK", "CANCEL"), frozenset({"100rel"}))


def call(method: str = "INVITE", *extra: tuple[str, str], uri: str = "sip:a@b", body: bytes = b"") -> Request:
    request = new_request(
        method,
        read_uri(uri),
        via=new_via("udp", "c", None, "x"),
        from_=read_name_addr("<sip:a@b>;tag=1"),
        to=read_name_addr("<sip:a@b>"),
        call_id="x",
        cseq=1,
        body=body,
    )
    for name, value in extra:
        request.headers.add(name, value)
    return request


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (call(), None),
        (call("BYE"), 405),
        (call("DANCE"), 501),
        (call("ACK", ("Require", "magic")), None),
        (call("CANCEL", ("Require", "magic")), None),
        (call(("INVITE"), ("Require", "100rel")), None),
        (call("INVITE", ("Require", "100rel, magic")), 420),
        (call("INVITE", ("Require", "100rel,,magic")), 400),
        (call(uri="mailto:a@b"), 416),
        (call(uri="tel:+8221"), None),
        (call(body=b"x"), 415),
        (call("INVITE", ("Content-Type", "text/html"), body=b"x"), 415),
        (
            call("INVITE", ("Content-Type", "a/b"), ("Content-Disposition", "x; handling = optional"), body=b"x"),
            None,
        ),
        (call("INVITE", ("Content-Type", "application/sdp"), ("Content-Encoding", "gzip"), body=b"x"), 415),
        (call("INVITE", ("Content-Type", "multipart/mixed;boundary=x"), body=b"x"), None),
        (call("INVITE", ("Content-Type", "sdp"), body=b"x"), 400),
        (call("INVITE", ("Accept", "text/html, application/*;q=0.5")), None),
        (call("INVITE", ("Accept", "text/html, */*")), None),
        (call("INVITE", ("Accept", "text/html, text/*")), 406),
    ],
)
def test_a_request_is_refused_with_the_status_that_says_why(request_: Request, status: int | None):
    found = examine(request_, ABLE)
    assert (found.status if found else None) == status


def test_a_refusal_says_what_would_be_accepted():
    assert examine(call("BYE"), ABLE) == Refusal(405, (("Allow", "INVITE, ACK, CANCEL"),))
    assert examine(call(body=b"x"), ABLE) == Refusal(415, (("Accept", "application/sdp"),))
