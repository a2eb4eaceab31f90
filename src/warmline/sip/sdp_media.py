"""What the attributes of an audio line mean: codecs, direction, keys, ICE (RFC 3551, 4568, 8122, 8839)."""

import base64
import binascii
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
SUITES = {
    "AEAD_AES_256_GCM": 44,
    "AEAD_AES_128_GCM": 28,
    "AES_CM_128_HMAC_SHA1_80": 30,
    "AES_CM_128_HMAC_SHA1_32": 30,
}
"""SRTP suites -> bytes of key and salt together."""


class Codec(Struct, frozen=True):
    """One payload type. `name` as we spell it (PCMU, PCMA, G722, opus, telephone-event), `rate` the RTP clock."""

    name: str
    payload: int
    rate: int = 8000
    channels: int = 1
    fmtp: str = ""


class Crypto(Struct, frozen=True):
    """One a=crypto line (RFC 4568); `key` is master key and salt."""

    tag: int
    suite: str
    key: bytes

    def __str__(self) -> str:
        return f"{self.tag} {self.suite} inline:{base64.b64encode(self.key).decode()}"


class Candidate(Struct, frozen=True):
    """One ICE candidate (RFC 8839); UDP ones only matter to us."""

    address: str
    port: int
    priority: int = 2_130_706_431
    foundation: str = "1"
    component: int = 1
    protocol: str = "udp"
    kind: str = "host"

    def __str__(self) -> str:
        return (
            f"{self.foundation} {self.component} {self.protocol} {self.priority} {self.address} {self.port} "
            f"typ {self.kind}"
        )


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


def both_want(theirs: Direction, ours: Direction) -> Direction:
    """Our answer's direction: what they offer, seen from here, as far as we want it."""
    seen = reverse(theirs)
    send = seen in ("sendrecv", "sendonly") and ours in ("sendrecv", "sendonly")
    receive = seen in ("sendrecv", "recvonly") and ours in ("sendrecv", "recvonly")
    if send:
        return "sendrecv" if receive else "sendonly"
    return "recvonly" if receive else "inactive"


def cryptos_of(media: Media) -> list[Crypto]:
    """The keys offered whose suite we know; malformed or odd ones (MKI, lifetime in words) are left out."""
    found: list[Crypto] = []
    for value in media.all("crypto"):
        parts = value.split()
        if len(parts) < 3 or parts[1] not in SUITES or not parts[2].startswith("inline:"):
            continue
        if len(parts) > 3 and any(p.startswith(("UN", "KDR", "FEC")) for p in parts[3:]):
            continue
        inline, _, rest = parts[2][7:].partition("|")
        if ":" in rest:  # an MKI changes the packets' form
            continue
        try:
            key = base64.b64decode(inline + "=" * (-len(inline) % 4), validate=True)
            tag = read_number(parts[0], 999_999_999)
        except (binascii.Error, BadValue):
            continue
        if len(key) == SUITES[parts[1]]:
            found.append(Crypto(tag, parts[1], key))
    return found


def fingerprint_of(session: Session, media: Media) -> str | None:
    """The SHA-256 fingerprint of the other side's certificate, in upper case; other digests are passed over."""
    for value in media.all("fingerprint") or [v or "" for k, v in session.attributes if k == "fingerprint"]:
        name, _, digest = value.strip().partition(" ")
        digest = digest.strip().upper()
        parts = digest.split(":")
        if name.lower() == "sha-256" and len(parts) == 32 and all(_is_byte(p) for p in parts):
            return digest
    return None


def _is_byte(text: str) -> bool:
    return len(text) == 2 and all(char in "0123456789ABCDEF" for char in text)


def candidates_of(media: Media) -> list[Candidate]:
    found: list[Candidate] = []
    for value in media.all("candidate"):
        parts = value.split()
        if len(parts) < 8 or parts[6] != "typ":
            continue
        try:
            found.append(
                Candidate(
                    parts[4],
                    read_number(parts[5], 65_535),
                    read_number(parts[3], 2**32 - 1),
                    parts[0],
                    read_number(parts[1], 256),
                    parts[2].lower(),
                    parts[7],
                )
            )
        except BadValue:
            continue
    return found


def number_of(media: Media, name: str) -> int | None:
    """A small number (ptime, maxptime, rtcp's port); None when absent or odd."""
    value = (media.get(name) or "").strip().partition(" ")[0]
    return int(value) if value.isascii() and value.isdigit() and int(value[:6]) <= 65_535 else None


def ssrcs_of(media: Media) -> list[int]:
    """The sources announced, each once."""
    found: dict[int, None] = {}
    for value in media.all("ssrc"):
        text = value.partition(" ")[0]
        if text.isascii() and text.isdigit() and len(text) <= 10 and int(text) < 2**32:
            found[int(text)] = None
    return list(found)
