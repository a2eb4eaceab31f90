"""Which body carries SDP, keys and fragments (RFC 3261, 13.2.1; RFC 3264; RFC 5621 for multipart)."""

import re

from warmline.sip.grammar import BadValue
from warmline.sip.message import Message

SDP = "application/sdp"
ACCEPTED = "application/sdp, application/dtmf-relay, application/dtmf, message/sipfrag, multipart/mixed"
_SIGNAL = re.compile(r"^\s*signal\s*=\s*([0-9*#a-dA-D])\s*$", re.IGNORECASE | re.MULTILINE)
_FRAGMENT = re.compile(r"\s*SIP/2\.0 +([1-6][0-9]{2})\b")


class UnsupportedBody(Exception):
    """A body we cannot use: answer 415."""


def sdp_of(message: Message) -> str | None:
    """The SDP of a message, None if it has no body. Raises UnsupportedBody."""
    if not message.body:
        return None
    try:
        kind = message.headers.content_type
        encoding = message.headers.get("content-encoding")
    except BadValue:
        raise UnsupportedBody from None
    if kind is None or encoding not in (None, "identity"):
        raise UnsupportedBody
    if kind.type == SDP:
        return _text(message.body)
    if kind.type.startswith("multipart/") and kind.boundary:
        for head, body in _parts(message.body, kind.boundary):
            if SDP in head.lower():
                return _text(body)
        return None
    disposition = (message.headers.get("content-disposition") or "").lower()
    if "handling=optional" in disposition:
        return None
    raise UnsupportedBody


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode("latin-1")


def _parts(body: bytes, boundary: str) -> list[tuple[str, bytes]]:
    parts: list[tuple[str, bytes]] = []
    for part in body.split(b"--" + boundary.encode())[1:9]:
        if part.startswith(b"--"):
            break
        head, gap, rest = part.lstrip(b"\r\n").partition(b"\r\n\r\n")
        if gap:
            parts.append((head.decode("latin-1"), rest[:-2] if rest.endswith(b"\r\n") else rest))
    return parts


def digits_of(message: Message) -> str | None:
    """The keys an INFO carries; None when it carries something else. Raises UnsupportedBody."""
    if not message.body:
        return None
    try:
        kind = message.headers.content_type
    except BadValue:
        raise UnsupportedBody from None
    text = message.body.decode("latin-1")
    if kind is not None and kind.type == "application/dtmf-relay":
        found = _SIGNAL.search(text)
        return found[1].upper() if found else None
    if kind is not None and kind.type == "application/dtmf":
        key = text.strip().upper()
        if key in ("10", "11"):  # the event numbers of * and #
            return "*" if key == "10" else "#"
        return key if re.fullmatch(r"[0-9*#A-D]", key) else None
    raise UnsupportedBody


def fragment_status(message: Message) -> int | None:
    """The status a NOTIFY of a REFER tells (message/sipfrag, RFC 3420)."""
    found = _FRAGMENT.match(message.body.decode("latin-1"))
    return int(found[1]) if found else None


class OfferState:
    """Whose offer is open. One at a time, whoever makes it (RFC 3264, 4; RFC 3311, 5.2)."""

    __slots__ = ("local_sdp", "open", "remote_sdp")

    def __init__(self) -> None:
        self.open: str | None = None  # "ours", "theirs"
        self.local_sdp: str | None = None  # last said by us
        self.remote_sdp: str | None = None

    def offered(self, by: str, sdp: str) -> None:
        self.open = by
        self._said(by, sdp)

    def answered(self, sdp: str) -> None:
        """The open offer is answered by the side that did not make it."""
        self._said("theirs" if self.open == "ours" else "ours", sdp)
        self.open = None

    def dropped(self) -> None:
        """The open offer was refused: everything stays as it was."""
        self.open = None

    def _said(self, by: str, sdp: str) -> None:
        if by == "ours":
            self.local_sdp = sdp
        else:
            self.remote_sdp = sdp
