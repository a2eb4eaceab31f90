"""Sessions played by hand: wishes as words, a call brought up, time passed."""

from tests.sip.playbook import ANSWER, ME, OFFER, manners, request, response

from warmline.sip.address import read_name_addr
from warmline.sip.message import Request
from warmline.sip.session import Session
from warmline.sip.session_core import Authorize
from warmline.sip.session_uac import Invitation, OutgoingSession
from warmline.sip.session_uas import IncomingSession
from warmline.sip.session_wishes import (
    Acknowledged,
    Answered,
    CancelRequest,
    Ended,
    Gone,
    Pressed,
    ReferAsked,
    ReferTold,
    Reoffered,
    ReofferEnded,
    Respond,
    Ringing,
    SendAck,
    SendRequest,
    Wish,
)  # fmt: skip
from warmline.sip.uri import read_uri


def words(wishes: list[Wish]) -> list[str]:
    """Wishes as they would be told to somebody."""
    return [_word(wish) for wish in wishes]


def _word(wish: Wish) -> str:
    match wish:
        case SendRequest(request=made):
            return f"> {made.method}"
        case SendAck():
            return "> ACK"
        case CancelRequest():
            return "> CANCEL"
        case Respond(request=asked, response=made):
            return f"> {made.status} {asked.method}"
        case Ended(end=end):
            return f"ended by {end.by} {end.cause} {end.status}"
        case Ringing(status=status, sdp=sdp):
            return f"ringing {status}" + (" with sdp" if sdp else "")
        case Answered():
            return "answered"
        case Acknowledged(sdp=sdp):
            return "acknowledged" + (" with sdp" if sdp else "")
        case Reoffered(open=owed):
            return "reoffered" if owed else "told of sdp"
        case ReofferEnded(status=status):
            return f"reoffer {status}"
        case Pressed(digits=digits):
            return f"key {digits}"
        case ReferAsked(target=target, replaces=replaces):
            return f"refer {target} {replaces}"
        case ReferTold(status=status, final=final):
            return f"refer {status} {final}"
        case Gone():
            return "gone"


def sent(wishes: list[Wish], method: str) -> Request:
    """The request of this method among the wishes."""
    return next(w.request for w in wishes if isinstance(w, SendRequest | SendAck) and w.request.method == method)


def incoming(sdp: str | None = OFFER, **headers: str) -> IncomingSession:
    invite = request(sdp=sdp, headers={name.replace("_", "-"): value for name, value in headers.items()})
    session = IncomingSession(invite, ME, "ours", manners())
    assert words(session.begin(0)) == ["> 100 INVITE"]
    return session


def answered(sdp: str | None = OFFER, **headers: str) -> IncomingSession:
    """An inbound call that is up at second 1."""
    session = incoming(sdp, **headers)
    assert words(session.answer(ANSWER, 0)) == ["> 200 INVITE"]
    session.request(request("ACK", to_tag="ours", sdp=None if sdp else OFFER), 1)
    assert session.state == "up"
    return session


def outgoing(authorize: Authorize | None = None, random: float = 0.5) -> tuple[OutgoingSession, Request]:
    """A call of ours whose INVITE is out."""
    invitation = Invitation(
        uri=read_uri("sip:kim@192.0.2.1"),
        from_=read_name_addr("<sip:shop@192.0.2.2>"),
        to=read_name_addr("<sip:kim@192.0.2.1>"),
        call_id="call-1",
        sdp=OFFER,
    )
    session = OutgoingSession(invitation, ME, "ours", manners(authorize, random))
    return session, sent(session.begin(0), "INVITE")


def talking() -> OutgoingSession:
    """A call of ours that was answered at second 1."""
    session, invite = outgoing()
    assert words(session.response(invite, response(invite, 200, sdp=ANSWER), 1)) == ["> ACK", "answered"]
    return session


def theirs(session: Session, method: str, cseq: int = 2, **more: object) -> Request:
    """A request of theirs within the call."""
    return request(method, to_tag="ours", cseq=cseq, **more)  # type: ignore[arg-type]


def passing(session: Session, until_s: float) -> list[tuple[float, str]]:
    """What happens when nothing but time passes."""
    happened: list[tuple[float, str]] = []
    while (at_s := session.next_deadline()) is not None and at_s <= until_s:
        happened += [(at_s, word) for word in words(session.tick(at_s))]
    return happened
