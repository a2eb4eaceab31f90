"""Messages out of a stream."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from warmline.sip.message import Request
from warmline.sip.parser import BadMessage
from warmline.sip.parser_stream import MOST_HEAD, PING, StreamParser

OPTIONS = (
    b"OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP c;branch=z9hG4bKq\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\n"
    b"Call-ID: x\r\nCSeq: 1 OPTIONS\r\nContent-Length: 6\r\n\r\nab\r\n\r\n"
)


def bad_of(heard: Sequence[object]) -> BadMessage:
    assert len(heard) == 1
    assert isinstance(heard[0], BadMessage)
    return heard[0]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=40))
def test_however_the_network_cuts_the_stream_the_messages_are_the_same(cuts: list[int]):
    stream = OPTIONS + b"\r\n\r\n" + OPTIONS + OPTIONS
    parser, heard, at = StreamParser(), [], 0
    for cut in [*cuts, len(stream)]:
        heard += parser.feed(stream[at : at + cut])
        at += cut
    assert [h if h is PING else h.encode() for h in heard if not isinstance(h, BadMessage)] == [
        OPTIONS, PING, OPTIONS, OPTIONS,
    ]  # fmt: skip
    assert not parser.broken
    assert parser.held_bytes == 0


def test_a_malformed_message_in_a_good_frame_is_answered_and_the_next_is_read():
    heard = StreamParser().feed(OPTIONS.replace(b"CSeq: 1 OPTIONS", b"CSeq: 1 BYE") + OPTIONS)
    assert isinstance(heard[0], BadMessage)
    assert heard[0].answerable is not None
    assert isinstance(heard[1], Request)


def test_without_a_length_nobody_knows_where_the_next_begins():
    for length in (b"", b"Content-Length: -1\r\n", b"Content-Length: 6\r\nl: 0\r\n"):
        parser = StreamParser()
        bad = bad_of(parser.feed(OPTIONS.replace(b"Content-Length: 6\r\n", length) + OPTIONS))
        assert bad.status == 400
        assert parser.broken
        assert parser.feed(OPTIONS) == []


def test_a_sender_cannot_fill_the_memory():
    parser = StreamParser()
    assert bad_of(parser.feed(OPTIONS.replace(b"Length: 6", b"Length: 6000000"))).status == 513
    parser = StreamParser()
    heard = []
    for _ in range(MOST_HEAD // 1000 + 1):
        heard += parser.feed(b"x" * 1000)
    assert bad_of(heard).answerable is None
    assert parser.broken
    assert parser.held_bytes == 0
    parser = StreamParser()
    too_long = OPTIONS.replace(b"Content", b"X-Long: " + b"y" * MOST_HEAD + b"\r\nContent")
    assert bad_of(parser.feed(too_long)).answerable is not None


def test_noise_breaks_the_stream():
    parser = StreamParser()
    assert bad_of(parser.feed(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")).answerable is None
    assert parser.broken
