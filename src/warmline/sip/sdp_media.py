"""What the attributes of an audio line mean: codecs, direction, small numbers (RFC 3551, 8866)."""

from typing import Literal

from msgspec import Struct

from warmline.sip.grammar import BadValue, read_number
from warmline.sip.sdp import Media, Session

Direction = Literal["sendrecv", "sendonly", "recvonly", "inactive"]
_DIRECTIONS: tuple[Direction, ...] = ("sendrecv", "sendonly", "recvonly", "inactive")
_REVERSED: dict[Direction, Direction] = {
    "sendrecv": "sendrecv",
    "sendonly": "recvonly",
    "recvonly": "sendonly",
    "inactive": "inactive",
}


class Codec(Struct, frozen=True):
    """One payload type. `name` as we spell it (PCMU, PCMA, G722, opus, telephone-event), `rate` the RTP clock."""

    name: str
    payload: int
    rate: int = 8000
    channels: int = 1
    fmtp: str = ""


_STATIC = {0: Codec("PCMU", 0), 8: Codec("PCMA", 8), 9: Codec("G722", 9), 13: Codec("CN", 13)}
_SPELLED = {name.lower(): name for name in ("PCMU", "PCMA", "G722", "opus", "telephone-event", "CN")}


def codecs_of(media: Media) -> list[Codec]:
    """The codecs of a line in the order of its formats; formats nobody explains are left out."""
    maps: dict[int, tuple[str, int, int]] = {}
    for value in media.all("rtpmap"):
        payload, _, rest = value.strip().partition(" ")
        name, _, numbers = rest.strip().partition("/")
        rate, _, channels = numbers.partition("/")
        try:
            maps[read_number(payload, 127)] = (
                _SPELLED.get(name.lower(), name),
                read_number(rate, 1_000_000),
                read_number(channels, 32) if channels else 1,
            )
        except BadValue:
            continue
    fmtps: dict[str, str] = {}
    for value in media.all("fmtp"):
        payload, _, rest = value.strip().partition(" ")
        fmtps.setdefault(payload, rest.strip())
    found: list[Codec] = []
    for text in media.formats:
        if not (text.isascii() and text.isdigit()) or len(text) > 3 or int(text) > 127:
            continue
        number = int(text)
        if number in maps:
            name, rate, channels = maps[number]
            found.append(Codec(name, number, rate, channels, fmtps.get(text, "")))
        elif number in _STATIC:
            found.append(_STATIC[number])
    return found


def direction_of(session: Session, media: Media) -> Direction:
    """Who sends, as the describing side sees it; an address of zeros: it wants to hear nothing."""
    stated: Direction = "sendrecv"
    for name in _DIRECTIONS:
        if session.has(name):
            stated = name
    for name in _DIRECTIONS:
        if media.has(name):
            stated = name
    # With ICE the address comes later, in candidates (RFC 8839 §4.2.1.2): there the zeros hold nobody.
    ice = session.of(media, "ice-ufrag") is not None
    if not ice and session.address_of(media) in ("0.0.0.0", "::"):  # noqa: S104 (a sign in a description, nothing is bound)
        return "sendonly" if stated in ("sendrecv", "sendonly") else "inactive"
    return stated


def reverse(direction: Direction) -> Direction:
    return _REVERSED[direction]


def number_of(media: Media, name: str) -> int | None:
    """A small number (ptime, maxptime, rtcp's port); None when absent or odd."""
    value = (media.get(name) or "").strip().partition(" ")[0]
    return int(value) if value.isascii() and value.isdigit() and int(value[:6]) <= 65_535 else None
