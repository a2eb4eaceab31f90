"""Identifiers: time-ordered UUIDs, so that keys written together lie together on disk."""

import secrets
import time
from datetime import datetime
from uuid import UUID


def first_id_at(at: datetime) -> UUID:
    """Return the smallest identifier `new_id` could give at that instant: where a range by time begins."""
    return UUID(int=(int(at.timestamp() * 1000) << 80) | (0x7 << 76) | (0b10 << 62))


def new_id() -> UUID:
    """Return a fresh time-ordered identifier. Source: RFC 9562, section 5.7 (UUID version 7)."""
    unix_ms = time.time_ns() // 1_000_000
    value = (unix_ms & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76
    value |= secrets.randbits(12) << 64
    value |= 0b10 << 62
    value |= secrets.randbits(62)
    return UUID(int=value)
