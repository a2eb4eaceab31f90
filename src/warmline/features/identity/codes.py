"""One-time codes: made from the system's randomness, kept only as a keyed hash."""

import secrets
import unicodedata
from typing import Protocol
from uuid import UUID

DIGITS = 6


class BlindIndex(Protocol):
    """The tenant's keyed hash (see Keyring)."""

    def blind_index(self, tenant_id: str, kind: str, value: str) -> bytes: ...


def new_code() -> str:
    """Return six random digits."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def digits_of(answer: str) -> str:
    """Return the digits of what a customer typed: spaces, hyphens and full-width forms do not matter."""
    folded = unicodedata.normalize("NFKC", answer)
    return "".join(character for character in folded if character.isascii() and character.isdigit())


def normal_subject(subject: str) -> str:
    """Return one form of a subject, so that limits cannot be dodged by writing it differently."""
    folded = unicodedata.normalize("NFKC", subject).casefold()
    return "".join(character for character in folded if not character.isspace() and character not in "-‐‑‒–—_#()")


def code_hash(index: BlindIndex, tenant_id: str, verification_id: UUID, code: str) -> bytes:
    """Return the keyed hash of a code, bound to its verification."""
    return index.blind_index(tenant_id, "one_time_code", f"{verification_id}:{code}")


def unguessable(index: BlindIndex, tenant_id: str, verification_id: UUID) -> bytes:
    """Return a hash that no code fits: what an unknown subject's verification holds."""
    return index.blind_index(tenant_id, "one_time_code", f"{verification_id}:{secrets.token_hex(16)}")
