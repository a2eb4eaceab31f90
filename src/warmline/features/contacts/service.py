"""Contacts: every command of every channel, desk, timer and task passes here, and only here."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid5

from warmline.domain.contact.commands import AnyCommand, Decision, Open, QueueChanged, TimerFired
from warmline.domain.contact.machine import handle
from warmline.domain.contact.model import Contact, ContactStatus
from warmline.domain.contact.refusals import UNKNOWN
from warmline.features.contacts.facts import FactsHouse, TenantFacts
from warmline.features.contacts.store import ContactStore
from warmline.kernel.errors import NOT_FOUND, Refused
from warmline.kernel.locale import Locale
from warmline.runtime.clock import utc_now
from warmline.runtime.committer import Committer, Run
from warmline.runtime.gather import Gather

Answer = Callable[[asyncio.Future[Decision]], None]

WAKE_AT_MOST = 2_000  # waiting contacts told of a staffing change at once; the rest look by themselves
SAME_CASE_WITHIN = timedelta(days=1)  # who comes back to a conversation by then is taken for the same customer


class ContactService:
    """The contact machine with its facts, on top of the committer."""

    def __init__(self, committer: Committer, facts: FactsHouse, store: ContactStore) -> None:
        self._committer = committer
        self._facts = facts
        self._store = store
        self._messages = Gather()

    async def command(
        self, tenant_id: str, contact_id: UUID, command: AnyCommand, epoch: int | None = None
    ) -> Decision:
        """Carry out a command; returns after commit. Raises Refused, and StaleEpoch for a fenced leader."""
        facts = await self._facts.of(tenant_id)
        self._messages.flush()  # what was said before comes first
        run = _carry_out(command, facts.of_contact(contact_id))
        return await self._committer.execute(tenant_id, contact_id, run, epoch=epoch)

    def submit(self, tenant_id: str, contact_id: UUID, command: AnyCommand, answer: Answer) -> bool:
        """Do as `command` without waiting, and with the answer after commit; commands keep their order.

        It may wait a few milliseconds for others, which makes all of them cheaper. False, and nothing done,
        while the tenant's facts must be read first.
        """
        facts = self._facts.ready(tenant_id)
        if facts is None:
            return False
        run = _carry_out(command, facts.of_contact(contact_id))
        self._messages.put(partial(self._begin, tenant_id, contact_id, run, answer))
        return True

    def _begin(self, tenant_id: str, contact_id: UUID, run: Run, answer: Answer) -> None:
        try:
            done = self._committer.submit(tenant_id, contact_id, run)
        except Refused as busy:
            done = asyncio.get_running_loop().create_future()
            done.set_exception(busy)
        done.add_done_callback(answer)

    async def open(
        self,
        tenant_id: str,
        *,
        channel: str,
        customer_id: UUID,
        conversation_id: UUID,
        locale: Locale,
        journey_id: str,
        page: str | None = None,
        attributes: Mapping[str, str] | None = None,
        case: UUID | None = None,
    ) -> Decision:
        """Open a contact in a conversation, or return the one that is open there.

        It continues the conversation's earlier contact, and prefers that one's agent. If that was recent, it is
        the same customer's case: whoever answers sees who they are and what was said. What they proved then is
        not proved now: somebody else may sit at the same screen. Its id follows from the earlier one's, so that
        two who ask at the same moment, in whichever process, mean the same contact. The first contact of a
        conversation continues `case`, open or not, if one is given.
        """
        facts = await self._facts.of(tenant_id)
        earlier = await self._store.latest_of(tenant_id, conversation_id)
        past = earlier or case
        before = None if past is None else await self.load_anew(tenant_id, past)  # it may have ended just now
        if earlier is not None and before is not None and before.status is not ContactStatus.ENDED:
            return Decision(before, duplicate_of=before.seq)
        recent = before is not None and _since(before) <= SAME_CASE_WITHIN
        contact_id = uuid5(conversation_id, str(earlier or ""))
        _, version = facts.of_contact(contact_id).journey(journey_id, None)
        command = Open(
            tenant_id=tenant_id,
            contact_id=contact_id,
            channel=channel,
            customer_id=before.customer_id if before is not None and recent else customer_id,
            conversation_id=conversation_id,
            locale=locale,
            journey_id=journey_id,
            journey_version=version,
            page=page,
            attributes=dict(attributes or {}),
            continues=past,
            intent=before.intent if before is not None and recent else None,
            last_agent_id=None if before is None else before.last_agent_id,
            last_agent_at=None if before is None else before.last_agent_at,
        )
        return await self.command(tenant_id, contact_id, command)

    async def load(self, tenant_id: str, contact_id: UUID) -> Contact:
        """Return a contact. Raises Refused when there is none."""
        return await self._committer.load(tenant_id, contact_id)

    async def load_anew(self, tenant_id: str, contact_id: UUID) -> Contact:
        """Return a contact as it is stored, whatever memory holds. Raises Refused when there is none."""
        self._committer.evict(tenant_id, [contact_id])
        return await self._committer.load(tenant_id, contact_id)

    async def timer_fired(self, tenant_id: str, key: UUID, timer: str) -> None:
        """A durable timer is due; one that outlived its contact is nobody's business."""
        try:
            if timer not in (await self.load(tenant_id, key)).timers:
                # The timer may have been set by a process whose news is still on its way: memory is no witness.
                self._committer.evict(tenant_id, [key])
            await self.command(tenant_id, key, TimerFired(timer))
        except Refused as refused:
            if refused.code not in (UNKNOWN, NOT_FOUND):
                raise

    async def queue_changed(self, tenant_id: str, queue_id: str) -> None:
        """Staffing of a queue began or ended: those who wait in it are told what follows."""
        for contact_id in await self._store.waiting_in(tenant_id, queue_id, WAKE_AT_MOST):
            try:
                await self.command(tenant_id, contact_id, QueueChanged())
            except Refused:
                continue  # no longer there to be told


def _since(ended: Contact) -> timedelta:
    """Return how long ago a contact ended."""
    return utc_now() - (ended.ended_at or ended.opened_at)


def _carry_out(command: AnyCommand, facts: TenantFacts) -> Run:
    """Return what the committer runs, perhaps more than once."""

    def run(contact: Contact | None, now: datetime) -> Decision:
        queue_id = contact.queue.queue_id if contact is not None and contact.queue is not None else None
        return handle(contact, command, facts, now, facts.policy(queue_id))

    return run
