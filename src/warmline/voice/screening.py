"""Requests that begin something: what is answered at once and without memory, what may go on."""

import hashlib
import hmac
import secrets

from warmline.sip.builder import response_to
from warmline.sip.grammar import BadValue
from warmline.sip.message import KNOWN_METHODS, Request, Response
from warmline.sip.offer_answer import ACCEPTED
from warmline.sip.session_core import ALLOW, EXTENSIONS, SUPPORTED
from warmline.sip.session_uas import invite_fault

ALLOWED_HERE = f"{ALLOW}, REGISTER"


class Stateless:
    """Answers that leave nothing behind (RFC 3261, 8.2.7): the same request always gets the same To tag."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(16)

    def respond(
        self, request: Request, status: int, headers: tuple[tuple[str, str], ...] = (), reason: str | None = None
    ) -> Response:
        via = request.headers.via[0]
        named = f"{via.branch}|{request.headers.get('call-id')}|{request.headers.get('cseq')}"
        tag = hmac.new(self._secret, named.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:16]
        response = response_to(request, status, reason, to_tag=tag)
        response.headers.set("Server", "Warmline")
        for name, value in headers:
            response.headers.add(name, value)
        return response


def refusal_before_asking(request: Request) -> tuple[int, tuple[tuple[str, str], ...]] | None:
    """What is wrong with a request outside a dialog, whoever sends it; None when it may go on."""
    if request.uri.scheme not in ("sip", "sips", "tel"):
        return 416, ()
    method = request.method
    if method == "INVITE" and request.headers.max_forwards == 0:
        return 483, ()  # a call that was handed round in a circle (RFC 7332, 3)
    if method not in KNOWN_METHODS:
        return 501, (("Allow", ALLOWED_HERE),)
    if method == "INVITE":
        return None  # `refusal_of_invite`, once its sender may call
    try:
        required = request.headers.elements("Require")
    except BadValue:
        return 400, ()
    if method in ("OPTIONS", "REGISTER"):
        known = EXTENSIONS if method == "OPTIONS" else ()
        unknown = [option for option in required if option not in known]
        if unknown:
            return 420, (("Unsupported", ", ".join(unknown)),)
        return (400, ()) if method == "REGISTER" and not request.headers.to.uri.is_sip else None
    if method in ("BYE", "PRACK", "UPDATE", "INFO", "CANCEL"):
        return 481, ()
    if method == "NOTIFY":
        return 481, ()
    return 405, (("Allow", ALLOWED_HERE),)


def refusal_of_invite(request: Request) -> tuple[int, tuple[tuple[str, str], ...]] | None:
    """What makes an INVITE no call, once its sender may call."""
    fault = invite_fault(request)
    return None if fault is None else (fault[0], tuple(fault[1].items()))


def capabilities(draining: bool, retry_after_s: int) -> tuple[int, tuple[tuple[str, str], ...]]:
    """The answer to OPTIONS, the same for every user part (RFC 3261, 11.2)."""
    if draining:
        return 503, (("Retry-After", str(retry_after_s)),)
    return 200, (("Allow", ALLOWED_HERE), ("Accept", ACCEPTED), ("Supported", SUPPORTED))
