"""Session descriptions."""

import pytest

from warmline.sip.grammar import BadValue
from warmline.sip.sdp import MOST_MEDIA, read_sdp

TEXT = (
    "v=0\r\no=jdoe 3724394400 3724394405 IN IP4 198.51.100.1\r\ns=Call to John Smith\r\n"
    "c=IN IP6 2001:db8::2\r\n"
    "b=AS:64\r\nt=0 0\r\na=sendrecv\r\nm=audio 49170 RTP/AVP 0 101\r\ni=voice\r\n"
    "c=IN IP4 198.51.100.7\r\nb=AS:32\r\n"
    "a=rtpmap:101 telephone-event/8000\r\na=rtcp-mux\r\nm=video 51372/2 RTP/AVP 99\r\n"
    "a=rtpmap:99 h263-1998/90000\r\n"
)


def test_a_description_is_written_as_it_was_read():
    session = read_sdp(TEXT)
    assert session.encode() == TEXT
    assert session.address_of(session.media[0]) == "198.51.100.7"
    assert session.address_of(session.media[1]) == "2001:db8::2"
    assert session.media[1].ports == 2


def test_attributes_are_found_at_their_line_and_then_at_the_session():
    session = read_sdp(TEXT)
    audio = session.media[0]
    assert audio.get("rtcp-mux") == ""
    assert audio.get("crypto") is None
    assert audio.all("rtpmap") == ["101 telephone-event/8000"]
    assert session.of(audio, "sendrecv") == ""
    assert session.has("sendrecv")


def test_line_feeds_alone_and_unknown_lines_are_tolerated():
    session = read_sdp(
        "v=0\no=- 1 1 IN IP4 10.0.0.1\ns=-\nz=later\nc=IN IP4 224.2.1.1/127\nm=audio 4 RTP/AVP 0\nk=x\n"
    )
    assert session.connection == "224.2.1.1"
    assert session.media[0].port == 4


@pytest.mark.parametrize(
    "text",
    [
        "", "hello", "v=1\r\n", "v=0\r\n", "v=0\r\nm=audio 1 RTP/AVP 0\r\n", "v=0\r\no=- 1 1 IN IP4\r\n",
        "v=0\r\no=- x 1 IN IP4 10.0.0.1\r\n", "v=0\r\no=- 1 1 IN IP9 10.0.0.1\r\n",
        "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\nm=audio 70000 RTP/AVP 0\r\n",
        "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\nm=audio 7\r\n", "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\nsession\r\n",
        "v=0\r\no=- 1 1 IN IP6 10.0.0.1:x\r\n", "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\na=b c:d\r\n",
        "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\no=- 1 1 IN IP4 10.0.0.1\r\n", "v=0\r\no=- 1 1 IN IP4 a\rb\r\n",
        "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\n" + "m=audio 1 RTP/AVP 0\r\n" * (MOST_MEDIA + 1),
    ],
)  # fmt: skip
def test_what_is_no_description_is_refused(text: str):
    with pytest.raises(BadValue):
        read_sdp(text)


def test_a_value_cannot_smuggle_in_a_line():
    session = read_sdp(TEXT)
    session.media[0].attributes.append(("label", "x\r\na=inactive"))
    with pytest.raises(BadValue):
        session.encode()
