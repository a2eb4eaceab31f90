"""STUN messages (RFC 8489) as ICE uses them: parse, verify, build. Pure bytes, nothing is sent here."""

import hashlib
import hmac
import socket
import struct
import zlib
from dataclasses import dataclass

Address = tuple[str, int]

COOKIE = 0x2112A442
COOKIE_BYTES = struct.pack("!I", COOKIE)
HEADER = struct.Struct("!HHI12s")
ATTRIBUTE = struct.Struct("!HH")
HEADER_BYTES = 20
LARGEST_BYTES = 1500
FINGERPRINT_XOR = 0x5354554E

BINDING_REQUEST = 0x0001
BINDING_INDICATION = 0x0011
BINDING_SUCCESS = 0x0101
BINDING_ERROR = 0x0111

USERNAME = 0x0006
MESSAGE_INTEGRITY = 0x0008
ERROR_CODE = 0x0009
UNKNOWN_ATTRIBUTES = 0x000A
MESSAGE_INTEGRITY_SHA256 = 0x001C
XOR_MAPPED_ADDRESS = 0x0020
PRIORITY = 0x0024
USE_CANDIDATE = 0x0025
SOFTWARE = 0x8022
FINGERPRINT = 0x8028
ICE_CONTROLLED = 0x8029
ICE_CONTROLLING = 0x802A

# Below 0x8000 an attribute must be understood; these are, or say nothing an ICE check needs.
UNDERSTOOD = frozenset({USERNAME, MESSAGE_INTEGRITY, MESSAGE_INTEGRITY_SHA256, PRIORITY, USE_CANDIDATE})


@dataclass(frozen=True, slots=True)
class StunMessage:
    """One message. Of an attribute that is told twice the first counts (RFC 8489 §14)."""

    kind: int
    transaction: bytes  # 12 bytes
    attributes: dict[int, bytes]
    signed: bytes = b""  # what MESSAGE-INTEGRITY was computed over; empty without it
    fingerprinted: bool = False  # has a FINGERPRINT, which was right

    def unknown(self) -> list[int]:
        """Return the attributes that must be understood and are not."""
        return [kind for kind in self.attributes if kind < 0x8000 and kind not in UNDERSTOOD]


def parse(data: bytes | bytearray | memoryview) -> StunMessage | None:
    """Return the message, or None for whatever is none or has a wrong FINGERPRINT. Never raises."""
    raw = bytes(data)
    if not HEADER_BYTES <= len(raw) <= LARGEST_BYTES or len(raw) % 4:
        return None
    kind, length, cookie, transaction = HEADER.unpack_from(raw)
    if kind & 0xC000 or cookie != COOKIE or length != len(raw) - HEADER_BYTES:
        return None
    attributes: dict[int, bytes] = {}
    signed = b""
    at = HEADER_BYTES
    while at < len(raw):
        name, size = ATTRIBUTE.unpack_from(raw, at)
        end = at + 4 + size
        if end > len(raw):
            return None
        value = raw[at + 4 : end]
        if name == FINGERPRINT:
            good = size == 4 and end == len(raw) and value == _fingerprint(raw[:at])
            return StunMessage(kind, transaction, attributes, signed, True) if good else None
        if name == MESSAGE_INTEGRITY and not signed:
            if size != 20:
                return None
            signed = _with_length(raw[:at], end - HEADER_BYTES)
            attributes.setdefault(name, value)
        elif not signed:
            # What follows the signature is not signed and does not count (RFC 8489 §14.5).
            attributes.setdefault(name, value)
        at = end + (-size % 4)
    return StunMessage(kind, transaction, attributes, signed)


def is_signed_with(message: StunMessage, password: bytes) -> bool:
    """Whether MESSAGE-INTEGRITY is there and made with this short-term password."""
    if not message.signed:
        return False
    return hmac.compare_digest(_integrity(message.signed, password), message.attributes[MESSAGE_INTEGRITY])


def build(
    kind: int, transaction: bytes, attributes: list[tuple[int, bytes]], password: bytes | None = None
) -> bytes:
    """Return a message with FINGERPRINT, signed if there is a password."""
    body = b"".join(
        ATTRIBUTE.pack(name, len(value)) + value + bytes(-len(value) % 4) for name, value in attributes
    )
    raw = HEADER.pack(kind, len(body), COOKIE, transaction) + body
    if password is not None:
        raw = _with_length(raw, len(raw) - HEADER_BYTES + 24)
        raw += ATTRIBUTE.pack(MESSAGE_INTEGRITY, 20) + _integrity(raw, password)
    raw = _with_length(raw, len(raw) - HEADER_BYTES + 8)
    return raw + ATTRIBUTE.pack(FINGERPRINT, 4) + _fingerprint(raw)


def xor_address(address: Address, transaction: bytes) -> bytes:
    """Return the value of XOR-MAPPED-ADDRESS."""
    host, port = address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    packed = socket.inet_pton(family, host.partition("%")[0])
    mask = (COOKIE_BYTES + transaction)[: len(packed)]
    masked = bytes(a ^ b for a, b in zip(packed, mask, strict=True))
    return struct.pack("!BBH", 0, 2 if family == socket.AF_INET6 else 1, port ^ (COOKIE >> 16)) + masked


def read_xor_address(value: bytes, transaction: bytes) -> Address | None:
    """Return the address in a XOR-MAPPED-ADDRESS, None if it is none."""
    if len(value) not in (8, 20):
        return None
    _, family, port = struct.unpack_from("!BBH", value)
    if family != (1 if len(value) == 8 else 2):
        return None
    mask = (COOKIE_BYTES + transaction)[: len(value) - 4]
    packed = bytes(a ^ b for a, b in zip(value[4:], mask, strict=True))
    return socket.inet_ntop(socket.AF_INET if family == 1 else socket.AF_INET6, packed), port ^ (COOKIE >> 16)


def error_code(code: int, reason: str) -> tuple[int, bytes]:
    """Return an ERROR-CODE attribute; `code` 300 to 699."""
    return ERROR_CODE, struct.pack("!HBB", 0, code // 100, code % 100) + reason.encode()


def _with_length(raw: bytes, length: int) -> bytes:
    return raw[:2] + struct.pack("!H", length) + raw[4:]


def _integrity(signed: bytes, password: bytes) -> bytes:
    # SHA-1 as a MAC is what the protocol asks for; every ICE implementation uses it.
    return hmac.digest(password, signed, hashlib.sha1)


def _fingerprint(raw: bytes) -> bytes:
    return struct.pack("!I", zlib.crc32(raw) ^ FINGERPRINT_XOR)
