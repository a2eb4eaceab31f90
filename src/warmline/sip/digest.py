"""Digest authentication (RFC 7616, 8760): what both sides compute, the headers they send."""

import hashlib
import hmac
import re
from typing import Literal

from msgspec import Struct

from warmline.sip.grammar import BadValue, is_token, quote, unquote

Algorithm = Literal["MD5", "MD5-sess", "SHA-256", "SHA-256-sess"]
ALGORITHMS: tuple[Algorithm, ...] = ("SHA-256", "SHA-256-sess", "MD5", "MD5-sess")
_PART = re.compile(
    r"[ \t]*([A-Za-z0-9\-_.!%*+`'~]+)[ \t]*=[ \t]*(?:\"((?:[^\"\\]|\\.)*)\"|([^\s,\"]+))[ \t]*(,|$)"
)


class Challenge(Struct, frozen=True):
    """What a server asks for."""

    realm: str
    nonce: str
    algorithm: Algorithm = "MD5"
    qop: tuple[str, ...] = ("auth",)
    stale: bool = False
    opaque: str | None = None

    def __str__(self) -> str:
        text = f"Digest realm={quote(self.realm)}, nonce={quote(self.nonce)}, algorithm={self.algorithm}"
        if self.qop:
            text += f", qop={quote(','.join(self.qop))}"
        if self.stale:
            text += ", stale=true"
        return text if self.opaque is None else f"{text}, opaque={quote(self.opaque)}"


class Credentials(Struct, frozen=True):
    """What a client proves. `nc` is the count as a number; 0 without qop."""

    username: str
    realm: str
    nonce: str
    uri: str
    response: str
    algorithm: Algorithm = "MD5"
    qop: str | None = None
    nc: int = 0
    cnonce: str | None = None
    opaque: str | None = None

    def __str__(self) -> str:
        text = (
            f"Digest username={quote(self.username)}, realm={quote(self.realm)}, nonce={quote(self.nonce)}, "
            f"uri={quote(self.uri)}, response={quote(self.response)}, algorithm={self.algorithm}"
        )
        if self.qop is not None:
            text += f", qop={self.qop}, nc={self.nc:08x}"
        if self.cnonce is not None:
            text += f", cnonce={quote(self.cnonce)}"
        return text if self.opaque is None else f"{text}, opaque={quote(self.opaque)}"


def _hash(algorithm: Algorithm, text: str) -> str:
    data = text.encode("utf-8", "surrogateescape")
    if algorithm.startswith("MD5"):
        return hashlib.md5(data, usedforsecurity=False).hexdigest()
    return hashlib.sha256(data).hexdigest()


def secret_of(algorithm: Algorithm, username: str, realm: str, password: str) -> str:
    """H(A1) without the session part: what a directory may store instead of the password."""
    return _hash(algorithm, f"{username}:{realm}:{password}")


def respond(
    algorithm: Algorithm, secret: str, *, method: str, uri: str, nonce: str,
    qop: str | None = None, nc: int = 0, cnonce: str | None = None,
) -> str:  # fmt: skip
    """The response that proves `secret` (see `secret_of`)."""
    if algorithm.endswith("-sess"):
        secret = _hash(algorithm, f"{secret}:{nonce}:{cnonce or ''}")
    what = _hash(algorithm, f"{method}:{uri}")
    if qop is None:
        return _hash(algorithm, f"{secret}:{nonce}:{what}")
    return _hash(algorithm, f"{secret}:{nonce}:{nc:08x}:{cnonce or ''}:{qop}:{what}")


def answer_challenge(
    challenge: Challenge, *, username: str, password: str, method: str, uri: str, cnonce: str, nc: int = 1
) -> Credentials:
    """The client's side. `cnonce` is random; count `nc` up while the nonce stays the same."""
    qop = "auth" if "auth" in challenge.qop else None
    session = challenge.algorithm.endswith("-sess")
    secret = secret_of(challenge.algorithm, username, challenge.realm, password)
    response = respond(
        challenge.algorithm, secret, method=method, uri=uri, nonce=challenge.nonce, qop=qop, nc=nc, cnonce=cnonce
    )
    return Credentials(
        username, challenge.realm, challenge.nonce, uri, response, challenge.algorithm, qop,
        nc if qop else 0, cnonce if qop or session else None, challenge.opaque,
    )  # fmt: skip


def proves(credentials: Credentials, secret: str, method: str) -> bool:
    """Whether the response fits, compared in constant time."""
    expected = respond(
        credentials.algorithm, secret, method=method, uri=credentials.uri, nonce=credentials.nonce,
        qop=credentials.qop, nc=credentials.nc, cnonce=credentials.cnonce,
    )  # fmt: skip
    return hmac.compare_digest(expected.encode(), credentials.response.encode("utf-8", "surrogateescape"))


def best_challenge(values: list[str]) -> Challenge | None:
    """The first challenge we can answer (RFC 8760: servers list the preferred one first)."""
    for value in values:
        try:
            return read_challenge(value)
        except BadValue:
            continue
    return None


def read_challenge(value: str) -> Challenge:
    """Parse WWW-Authenticate or Proxy-Authenticate. Raises BadValue, also for other schemes and algorithms."""
    parts = _read_parts(value)
    qop = tuple(q.strip().lower() for q in parts.get("qop", "").split(",") if q.strip())
    if qop and "auth" not in qop:
        raise BadValue("unknown quality of protection")
    return Challenge(
        _needed(parts, "realm"), _needed(parts, "nonce"), _algorithm(parts), qop,
        parts.get("stale", "").lower() == "true", parts.get("opaque"),
    )  # fmt: skip


def read_credentials(value: str) -> Credentials:
    """Parse Authorization or Proxy-Authorization. Raises BadValue, also for other schemes and algorithms."""
    parts = _read_parts(value)
    qop = parts.get("qop")
    count = parts.get("nc", "")
    if qop is not None:
        qop = qop.lower()
        if qop != "auth" or not parts.get("cnonce") or re.fullmatch(r"[0-9a-fA-F]{8}", count) is None:
            raise BadValue("malformed credentials")
    return Credentials(
        _needed(parts, "username"), _needed(parts, "realm"), _needed(parts, "nonce"), _needed(parts, "uri"),
        _needed(parts, "response").lower(), _algorithm(parts), qop, int(count, 16) if qop else 0,
        parts.get("cnonce"), parts.get("opaque"),
    )  # fmt: skip


def _needed(parts: dict[str, str], name: str) -> str:
    value = parts.get(name)
    if value is None:
        raise BadValue(f"{name} missing")
    return value


def _algorithm(parts: dict[str, str]) -> Algorithm:
    stated = parts.get("algorithm", "MD5").upper()
    for algorithm in ALGORITHMS:
        if algorithm.upper() == stated:
            return algorithm
    raise BadValue("unknown algorithm")


def _read_parts(value: str) -> dict[str, str]:
    scheme, _, rest = value.strip().partition(" ")
    if not is_token(scheme) or scheme.lower() != "digest":
        raise BadValue("unknown scheme")
    parts: dict[str, str] = {}
    at = 0
    while at < len(rest):
        found = _PART.match(rest, at)
        if found is None:
            raise BadValue("malformed credentials")
        name = found[1].lower()
        if name in parts:
            raise BadValue("repeated credentials")
        parts[name] = unquote(found[2]) if found[2] is not None else found[3]
        at = found.end()
    return parts
