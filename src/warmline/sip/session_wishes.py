"""What a session wishes done, and what it tells whoever controls the call."""

from msgspec import Struct

from warmline.ports.telephone import CallEnd
from warmline.sip.message import Request, Response

# --- on the wire ---------------------------------------------------------------------------------


class SendRequest(Struct, frozen=True):
    """Begin a client transaction; its responses and faults come back to the session with this request."""

    request: Request


class SendAck(Struct, frozen=True):
    """The ACK of a 2xx: straight to the next hop, no transaction."""

    request: Request


class CancelRequest(Struct, frozen=True):
    """CANCEL this INVITE of ours, which has been answered provisionally."""

    invite: Request


class Respond(Struct, frozen=True):
    """Answer this request of theirs."""

    request: Request
    response: Response


class Gone(Struct, frozen=True):
    """No message of this session is expected any more: forget it."""


# --- told ----------------------------------------------------------------------------------------


class Ringing(Struct, frozen=True):
    """Outbound: the other side rings; with early media if there is SDP."""

    status: int
    sdp: str | None = None


class Answered(Struct, frozen=True):
    """Outbound: the other side answered."""

    sdp: str


class Acknowledged(Struct, frozen=True):
    """Inbound: the ACK of our 200 came; `sdp` answers the offer we made in it."""

    sdp: str | None = None


class Reoffered(Struct, frozen=True):
    """The other side offers anew. With `open`, an answer is owed; without, it is for information."""

    sdp: str
    open: bool = True


class ReofferEnded(Struct, frozen=True):
    """How our re-INVITE went: 200 with the answer, or why not."""

    status: int
    sdp: str | None = None


class Pressed(Struct, frozen=True):
    """Keys by SIP INFO."""

    digits: str


class ReferAsked(Struct, frozen=True):
    """The other side asks to be connected elsewhere. `replaces` is the value of the header in Refer-To."""

    refer: int
    target: str
    replaces: str | None = None


class ReferTold(Struct, frozen=True):
    """How the REFER we sent goes; `final` ends it."""

    status: int
    final: bool


class Ended(Struct, frozen=True):
    """The call is over; told once."""

    end: CallEnd


Wish = (
    SendRequest
    | SendAck
    | CancelRequest
    | Respond
    | Gone
    | Ringing
    | Answered
    | Acknowledged
    | Reoffered
    | ReofferEnded
    | Pressed
    | ReferAsked
    | ReferTold
    | Ended
)
