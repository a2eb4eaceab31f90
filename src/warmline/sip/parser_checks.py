"""What a user agent checks of a well-formed request before it works on it (RFC 3261, 8.2)."""

from msgspec import Struct

from warmline.sip.grammar import BadValue
from warmline.sip.message import KNOWN_METHODS, Request


class Abilities(Struct, frozen=True):
    """What we can do. `bodies` are media types of requests we read; `answers` those we send back to an INVITE."""

    methods: tuple[str, ...]
    options: frozenset[str] = frozenset()
    schemes: frozenset[str] = frozenset({"sip", "sips", "tel"})
    bodies: frozenset[str] = frozenset({"application/sdp"})
    answers: frozenset[str] = frozenset({"application/sdp"})


class Refusal(Struct, frozen=True):
    """How to refuse a request: the status, and the headers that say why."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()


def examine(request: Request, able: Abilities) -> Refusal | None:
    """The first reason to refuse, in the order of RFC 3261; None: work on it. An ACK is never refused."""
    try:
        return _examined(request, able)
    except BadValue:
        return None if request.method == "ACK" else Refusal(400)


def _examined(request: Request, able: Abilities) -> Refusal | None:
    headers = request.headers
    if request.method == "ACK":
        return None
    if request.method not in able.methods:
        status = 405 if request.method in KNOWN_METHODS else 501
        return Refusal(status, (("Allow", ", ".join(able.methods)),))
    if request.uri.scheme not in able.schemes:
        return Refusal(416)
    if request.method == "REGISTER" and not headers.to.uri.is_sip:
        return Refusal(400)
    if request.method != "CANCEL":
        wanted = [option for option in headers.elements("Require") if option not in able.options]
        if wanted:
            return Refusal(420, (("Unsupported", ", ".join(wanted)),))
    return _body(request, able) or _answer(request, able)


def _body(request: Request, able: Abilities) -> Refusal | None:
    headers = request.headers
    if not request.body or request.method == "CANCEL":
        return None
    kind = headers.content_type
    accepted = ", ".join(sorted(able.bodies))
    if kind is None or (kind.type not in able.bodies and not kind.type.startswith("multipart/")):
        handling = (headers.get("Content-Disposition") or "").replace(" ", "").lower()
        return None if "handling=optional" in handling else Refusal(415, (("Accept", accepted),))
    encodings = [e.lower() for e in headers.elements("Content-Encoding")]
    if any(encoding != "identity" for encoding in encodings):
        return Refusal(415, (("Accept-Encoding", "identity"),))
    return None


def _answer(request: Request, able: Abilities) -> Refusal | None:
    """An INVITE that accepts none of what we could answer with."""
    if request.method != "INVITE" or "Accept" not in request.headers:
        return None
    ranges = [part.partition(";")[0].strip().lower() for part in request.headers.elements("Accept")]
    for accepted in ranges:
        major, _, minor = accepted.partition("/")
        if accepted == "*/*" or accepted in able.answers:
            return None
        if minor == "*" and any(kind.startswith(f"{major}/") for kind in able.answers):
            return None
    return Refusal(406)
