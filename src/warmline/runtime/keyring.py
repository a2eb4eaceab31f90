"""Envelope encryption: master key → tenant key → one data key a customer; destroying it erases the customer."""

import hmac
import os
import struct
import unicodedata
from collections.abc import Iterable, Sequence
from hashlib import blake2b, sha256
from uuid import UUID

import asyncpg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from warmline.kernel.errors import Refused, declare
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database
from warmline.runtime.grams import index_bigrams, query_bigrams
from warmline.runtime.key_memory import CUSTOMERS, VERSION, KeyMemory, Loaded
from warmline.runtime.master_keys import FINGERPRINT_BYTES, KEY_BYTES, MasterKeys
from warmline.runtime.nonces import NONCE_BYTES, Nonces
from warmline.runtime.signals import SIGNAL_CHANNEL, encode_signal

HEADER_BYTES = 1 + 16 + NONCE_BYTES
_NONCES = Nonces()
ERASED_SIGNAL = "erased"
INDEX_KEY_ID = UUID(int=1)  # the tenant's own key, for blind indexes and grams; no customer has this id
ERASED = declare(
    "erased", 410, "This customer's data was erased.", "Nothing can bring it back; start a new contact instead."
)


class Erased(Refused):
    """The key was destroyed on purpose: what it protected is gone."""

    def __init__(self) -> None:
        super().__init__(ERASED)


class ColdKey(LookupError):
    """The key is not in memory yet; `warm` it first."""

    def __init__(self, tenant_id: str, key_id: UUID) -> None:
        self.key_id = key_id
        super().__init__(f"Key {key_id} of {tenant_id} is not loaded. Call warm() first.")


class Tampered(Exception):
    """A ciphertext does not belong where it was found, or was changed."""


