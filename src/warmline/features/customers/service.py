"""Customers: known by the backend's reference or by address, described by profile and notes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec
from msgspec.structs import replace

from warmline.features.customers import store
from warmline.features.customers.model import Address, CustomerName, CustomerView, Note, Person, Profile
from warmline.kernel.errors import NOT_FOUND, Refused, declare
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database
from warmline.runtime.keyring import ERASED, Keyring

ADDRESS_TAKEN = declare(
    "customers.address_taken",
    409,
    "This address belongs to another customer.",
    "If they are one person, merge the two customers.",
)
REFERENCE = "customer_ref"  # the kind of the blind index

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Profile).decode


def profile_context(customer_id: UUID) -> str:
    return f"customer|{customer_id}"


def address_context(address_id: UUID) -> str:
    return f"address|{address_id}"


def note_context(note_id: UUID) -> str:
    return f"customer_note|{note_id}"


class Customers:
    """Find, create, describe. Everything personal is encrypted under the customer's own key."""

    def __init__(self, database: Database, keyring: Keyring, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._keyring = keyring
        self._now = now

    async def ensure_known(
        self, tenant_id: str, reference: str, profile: Profile | None = None, locale: str | None = None
    ) -> UUID:
        """Return the customer with the backend's `reference`, created if new; a given profile becomes theirs."""
        await self._keyring.warm(tenant_id, ())
        index = self._keyring.blind_index(tenant_id, REFERENCE, reference)
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            found = await store.by_reference(conn, tenant_id, index)
            if found is None:
                fresh = new_id()
                written = await store.insert(
                    conn, tenant_id, fresh, known=True, ref_index=index, locale=locale, now=self._now()
                )
                found = fresh if written else await store.by_reference(conn, tenant_id, index)
                assert found is not None  # noqa: S101 -- inserted by us or just now by another
                if written:
                    first = replace(profile or Profile(), reference=reference)
                    await self._seal(conn, tenant_id, found, first)
            elif profile is not None:
                await self._seal(conn, tenant_id, found, replace(profile, reference=reference))
            return await store.root_of(conn, tenant_id, found) or found

    async def create(self, tenant_id: str, profile: Profile, locale: str | None = None) -> UUID:
        """Create a customer. Raises Refused `conflict` never: a reference that exists is `ensure_known`'s case."""
        if profile.reference:
            return await self.ensure_known(tenant_id, profile.reference, profile, locale)
        customer_id = new_id()
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            await store.insert(
                conn, tenant_id, customer_id, known=True, ref_index=None, locale=locale, now=self._now()
            )
            await self._seal(conn, tenant_id, customer_id, profile)
        return customer_id

    async def describe(self, tenant_id: str, customer_id: UUID, profile: Profile) -> None:
        """Replace a customer's profile. Raises Refused: not_found, erased."""
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            await self._living(conn, tenant_id, customer_id)
            await self._seal(conn, tenant_id, customer_id, profile)

    async def add_address(
        self, tenant_id: str, customer_id: UUID, kind: str, value: str, *, verified: bool = False
    ) -> None:
        """Note an address. Raises Refused: not_found, erased, `customers.address_taken`."""
        await self._keyring.warm(tenant_id, ())
        address_id, now = new_id(), self._now()
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            root = await self._living(conn, tenant_id, customer_id)
            key_id = await self._keyring.create(tenant_id, customer_id, conn)
            owner = await store.insert_address(
                conn,
                tenant_id,
                address_id,
                customer_id,
                kind,
                self._keyring.blind_index(tenant_id, kind, value),
                self._keyring.encrypt(tenant_id, key_id, value.encode(), address_context(address_id)),
                now if verified else None,
                now,
            )
            if owner is not None and await store.root_of(conn, tenant_id, owner) != root:
                raise Refused(ADDRESS_TAKEN)

    async def find_by_address(self, tenant_id: str, kind: str, value: str) -> UUID | None:
        """Return who can be reached at this address."""
        await self._keyring.warm(tenant_id, ())
        async with self._database.tenant(tenant_id) as conn:
            found = await store.by_address(
                conn, tenant_id, kind, self._keyring.blind_index(tenant_id, kind, value)
            )
            return found and await store.root_of(conn, tenant_id, found)

    async def find_by_reference(self, tenant_id: str, reference: str) -> UUID | None:
        """Return whom the backend calls so."""
        await self._keyring.warm(tenant_id, ())
        async with self._database.tenant(tenant_id) as conn:
            index = self._keyring.blind_index(tenant_id, REFERENCE, reference)
            found = await store.by_reference(conn, tenant_id, index)
            return found and await store.root_of(conn, tenant_id, found)

    async def add_note(self, tenant_id: str, customer_id: UUID, agent_id: UUID, text: str) -> UUID:
        """Write a note on the customer. Raises Refused: not_found, erased."""
        note_id = new_id()
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            await self._living(conn, tenant_id, customer_id)
            key_id = await self._keyring.create(tenant_id, customer_id, conn)
            sealed = self._keyring.encrypt(tenant_id, key_id, text.encode(), note_context(note_id))
            await store.insert_note(conn, tenant_id, note_id, customer_id, agent_id, sealed, self._now())
        return note_id

    async def view(self, tenant_id: str, customer_id: UUID) -> CustomerView:
        """Return the person behind `customer_id` with everything merged into them. Raises Refused `not_found`."""
        async with self._database.tenant(tenant_id) as conn:
            root = await store.root_of(conn, tenant_id, customer_id)
            if root is None:
                raise Refused(NOT_FOUND, what="customer")
            group = await store.group_of(conn, tenant_id, root)
            rows = {row["id"]: row for row in await store.read_many(conn, tenant_id, group)}
            addresses = await store.addresses(conn, tenant_id, group)
            contacts = await store.contacts(conn, tenant_id, group)
            notes = await store.notes(conn, tenant_id, group)
        profiles = await self._profiles(tenant_id, list(rows.values()))
        row = rows[root]
        return CustomerView(
            id=root,
            known=bool(row["known"]),
            locale=row["locale"],
            profile=profiles.get(root, Profile()),
            addresses=await self._open_addresses(tenant_id, addresses),
            contacts=contacts,
            notes=await self._open_notes(tenant_id, notes),
            merged=[one for one in group if one != root],
            created_at=row["created_at"],
            erased_at=row["erased_at"],
        )

    async def names(self, tenant_id: str, customer_ids: Iterable[UUID]) -> Mapping[UUID, CustomerName]:
        """Return who these customers are, for cards; merged ones by the name of the person they are."""
        people = await self.people(tenant_id, customer_ids)
        return {one: CustomerName(p.id, p.profile.name, p.known) for one, p in people.items()}

    async def people(self, tenant_id: str, customer_ids: Iterable[UUID]) -> Mapping[UUID, Person]:
        """Return the person behind each of these customers, in three queries for all."""
        async with self._database.tenant(tenant_id) as conn:
            roots = await store.roots_of(conn, tenant_id, list(customer_ids))
            rows = await store.read_many(conn, tenant_id, list(set(roots.values())))
            addresses = await store.addresses(conn, tenant_id, [row["id"] for row in rows])
        profiles = await self._profiles(tenant_id, rows)
        owner = {row["id"]: row["customer_id"] for row in addresses}
        opened = await self._open_addresses(tenant_id, addresses)
        people = {
            row["id"]: Person(
                row["id"],
                bool(row["known"]),
                profiles.get(row["id"], Profile()),
                [address for address in opened if owner[address.id] == row["id"]],
            )
            for row in rows
        }
        return {one: people[root] for one, root in roots.items()}

    async def _living(self, conn: asyncpg.Connection, tenant_id: str, customer_id: UUID) -> UUID:
        rows = await store.read_many(conn, tenant_id, [customer_id])
        if not rows:
            raise Refused(NOT_FOUND, what="customer")
        if rows[0]["erased_at"] is not None:
            raise Refused(ERASED)
        return await store.root_of(conn, tenant_id, customer_id) or customer_id

    async def _seal(self, conn: asyncpg.Connection, tenant_id: str, customer_id: UUID, profile: Profile) -> None:
        key_id = await self._keyring.create(tenant_id, customer_id, conn)
        sealed = self._keyring.encrypt(tenant_id, key_id, _encode(profile), profile_context(customer_id))
        words = " ".join(filter(None, (profile.name, profile.reference)))
        grams = self._keyring.grams(tenant_id, words)
        await store.write_profile(conn, tenant_id, customer_id, sealed, grams, self._now())

    async def _profiles(self, tenant_id: str, rows: Sequence[asyncpg.Record]) -> dict[UUID, Profile]:
        sealed = [row for row in rows if row["profile_enc"] is not None]
        plain = await self._keyring.decrypt_many(
            tenant_id, [(row["profile_enc"], profile_context(row["id"])) for row in sealed]
        )
        return {row["id"]: _decode(one) for row, one in zip(sealed, plain, strict=True) if one is not None}

    async def _open_addresses(self, tenant_id: str, rows: Sequence[asyncpg.Record]) -> list[Address]:
        plain = await self._keyring.decrypt_many(
            tenant_id, [(row["address_enc"], address_context(row["id"])) for row in rows]
        )
        return [
            Address(row["id"], row["address_kind"], value.decode(), row["verified_at"])
            for row, value in zip(rows, plain, strict=True)
            if value is not None
        ]

    async def _open_notes(self, tenant_id: str, rows: Sequence[asyncpg.Record]) -> list[Note]:
        plain = await self._keyring.decrypt_many(
            tenant_id, [(row["text_enc"], note_context(row["id"])) for row in rows]
        )
        return [
            Note(row["id"], row["agent_id"], row["agent_name"], text.decode(), row["created_at"])
            for row, text in zip(rows, plain, strict=True)
            if text is not None
        ]
