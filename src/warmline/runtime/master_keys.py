"""The master keys: outside the database, newest first, from the environment or a private file."""

import base64
import binascii
import os
import secrets
import stat
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
FINGERPRINT_BYTES = 8


class BadMasterKey(Exception):
    """The master key cannot be used; the text says why and what to do."""


def _decode(text: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise BadMasterKey(
            "A master key must be 32 bytes in base64. Make one with: openssl rand -base64 32 "
            "(several, newest first, are separated by commas)."
        )
    return key


@dataclass(frozen=True)
class MasterKeys:
    """Master keys by fingerprint. The first wraps; the others only unwrap, until a rotation retires them."""

    keys: tuple[bytes, ...]

    @classmethod
    def parse(cls, text: str) -> "MasterKeys":
        """Read comma-separated base64 keys, newest first. Raises BadMasterKey."""
        return cls(tuple(_decode(part) for part in text.split(",")))

    @classmethod
    def load(cls, value: str | None, path: Path) -> "MasterKeys":
        """Use `value` (WARMLINE_MASTER_KEY) when given, else the file at `path`, made if missing (mode 600).

        Raises BadMasterKey, also when others may read the file.
        """
        if value:
            return cls.parse(value)
        try:
            fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            if stat.S_IMODE(path.stat().st_mode) & 0o077:
                raise BadMasterKey(f"Others may read {path}. Run: chmod 600 {path}") from None
            return cls.parse(path.read_text())
        with os.fdopen(fd, "w") as file:
            file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode() + "\n")
            file.flush()
            os.fsync(file.fileno())
        return cls.parse(path.read_text())

    @property
    def current(self) -> bytes:
        """The fingerprint of the key that wraps."""
        return fingerprint(self.keys[0])

    def kek(self, print_: bytes, tenant_id: str, version: int) -> bytes:
        """Derive a tenant's key-encryption key. Raises BadMasterKey when its master key is missing.

        Source: RFC 5869 (HKDF), with SHA-256.
        """
        for key in self.keys:
            if fingerprint(key) == print_:
                info = f"warmline kek|{tenant_id}|{version}".encode()
                return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(key)
        raise BadMasterKey(
            f"The data of {tenant_id} is under master key {print_.hex()}, which is not configured. "
            "Add it to WARMLINE_MASTER_KEY behind the newest one."
        )


def fingerprint(key: bytes) -> bytes:
    """Return the 8 bytes that name a master key without telling it."""
    return sha256(b"warmline master|" + key).digest()[:FINGERPRINT_BYTES]
