"""Why a call ended: the Reason header (RFC 3326), causes of Q.850 as statuses of SIP (RFC 3398, 7.2.4.1)."""

from msgspec import Struct

from warmline.sip.grammar import BadValue, is_token, quote, read_params
from warmline.sip.headers import Headers

_STATUSES = {
    1: 404, 2: 404, 3: 404, 17: 486, 18: 408, 19: 480, 20: 480, 21: 403, 22: 410, 23: 410, 25: 483, 26: 404,
    27: 502,
    28: 484, 29: 501, 31: 480, 34: 503, 38: 503, 41: 503, 42: 503, 47: 503, 50: 403, 55: 403, 57: 403, 58: 503,
    63: 503, 65: 488, 69: 501, 70: 488, 79: 501, 87: 403, 88: 488, 102: 504, 111: 500, 127: 500,
}  # fmt: skip


class Reason(Struct, frozen=True):
    """One reason. `protocol` is `Q.850`, `SIP` or another; `cause` its number."""

    protocol: str
    cause: int | None = None
    text: str = ""

    def __str__(self) -> str:
        cause = "" if self.cause is None else f";cause={self.cause}"
        return f"{self.protocol}{cause}" + (f";text={quote(self.text)}" if self.text else "")


def reasons_of(headers: Headers) -> list[Reason]:
    """The reasons a message gives; what cannot be read is passed over, for nobody refuses a BYE."""
    try:
        values = headers.elements("Reason")
    except BadValue:
        return []
    found: list[Reason] = []
    for value in values:
        protocol, semicolon, rest = value.partition(";")
        protocol = protocol.strip()
        try:
            params = read_params(f";{rest}") if semicolon else {}
        except BadValue:
            continue
        cause = params.get("cause") or ""
        if is_token(protocol):
            number = int(cause) if cause.isascii() and cause.isdigit() and len(cause) < 4 else None
            found.append(Reason(protocol, number, params.get("text") or ""))
    return found


def q850_of(headers: Headers) -> int | None:
    """The Q.850 cause (0 to 127) a message gives."""
    for reason in reasons_of(headers):
        if reason.protocol.upper() == "Q.850" and reason.cause is not None and reason.cause <= 127:
            return reason.cause
    return None


def answered_elsewhere(headers: Headers) -> bool:
    """Whether a CANCEL says that another phone took the call (it is no missed call then)."""
    return any(r.protocol.upper() == "SIP" and r.cause == 200 for r in reasons_of(headers))


def status_of(cause: int) -> int:
    """The status that refuses a call for a cause of Q.850; 480 for those without one of their own."""
    return _STATUSES.get(cause, 480)
