"""Session tokens: opaque, random, stored only as hashes. The CSRF token is derived from the session's own."""

import base64
import hashlib
import hmac
import re
import secrets
from http.cookies import CookieError, SimpleCookie

from msgspec import Struct

COOKIE = "warmline_session"
TENANT_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}", re.ASCII)


class SessionToken(Struct, frozen=True):
    """The tenant leads the cookie because every table is asked on behalf of one tenant."""

    tenant_id: str
    secret: str

    @property
    def cookie_value(self) -> str:
        return f"{self.tenant_id}.{self.secret}"

    @property
    def hash(self) -> bytes:
        return hashlib.sha256(self.secret.encode()).digest()

    @property
    def csrf(self) -> str:
        """The token that pages of our own can ask for and others cannot: it never travels in a cookie."""
        digest = hmac.digest(self.secret.encode(), b"warmline csrf", "sha256")
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def new_token(tenant_id: str) -> SessionToken:
    """Return a fresh token of 256 random bits."""
    return SessionToken(tenant_id, secrets.token_urlsafe(32))


def parse_cookie(header: str | None) -> SessionToken | None:
    """Return the token in a Cookie header, or None when there is none or it is malformed."""
    if not header or len(header) > 8192:
        return None
    try:
        morsel = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return None
    tenant_id, dot, secret = (morsel.value if morsel else "").partition(".")
    if not dot or not TENANT_ID.fullmatch(tenant_id) or not re.fullmatch(r"[\w-]{43}", secret, re.ASCII):
        return None
    return SessionToken(tenant_id, secret)


def csrf_hash(csrf: str) -> bytes:
    return hashlib.sha256(csrf.encode()).digest()


def same(left: bytes, right: bytes) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(left, right)
