"""Descriptions around rtpengine: stand-ins, one codec, other streams refused, browsers' groups."""

import pytest

from warmline.kernel.errors import Refused
from warmline.media.negotiation import agree, read_theirs
from warmline.media.rtpengine_sdp import bundled, only, placed, spoken, stand_in_answer, stand_in_offer
from warmline.ports.media import LegWish

BROWSER = "\r\n".join(
    [
        "v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0 1",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 110 126", "c=IN IP4 0.0.0.0", "a=mid:0", "a=sendonly",
        "a=rtpmap:111 opus/48000/2", "a=rtcp-fb:111 transport-cc", "a=fmtp:111 minptime=10",
        "a=rtpmap:0 PCMU/8000",
        "a=rtpmap:110 telephone-event/48000", "a=rtpmap:126 telephone-event/8000", "a=ice-ufrag:abcd",
        "m=video 9 UDP/TLS/RTP/SAVPF 96", "c=IN IP4 0.0.0.0", "a=mid:1", "a=rtpmap:96 VP8/90000", "",
    ]
)  # fmt: skip
ANSWER = "\r\n".join(
    [
        "v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "m=audio 36000 UDP/TLS/RTP/SAVPF 0 126",
        "c=IN IP4 127.0.0.1", "a=mid:0", "a=rtpmap:0 PCMU/8000", "a=sendrecv", "",
    ]
)  # fmt: skip


def test_opus_is_left_to_the_built_in_engine():
    assert spoken(LegWish(codecs=("opus", "PCMA", "PCMU"))).codecs == ("PCMA", "PCMU")
    with pytest.raises(Refused, match=r"media\.no_codec"):
        spoken(LegWish(codecs=("opus",)))


def test_a_stand_in_offers_what_is_wished_for():
    offer = stand_in_offer(LegWish(codecs=("PCMA", "opus", "PCMU")))
    assert "m=audio 9 RTP/AVP 8 0 101" in offer
    assert "a=rtpmap:101 telephone-event/8000" in offer


def test_of_a_browsers_offer_only_the_agreed_codec_is_told():
    theirs = read_theirs(BROWSER)
    agreed = agree(theirs, LegWish("webrtc", ("PCMU",)), offered=False)
    told = only(theirs, agreed)
    assert "m=audio 9 UDP/TLS/RTP/SAVPF 0 126" in told
    assert "opus" not in told
    assert "transport-cc" not in told
    assert "video" not in told
    assert "a=ice-ufrag:abcd" in told
    assert "m=audio 9 RTP/AVP 0 126" in stand_in_answer(agreed)


def test_the_answer_refuses_video_reverses_the_direction_and_keeps_the_bundle():
    answer = placed(read_theirs(BROWSER), ANSWER)
    assert "m=video 0 UDP/TLS/RTP/SAVPF 96" in answer
    assert answer.index("m=audio 36000") < answer.index("m=video 0")
    assert "a=recvonly" in answer
    assert "a=sendrecv" not in answer
    assert "a=group:BUNDLE 0" in answer


def test_an_offer_for_a_browser_gets_its_group():
    offer = bundled(ANSWER.replace("a=mid:0\r\n", ""))
    assert "a=group:BUNDLE 0" in offer
    assert "a=mid:0" in offer


def test_what_is_no_description_is_refused():
    with pytest.raises(Refused, match=r"media\.bad_sdp"):
        bundled("nonsense")
