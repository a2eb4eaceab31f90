"""What the attributes of an audio line mean."""

import base64

import pytest

from warmline.sip.sdp import Media, Session
from warmline.sip.sdp_media import (
    Candidate,
    Codec,
    Crypto,
    both_want,
    candidates_of,
    codecs_of,
    cryptos_of,
    direction_of,
    fingerprint_of,
    number_of,
    reverse,
    ssrcs_of,
)

KEY = bytes(range(30))
SHA = ":".join(["AB"] * 32)


def line(*attributes: tuple[str, str | None], formats: str = "0", address: str | None = None) -> Media:
    return Media("audio", 4000, "RTP/AVP", formats.split(), address, list(attributes))


def test_static_and_dynamic_payload_types_are_told_apart():
    media = line(
        ("rtpmap", "96 OPUS/48000/2"), ("fmtp", "96 useinbandfec=1"), ("rtpmap", "101 telephone-event/8000"),
        ("rtpmap", "x y/z"), ("rtpmap", "8 pcma/8000"), formats="96 0 8 9 101 55 300 *",
    )  # fmt: skip
    assert codecs_of(media) == [
        Codec("opus", 96, 48_000, 2, "useinbandfec=1"), Codec("PCMU", 0), Codec("PCMA", 8), Codec("G722", 9),
        Codec("telephone-event", 101),
    ]  # fmt: skip


def test_a_caller_on_hold_by_address_wants_to_hear_nothing():
    session = Session("10.0.0.1", connection="0.0.0.0")  # noqa: S104
    assert direction_of(session, line()) == "sendonly"
    assert direction_of(session, line(("recvonly", None))) == "inactive"
    assert direction_of(session, line(address="10.0.0.1")) == "sendrecv"


def test_the_line_overrules_the_session():
    session = Session("10.0.0.1", connection="10.0.0.1", attributes=[("inactive", None)])
    assert direction_of(session, line()) == "inactive"
    assert direction_of(session, line(("sendonly", None))) == "sendonly"


@pytest.mark.parametrize(
    ("theirs", "ours", "answer"),
    [
        ("sendrecv", "sendrecv", "sendrecv"),
        ("sendonly", "sendrecv", "recvonly"),
        ("recvonly", "sendrecv", "sendonly"),
        ("inactive", "sendrecv", "inactive"),
        ("sendrecv", "sendonly", "sendonly"),
        ("sendonly", "sendonly", "inactive"),
    ],
)
def test_the_answer_is_what_both_want(theirs: str, ours: str, answer: str):
    assert both_want(theirs, ours) == answer
    assert reverse(reverse(theirs)) == theirs


def test_keys_of_known_suites_are_read_and_written():
    own = Crypto(3, "AES_CM_128_HMAC_SHA1_80", KEY)
    inline = base64.b64encode(KEY).decode()
    media = line(
        ("crypto", str(own)),
        ("crypto", f"4 AES_CM_128_HMAC_SHA1_32 inline:{inline}|2^31 WSH=64"),
        ("crypto", f"5 AES_CM_128_HMAC_SHA1_80 inline:{inline}|2^20|1:4"),
        ("crypto", f"6 F8_128_HMAC_SHA1_80 inline:{inline}"),
        ("crypto", "7 AES_CM_128_HMAC_SHA1_80 inline:short"),
        ("crypto", f"8 AES_CM_128_HMAC_SHA1_80 inline:{inline} UNENCRYPTED_SRTP"),
        ("crypto", f"x AES_CM_128_HMAC_SHA1_80 inline:{inline}"),
        ("crypto", "9"),
    )
    assert cryptos_of(media) == [own, Crypto(4, "AES_CM_128_HMAC_SHA1_32", KEY)]


def test_the_sha_256_fingerprint_is_taken_among_several():
    session = Session("10.0.0.1", attributes=[("fingerprint", f"SHA-256 {SHA.lower()}")])
    assert fingerprint_of(session, line()) == SHA
    assert fingerprint_of(session, line(("fingerprint", "sha-1 AA"), ("fingerprint", f"sha-256 {SHA}"))) == SHA
    assert fingerprint_of(session, line(("fingerprint", "sha-256 AA:BB"))) is None
    assert fingerprint_of(Session("10.0.0.1"), line()) is None


def test_candidates_and_sources_are_read():
    own = Candidate("2001:db8::1", 4000)
    media = line(
        ("candidate", str(own)), ("candidate", "1 1 udp x 10.0.0.1 4 typ host"), ("candidate", "short"),
        ("ssrc", "77 cname:x"), ("ssrc", "77 msid:y"), ("ssrc", "99999999999 cname:x"), ("ptime", "30"),
        ("rtcp", "4001 IN IP4 10.0.0.1"), ("maxptime", "soon"),
    )  # fmt: skip
    assert candidates_of(media) == [own]
    assert ssrcs_of(media) == [77]
    assert (number_of(media, "ptime"), number_of(media, "rtcp"), number_of(media, "maxptime")) == (30, 4001, None)


def test_a_browser_that_has_not_chosen_its_address_yet_holds_nobody():
    session = Session("127.0.0.1", connection="0.0.0.0")  # noqa: S104
    media = Media("audio", 9, "UDP/TLS/RTP/SAVPF", ["0"], attributes=[("ice-ufrag", "abcd"), ("sendrecv", None)])
    assert direction_of(session, media) == "sendrecv"
