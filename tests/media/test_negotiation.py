"""Offer and answer agree on one codec, the addresses, and who may send."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmline.kernel.errors import Refused
from warmline.media.leg_transport import Address, PlainTransport
from warmline.media.negotiation import Local, agree, read_theirs, speakable, write_answer, write_offer
from warmline.ports.media import LegWish
from warmline.sip.sdp import read_sdp


class Wire:
    local: Address = ("10.0.0.1", 4000)

    def send(self, data: bytes, to: Address) -> None: ...

    def changed(self) -> None: ...


LOCAL = Local("10.0.0.1", 4000, 5, 1, 99)
PLAIN = PlainTransport(Wire(), offering=False)
ALL = LegWish(codecs=("PCMU", "PCMA", "G722"))


def _offer(formats: str = "8 0 101", *lines: str, before: str = "", after: str = "") -> str:
    more = "".join(f"a={line}\r\n" for line in ("rtpmap:101 telephone-event/8000", *lines))
    return (
        "v=0\r\no=- 1 1 IN IP4 10.0.0.2\r\ns=-\r\nc=IN IP4 10.0.0.2\r\nt=0 0\r\n"
        f"{before}m=audio 5004 RTP/AVP {formats}\r\n{more}{after}"
    )


def test_our_preference_counts_when_we_answer_and_theirs_when_they_do():
    theirs = read_theirs(_offer())
    assert agree(theirs, ALL, offered=False).codec == "PCMU"
    assert agree(theirs, ALL, offered=True).codec == "PCMA"


def test_both_codecs_may_arrive_and_keys_come_as_they_named_them():
    agreed = agree(read_theirs(_offer("0 8 96", "rtpmap:96 telephone-event/8000")), ALL, offered=False)
    assert agreed.receives == {0: "PCMU", 8: "PCMA"}
    assert agreed.event_out == 96
    assert agreed.events_in == {96}
    assert (agreed.address, agreed.port, agreed.rtcp_port) == ("10.0.0.2", 5004, 5005)


@pytest.mark.parametrize(
    ("theirs", "they_send", "they_hear", "ours"),
    [
        ("sendrecv", True, True, "sendrecv"),
        ("sendonly", True, False, "recvonly"),
        ("recvonly", False, True, "sendonly"),
        ("inactive", False, False, "inactive"),
    ],
)
def test_who_may_send_is_answered_the_other_way_round(theirs: str, they_send: bool, they_hear: bool, ours: str):
    offer = read_theirs(_offer("0", theirs))
    agreed = agree(offer, ALL, offered=False)
    assert (agreed.they_send, agreed.they_hear) == (they_send, they_hear)
    assert f"a={ours}" in write_answer(LOCAL, offer, agreed, PLAIN)


def test_rtcp_may_share_the_port():
    offer = read_theirs(_offer("0", "rtcp-mux"))
    agreed = agree(offer, ALL, offered=False)
    assert agreed.muxed
    assert agreed.rtcp_port == 5004
    assert "a=rtcp-mux" in write_answer(LOCAL, offer, agreed, PLAIN)


def test_video_is_refused_and_audio_stays_where_it_was():
    offer = read_theirs(_offer("0 101", before="m=video 6000 RTP/AVP 96\r\n"))
    answer = write_answer(LOCAL, offer, agree(offer, ALL, offered=False), PLAIN)
    lines = [line for line in answer.split("\r\n") if line.startswith("m=")]
    assert lines == ["m=video 0 RTP/AVP 96", "m=audio 4000 RTP/AVP 0 101"]


def test_our_offer_names_everything_that_is_installed_and_can_be_read_back():
    sdp = write_offer(LOCAL, ALL, PLAIN, "RTP/AVP")
    theirs = read_theirs(sdp)
    assert [c.name for c in theirs.codecs if c.name != "telephone-event"] == speakable(ALL)
    assert agree(theirs, ALL, offered=True).event_out == 101


def test_a_mid_and_a_bundle_are_answered():
    text = _offer("0", "mid:0").replace("t=0 0\r\n", "t=0 0\r\na=group:BUNDLE 0\r\n")
    offer = read_theirs(text)
    answer = write_answer(LOCAL, offer, agree(offer, ALL, offered=False), PLAIN)
    assert "a=mid:0" in answer
    assert "a=group:BUNDLE 0" in answer


def test_nothing_in_common_and_nothing_to_hear_are_refused():
    with pytest.raises(Refused, match=r"media\.no_codec"):
        agree(read_theirs(_offer("18", "rtpmap:18 G729/8000")), ALL, offered=False)
    with pytest.raises(Refused, match=r"media\.bad_sdp"):
        read_theirs(_offer().replace("m=audio 5004", "m=audio 0"))
    with pytest.raises(Refused, match=r"media\.bad_sdp"):
        read_theirs("hello")


@pytest.mark.parametrize("group", ["IP4 239.1.2.3", "IP6 ff02::1", "IP4 255.255.255.255"])
def test_audio_goes_to_one_telephone_and_to_no_group(group: str):
    with pytest.raises(Refused, match="no telephone"):
        read_theirs(_offer().replace("c=IN IP4 10.0.0.2", f"c=IN {group}"))


STRANGE = (
    "m=audio 9 RTP/AVP 0", "a=", "c=IN IP4 0.0.0.0", "a=rtpmap:0", "m=", "a=crypto:1 x", "a=candidate:1 1 u",
    "a=rtcp:", "a=ptime:9999999", "a=ssrc:-1", "b=", "i=", "m=audio 7 RTP/AVP 8", "a=mid:x y", "a=group:BUNDLE",
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(STRANGE), max_size=12))
def test_a_strange_description_is_refused_or_answered_line_for_line_and_taken_once(lines: list[str]):
    try:
        theirs = read_theirs("\r\n".join(["v=0", "o=- 1 1 IN IP4 10.0.0.2", "c=IN IP4 10.0.0.2", *lines]))
        answer = read_sdp(write_answer(LOCAL, theirs, agree(theirs, ALL, offered=False), PLAIN))
    except Refused as error:
        refused = error
    else:
        assert len(answer.media) == len(theirs.session.media)
        assert [bool(one.port) for one in answer.media].count(True) == 1
        return
    assert refused.code in ("media.bad_sdp", "media.no_codec")
