"""SIP messages (RFC 3261, 7): a start line, headers, a body."""

from warmline.sip.grammar import TOKEN, BadValue
from warmline.sip.headers import Headers
from warmline.sip.uri import Uri, read_uri

KNOWN_METHODS = frozenset(
    (
        "INVITE",
        "ACK",
        "BYE",
        "CANCEL",
        "OPTIONS",
        "REGISTER",
        "PRACK",
        "UPDATE",
        "INFO",
        "REFER",
        "NOTIFY",
        "SUBSCRIBE",
        "MESSAGE",
        "PUBLISH",
    )
)
REASONS = {
    100: "Trying",
    180: "Ringing",
    181: "Call Is Being Forwarded",
    182: "Queued",
    183: "Session Progress",
    199: "Early Dialog Terminated",
    200: "OK",
    202: "Accepted",
    204: "No Notification",
    300: "Multiple Choices",
    301: "Moved Permanently",
    302: "Moved Temporarily",
    305: "Use Proxy",
    380: "Alternative Service",
    400: "Bad Request",
    401: "Unauthorized",
    402: "Payment Required",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    407: "Proxy Authentication Required",
    408: "Request Timeout",
    410: "Gone",
    412: "Conditional Request Failed",
    413: "Request Entity Too Large",
    414: "Request-URI Too Long",
    415: "Unsupported Media Type",
    416: "Unsupported URI Scheme",
    420: "Bad Extension",
    421: "Extension Required",
    422: "Session Interval Too Small",
    423: "Interval Too Brief",
    428: "Use Identity Header",
    429: "Provide Referrer Identity",
    433: "Anonymity Disallowed",
    436: "Bad Identity Info",
    437: "Unsupported Credential",
    438: "Invalid Identity Header",
    439: "First Hop Lacks Outbound Support",
    469: "Bad Info Package",
    480: "Temporarily Unavailable",
    481: "Call/Transaction Does Not Exist",
    482: "Loop Detected",
    483: "Too Many Hops",
    484: "Address Incomplete",
    485: "Ambiguous",
    486: "Busy Here",
    487: "Request Terminated",
    488: "Not Acceptable Here",
    489: "Bad Event",
    491: "Request Pending",
    493: "Undecipherable",
    494: "Security Agreement Required",
    500: "Server Internal Error",
    501: "Not Implemented",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Server Time-out",
    505: "Version Not Supported",
    513: "Message Too Large",
    580: "Precondition Failure",
    600: "Busy Everywhere",
    603: "Decline",
    604: "Does Not Exist Anywhere",
    606: "Not Acceptable",
    607: "Unwanted",
    608: "Rejected",
}


def reason_of(status: int) -> str:
    """The usual words for a status; of an unknown one, those of its class."""
    return REASONS.get(status) or REASONS.get(status // 100 * 100) or "Unknown"


class Request:
    """A request."""

    __slots__ = ("_target", "_uri", "body", "headers", "method")

    def __init__(self, method: str, uri: Uri, headers: Headers | None = None, body: bytes = b"") -> None:
        self.method = method
        self._uri: Uri | None = uri
        self._target = ""
        self.headers = Headers() if headers is None else headers
        self.body = body

    @property
    def uri(self) -> Uri:
        if self._uri is None:
            self._uri = read_uri(self._target)
        return self._uri

    @uri.setter
    def uri(self, uri: Uri) -> None:
        self._uri = uri

    @classmethod
    def unread(cls, method: str, target: str, headers: Headers) -> "Request":
        """A request whose Request-URI is known to be valid, and stays text until somebody asks for it."""
        request = cls.__new__(cls)
        request.method = method
        request._uri = None
        request._target = target
        request.headers = headers
        request.body = b""
        return request

    def encode(self) -> bytes:
        """The bytes for the wire, with the right Content-Length. Raises BadValue for what would break a line."""
        if TOKEN.fullmatch(self.method) is None:
            raise BadValue("malformed method")
        return _encode(f"{self.method} {self._uri or self._target} SIP/2.0", self.headers, self.body)

    def __repr__(self) -> str:
        return f"<Request {self.method} {self.uri}>"


class Response:
    """A response; without `reason` the usual words are sent."""

    __slots__ = ("body", "headers", "reason", "status")

    def __init__(
        self, status: int, reason: str | None = None, headers: Headers | None = None, body: bytes = b""
    ) -> None:
        self.status = status
        self.reason = reason_of(status) if reason is None else reason
        self.headers = Headers() if headers is None else headers
        self.body = body

    def encode(self) -> bytes:
        """The bytes for the wire, with the right Content-Length. Raises BadValue for what would break a line."""
        if not 100 <= self.status <= 699:
            raise BadValue("status out of range")
        return _encode(f"SIP/2.0 {self.status} {self.reason}", self.headers, self.body)

    def __repr__(self) -> str:
        return f"<Response {self.status} {self.reason}>"


Message = Request | Response


def _encode(start: str, headers: Headers, body: bytes) -> bytes:
    if "\r" in start or "\n" in start:
        raise BadValue("line break in a start line")
    text = f"{headers.write(start)}\r\nContent-Length: {len(body)}\r\n\r\n"
    head = text.encode("utf-8", "surrogateescape")
    return head + body if body else head
