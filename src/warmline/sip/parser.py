"""Bytes to messages, strictly where it matters, never with another exception than `BadMessage`."""

import re

from warmline.sip.grammar import TOKEN, BadValue
from warmline.sip.header_names import COMPACT, KEYS, SPELLED
from warmline.sip.headers import Headers
from warmline.sip.message import KNOWN_METHODS, Request, Response
from warmline.sip.uri import Uri, read_uri

MOST_BYTES = 65_535
MOST_HEADERS = 256  # lines
MOST_LINE = 8_192  # characters, unfolded
_FOLD = re.compile(r"(?:\r\n[ \t]+)+")
# What nearly every value looks like; values that do not are read in full at once. Each matches only valid values.
_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9\-.]*[A-Za-z0-9])?(?::[1-9][0-9]{0,3})?"
_SIP = rf"sips?:(?:[A-Za-z0-9\-_.!~*'()&=+$]+@)?{_HOST}(?:;[A-Za-z0-9\-]+(?:=[A-Za-z0-9\-.]+)?)?"
_WORD = r"[A-Za-z0-9\-.!%*_+`'~]+"
PLAIN_URI = re.compile(_SIP)
PLAIN_ADDRESS = re.compile(rf'(?:"[^"\\\n]*" ?|[A-Za-z0-9 ]*)<{_SIP}>(?:;tag={_WORD})?')
PLAIN_VIA = re.compile(rf"SIP/2\.0/[A-Z]+ {_HOST}(?:;branch={_WORD}(?:;rport)?|;rport;branch={_WORD})")
_UNREAD = Uri("sip", host="invalid.invalid")
PLAIN_CSEQ = re.compile(rf"[0-9]{{1,9}} ({_WORD})")
_PLAIN_START = re.compile(rf"({_WORD}) ({_SIP}) SIP/2\.0")
_ABSENT = ["\n"]  # no header holds a line break
# Everything that must be checked, in lines of its own: one search costs a third of seven.
_PLAIN_SEVEN = re.compile(
    rf"{PLAIN_VIA.pattern}\n{PLAIN_ADDRESS.pattern}\n{PLAIN_ADDRESS.pattern}\n{PLAIN_CSEQ.pattern}\n"
    rf"(?:\n|{PLAIN_ADDRESS.pattern})\n(?:\n|[0-9]{{1,2}})\n(?:\n|[0-9]{{1,5}})"
)
_DATE = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
    r"\d{2}:\d{2}:\d{2} GMT"
)


class BadMessage(Exception):
    """A message that cannot be processed.

    `status` is what RFC 3261 or 4475 says to answer; `reason` says what is wrong in plain ASCII, fit for a reason
    phrase, without the sender's bytes. `partial` holds what could be read; None: not even a start line.
    """

    def __init__(self, status: int, reason: str, partial: Request | Response | None = None) -> None:
        super().__init__(f"{status} {reason}")
        self.status = status
        self.reason = reason
        self.partial = partial

    @property
    def answerable(self) -> Request | None:
        """The request to answer, when enough of it is readable; None: drop it (responses, ACK, no way back)."""
        request = self.partial
        if not isinstance(request, Request) or request.method == "ACK":
            return None
        try:
            complete = bool(request.headers.via) and all(
                request.headers.count(name) for name in ("From", "To", "Call-ID", "CSeq")
            )
        except BadValue:
            return None
        return request if complete else None


def parse(data: bytes) -> Request | Response:
    """Parse one datagram. Bytes beyond Content-Length are dropped. Raises BadMessage.

    Start line, framing, the mandatory headers, Contact, Route and Record-Route are checked; others when asked for.
    """
    if len(data) > MOST_BYTES:
        raise BadMessage(513, "Message too large", _head_only(data))
    start = 0
    while data.startswith(b"\r\n", start):  # RFC 3261, 7.5: ignore empty lines before the start line
        start += 2
    end = data.find(b"\r\n\r\n", start)
    if end < 0:
        raise BadMessage(400, "Headers not terminated", _head_only(data))
    message, values = _read_lines(data[start:end].decode("utf-8", "surrogateescape"))
    body = data[end + 4 :]
    stated = values.get("content-length")
    if stated is not None:
        length = int(stated[0])  # it has been checked
        if length > len(body):
            raise BadMessage(400, "Content-Length larger than message", message)
        body = body[:length]
    message.body = body
    return message


def read_head(head: bytes) -> Request | Response:
    """Parse start line and headers, given without the empty line that ends them. Raises BadMessage."""
    return _read_lines(head.decode("utf-8", "surrogateescape"))[0]


