"""Requests, responses and a session that answers itself, for playing machines through by hand."""

from collections.abc import Iterator
from itertools import count

from warmline.sip.address import NameAddr, read_name_addr
from warmline.sip.builder import new_request, new_via, response_to
from warmline.sip.dialog import Local
from warmline.sip.message import Request, Response
from warmline.sip.session_core import Authorize, Manners
from warmline.sip.uri import read_uri

OFFER = "v=0\r\no=a 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n"
ANSWER = "v=0\r\no=b 1 1 IN IP4 192.0.2.2\r\ns=-\r\nt=0 0\r\nm=audio 5000 RTP/AVP 0\r\n"
HELD = OFFER + "a=sendonly\r\n"
_numbers: Iterator[int] = count(1)


def request(
    method: str = "INVITE",
    *,
    branch: str | None = None,
    to_tag: str | None = None,
    from_tag: str = "theirs",
    cseq: int = 1,
    call_id: str = "call-1",
    sdp: str | None = None,
    headers: dict[str, str] | None = None,
    body: bytes = b"",
    content_type: str | None = None,
) -> Request:
    """A request of the other side."""
    to = NameAddr(read_uri("sip:shop@warmline.example"))
    made = new_request(
        method,
        read_uri("sip:shop@warmline.example"),
        via=new_via("udp", "192.0.2.1", 5060, branch or f"b{next(_numbers)}"),
        from_=read_name_addr(f"<sip:kim@192.0.2.1>;tag={from_tag}"),
        to=to.with_tag(to_tag) if to_tag else to,
        call_id=call_id,
        cseq=cseq,
        contact=read_name_addr("<sip:kim@192.0.2.1:5060>"),
        body=sdp.encode() if sdp else body,
        content_type="application/sdp" if sdp else content_type,
    )
    for name, value in (headers or {}).items():
        made.headers.set(name, value)
    return made


def response(
    to: Request,
    status: int,
    *,
    tag: str | None = "theirs",
    sdp: str | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """A response of the other side to a request of ours."""
    made = response_to(
        to,
        status,
        to_tag=tag,
        body=sdp.encode() if sdp else b"",
        content_type="application/sdp" if sdp else None,
    )
    if 100 < status < 300:
        made.headers.set("Contact", "<sip:kim@192.0.2.1:5060>")
    for name, value in (headers or {}).items():
        made.headers.set(name, value)
    return made


ME = Local("UDP", "192.0.2.2", 5060, read_name_addr("<sip:warmline@192.0.2.2>"))


def manners(authorize: Authorize | None = None, random: float = 0.5) -> Manners:
    return Manners(token=lambda: f"t{next(_numbers)}", random=lambda: random, authorize=authorize)
