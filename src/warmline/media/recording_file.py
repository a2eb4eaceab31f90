"""The file of a recording: encrypted chunks of a second each, readable up to the last one that was written.

    magic "WLREC1\\n" | length of header (2, big endian) | header, JSON | chunk | chunk | …
    chunk = length of ciphertext (4, big endian; highest bit: the last chunk) | AES-256-GCM ciphertext with tag

The file's own key is HKDF-SHA256(key, salt of the header, "warmline recording " + id); the nonce of a chunk is its
index, its associated data the magic, the id, the index and whether it is the last. So chunks can neither be moved,
swapped between recordings nor cut off unnoticed. A chunk holds 8,000 stereo samples of μ-law, left and right in
turn; only the last may be shorter.
"""

import json
import os
import secrets
import struct
from pathlib import Path
from typing import IO

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"WLREC1\n"
RATE = 8000
CHUNK_BYTES = RATE * 2
TAG_BYTES = 16
LAST = 0x80000000
_LENGTH = struct.Struct("!I")
_HEADER = struct.Struct("!H")


def file_key(key: bytes, salt: bytes, record: str) -> AESGCM:
    """Return the cipher of one file. `key` has 32 bytes. Raises ValueError."""
    if len(key) != 32:
        raise ValueError("A recording's key has 32 bytes.")
    return AESGCM(HKDF(hashes.SHA256(), 32, salt, b"warmline recording " + record.encode()).derive(key))


def nonce(index: int) -> bytes:
    return index.to_bytes(12, "big")


def associated(record: str, index: int, last: bool) -> bytes:
    return MAGIC + struct.pack("!QB", index, last) + record.encode()


class RecordingFile:
    """A file being written. Every method may raise OSError: a full disk."""

    def __init__(self, path: str, record: str, key: bytes) -> None:
        salt = secrets.token_bytes(16)
        self.path = Path(path)
        self.record = record
        self.index = 0
        self.size = 0
        self._cipher = file_key(key, salt, record)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file: IO[bytes] = open(  # noqa: SIM115 (open as long as the call is recorded)
            self.path, "xb", buffering=0, opener=lambda name, flags: os.open(name, flags, 0o600)
        )
        header = json.dumps(
            {"record": record, "salt": salt.hex(), "rate": RATE, "channels": 2, "encoding": "mulaw"}
        ).encode()
        self._write(MAGIC + _HEADER.pack(len(header)) + header)

    def chunk(self, plain: bytes, *, last: bool = False) -> None:
        """Write one chunk."""
        sealed = self._cipher.encrypt(nonce(self.index), plain, associated(self.record, self.index, last))
        self._write(_LENGTH.pack(len(sealed) | (LAST if last else 0)) + sealed)
        self.index += 1

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[self._file.write(view) or 0 :]
        self.size += len(data)

    def sync(self) -> None:
        """Have everything on the disk."""
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()


def read_header(file: IO[bytes]) -> tuple[dict[str, str], int]:
    """Return the header and where the first chunk begins. Raises ValueError."""
    if file.read(len(MAGIC)) != MAGIC:
        raise ValueError("This is no recording.")
    length = file.read(_HEADER.size)
    if len(length) < _HEADER.size:
        raise ValueError("The recording ends within its header.")
    raw = file.read(_HEADER.unpack(length)[0])
    try:
        header = json.loads(raw)
        return {"record": str(header["record"]), "salt": str(header["salt"])}, file.tell()
    except (ValueError, KeyError, TypeError) as broken:
        raise ValueError("The recording's header is damaged.") from broken


def read_length(raw: bytes) -> tuple[int, bool]:
    """Return a chunk's length and whether it is the last."""
    value = _LENGTH.unpack(raw)[0]
    return value & ~LAST, bool(value & LAST)
