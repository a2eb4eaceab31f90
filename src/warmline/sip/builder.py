"""Messages made from messages: responses, ACK and CANCEL of an INVITE (RFC 3261, 8.2.6, 9.1, 17.1.1.3)."""

from warmline.sip.address import NameAddr
from warmline.sip.headers import CSeq, Headers
from warmline.sip.message import Request, Response
from warmline.sip.uri import Uri
from warmline.sip.via import MAGIC, Via


def new_request(
    method: str,
    uri: Uri,
    *,
    via: Via,
    from_: NameAddr,
    to: NameAddr,
    call_id: str,
    cseq: int,
    max_forwards: int = 70,
    contact: NameAddr | None = None,
    routes: tuple[NameAddr, ...] = (),
    body: bytes = b"",
    content_type: str | None = None,
) -> Request:
    """A request with everything that is mandatory. Raises BadValue."""
    headers = Headers()
    headers.add("Via", via)
    headers.add("Max-Forwards", max_forwards)
    for route in routes:
        headers.add("Route", route)
    headers.add("From", from_)
    headers.add("To", to)
    headers.add("Call-ID", call_id)
    headers.add("CSeq", CSeq(cseq, method))
    if contact is not None:
        headers.add("Contact", contact)
    if content_type is not None:
        headers.add("Content-Type", content_type)
    return Request(method, uri, headers, body)


def new_via(transport: str, host: str, port: int | None, branch: str, *, rport: bool = True) -> Via:
    """Our Via; `branch` is random, the magic cookie is put before it if it lacks it."""
    if ":" in host and not host.startswith("["):
        host = f"[{host}]"
    params: dict[str, str | None] = {"branch": branch if branch.startswith(MAGIC) else MAGIC + branch}
    if rport:
        params["rport"] = None
    return Via(transport.upper(), host, port, params)


def response_to(
    request: Request,
    status: int,
    reason: str | None = None,
    *,
    to_tag: str | None = None,
    body: bytes = b"",
    content_type: str | None = None,
) -> Response:
    """A response that finds its way back: Via, From, To, Call-ID and CSeq copied; Record-Route for 1xx and 2xx.

    `to_tag` is added where To has none yet (not to 100).
    """
    headers = request.headers.way_back(None if status == 100 else to_tag)
    if status == 100:
        headers.copy_from(request.headers, "timestamp")
    elif status < 300:
        headers.copy_from(request.headers, "record-route")
    if content_type is not None:
        headers.set("content-type", content_type)
    return Response(status, reason, headers, body)


def stamp_via(request: Request, host: str, port: int) -> None:
    """Note in the top Via where the request came from (RFC 3261, 18.2.1; RFC 3581).

    Raises BadValue for a malformed Via.
    """
    vias = request.headers.via
    top = vias[0].stamped(host, port)
    if top.params != vias[0].params:
        request.headers.replace_vias([top, *vias[1:]])


def ack_of(invite: Request, response: Response) -> Request:
    """The ACK of a final response other than 2xx: same branch, the response's To."""
    headers = Headers()
    headers.add("Via", invite.headers.via[0])
    headers.add("Max-Forwards", 70)
    headers.copy_from(invite.headers, "route", "from")
    headers.copy_from(response.headers, "to")
    headers.copy_from(invite.headers, "call-id")
    headers.add("CSeq", CSeq(invite.headers.cseq.number, "ACK"))
    return Request("ACK", invite.uri, headers)


def cancel_of(invite: Request) -> Request:
    """The CANCEL of an INVITE under way: same Request-URI, branch, To and number."""
    headers = Headers()
    headers.add("Via", invite.headers.via[0])
    headers.add("Max-Forwards", 70)
    headers.copy_from(invite.headers, "route", "from", "to", "call-id")
    headers.add("CSeq", CSeq(invite.headers.cseq.number, "CANCEL"))
    return Request("CANCEL", invite.uri, headers)
