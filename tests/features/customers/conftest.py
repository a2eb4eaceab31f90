"""Customers who have said something, through the real writer of contacts."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from msgspec.structs import replace

from warmline.domain.contact.commands import Decision
from warmline.domain.contact.events import AnyEvent, ContactOpened, MessageSent
from warmline.domain.contact.model import Contact, ContactStatus
from warmline.features.customers.service import Customers
from warmline.features.security.audit import Actor
from warmline.kernel.ids import new_id
from warmline.runtime.committer import Committer
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring

MINA = Actor("Mina", new_id(), "127.0.0.1")


class Talk:
    """Write contacts and what happened in them."""

    def __init__(self, committer: Committer, database: Database) -> None:
        self.committer = committer
        self._database = database

    async def visitor(self, tenant: str = "onda") -> UUID:
        """A person in front of a widget, whom nobody knows yet."""
        customer_id = new_id()
        async with self._database.tenant(tenant) as conn:
            await conn.execute(
                "INSERT INTO customer (tenant_id, id, created_at, updated_at) VALUES ($1, $2, now(), now())",
                tenant, customer_id,
            )  # fmt: skip
        return customer_id

    async def begin(self, customer_id: UUID, *texts: str, tenant: str = "onda") -> UUID:
        """Open a contact in which the customer says these texts."""
        contact_id = new_id()
        opened = ContactOpened("webchat", customer_id, contact_id, "ko")

        def run(_: Contact | None, now: datetime) -> Decision:
            contact = Contact(
                tenant_id=tenant, id=contact_id, channel="webchat", customer_id=customer_id,
                conversation_id=contact_id, locale="ko", status=ContactStatus.JOURNEY, opened_at=now,
                version=1, seq=1,
            )  # fmt: skip
            return Decision(contact, (opened,))

        await self.committer.execute(tenant, contact_id, run)
        for text in texts:
            await self.add(contact_id, MessageSent("customer", text), tenant=tenant)
        return contact_id

    async def add(self, contact_id: UUID, *events: AnyEvent, tenant: str = "onda", **changes: object) -> None:
        """Let something happen in a contact."""

        def run(contact: Contact | None, _: datetime) -> Decision:
            assert contact is not None
            after = replace(contact, version=contact.version + 1, seq=contact.seq + len(events), **changes)
            return Decision(after, events)

        await self.committer.execute(tenant, contact_id, run)

    async def end(self, contact_id: UUID, tenant: str = "onda") -> None:
        await self.add(contact_id, tenant=tenant, status=ContactStatus.ENDED, ended_at=datetime.now(UTC))


@pytest.fixture
def talk(committer: Committer, database: Database) -> Talk:
    return Talk(committer, database)


@pytest.fixture
def customers(database: Database, keyring: Keyring) -> Customers:
    return Customers(database, keyring)
