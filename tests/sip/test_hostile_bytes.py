"""Whatever arrives, nothing but `BadMessage` is ever raised, and what is written is read the same."""

from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from warmline.sip.address import NameAddr, read_name_addr
from warmline.sip.builder import new_request, new_via, response_to, stamp_via
from warmline.sip.digest import read_challenge, read_credentials
from warmline.sip.grammar import BadValue
from warmline.sip.headers import read_cseq, read_media_type
from warmline.sip.message import Request, Response
from warmline.sip.parser import PLAIN_ADDRESS, PLAIN_CSEQ, PLAIN_URI, PLAIN_VIA, BadMessage, parse
from warmline.sip.parser_stream import StreamParser
from warmline.sip.sdp import read_sdp
from warmline.sip.uri import read_uri, sip_uri
from warmline.sip.via import read_via
from warmline.voice.screening import refusal_before_asking, refusal_of_invite

CORPUS = [path.read_bytes() for path in sorted((Path(__file__).parent / "torture").glob("*.sip"))]
HEADERS = ("Via", "From", "To", "Call-ID", "CSeq", "Content-Length")
SPICE = st.sampled_from(
    [b"\r\n", b"\r", b"\n", b"\0", b'"', b"<", b">", b";", b",", b":", b"@", b"%", b"=", b"\\", b"\xff", b" ",
     b"9" * 30, b"sip:", b"SIP/2.0", b"Content-Length: ", b"\r\n\r\n", b"a" * 70, "٣".encode(), b"\r\n "]
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    data = draw(st.sampled_from(CORPUS))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        cut = draw(st.sampled_from([0, 0, 1, 5, 60]))
        data = data[:at] + draw(SPICE) + data[at + cut :]
    return data


def refused(bad: BadMessage) -> None:
    assert 400 <= bad.status < 600
    request = bad.answerable
    if request is not None:
        stamp_via(request, "192.0.2.9", 5060)
        answer = response_to(request, bad.status, bad.reason, to_tag="t").encode().decode("utf-8", "replace")
        lines = answer.split("\r\n")
        assert all(line.partition(":")[0] in HEADERS or line.startswith("SIP/2.0 ") for line in lines if line)


def survives(data: bytes) -> None:
    try:
        message = parse(data)
    except BadMessage as bad:
        refused(bad)
        return
    again = parse(message.encode())
    assert again.body == message.body
    assert again.headers == message.headers or message.headers.count("Content-Length") == 0
    if isinstance(message, Request):
        stamp_via(message, "192.0.2.9", 5060)
        try:
            refusal = refusal_before_asking(message) or refusal_of_invite(message)
        except BadValue:  # what was left unread proved unreadable: the endpoint drops it
            return
        answer = parse(response_to(message, refusal[0] if refusal else 200, to_tag="t").encode())
        assert isinstance(answer, Response)
        assert len(answer.headers.via) == len(message.headers.via)


@given(st.binary(max_size=300))
def test_noise_never_breaks_the_parser(data: bytes):
    survives(data)
    survives(b"INVITE sip:a@b SIP/2.0\r\n" + data)


@settings(max_examples=300, deadline=None)
@given(mutated())
def test_a_mutilated_message_is_answered_dropped_or_understood(data: bytes):
    survives(data)


@given(st.lists(st.one_of(mutated(), st.binary(max_size=50)), max_size=4), st.integers(1, 400))
@settings(deadline=None)
def test_a_hostile_stream_ends_or_goes_on_but_never_crashes(messages: list[bytes], step: int):
    stream, parser = b"".join(messages), StreamParser()
    for at in range(0, len(stream), step):
        for heard in parser.feed(stream[at : at + step]):
            assert not isinstance(heard, bytes)
    assert parser.held_bytes <= len(stream)


@given(
    st.one_of(
        st.tuples(st.just(read_name_addr), st.from_regex(PLAIN_ADDRESS, fullmatch=True)),
        st.tuples(st.just(read_uri), st.from_regex(PLAIN_URI, fullmatch=True)),
        st.tuples(st.just(read_via), st.from_regex(PLAIN_VIA, fullmatch=True)),
        st.tuples(st.just(read_cseq), st.from_regex(PLAIN_CSEQ, fullmatch=True)),
    )
)
def test_what_the_parser_lets_through_unread_can_always_be_read(case: tuple[Callable[[str], object], str]):
    read, text = case
    assert read(text.strip(" \t")) is not None


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=20)
LINES = st.text(max_size=80)


@given(st.one_of(LINES, st.text('sip:@;=?<>"\\[]%,. \taZ09', max_size=40)))
def test_readers_of_values_refuse_or_read(text: str):
    for read in (
        read_uri, read_name_addr, read_via, read_cseq, read_media_type, read_challenge, read_credentials, read_sdp,
    ):  # fmt: skip
        try:
            found = read(text)
        except BadValue:
            continue
        assert found is not None
        if read in (read_uri, read_name_addr, read_via):
            assert str(read(str(found))) == str(found)


@given(TEXT, TEXT, TEXT, st.integers(0, 2**32 - 1), st.binary(max_size=50))
def test_every_request_we_build_is_read_as_we_meant_it(
    user: str, display: str, subject: str, cseq: int, body: bytes
):
    caller = NameAddr(sip_uri(user or None, "2001:db8::1", 5060), display, {"tag": "a"})
    request = new_request(
        "MESSAGE", sip_uri(user or None, "pbx.example"), via=new_via("tcp", "10.0.0.1", 5060, "b"), from_=caller,
        to=caller.without_tag(), call_id="c", cseq=cseq, body=body, contact=caller,
    )  # fmt: skip
    request.headers.add("Subject", subject)
    read = parse(request.encode())
    assert isinstance(read, Request)
    assert read.uri == request.uri
    assert read.uri.user_text == user
    assert read.headers.from_ == caller
    assert read.headers.cseq.number == cseq
    assert read.body == body
    assert read.headers.get("Subject") == subject.strip(" \t")