class Keyring:
    """Keys in memory, and what is done with them. Encrypting and decrypting never wait; `warm` does.

    A ciphertext is: version (1 byte), key id (16), nonce (12), AES-256-GCM output. The additional data is
    `tenant|context`, so that a value copied to another row or tenant does not decrypt.
    """

    def __init__(self, database: Database, masters: MasterKeys, *, cache_size: int = CUSTOMERS) -> None:
        self._database = database
        self._masters = masters
        self._memory = KeyMemory(cache_size)
        self._keks: dict[tuple[bytes, str, int], AESGCM] = {}
        self._versions: dict[str, int] = {}
        self._index: dict[str, tuple[bytes, bytes]] = {}

    @classmethod
    async def open(cls, database: Database, masters: MasterKeys, *, cache_size: int = CUSTOMERS) -> "Keyring":
        """Return a keyring with every tenant's own key loaded."""
        keyring = cls(database, masters, cache_size=cache_size)
        for tenant_id in await database.tenants():
            await keyring.warm(tenant_id, ())
        return keyring

    # --- loading ---------------------------------------------------------------------------------

    async def warm(self, tenant_id: str, key_ids: Iterable[UUID]) -> None:
        """Load the tenant's own key and these data keys, in one query each; known ones cost nothing."""
        if tenant_id not in self._index:
            await self._open_tenant(tenant_id)
        missing = [key_id for key_id in set(key_ids) if not self._memory.knows(tenant_id, key_id)]
        if missing:
            async with self._database.tenant(tenant_id) as conn:
                await self._load(conn, tenant_id, "id", missing)

    async def warm_customers(self, tenant_id: str, customer_ids: Iterable[UUID], *, create: bool = False) -> None:
        """Load these customers' data keys, so that `key_of` knows them; make missing ones if `create`."""
        if tenant_id not in self._index:
            await self._open_tenant(tenant_id)
        missing = [one for one in set(customer_ids) if not self.is_warm(tenant_id, one)]
        if not missing:
            return
        async with self._database.tenant(tenant_id) as conn:
            await self._load(conn, tenant_id, "customer_id", missing)
            if create:
                for one in missing:
                    if self._memory.of_customer(tenant_id, one) is None:
                        await self.create(tenant_id, one, conn)

    async def create(self, tenant_id: str, customer_id: UUID, conn: asyncpg.Connection) -> UUID:
        """Make the data key of a new customer on `conn` (the caller's transaction) and return its id.

        Harmless when there is one already, also under concurrency: the stored key wins.
        """
        if tenant_id not in self._index:
            await self._open_tenant(tenant_id)
        dek = AESGCM.generate_key(bit_length=256)
        version = self._versions[tenant_id]
        await conn.execute(
            "INSERT INTO data_key (tenant_id, id, customer_id, kek_version, wrapped, created_at) "
            "VALUES ($1, $2, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            tenant_id,
            customer_id,
            version,
            self._wrap(tenant_id, customer_id, dek, version),
            utc_now(),
        )
        await self._load(conn, tenant_id, "id", [customer_id])
        return customer_id

    async def _load(self, conn: asyncpg.Connection, tenant_id: str, column: str, ids: Sequence[UUID]) -> None:
        rows = await conn.fetch(
            f"SELECT id, customer_id, kek_version, wrapped FROM data_key WHERE {column} = ANY($1) "
            "ORDER BY created_at DESC",
            ids,
        )
        for row in rows:  # newest first: the oldest of a customer's keys is theirs
            wrapped = row["wrapped"]
            secret = None
            if wrapped is not None:
                secret = self._unwrap(tenant_id, row["id"], wrapped, row["kek_version"])
            self._memory.put(tenant_id, row["id"], row["customer_id"], secret)

    async def _open_tenant(self, tenant_id: str) -> None:
        async with self._database.tenant(tenant_id) as conn:
            version = await conn.fetchval("SELECT kek_version FROM tenant WHERE id = $1", tenant_id)
            if version is None:
                raise LookupError(f"There is no tenant {tenant_id}.")
            fetch = "SELECT kek_version, wrapped FROM data_key WHERE id = $1"
            row = await conn.fetchrow(fetch, INDEX_KEY_ID)
            if row is None:
                wrapped = self._wrap(tenant_id, INDEX_KEY_ID, os.urandom(KEY_BYTES), version)
                await conn.execute(
                    "INSERT INTO data_key (tenant_id, id, customer_id, kek_version, wrapped, created_at) "
                    "VALUES ($1, $2, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                    tenant_id,
                    INDEX_KEY_ID,
                    version,
                    wrapped,
                    utc_now(),
                )
                row = await conn.fetchrow(fetch, INDEX_KEY_ID)
        assert row is not None  # noqa: S101
        secret = self._unwrap(tenant_id, INDEX_KEY_ID, row["wrapped"], row["kek_version"])
        self._memory.put_own(tenant_id, INDEX_KEY_ID, secret)
        self._versions[tenant_id] = version
        self._index[tenant_id] = (hmac.digest(secret, b"blind", "sha256"), hmac.digest(secret, b"grams", "sha256"))

    # --- wrapping --------------------------------------------------------------------------------

    def _kek(self, print_: bytes, tenant_id: str, version: int) -> AESGCM:
        kek = self._keks.get((print_, tenant_id, version))
        if kek is None:
            kek = self._keks[print_, tenant_id, version] = AESGCM(self._masters.kek(print_, tenant_id, version))
        return kek

    def _wrap(self, tenant_id: str, key_id: UUID, dek: bytes, version: int) -> bytes:
        print_, nonce = self._masters.current, _NONCES.take()
        sealed = self._kek(print_, tenant_id, version).encrypt(
            nonce, dek, _key_context(tenant_id, key_id, version)
        )
        return struct.pack("B", VERSION) + print_ + nonce + sealed

    def _unwrap(self, tenant_id: str, key_id: UUID, wrapped: bytes, version: int) -> bytes:
        at = 1 + FINGERPRINT_BYTES
        kek = self._kek(wrapped[1:at], tenant_id, version)
        try:
            return kek.decrypt(
                wrapped[at : at + NONCE_BYTES],
                wrapped[at + NONCE_BYTES :],
                _key_context(tenant_id, key_id, version),
            )
        except InvalidTag:
            raise Tampered(f"Data key {key_id} of {tenant_id} does not unwrap.") from None

    # --- use, never waiting ----------------------------------------------------------------------

    def key_of(self, tenant_id: str, customer_id: UUID) -> UUID:
        """Return the id of a customer's data key. Raises ColdKey before `warm_customers`."""
        key_id = self._memory.of_customer(tenant_id, customer_id)
        if key_id is None:
            raise ColdKey(tenant_id, customer_id)
        return key_id

    def is_warm(self, tenant_id: str, customer_id: UUID) -> bool:
        """Say whether a customer's data can be encrypted without waiting (or is known to be erased)."""
        key_id = self._memory.of_customer(tenant_id, customer_id)
        return key_id is not None and self._memory.knows(tenant_id, key_id)

    def key_for(self, tenant_id: str, customer_id: UUID) -> Loaded:
        """Return the key to `seal` several values of one customer with. Raises Erased, ColdKey."""
        return self._key(tenant_id, self.key_of(tenant_id, customer_id))

    def encrypt(self, tenant_id: str, key_id: UUID, plain: bytes, context: str) -> bytes:
        """Return `plain` under a data key, bound to `context`. Raises Erased, ColdKey."""
        return seal(self._key(tenant_id, key_id), tenant_id, plain, context)

    def decrypt(self, tenant_id: str, blob: bytes, context: str) -> bytes:
        """Return the plain text. Raises Erased when its key is destroyed, Tampered, ColdKey."""
        if len(blob) < HEADER_BYTES or blob[0] != VERSION:
            raise Tampered(f"This is no ciphertext of ours ({context}).")
        key, _ = self._key(tenant_id, UUID(bytes=blob[1:17]))
        try:
            return key.decrypt(blob[17:HEADER_BYTES], blob[HEADER_BYTES:], f"{tenant_id}|{context}".encode())
        except InvalidTag:
            raise Tampered(f"A ciphertext does not belong here ({context}).") from None

    async def decrypt_many(self, tenant_id: str, items: Sequence[tuple[bytes, str]]) -> list[bytes | None]:
        """Return the plain texts of (ciphertext, context) pairs, loading keys as needed; None where erased."""
        await self.warm(tenant_id, {key_id_of(blob) for blob, _ in items})
        plain: list[bytes | None] = []
        for blob, context in items:
            try:
                plain.append(self.decrypt(tenant_id, blob, context))
            except Erased:
                plain.append(None)
        return plain

    def _key(self, tenant_id: str, key_id: UUID) -> Loaded:
        try:
            key = self._memory.key(tenant_id, key_id)
        except KeyError:
            raise ColdKey(tenant_id, key_id) from None
        if key is None:
            raise Erased
        return key

    def blind_index(self, tenant_id: str, kind: str, value: str) -> bytes:
        """Return the keyed hash by which `value` can be found without being readable. Raises ColdKey.

        Normalised before: e-mail and free text NFKC without case, phone digits with a leading plus.
        """
        message = f"{kind}|{normalised(kind, value)}".encode()
        return hmac.digest(self._index_key(tenant_id, 0), message, sha256)

    def grams(self, tenant_id: str, text: str) -> list[int]:
        """Return the keyed hashes to store for searching `text`. Raises ColdKey."""
        return self._hashes(tenant_id, index_bigrams(text))

    def query_grams(self, tenant_id: str, text: str) -> list[int]:
        """Return the keyed hashes that stored ones must contain to match a query. Raises ColdKey."""
        return self._hashes(tenant_id, query_bigrams(text))

    def _hashes(self, tenant_id: str, bigrams: set[str]) -> list[int]:
        key = self._index_key(tenant_id, 1)
        return sorted(
            int.from_bytes(blake2b(gram.encode(), digest_size=8, key=key).digest(), "big", signed=True)
            for gram in bigrams
        )

    def _index_key(self, tenant_id: str, which: int) -> bytes:
        try:
            return self._index[tenant_id][which]
        except KeyError:
            raise ColdKey(tenant_id, INDEX_KEY_ID) from None

    # --- life of keys ----------------------------------------------------------------------------

    async def erase(self, tenant_id: str, customer_id: UUID) -> int:
        """Destroy every data key of a customer, here and in every process; return how many there were."""
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            rows = await conn.fetch(
                "UPDATE data_key SET wrapped = NULL, destroyed_at = $2 "
                "WHERE customer_id = $1 AND id <> $3 AND wrapped IS NOT NULL RETURNING id",
                customer_id,
                utc_now(),
                INDEX_KEY_ID,
            )
            destroyed = [customer_id, *(row["id"] for row in rows)]
            payload = ",".join(str(one) for one in destroyed)
            await conn.execute(
                "SELECT pg_notify($1, $2)", SIGNAL_CHANNEL, encode_signal("", tenant_id, ERASED_SIGNAL, payload)
            )
        self.forget(tenant_id, payload)
        return len(rows)

    def forget(self, tenant_id: str, payload: str) -> None:
        """Take in the signal "erased": a customer and the keys that were destroyed, separated by commas."""
        customer_id, *key_ids = (UUID(one) for one in payload.split(","))
        self._memory.forget_customer(tenant_id, customer_id)
        for key_id in key_ids:
            self._memory.destroy(tenant_id, key_id)

    def clear(self) -> None:
        """Forget every data key: signals may have been missed."""
        self._memory.clear()

    async def adopt(self, tenant_id: str, from_id: UUID, into_id: UUID, conn: asyncpg.Connection) -> None:
        """Let the keys of one customer belong to another (they turned out to be one person)."""
        await conn.execute("UPDATE data_key SET customer_id = $2 WHERE customer_id = $1", from_id, into_id)
        self._memory.forget_customer(tenant_id, from_id)

    async def rotate(self, tenant_id: str) -> int:
        """Wrap all data keys of a tenant anew, under the next tenant key and the newest master key."""
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            version = await conn.fetchval(
                "UPDATE tenant SET kek_version = kek_version + 1 WHERE id = $1 RETURNING kek_version", tenant_id
            )
            if version is None:
                raise LookupError(f"There is no tenant {tenant_id}.")
            rows = await conn.fetch(
                "SELECT id, kek_version, wrapped FROM data_key WHERE wrapped IS NOT NULL FOR UPDATE"
            )
            fresh = [
                self._wrap(
                    tenant_id,
                    row["id"],
                    self._unwrap(tenant_id, row["id"], row["wrapped"], row["kek_version"]),
                    version,
                )
                for row in rows
            ]
            await conn.execute(
                "UPDATE data_key k SET wrapped = n.wrapped, kek_version = $3 "
                "FROM unnest($1::uuid[], $2::bytea[]) AS n (id, wrapped) WHERE k.id = n.id",
                [row["id"] for row in rows],
                fresh,
                version,
            )
        self._versions[tenant_id] = version
        return len(rows)


def seal(key: Loaded, tenant_id: str, plain: bytes, context: str) -> bytes:
    """Return `plain` under a key from `key_for`, bound to `context`."""
    nonce = _NONCES.take()
    return key[1] + nonce + key[0].encrypt(nonce, plain, f"{tenant_id}|{context}".encode())


def key_id_of(blob: bytes) -> UUID:
    """Return the data key a ciphertext was made with. Raises Tampered."""
    if len(blob) < HEADER_BYTES or blob[0] != VERSION:
        raise Tampered("This is no ciphertext of ours.")
    return UUID(bytes=bytes(blob[1:17]))


def normalised(kind: str, value: str) -> str:
    """Return a value as it is compared: phone numbers by digits, everything else NFKC without case or edges."""
    folded = unicodedata.normalize("NFKC", value).strip()
    if kind == "phone":
        digits = "".join(c for c in folded if c.isdigit())
        return f"+{digits}" if folded.startswith("+") else digits
    return unicodedata.normalize("NFKC", folded.casefold())


def _key_context(tenant_id: str, key_id: UUID, version: int) -> bytes:
    return f"{tenant_id}|data_key|{key_id}|{version}".encode()
