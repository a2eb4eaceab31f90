"""The way so far as a sealed token in the page's address: encrypted, of one company, good for some hours.

It is no cookie and no row: whoever has the address has the way, and the server keeps nothing.
"""

import base64
import zlib
from datetime import datetime, timedelta

import msgspec

from warmline.features.help.walk import Way
from warmline.kernel.errors import Refused, declare
from warmline.runtime.keyring import INDEX_KEY_ID, Keyring, Tampered

VALID = timedelta(hours=6)
LONGEST = 6_000  # characters: addresses beyond 8 kB are cut by some servers on the way
MOST_BYTES = 64 * 1024  # of an opened way: nothing we sealed is larger
CONTEXT = "help-way"

STALE = declare(
    "help.stale",
    410,
    "This page was open for too long, or its address is incomplete.",
    "Begin again from the start.",
)
TOO_LONG = declare("help.too_long", 413, "This is more than fits on a help page.", "Write it more briefly.")


class Sealed(msgspec.Struct, frozen=True):
    until: int
    way: Way


async def seal(keyring: Keyring, tenant_id: str, way: Way, now: datetime) -> str:
    """Return the token of a way. Raises Refused `help.too_long`."""
    await keyring.warm(tenant_id, ())
    data = msgspec.json.encode(Sealed(int((now + VALID).timestamp()), way))
    blob = keyring.encrypt(tenant_id, INDEX_KEY_ID, zlib.compress(data, 9), CONTEXT)
    token = base64.urlsafe_b64encode(blob).decode().rstrip("=")
    if len(token) > LONGEST or len(data) > MOST_BYTES:
        raise Refused(TOO_LONG)
    return token


async def unseal(keyring: Keyring, tenant_id: str, token: str, slug: str, now: datetime) -> Way:
    """Return the way of a token. Raises Refused `help.stale` for one that is old, of another page, or not ours."""
    if len(token) > LONGEST:
        raise Refused(STALE)
    await keyring.warm(tenant_id, ())
    try:
        blob = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        plain = keyring.decrypt(tenant_id, blob, CONTEXT)
        sealed = msgspec.json.decode(_inflated(plain), type=Sealed)
    except (ValueError, Tampered, LookupError, Refused, zlib.error):
        raise Refused(STALE) from None
    if sealed.until < now.timestamp() or sealed.way.slug != slug:
        raise Refused(STALE)
    return sealed.way


def _inflated(plain: bytes) -> bytes:
    data = zlib.decompressobj()
    found = data.decompress(plain, MOST_BYTES)
    if not data.eof:
        raise Refused(STALE)
    return found
