"""Search over customers and contacts: candidates by keyed bigrams, certainty by reading them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
from msgspec import Struct

from warmline.features.customers.indexing import searchable_text, text_events
from warmline.features.customers.model import Address
from warmline.features.customers.service import Customers
from warmline.runtime.database import Database
from warmline.runtime.grams import fold
from warmline.runtime.keyring import Keyring

WORDS_AT_MOST = 8
CANDIDATES = 200  # per word, from the index
READ_AT_MOST = 40  # decrypted to verify
SNIPPET = 120


class FoundCustomer(Struct, frozen=True):
    """A customer that fits; `score` is the share of the query that was found, 0 to 1."""

    id: UUID
    name: str | None
    known: bool
    addresses: Sequence[Address]
    score: float


class FoundContact(Struct, frozen=True):
    """A contact in which the words occur, with the passage of the best one."""

    id: UUID
    customer_id: UUID
    customer: str | None
    status: str
    channel: str
    intent: str | None
    opened_at: datetime
    snippet: str
    score: float


class Found(Struct, frozen=True):
    customers: Sequence[FoundCustomer]
    contacts: Sequence[FoundContact]


class Search:
    """Answers in the order of how much of the query fits, then newest first."""

    def __init__(self, database: Database, keyring: Keyring, customers: Customers) -> None:
        self._database = database
        self._keyring = keyring
        self._customers = customers

    async def find(self, tenant_id: str, query: str, limit: int = 20) -> Found:
        """Return customers and contacts that fit `query`; it may be an email, a phone number or a reference."""
        await self._keyring.warm(tenant_id, ())
        words = [word for word in dict.fromkeys(query.split()) if searchable(word)][:WORDS_AT_MOST]
        exact = await self._exactly(tenant_id, query.strip())
        if not words:
            return Found(exact, [])
        async with self._database.tenant(tenant_id) as conn:
            people = await self._candidates(conn, tenant_id, "matching_customers", words)
            talks = await self._candidates(conn, tenant_id, "matching_contacts", words)
        by_name = await self._verify_customers(tenant_id, people, words)
        contacts = await self._verify_contacts(tenant_id, talks, words)
        known = {one.id for one in exact}
        customers = [*exact, *(one for one in by_name if one.id not in known)]
        return Found(customers[:limit], contacts[:limit])

    async def _exactly(self, tenant_id: str, query: str) -> list[FoundCustomer]:
        found: list[UUID] = []
        kinds = ["email"] if "@" in query else ["phone"] if sum(c.isdigit() for c in query) >= 7 else []
        for kind in kinds:
            customer_id = await self._customers.find_by_address(tenant_id, kind, query)
            found += [customer_id] if customer_id else []
        by_reference = await self._customers.find_by_reference(tenant_id, query) if query else None
        found += [by_reference] if by_reference else []
        views = [await self._customers.view(tenant_id, one) for one in dict.fromkeys(found)]
        return [FoundCustomer(v.id, v.profile.name, v.known, v.addresses, 1.0) for v in views]

    async def _candidates(
        self, conn: asyncpg.Connection, tenant_id: str, function: str, words: Sequence[str]
    ) -> list[UUID]:
        weight: dict[UUID, int] = {}
        for word in words:
            grams = self._keyring.query_grams(tenant_id, word)
            for row in await conn.fetch(f"SELECT {function}($1, $2) AS id", grams, CANDIDATES):
                weight[row["id"]] = weight.get(row["id"], 0) + len(grams)
        ranked = sorted(weight, key=lambda one: weight[one], reverse=True)
        return ranked[:READ_AT_MOST]

    async def _verify_customers(
        self, tenant_id: str, candidates: Sequence[UUID], words: Sequence[str]
    ) -> list[FoundCustomer]:
        people = await self._customers.people(tenant_id, candidates)
        found: dict[UUID, FoundCustomer] = {}
        for person in people.values():
            text = " ".join(filter(None, (person.profile.name, person.profile.reference)))
            score = coverage(text, words)
            if score:
                found[person.id] = FoundCustomer(
                    person.id, person.profile.name, person.known, person.addresses, score
                )
        return sorted(found.values(), key=lambda one: -one.score)

    async def _verify_contacts(
        self, tenant_id: str, candidates: Sequence[UUID], words: Sequence[str]
    ) -> list[FoundContact]:
        async with self._database.tenant(tenant_id) as conn:
            events = await text_events(conn, self._keyring, tenant_id, candidates)
            rows = await conn.fetch(
                "SELECT id, customer_id, status, channel, intent, opened_at FROM contact"
                " WHERE tenant_id = $1 AND id = ANY($2)",
                tenant_id, list(candidates),
            )  # fmt: skip
        texts: dict[UUID, list[str]] = {}
        for stored in events:
            texts.setdefault(stored.contact_id, []).append(searchable_text(stored.event) or "")
        names = await self._customers.names(tenant_id, {row["customer_id"] for row in rows})
        found: list[FoundContact] = []
        for row in rows:
            said = texts.get(row["id"], [])
            score = coverage("\n".join(said), words)
            if score:
                passage = max(said, key=lambda text: coverage(text, words))
                person = names.get(row["customer_id"])
                found.append(
                    FoundContact(**dict(row), customer=person.name if person else None,
                                 snippet=snippet(passage, words), score=score)
                )  # fmt: skip
        return sorted(found, key=lambda one: (-one.score, -one.opened_at.timestamp()))


def searchable(text: str) -> str:
    """Return the letters and digits of `text` as they are compared."""
    return "".join(c for c in fold(text) if c.isalnum())


def coverage(text: str, words: Sequence[str]) -> float:
    """Return which share of the query, by length, occurs in `text`; spaces do not matter."""
    inside = searchable(text)
    wanted = [searchable(word) for word in words]
    total = sum(len(word) for word in wanted)
    return sum(len(word) for word in wanted if word in inside) / total if total else 0.0


def snippet(text: str, words: Sequence[str]) -> str:
    """Return the part of `text` around the first word that occurs in it."""
    lowered = fold(text)
    places = [at for word in words if (at := lowered.find(fold(word))) >= 0]
    start = max(0, min(places, default=0) - SNIPPET // 3)
    end = start + SNIPPET
    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")
