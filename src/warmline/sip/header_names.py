"""The names of headers: how they are spelled, their compact forms (RFC 3261, 7.3.3; IANA's list)."""

from warmline.sip.grammar import TOKEN, BadValue

_NAMES = """
Via Max-Forwards Route Record-Route From To Call-ID CSeq Contact Expires Min-Expires Allow Supported Require
Proxy-Require Unsupported Accept Accept-Encoding Accept-Language Authorization Proxy-Authorization
WWW-Authenticate Proxy-Authenticate Authentication-Info User-Agent Server Date Subject Reason Retry-After
Warning Allow-Events Event Subscription-State Refer-To Referred-By Replaces Session-Expires Min-SE RSeq RAck
P-Asserted-Identity P-Preferred-Identity Privacy Identity Diversion History-Info Content-Type
Content-Disposition Content-Encoding Content-Language Content-Length MIME-Version Timestamp Organization
Priority In-Reply-To Reply-To Call-Info Alert-Info Error-Info Path Service-Route Join Target-Dialog
Identity-Info Request-Disposition Accept-Contact Reject-Contact SIP-ETag SIP-If-Match Refer-Sub
"""
SPELLED = {name.lower(): name for name in _NAMES.split()}
COMPACT = {
    "a": "accept-contact", "b": "referred-by", "c": "content-type", "d": "request-disposition",
    "e": "content-encoding", "f": "from", "i": "call-id", "j": "reject-contact", "k": "supported",
    "l": "content-length", "m": "contact", "n": "identity-info", "o": "event", "r": "refer-to", "s": "subject",
    "t": "to", "u": "allow-events", "v": "via", "x": "session-expires", "y": "identity",
}  # fmt: skip
KEYS: dict[str, str] = {
    **{name: key for key, name in SPELLED.items()},
    **{key: key for key in SPELLED},
    **COMPACT,
    **{short.upper(): key for short, key in COMPACT.items()},
}
"""Names as they are usually written -> key (lower case, long form)."""


def key_of(name: str) -> str:
    """The key of a header name in any case or form. Raises BadValue when it is no token."""
    key = KEYS.get(name)
    if key is None:
        if TOKEN.fullmatch(name) is None:
            raise BadValue("malformed header name")
        key = name.lower()
        key = COMPACT.get(key, key)
    return key
