"""SIP, SIPS and other URIs (RFC 3261, 19.1; RFC 3966 for tel)."""

import ipaddress
import re

from msgspec import Struct
from msgspec.structs import replace

from warmline.sip.grammar import BadValue, Params

_SIP = re.compile(
    r"(sips?):"
    r"(?:((?:[A-Za-z0-9\-_.!~*'()&=+$,;?/#]|%[0-9A-Fa-f]{2})+)(?::((?:[A-Za-z0-9\-_.!~*'()&=+$,]|%[0-9A-Fa-f]{2})*))?@)?"
    r"([A-Za-z0-9](?:[A-Za-z0-9\-_.]*[A-Za-z0-9.])?|\[[0-9A-Fa-f:.]+\])"
    r"(?::([0-9]{1,5}))?"
    r"((?:;(?:[A-Za-z0-9\-_.!~*'()\[\]/:&+$=]|%[0-9A-Fa-f]{2})+)*)"
    r"(?:\?((?:[A-Za-z0-9\-_.!~*'()\[\]/?:+$=&]|%[0-9A-Fa-f]{2})+))?",
    re.IGNORECASE,
)
_OTHER = re.compile(r"([A-Za-z][A-Za-z0-9+\-.]*):([A-Za-z0-9\-_.!~*'()%;/?:@&=+$,#\[\]]+)")
_ESCAPED = re.compile(r"((?:%[0-9A-Fa-f]{2})+)")
_USER_UNSAFE = re.compile(r"[^A-Za-z0-9\-_.!~*'()&=+$,;?/]")
_PARAM_UNSAFE = re.compile(r"[^A-Za-z0-9\-_.!~*'()\[\]/:&+$]")


class Uri(Struct, frozen=True):
    """A URI, its parts as written on the wire (escaped).

    Of schemes other than sip and sips everything after the colon is in `opaque`, and `host` is empty.
    """

    scheme: str
    user: str | None = None
    host: str = ""
    port: int | None = None
    params: tuple[tuple[str, str | None], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    password: str | None = None
    opaque: str = ""

    @property
    def is_sip(self) -> bool:
        return self.scheme in ("sip", "sips")

    @property
    def user_text(self) -> str:
        """The user part as people mean it, without escapes; of a tel URI its number."""
        if self.scheme == "tel":
            return self.opaque.partition(";")[0]
        return unescape(self.user or "")

    @property
    def ip_host(self) -> str:
        """The host without the brackets of IPv6."""
        return self.host[1:-1] if self.host.startswith("[") else self.host

    def param(self, name: str, default: str | None = None) -> str | None:
        """The value of a parameter (unescaped), "" if it has none, `default` if there is no such parameter."""
        for key, value in self.params:
            if key == name:
                return "" if value is None else unescape(value)
        return default

    def with_params(self, **params: str | None) -> "Uri":
        """A copy with these parameters set; `_` in names stands for `-`."""
        kept = tuple(p for p in self.params if p[0] not in {n.replace("_", "-") for n in params})
        added = tuple(
            (n.replace("_", "-"), v if v is None else _PARAM_UNSAFE.sub(_escape, v)) for n, v in params.items()
        )
        return replace(self, params=kept + added)

    def without_headers(self) -> "Uri":
        return replace(self, headers=()) if self.headers else self

    @property
    def is_loose(self) -> bool:
        """Whether a route is a loose router (`lr`, RFC 3261, 16.12)."""
        return any(key == "lr" for key, _ in self.params)

    def __str__(self) -> str:
        if not self.is_sip:
            return f"{self.scheme}:{self.opaque}"
        text = f"{self.scheme}:"
        if self.user is not None:
            text += f"{self.user}@" if self.password is None else f"{self.user}:{self.password}@"
        text += self.host if self.port is None else f"{self.host}:{self.port}"
        for name, value in self.params:
            text += f";{name}" if value is None else f";{name}={value}"
        if self.headers:
            text += "?" + "&".join(f"{name}={value}" for name, value in self.headers)
        return text

    def same_as(self, other: "Uri") -> bool:
        """Whether both name the same resource (RFC 3261, 19.1.4)."""
        if self.scheme != other.scheme or not self.is_sip:
            return str(self) == str(other)
        if (unescape(self.user or ""), self.password) != (unescape(other.user or ""), other.password):
            return False
        if (self.user is None) != (other.user is None):
            return False
        if self.host.lower() != other.host.lower() or self.port != other.port:
            return False
        mine, theirs = _comparable(self.params), _comparable(other.params)
        for name in mine.keys() | theirs.keys():
            both = name in mine and name in theirs
            if both and mine[name] != theirs[name]:
                return False
            if not both and name in ("user", "ttl", "method", "maddr", "transport"):
                return False
        return sorted((n.lower(), unescape(v)) for n, v in self.headers) == sorted(
            (n.lower(), unescape(v)) for n, v in other.headers
        )


def _comparable(params: tuple[tuple[str, str | None], ...]) -> Params:
    return {name: None if value is None else unescape(value).lower() for name, value in params}


def unescape(text: str) -> str:
    """Percent escapes undone; bytes that are no UTF-8 become surrogates, so that nothing is lost."""
    if "%" not in text:
        return text
    return _ESCAPED.sub(lambda m: bytes.fromhex(m[1].replace("%", "")).decode("utf-8", "surrogateescape"), text)


def _escape(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "surrogateescape"))


