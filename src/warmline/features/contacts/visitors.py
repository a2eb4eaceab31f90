"""Visitors of a widget: recognised by a token of which we keep only a keyed hash."""

import re
import secrets
from uuid import UUID

from warmline.kernel.ids import new_id
from warmline.kernel.locale import Locale
from warmline.ports.chat import Visitor
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring

KIND = "visitor"
TOKEN_BYTES = 24
TOKEN_LENGTH_AT_MOST = 200


def tenant_of(token: str) -> str | None:
    """Return whose visitor a token names; whether it is a real one is for `Visitors.recognise` to say."""
    tenant_id, dot, secret = token.rpartition(".")
    return tenant_id if tenant_id and dot and secret and "\x00" not in token else None


CASE = re.compile(r"case-([0-9a-f]{32})-[0-9a-f]+")


def case_token(tenant_id: str, contact_id: UUID, proof: str) -> str:
    """Return the token of who opened the link to a case; only with its `proof` does anybody know it."""
    return f"{tenant_id}.case-{contact_id.hex}-{proof}"


def case_of(token: str) -> UUID | None:
    """Return the case whose link this visitor opened."""
    found = CASE.fullmatch(token.rpartition(".")[2])
    return None if found is None else UUID(found[1])


class Visitors:
    """Who is in front of a widget. A newcomer gets rows only when they start a conversation."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        self._database = database
        self._keyring = keyring

    async def recognise(self, tenant_id: str, token: str | None) -> Visitor | None:
        """Return the visitor this token was given to, with their open contact."""
        if not token or len(token) > TOKEN_LENGTH_AT_MOST or tenant_of(token) != tenant_id:
            return None
        await self._keyring.warm(tenant_id, ())
        conversation_id = self._conversation_of(tenant_id, token)
        async with self._database.tenant(tenant_id) as conn:
            row = await conn.fetchrow(
                "SELECT a.customer_id, (SELECT c.id FROM contact c"
                "   WHERE c.tenant_id = $1 AND c.conversation_id = $3 AND c.status <> 'ended'"
                "   ORDER BY c.opened_at DESC LIMIT 1) AS open_id"
                " FROM customer_address a"
                " WHERE a.tenant_id = $1 AND a.address_kind = 'visitor' AND a.address_index = $2",
                tenant_id,
                self._keyring.blind_index(tenant_id, KIND, token),
                conversation_id,
            )
        if row is None:
            return None
        return Visitor(tenant_id, row["customer_id"], conversation_id, token, row["open_id"])

    async def newcomer(self, tenant_id: str) -> Visitor:
        """Return a fresh visitor; nothing is written yet."""
        await self._keyring.warm(tenant_id, ())
        token = f"{tenant_id}.{secrets.token_hex(TOKEN_BYTES)}"  # what it is found by knows no case
        return Visitor(tenant_id, new_id(), self._conversation_of(tenant_id, token), token)

    async def settle(self, visitor: Visitor, channel: str, locale: Locale) -> None:
        """Write the rows of a visitor: customer, key, address and conversation. Harmless when they exist."""
        tenant_id, customer_id, now = visitor.tenant_id, visitor.customer_id, utc_now()
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            await conn.execute(
                "INSERT INTO customer (tenant_id, id, known, locale, created_at, updated_at)"
                " VALUES ($1, $2, 0, $3, $4, $4) ON CONFLICT DO NOTHING",
                tenant_id, customer_id, locale, now,
            )  # fmt: skip
            key_id = await self._keyring.create(tenant_id, customer_id, conn)
            await conn.execute(
                "INSERT INTO customer_address (tenant_id, id, customer_id, address_kind, address_index,"
                " address_enc, created_at) VALUES ($1, $2, $3, 'visitor', $4, $5, $6) ON CONFLICT DO NOTHING",
                tenant_id,
                customer_id,
                customer_id,
                self._keyring.blind_index(tenant_id, KIND, visitor.token),
                # The token is a key to the conversation: not even its ciphertext is kept.
                self._keyring.encrypt(tenant_id, key_id, channel.encode(), f"address|{customer_id}"),
                now,
            )
            await conn.execute(
                "INSERT INTO conversation (tenant_id, id, customer_id, channel, created_at)"
                " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                tenant_id, visitor.conversation_id, customer_id, channel, now,
            )  # fmt: skip

    async def admit(self, tenant_id: str, token: str, customer_id: UUID, channel: str) -> None:
        """Write the rows of a visitor who is a customer already; harmless when they exist."""
        await self._keyring.warm(tenant_id, ())
        now, conversation_id = utc_now(), self._conversation_of(tenant_id, token)
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            key_id = await self._keyring.create(tenant_id, customer_id, conn)
            await conn.execute(
                "INSERT INTO customer_address (tenant_id, id, customer_id, address_kind, address_index,"
                " address_enc, created_at) VALUES ($1, $2, $3, 'visitor', $4, $5, $6) ON CONFLICT DO NOTHING",
                tenant_id,
                conversation_id,
                customer_id,
                self._keyring.blind_index(tenant_id, KIND, token),
                self._keyring.encrypt(tenant_id, key_id, channel.encode(), f"address|{conversation_id}"),
                now,
            )
            await conn.execute(
                "INSERT INTO conversation (tenant_id, id, customer_id, channel, created_at)"
                " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                tenant_id, conversation_id, customer_id, channel, now,
            )  # fmt: skip

    def _conversation_of(self, tenant_id: str, token: str) -> UUID:
        """The conversation belongs to the token alone: a merged customer's other pages do not show it."""
        digest = self._keyring.blind_index(tenant_id, "visitor-conversation", token)
        return UUID(bytes=digest[:16], version=5)