def _read_lines(text: str) -> tuple[Request | Response, dict[str, list[str]]]:
    """The message, and the values of its headers by key."""
    lines = text.split("\r\n")
    values: dict[str, list[str]] = {}
    spelled: dict[str, str] = {}
    headers = Headers.trusted(values, spelled)
    fault: str | None = None
    unbroken = "".join(lines)
    long = len(text) > MOST_LINE
    if len(lines) > MOST_HEADERS:
        fault = "Too many header lines"
        del lines[MOST_HEADERS:]
    first = lines[0]
    del lines[0]
    if "\n" in unbroken or "\r" in unbroken:
        fault = "Bare line break"  # nothing of such a line may be repeated in an answer
        lines = [line for line in lines if "\n" not in line and "\r" not in line]
    known = KEYS.get
    for line in lines:
        name, colon, value = line.partition(":")
        key = known(name)
        if key is None:
            if line[:1] in (" ", "\t"):
                return _read_lines(_FOLD.sub(" ", text))  # afterwards no line begins so
            name = name.rstrip(" \t")
            if not colon or TOKEN.fullmatch(name) is None:
                fault = fault or "Malformed header line"
                continue
            key = name.lower()
            key = COMPACT.get(key, key)
            if key not in SPELLED:
                spelled.setdefault(key, name)
        if long and len(line) > MOST_LINE:
            fault = fault or "Header line too long"
            continue
        value = value.strip(" \t")
        if key in values:
            values[key].append(value)
        else:
            values[key] = [value]
    message = _start(first, headers)
    if fault is not None:
        raise BadMessage(400, fault, message)
    _check(message, values)
    return message, values


def _start(line: str, headers: Headers) -> Request | Response:
    plain = _PLAIN_START.fullmatch(line)
    if plain is not None:
        return Request.unread(plain[1], plain[2], headers)
    if line.startswith("SIP/"):
        return _status_line(line, headers)
    method, _, rest = line.partition(" ")
    target, _, version = rest.rpartition(" ")
    if method not in KNOWN_METHODS and TOKEN.fullmatch(method) is None:
        raise BadMessage(400, "Malformed start line")
    request = Request(method, _UNREAD, headers)
    if version != "SIP/2.0" and version.upper() != "SIP/2.0":
        if re.fullmatch(r"SIP/\d+\.\d+", version, re.IGNORECASE):
            raise BadMessage(505, "Version Not Supported", request)
        raise BadMessage(400, "Malformed request line", request)
    try:
        request.uri = read_uri(target)
    except BadValue:
        raise BadMessage(400, "Malformed Request-URI", request) from None
    if request.uri.headers:
        raise BadMessage(400, "Headers in Request-URI", request)
    return request


def _status_line(line: str, headers: Headers) -> Response:
    version, _, rest = line.partition(" ")
    code, _, reason = rest.partition(" ")
    response = Response(500, reason, headers)
    if version != "SIP/2.0":
        raise BadMessage(505, "Version Not Supported", response)
    if len(code) != 3 or not (code.isascii() and code.isdigit()) or not "1" <= code[0] <= "6":
        raise BadMessage(400, "Malformed status", response)
    response.status = int(code)
    return response


def _check(message: Request | Response, values: dict[str, list[str]]) -> None:
    headers = message.headers
    try:
        method = _plain_method(values) or _read_method(headers)
        if "route" in values:
            headers.routes  # noqa: B018
        if "record-route" in values:
            headers.record_routes  # noqa: B018
        if len(values.get("content-type", ())) > 1:
            raise BadValue("repeated Content-Type")
        if "date" in values and _DATE.fullmatch(values["date"][0]) is None:
            raise BadValue("Date: malformed")
    except BadValue as bad:
        raise BadMessage(400, str(bad).capitalize(), message) from None
    if isinstance(message, Request) and method != message.method:
        status = 400 if message.method in KNOWN_METHODS else 501
        raise BadMessage(status, "CSeq method does not match", message)


def _plain_method(values: dict[str, list[str]]) -> str | None:
    """The method of CSeq when every header that must be checked is there once and looks as nearly all do."""
    try:
        (via,), (from_,), (to,), (cseq,), (call_id,), (contact,), (hops,), (length,) = (
            values["via"], values["from"], values["to"], values["cseq"], values["call-id"],
            values.get("contact", _ABSENT), values.get("max-forwards", _ABSENT),
            values.get("content-length", _ABSENT),
        )  # fmt: skip
    except (KeyError, ValueError):
        return None
    plain = _PLAIN_SEVEN.fullmatch(f"{via}\n{from_}\n{to}\n{cseq}\n{contact}\n{hops}\n{length}")
    if plain is None or not call_id or " " in call_id or "\t" in call_id:
        return None
    return plain[1]


def _read_method(headers: Headers) -> str:
    """The method of CSeq, all headers that must be checked read in full: reading is the check. Raises BadValue."""
    if not headers.via:
        raise BadValue("missing Via")
    for header in ("from_", "to", "call_id", "max_forwards", "contacts", "content_length"):
        getattr(headers, header)
    return headers.cseq.method


def _head_only(data: bytes) -> Request | Response | None:
    """What can be read of a message that is cut off or too large, so that it can be refused politely."""
    head, _, _ = data[:MOST_LINE].partition(b"\r\n\r\n")
    complete, _, _ = head.rpartition(b"\r\n")
    try:
        return read_head(complete.lstrip(b"\r\n"))
    except BadMessage as bad:
        return bad.partial
