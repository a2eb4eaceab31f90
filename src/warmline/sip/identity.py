"""Who a call says it is from, and how far the network vouches for it (RFC 3325, 3323, 8224, 8225, 8588)."""

import base64
import binascii
import re
from typing import cast

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import Certificate
from msgspec import Struct

from warmline.ports.telephone import Attestation, Caller
from warmline.sip.address import NameAddr, read_name_addr
from warmline.sip.grammar import BadValue, read_params
from warmline.sip.headers import Headers
from warmline.sip.message import Request
from warmline.sip.uri import Uri

FRESH_S = 60
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_SEPARATORS = re.compile(r"[-.()\s]")
_VERSTAT: dict[str, Attestation] = {
    "TN-Validation-Passed-A": "A",
    "TN-Validation-Passed-B": "B",
    "TN-Validation-Passed-C": "C",
    "TN-Validation-Passed": "A",
    "TN-Validation-Failed": "failed",
    "TN-Validation-Failed-A": "failed",
    "TN-Validation-Failed-B": "failed",
    "TN-Validation-Failed-C": "failed",
}


class _Header(Struct, frozen=True):
    alg: str
    ppt: str = ""
    typ: str = ""
    x5u: str = ""


class _Tn(Struct, frozen=True):
    tn: str | None = None
    uri: str | None = None


class _Tns(Struct, frozen=True):
    tn: list[str] | str = []
    uri: list[str] | str = []


class _Claims(Struct, frozen=True):
    iat: int
    orig: _Tn
    dest: _Tns
    attest: str = ""
    origid: str = ""


class Passport(Struct, frozen=True):
    """A parsed Identity header: what its signer claims, not yet believed. Numbers are digits only."""

    attest: str
    orig: str
    dest: tuple[str, ...]
    iat_s: int
    origid: str
    info: str  # where the certificate is
    signed: bytes
    signature: bytes


def number_of(uri: Uri) -> str | None:
    """The E.164 number (with +) a URI names, if it can be read as such."""
    text = _SEPARATORS.sub("", uri.user_text.partition(";")[0])
    return text if _E164.fullmatch(text) else None


def anonymous_of(headers: Headers) -> bool:
    """Whether the caller asked not to be shown (Privacy: id, user, header; or an anonymous From)."""
    privacy = {p.strip().lower() for value in headers.all("Privacy") for p in value.split(";")}
    if privacy & {"id", "user", "header"}:
        return True
    try:
        uri = headers.from_.uri
    except BadValue:
        return False
    return uri.host.lower() == "anonymous.invalid" or uri.user_text.lower() == "anonymous"


def asserted_of(headers: Headers) -> list[NameAddr]:
    """P-Asserted-Identity, as far as it is readable: believe it from a trusted trunk only."""
    try:
        return headers.many("p-asserted-identity", read_name_addr)
    except BadValue:
        return []


def verstat_of(address: NameAddr) -> Attestation | None:
    """The verdict of the network in `verstat` (ATIS-1000074): in the user part, or of URI or header."""
    user = address.uri.user or ""
    found = address.uri.param("verstat") or address.params.get("verstat")
    if not found and not address.uri.is_sip:
        user = address.uri.opaque
    if not found and ";" in user:
        try:
            found = read_params(user[user.index(";") :]).get("verstat")
        except BadValue:
            found = None
    return _VERSTAT.get(found) if found else None


def caller_of(request: Request, *, trusted: bool, attestation: Attestation = "none") -> Caller:
    """Who calls. `trusted`: the trunk's P-Asserted-Identity counts; otherwise From alone, as a hint.

    `attestation` is what our own check of the Identity header found; it counts more than verstat, which is read
    from P-Asserted-Identity alone: that is the network's word, From is what the caller wrote.
    """
    headers = request.headers
    asserted = asserted_of(headers) if trusted else []
    sources = [*asserted, headers.from_]
    shown = anonymous_of(headers)
    verdict: Attestation = attestation
    for source in asserted:
        if verdict == "none":
            verdict = verstat_of(source) or "none"
    if shown:
        return Caller(None, "", True, verdict)
    number = next((n for n in (number_of(source.uri) for source in sources) if n is not None), None)
    name = next((source.display for source in sources if source.display), "")
    return Caller(number, _shown(name), False, verdict)


def _shown(name: str) -> str:
    """A display name fit to be shown: no control characters, at most 80."""
    return "".join(c for c in name.encode("utf-8", "replace").decode() if c.isprintable())[:80].strip()


def read_identity(value: str) -> Passport:
    """Parse one Identity header in full form with ppt=shaken (or none). Raises BadValue."""
    token, semicolon, rest = value.partition(";")
    params = _identity_params(f";{rest}") if semicolon else {}
    parts = token.strip().split(".")
    if len(parts) != 3 or not all(parts):
        raise BadValue("not a full PASSporT")
    try:
        header = msgspec.json.decode(_decode(parts[0]), type=_Header)
        claims = msgspec.json.decode(_decode(parts[1]), type=_Claims)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise BadValue("malformed PASSporT") from None
    if header.alg != "ES256" or header.ppt not in ("", "shaken") or header.typ not in ("", "passport"):
        raise BadValue("unknown kind of PASSporT")
    if params.get("alg", "ES256") != "ES256" or params.get("ppt", header.ppt) != header.ppt:
        raise BadValue("PASSporT and header differ")
    info = (params.get("info") or "").strip("<>")
    if info and header.x5u and info != header.x5u:
        raise BadValue("PASSporT and header differ")
    return Passport(
        claims.attest,
        _digits(claims.orig.tn or ""),
        tuple(_digits(tn) for tn in ([claims.dest.tn] if isinstance(claims.dest.tn, str) else claims.dest.tn)),
        claims.iat,
        claims.origid,
        info or header.x5u,
        f"{parts[0]}.{parts[1]}".encode(),
        _decode(parts[2]),
    )


def _identity_params(text: str) -> dict[str, str | None]:
    """`info=<URI>` stands in brackets, which ordinary parameters do not know."""
    return read_params(re.sub(r"=\s*<([^<>\"\s]*)>", r'="\1"', text))


def verify(passport: Passport, certificate: Certificate, *, orig: str, dest: str, now_s: float) -> Attestation:
    """What a PASSporT is worth for a call from `orig` to `dest` (E.164) at `now_s`: A, B, C or failed.

    The caller has checked that the certificate is the one of `info`, and its chain; here: signature, its time,
    freshness (60 s either way), and that it was made for these two numbers.
    """
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        return "failed"
    if len(passport.signature) != 64 or abs(now_s - passport.iat_s) > FRESH_S:
        return "failed"
    starts, ends = certificate.not_valid_before_utc.timestamp(), certificate.not_valid_after_utc.timestamp()
    if not starts <= now_s <= ends:
        return "failed"
    if passport.orig != _digits(orig) or not passport.orig or _digits(dest) not in passport.dest:
        return "failed"
    r, s = (int.from_bytes(half, "big") for half in (passport.signature[:32], passport.signature[32:]))
    try:
        key.verify(encode_dss_signature(r, s), passport.signed, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return "failed"
    return cast(Attestation, passport.attest) if passport.attest in ("A", "B", "C") else "failed"


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise BadValue("malformed PASSporT") from None


def _digits(text: str) -> str:
    """A number as RFC 8224, 8.3 compares it: its digits."""
    return "".join(c for c in text if c in "0123456789#*")
