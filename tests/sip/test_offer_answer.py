import pytest
from tests.sip.playbook import ANSWER, OFFER, request

from warmline.sip.offer_answer import OfferState, UnsupportedBody, digits_of, fragment_status, sdp_of

MIXED = (
    b"--x\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n\r\n"
    b"--x\r\nContent-Type: application/isup\r\n\r\n\x01\r\n--x--\r\n"
)


def test_sdp_is_found_alone_and_among_other_parts():
    assert sdp_of(request(sdp=OFFER)) == OFFER
    assert sdp_of(request(body=MIXED, content_type="multipart/mixed;boundary=x")) == "v=0\r\n"
    assert sdp_of(request()) is None


@pytest.mark.parametrize("kind", ["text/plain", None])
def test_other_bodies_are_unsupported(kind: str | None):
    with pytest.raises(UnsupportedBody):
        sdp_of(request(body=b"hello", content_type=kind))


def test_a_body_that_is_optional_is_passed_over():
    optional = {"Content-Disposition": "render;handling=optional"}

    assert sdp_of(request(body=b"hello", content_type="text/plain", headers=optional)) is None


@pytest.mark.parametrize(
    ("kind", "body", "digit"),
    [
        ("application/dtmf-relay", b"Signal=5\r\nDuration=160\r\n", "5"),
        ("application/dtmf-relay", b"Signal= *\r\n", "*"),
        ("application/dtmf-relay", b"nothing", None),
        ("application/dtmf", b"#", "#"),
        ("application/dtmf", b"11", "#"),
        ("application/dtmf", b"12345", None),
        ("text/plain", b"", None),
    ],
)
def test_keys_are_read_from_info(kind: str, body: bytes, digit: str | None):
    assert digits_of(request("INFO", body=body, content_type=kind)) == digit


def test_an_info_with_something_else_is_unsupported():
    with pytest.raises(UnsupportedBody):
        digits_of(request("INFO", body=b"<xml/>", content_type="application/xml"))


def test_a_notify_tells_a_status():
    assert fragment_status(request("NOTIFY", body=b"SIP/2.0 180 Ringing\r\n")) == 180
    assert fragment_status(request("NOTIFY", body=b"hello")) is None


def test_who_said_what_last_is_remembered():
    state = OfferState()
    state.offered("theirs", OFFER)
    state.answered(ANSWER)

    assert (state.remote_sdp, state.local_sdp, state.open) == (OFFER, ANSWER, None)
    state.offered("ours", ANSWER)
    state.dropped()
    assert state.open is None
