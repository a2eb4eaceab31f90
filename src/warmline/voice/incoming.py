"""A call that comes in, as call control sees it."""

import re
from collections.abc import Mapping

from msgspec import Struct

from warmline.ports.telephone import Call, Caller
from warmline.sip.grammar import BadValue
from warmline.sip.message import Request
from warmline.sip.refer import read_replaces

_SEPARATORS = re.compile(r"[-.()\s]")
_NUMBER = re.compile(r"\+?[0-9]+")
MOST_X_HEADERS = 20


class Incoming(Struct):
    """Implements `IncomingCall`."""

    call: Call
    caller: Caller
    called: str
    offer: str | None
    trunk: str | None
    phone: str | None
    tenant_id: str
    headers: Mapping[str, str]
    replaces: Call | None


def called_of(request: Request) -> str:
    """What was dialled: of the Request-URI, or of To when the carrier sends our own Contact."""
    user = request.uri.user_text
    if user in ("", "warmline"):
        try:
            user = request.headers.to.uri.user_text
        except BadValue:
            user = ""
    plain = _SEPARATORS.sub("", user.partition(";")[0])
    return plain if _NUMBER.fullmatch(plain) else user


def x_headers(request: Request) -> dict[str, str]:
    """The X-… headers, the first twenty, names as they were written."""
    found: dict[str, str] = {}
    for name, value in request.headers.items():
        if name[:2] in ("X-", "x-") and len(found) < MOST_X_HEADERS:
            found.setdefault(name, value[:500])
    return found


def replaced_of(value: str) -> tuple[str, str, str, bool] | None:
    """Replaces: Call-ID, the tag of who receives it, the other tag, early-only; None when malformed (RFC 3891)."""
    try:
        named = read_replaces(value)
    except BadValue:
        return None
    return named.call_id, named.to_tag, named.from_tag, named.early_only
