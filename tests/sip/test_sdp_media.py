"""What the attributes of an audio line mean."""

import pytest

from warmline.sip.sdp import Media, Session
from warmline.sip.sdp_media import Codec, Direction, codecs_of, direction_of, number_of, reverse


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


@pytest.mark.parametrize(("theirs", "seen_from_here"), [("sendonly", "recvonly"), ("inactive", "inactive")])
def test_a_direction_is_the_other_way_round_from_here(theirs: Direction, seen_from_here: Direction):
    assert reverse(theirs) == seen_from_here
    assert reverse(reverse(theirs)) == theirs


def test_only_small_numbers_are_read():
    media = line(("ptime", "30"), ("rtcp", "4001 IN IP4 10.0.0.1"), ("maxptime", "soon"))
    assert (number_of(media, "ptime"), number_of(media, "rtcp"), number_of(media, "maxptime")) == (30, 4001, None)


def test_a_browser_that_has_not_chosen_its_address_yet_holds_nobody():
    session = Session("127.0.0.1", connection="0.0.0.0")  # noqa: S104
    media = Media("audio", 9, "UDP/TLS/RTP/SAVPF", ["0"], attributes=[("ice-ufrag", "abcd"), ("sendrecv", None)])
    assert direction_of(session, media) == "sendrecv"
