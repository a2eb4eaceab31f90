"""Keys for SRTP inside the SDP (RFC 4568): what desk phones and trunks use over TLS."""

import base64
import binascii
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from warmline.media.srtp import AES32, AES80, SrtpKeys, SrtpProfile

# In order of preference.
SUITES = (AES80, AES32)
LINES_AT_MOST = 16


@dataclass(frozen=True, slots=True)
class SdesKey:
    """One `a=crypto` line: its tag, its suite and the sender's master key with salt (30 bytes), never shown."""

    tag: int
    profile: SrtpProfile
    key: bytes = field(repr=False)

    def line(self) -> str:
        """Return the value of `a=crypto`. It holds the key: for the SDP only."""
        return f"{self.tag} {self.profile.sdes} inline:{base64.b64encode(self.key).decode()}"


def new_key(tag: int, profile: SrtpProfile = AES80) -> SdesKey:
    """Return a fresh key of ours."""
    return SdesKey(tag, profile, secrets.token_bytes(profile.key_bytes + profile.salt_bytes))


def our_offer() -> tuple[SdesKey, ...]:
    """Return a key for each suite; the other side takes one."""
    return tuple(new_key(index + 1, profile) for index, profile in enumerate(SUITES))


def read(value: str) -> SdesKey | None:
    """Return the key of an `a=crypto` value; None for suites, key methods and parameters that are not understood.

    Lines with a master key identifier or that leave packets unencrypted or unauthenticated are not taken.
    """
    parts = value.split()
    if len(parts) < 3 or not parts[0].isascii() or not parts[0].isdigit() or len(parts[0]) > 9:
        return None
    profile = next((suite for suite in SUITES if suite.sdes == parts[1].upper()), None)
    # Of the session parameters only the window's hint may be passed over (RFC 4568 §6.3.6).
    if profile is None or any(not part.upper().startswith("WSH=") for part in parts[3:]):
        return None
    method, _, given = parts[2].partition(":")
    key, *rest = given.split("|")
    if method.lower() != "inline" or ";" in given or any(":" in part for part in rest):
        return None
    try:
        raw = base64.b64decode(key, validate=True)
    except (binascii.Error, ValueError):
        return None
    return SdesKey(int(parts[0]), profile, raw) if len(raw) == profile.key_bytes + profile.salt_bytes else None


def choose(values: Sequence[str]) -> SdesKey | None:
    """Return the offered key we take: the offerer's first one that we understand."""
    return next((key for value in values[:LINES_AT_MOST] if (key := read(value))), None)


def accepted(ours: Sequence[SdesKey], values: Sequence[str]) -> SrtpKeys | None:
    """Return the keys after the answer to our offer; None when it takes none of them, or not exactly one."""
    theirs = read(values[0]) if len(values) == 1 else None
    mine = next((key for key in ours if theirs and (key.tag, key.profile) == (theirs.tag, theirs.profile)), None)
    return SrtpKeys(mine.profile, send=mine.key, receive=theirs.key) if mine and theirs else None


def answered(theirs: SdesKey) -> tuple[SdesKey, SrtpKeys]:
    """Return our key for the answer to their offer, and the keys of both directions."""
    mine = new_key(theirs.tag, theirs.profile)
    return mine, SrtpKeys(mine.profile, send=mine.key, receive=theirs.key)