def escape_user(text: str) -> str:
    """Any text as the user part of a SIP URI."""
    return _USER_UNSAFE.sub(_escape, text)


def escape_header(text: str) -> str:
    """Any text as the value of a header inside a URI (`?Replaces=…`)."""
    return re.sub(r"[^A-Za-z0-9\-_.!~*'()\[\]/?:+$]", _escape, text)


def sip_uri(
    user: str | None, host: str, port: int | None = None, *, secure: bool = False, **params: str | None
) -> Uri:
    """Build a SIP URI from plain text; brackets are added to IPv6. Raises BadValue when the result is none."""
    if ":" in host and not host.startswith("["):
        host = f"[{host}]"
    built = Uri("sips" if secure else "sip", None if user is None else escape_user(user), host, port)
    return read_uri(str(built.with_params(**params) if params else built))


def read_uri(text: str) -> Uri:
    """Parse any absolute URI. Raises BadValue."""
    found = _SIP.fullmatch(text)
    if found is None:
        return _read_other(text)
    scheme, user, password, host, port, params, headers = found.groups()
    number = None
    if port is not None:
        number = int(port)
        if number > 65535:
            raise BadValue("port out of range")
    if host[0] == "[":
        try:
            ipaddress.IPv6Address(host[1:-1])
        except ValueError:
            raise BadValue("malformed IPv6 address") from None
    return Uri(
        scheme.lower(),
        user,
        host,
        number,
        _read_params(params) if params else (),
        _read_headers(headers) if headers else (),
        password,
    )


def _read_other(text: str) -> Uri:
    found = _OTHER.fullmatch(text)
    if found is None:
        raise BadValue("malformed URI")
    scheme = found[1].lower()
    if scheme in ("sip", "sips"):
        raise BadValue("malformed SIP URI")
    return Uri(scheme, opaque=found[2])


def _read_params(text: str) -> tuple[tuple[str, str | None], ...]:
    params: list[tuple[str, str | None]] = []
    seen: set[str] = set()
    for part in text[1:].split(";"):
        name, equals, value = part.partition("=")
        name = name.lower()
        if not name or name in seen or (equals and not value):
            raise BadValue("malformed URI parameter")
        seen.add(name)
        params.append((name, value if equals else None))
    return tuple(params)


def _read_headers(text: str) -> tuple[tuple[str, str], ...]:
    headers: list[tuple[str, str]] = []
    for part in text.split("&"):
        name, equals, value = part.partition("=")
        if not name or not equals:
            raise BadValue("malformed URI header")
        headers.append((name, value))
    return tuple(headers)
