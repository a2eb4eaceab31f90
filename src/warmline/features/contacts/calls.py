"""Contacts for calls: opened by telephone or page, in the conversation that belongs to the caller's number.

The number is a hint of who calls, never proof: it finds the earlier case, and proves nothing.
"""

from datetime import timedelta
from uuid import UUID, uuid5

from warmline.domain.contact.commands import Open
from warmline.domain.contact.model import Contact, ContactStatus
from warmline.features.contacts.chat import HouseContacts
from warmline.features.contacts.facts import FactsHouse
from warmline.features.contacts.service import ContactService
from warmline.features.contacts.store import ContactStore
from warmline.features.contacts.uploads import Uploads
from warmline.ports.calls import Opening
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database
from warmline.runtime.feed import Feed
from warmline.runtime.keyring import Keyring

CHANNEL = "voice"
SAME_CASE_WITHIN = timedelta(days=1)
KEY = "call_key"  # the attribute by which a call that asks twice finds the contact it opened


class HouseCalls(HouseContacts):
    """Implements `warmline.ports.calls.CallContacts`."""

    def __init__(
        self,
        service: ContactService,
        feed: Feed,
        uploads: Uploads,
        *,
        facts: FactsHouse,
        store: ContactStore,
        database: Database,
        keyring: Keyring,
    ) -> None:
        super().__init__(service, feed, uploads)
        self._service = service
        self._facts = facts
        self._store = store
        self._database = database
        self._keyring = keyring

    async def open_call(self, opening: Opening) -> Contact:
        tenant_id = opening.tenant_id
        await self._keyring.warm(tenant_id, ())
        conversation_id = self._conversation_of(opening)
        earlier = await self._store.latest_of(tenant_id, conversation_id)
        before = None if earlier is None else await self._service.load_anew(tenant_id, earlier)
        if before is not None and before.attributes.get(KEY) == str(opening.key):
            return before
        if before is not None and before.status is not ContactStatus.ENDED:  # a second call from the same number
            conversation_id = uuid5(opening.key, "conversation")
            known = await self._store.latest_of(tenant_id, conversation_id)
            if known is not None:
                return await self._service.load(tenant_id, known)
            before = None
        recent = before is not None and utc_now() - (before.ended_at or before.opened_at) <= SAME_CASE_WITHIN
        customer_id = opening.customer_id or uuid5(opening.key, "customer")
        if before is not None and recent and opening.customer_id is None:
            customer_id = before.customer_id
        await self._settle(opening, customer_id, conversation_id)
        contact_id = uuid5(conversation_id, str(opening.key))
        facts = (await self._facts.of(tenant_id)).of_contact(contact_id)
        _, version = facts.journey(opening.journey_id, None)
        attributes = {"from": opening.number or "", "called": opening.called, KEY: str(opening.key)}
        command = Open(
            tenant_id=tenant_id,
            contact_id=contact_id,
            channel=CHANNEL,
            customer_id=customer_id,
            conversation_id=conversation_id,
            locale=opening.locale,
            journey_id=opening.journey_id,
            journey_version=version,
            attributes={name: value for name, value in attributes.items() if value},
            continues=None if before is None else before.id,
            intent=before.intent if before is not None and recent else None,
            last_agent_id=None if before is None else before.last_agent_id,
            last_agent_at=None if before is None else before.last_agent_at,
            agent_id=opening.agent_id,
            agent_name=opening.agent_name or await self.name_of(tenant_id, opening.agent_id),
        )
        return (await self._service.command(tenant_id, command.contact_id, command)).contact

    def _conversation_of(self, opening: Opening) -> UUID:
        if opening.number is None or opening.customer_id is not None:
            return uuid5(opening.key, "conversation")
        digest = self._keyring.blind_index(opening.tenant_id, "voice-conversation", opening.number)
        return UUID(bytes=digest[:16], version=5)

    async def name_of(self, tenant_id: str, agent_id: UUID | None) -> str:
        """Return the name of who dials by a desk phone, or is dialled there: it does not know it."""
        if agent_id is None:
            return ""
        async with self._database.tenant(tenant_id) as conn:
            found = await conn.fetchval(
                "SELECT name FROM agent WHERE tenant_id = $1 AND id = $2", tenant_id, agent_id
            )
        return found or ""

    async def _settle(self, opening: Opening, customer_id: UUID, conversation_id: UUID) -> None:
        """Write customer, key and conversation; harmless when they exist."""
        tenant_id, now = opening.tenant_id, utc_now()
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            written = await conn.execute(
                "INSERT INTO customer (tenant_id, id, known, locale, created_at, updated_at)"
                " VALUES ($1, $2, 0, $3, $4, $4) ON CONFLICT DO NOTHING",
                tenant_id, customer_id, opening.locale, now,
            )  # fmt: skip
            if written != "INSERT 0 0":
                await self._keyring.create(tenant_id, customer_id, conn)
            await conn.execute(
                "INSERT INTO conversation (tenant_id, id, customer_id, channel, created_at)"
                " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                tenant_id, conversation_id, customer_id, CHANNEL, now,
            )  # fmt: skip
