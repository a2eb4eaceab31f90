"""Why a call ended: the Reason header (RFC 3326), and statuses of SIP as causes of Q.850 (RFC 3398, 8.2.6.1)."""

from msgspec import Struct

from warmline.sip.grammar import BadValue, is_token, quote, read_params, split_list
from warmline.sip.headers import Headers

NORMAL = 16
UNSPECIFIED = 31
TEXT_AT_MOST = 200
_CAUSES = {
    400: 41, 401: 21, 402: 21, 403: 21, 404: 1, 405: 63, 406: 79, 407: 21, 408: 102, 410: 22, 413: 127, 414: 127,
    415: 79, 416: 127, 420: 127, 421: 127, 423: 127, 480: 18, 481: 41, 482: 25, 483: 25, 484: 28, 485: 1, 486: 17,
    487: 16, 488: 88, 500: 41, 501: 79, 502: 38, 503: 41, 504: 102, 505: 127, 513: 127, 600: 17, 603: 21, 604: 1,
    606: 88, 607: 21, 608: 21,
}  # fmt: skip


class Reason(Struct, frozen=True):
    """One reason. `protocol` is `Q.850`, `SIP` or another; `cause` its number."""

    protocol: str
    cause: int | None = None
    text: str = ""

    def __str__(self) -> str:
        cause = "" if self.cause is None else f";cause={self.cause}"
        shown = " ".join(self.text.split())
        return f"{self.protocol}{cause}" + (f";text={quote(shown)}" if shown else "")


def reason_header(cause: int, text: str) -> str:
    """Reason with a Q.850 cause."""
    return str(Reason("Q.850", cause, text))


def reasons_of(headers: Headers) -> list[Reason]:
    """The reasons a message gives; what cannot be read is passed over, for nobody refuses a BYE."""
    found: list[Reason] = []
    for value in headers.all("Reason"):
        try:
            found += [_read(part) for part in split_list(value)]
        except BadValue:
            continue
    return found


def read_reason(headers: Headers) -> tuple[int, str]:
    """The Q.850 cause and text a message gives; 16 when it gives none."""
    for one in reasons_of(headers):
        if one.protocol.upper() == "Q.850" and one.cause is not None:
            return one.cause, one.text[:TEXT_AT_MOST]
    return NORMAL, ""


def cause_of(status: int) -> int:
    """The cause of a call that ended with this final status; 31 (normal, unspecified) for others."""
    return _CAUSES.get(status, UNSPECIFIED)


def _read(value: str) -> Reason:
    protocol, semicolon, rest = value.partition(";")
    params = read_params(f";{rest}") if semicolon else {}
    if not is_token(protocol.strip()):
        raise BadValue("no protocol")
    cause = params.get("cause") or ""
    number = int(cause) if cause.isascii() and cause.isdigit() and len(cause) < 4 else None
    return Reason(protocol.strip(), number, params.get("text") or "")
