"""Cursors of lists: where the next page begins, as one opaque word."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from datetime import datetime
from uuid import UUID

from warmline.kernel.errors import INVALID, Refused

Cursor = tuple[datetime, UUID]


def write(cursor: Cursor) -> str:
    """Return the word for a place in a list."""
    return urlsafe_b64encode(f"{cursor[0].isoformat()}|{cursor[1].hex}".encode()).decode()


def read(word: str | None) -> Cursor | None:
    """Return the place, or None for the beginning. Raises Refused for a word that is none of ours."""
    if word is None:
        return None
    try:
        at, _, id = urlsafe_b64decode(word.encode("ascii")).decode().partition("|")
        place = datetime.fromisoformat(at), UUID(hex=id)
    except (ValueError, Error, UnicodeError):
        raise Refused(INVALID, field="cursor", reason="it is not a cursor of this list") from None
    if place[0].tzinfo is None:
        raise Refused(INVALID, field="cursor", reason="it is not a cursor of this list")
    return place
