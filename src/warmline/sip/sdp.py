"""Session descriptions (RFC 8866): parse and build."""

import ipaddress

from msgspec import Struct

from warmline.sip.grammar import TOKEN, BadValue, read_number

Attributes = list[tuple[str, str | None]]
MOST_MEDIA = 32
MOST_LINES = 1_000


class Media(Struct):
    """One m-line with what belongs to it; `address` None: the session's. Port 0: refused, or ended."""

    kind: str
    port: int
    proto: str
    formats: list[str]
    address: str | None = None
    attributes: Attributes = []
    ports: int = 1
    bandwidth: list[str] = []
    title: str | None = None

    def get(self, name: str) -> str | None:
        """The first value of an attribute; "" when it has none, None when it is absent."""
        for key, value in self.attributes:
            if key == name:
                return value or ""
        return None

    def all(self, name: str) -> list[str]:
        return [value or "" for key, value in self.attributes if key == name]

    def has(self, name: str) -> bool:
        return any(key == name for key, _ in self.attributes)


class Session(Struct):
    """A description. Addresses are numeric IPs or host names, without "IN IP4"."""

    address: str  # the origin's
    session_id: int = 0
    version: int = 0
    username: str = "-"
    name: str = "-"
    connection: str | None = None
    attributes: Attributes = []
    media: list[Media] = []
    bandwidth: list[str] = []
    timing: str = "0 0"

    def get(self, name: str) -> str | None:
        for key, value in self.attributes:
            if key == name:
                return value or ""
        return None

    def has(self, name: str) -> bool:
        return any(key == name for key, _ in self.attributes)

    def address_of(self, media: Media) -> str | None:
        return media.address or self.connection

    def of(self, media: Media, name: str) -> str | None:
        """An attribute of the media, else of the session."""
        value = media.get(name)
        return self.get(name) if value is None else value

    def encode(self) -> str:
        """Text with CRLF at the end of each line. Raises BadValue for values that would break a line."""
        lines = [
            "v=0",
            f"o={self.username} {self.session_id} {self.version} {_network(self.address)}",
            f"s={self.name or '-'}",
        ]
        if self.connection is not None:
            lines.append(f"c={_network(self.connection)}")
        lines += [f"b={value}" for value in self.bandwidth]
        lines.append(f"t={self.timing}")
        lines += _written(self.attributes)
        for media in self.media:
            port = str(media.port) if media.ports == 1 else f"{media.port}/{media.ports}"
            lines.append(f"m={media.kind} {port} {media.proto} {' '.join(media.formats)}")
            if media.title is not None:
                lines.append(f"i={media.title}")
            if media.address is not None:
                lines.append(f"c={_network(media.address)}")
            lines += [f"b={value}" for value in media.bandwidth]
            lines += _written(media.attributes)
        if any("\r" in line or "\n" in line for line in lines):
            raise BadValue("line break in a description")
        return "\r\n".join(lines) + "\r\n"


def _network(address: str) -> str:
    return f"IN {'IP6' if ':' in address else 'IP4'} {address}"


def _written(attributes: Attributes) -> list[str]:
    return [f"a={name}" if value is None else f"a={name}:{value}" for name, value in attributes]


def read_sdp(text: str) -> Session:
    """Parse a description. Line breaks may be CRLF or LF; unknown lines are skipped. Raises BadValue."""
    lines = text.replace("\r\n", "\n").split("\n")
    if len(lines) > MOST_LINES or "\r" in text.replace("\r\n", ""):
        raise BadValue("malformed description")
    if lines[0].rstrip() != "v=0":
        raise BadValue("not a description")
    session: Session | None = None
    media: Media | None = None
    for line in lines[1:]:
        if not line.strip():
            continue
        if len(line) < 2 or line[1] != "=" or "\0" in line:
            raise BadValue("malformed line in description")
        kind, value = line[0], line[2:].strip(" ")
        if kind == "o":
            if session is not None:
                raise BadValue("repeated origin")
            session = _read_origin(value)
        elif session is None:
            raise BadValue("origin missing")
        elif kind == "m":
            media = _read_media(value)
            session.media.append(media)
            if len(session.media) > MOST_MEDIA:
                raise BadValue("too many media lines")
        elif media is None:
            _read_session_line(session, kind, value)
        else:
            _read_media_line(media, kind, value)
    if session is None:
        raise BadValue("origin missing")
    return session


def _read_session_line(session: Session, kind: str, value: str) -> None:
    if kind == "c":
        session.connection = _read_connection(value)
    elif kind == "a":
        session.attributes.append(_read_attribute(value))
    elif kind == "s":
        session.name = value
    elif kind == "b":
        session.bandwidth.append(value)
    elif kind == "t":
        session.timing = value


def _read_media_line(media: Media, kind: str, value: str) -> None:
    if kind == "c":
        media.address = _read_connection(value)
    elif kind == "a":
        media.attributes.append(_read_attribute(value))
    elif kind == "b":
        media.bandwidth.append(value)
    elif kind == "i":
        media.title = value


def _read_origin(value: str) -> Session:
    parts = value.split()
    if len(parts) != 6:
        raise BadValue("malformed origin")
    return Session(
        _read_connection(" ".join(parts[3:])),
        read_number(parts[1], 2**64 - 1),
        read_number(parts[2], 2**64 - 1),
        parts[0],
    )


def _read_connection(value: str) -> str:
    parts = value.split()
    if len(parts) != 3 or parts[0] != "IN" or parts[1] not in ("IP4", "IP6"):
        raise BadValue("malformed connection")
    address = parts[2].partition("/")[0]
    try:
        ipaddress.IPv6Address(address) if parts[1] == "IP6" else ipaddress.IPv4Address(address)
    except ValueError:
        if ":" in address or TOKEN.fullmatch(address) is None:
            raise BadValue("malformed address") from None
    return address


def _read_attribute(value: str) -> tuple[str, str | None]:
    name, colon, rest = value.partition(":")
    if TOKEN.fullmatch(name) is None:
        raise BadValue("malformed attribute")
    return (name, rest if colon else None)


def _read_media(value: str) -> Media:
    parts = value.split()
    if len(parts) < 4:
        raise BadValue("malformed media line")
    port, slash, ports = parts[1].partition("/")
    return Media(
        parts[0],
        read_number(port, 65_535),
        parts[2],
        parts[3:],
        ports=read_number(ports, 65_535) if slash else 1,
    )
