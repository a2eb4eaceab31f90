"""Passwords of lines and desk phones: written once, encrypted under the company's own key, never given back."""

import hashlib
import secrets as random
from datetime import datetime

import asyncpg
import msgspec
from msgspec import Struct

from warmline.features.security import audit
from warmline.features.security.audit import Actor
from warmline.kernel.errors import NOT_FOUND, Refused
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database
from warmline.runtime.keyring import INDEX_KEY_ID, Keyring

PHONE_SECRET_BYTES = 18  # 144 bits: no dictionary helps against a digest that was overheard


class PhoneCredentials(Struct, frozen=True):
    """What digest needs of a desk phone's password. Source: RFC 7616, section 3.4.2; RFC 8760."""

    realm: str
    md5: str
    sha256: str


class NewSecret(Struct, frozen=True):
    """A desk phone's fresh password, told exactly once."""

    user: str
    realm: str
    secret: str


def realm_of(tenant_id: str) -> str:
    """Return the realm (and SIP domain) of a company's desk phones."""
    return f"{tenant_id}.warmline"


def credentials_of(user: str, realm: str, secret: str) -> PhoneCredentials:
    """Return the hashes that stand for a password."""
    a1 = f"{user}:{realm}:{secret}".encode()
    return PhoneCredentials(
        realm,
        hashlib.md5(a1, usedforsecurity=False).hexdigest(),  # old phones know nothing else
        hashlib.sha256(a1).hexdigest(),
    )


class Secrets:
    """Writes and reads them; every write is in the audit log, without the secret."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        self._database = database
        self._keyring = keyring

    async def set_trunk(self, tenant_id: str, actor: Actor, trunk_id: str, secret: str) -> None:
        """Write the password a line signs in with; empty removes it. Raises Refused not_found."""
        sealed = await self._seal(tenant_id, secret.encode(), f"trunk|{trunk_id}") if secret else None
        await self._write(tenant_id, actor, "trunk", trunk_id, sealed, utc_now())

    async def renew_phone(self, tenant_id: str, actor: Actor, phone_id: str) -> NewSecret:
        """Give a desk phone a new password; the old one stops working. Raises Refused not_found."""
        new = NewSecret(phone_id, realm_of(tenant_id), random.token_urlsafe(PHONE_SECRET_BYTES))
        plain = msgspec.json.encode(credentials_of(new.user, new.realm, new.secret))
        sealed = await self._seal(tenant_id, plain, f"desk_phone|{phone_id}")
        await self._write(tenant_id, actor, "desk_phone", phone_id, sealed, utc_now())
        return new

    def trunk(self, tenant_id: str, trunk_id: str, sealed: bytes | None) -> str:
        """Return a line's password; empty without one."""
        if sealed is None:
            return ""
        return self._keyring.decrypt(tenant_id, sealed, f"trunk|{trunk_id}").decode()

    def phone(self, tenant_id: str, phone_id: str, sealed: bytes | None) -> PhoneCredentials | None:
        """Return what a desk phone proves itself with; None: it cannot register."""
        if sealed is None:
            return None
        plain = self._keyring.decrypt(tenant_id, sealed, f"desk_phone|{phone_id}")
        return msgspec.json.decode(plain, type=PhoneCredentials)

    async def _seal(self, tenant_id: str, plain: bytes, context: str) -> bytes:
        await self._keyring.warm(tenant_id, ())
        return self._keyring.encrypt(tenant_id, INDEX_KEY_ID, plain, context)

    async def _write(
        self, tenant_id: str, actor: Actor, table: str, id: str, sealed: bytes | None, now: datetime
    ) -> None:
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            await _update(conn, table, tenant_id, id, sealed)
            await audit.append(conn, tenant_id, actor, f"{table}.secret", f"{table}:{id}", now=now)


async def _update(conn: asyncpg.Connection, table: str, tenant_id: str, id: str, sealed: bytes | None) -> None:
    done = await conn.execute(
        f"UPDATE {table} SET secret_enc = $3 WHERE tenant_id = $1 AND id = $2", tenant_id, id, sealed
    )
    if done == "UPDATE 0":
        raise Refused(NOT_FOUND, what=table.replace("_", " "))
