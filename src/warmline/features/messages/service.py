"""What people do about messages left by telephone: see those of their queues, hear them, be done with them."""

from collections.abc import Awaitable, Callable
from typing import Protocol
from uuid import UUID

from warmline.domain.contact.commands import AnyCommand, HearMessage, SettleMessage
from warmline.features.contacts.cursor import Cursor
from warmline.features.messages.store import Counts, Message, MessageStore, Shown
from warmline.kernel.errors import NOT_FOUND, Refused, declare
from warmline.ports.identity import AgentIdentity
from warmline.runtime.database import Database

FOREIGN = declare(
    "messages.not_your_queue",
    403,
    "This message was left for a queue you do not serve.",
    "Ask a supervisor, or somebody who serves that queue.",
)


class Command(Protocol):
    """Carries out a contact's command and returns after commit."""

    async def __call__(self, tenant_id: str, contact_id: UUID, command: AnyCommand) -> object: ...


class Messages:
    """`queues_of` says which queues somebody serves, None: every queue."""

    def __init__(
        self,
        database: Database,
        queues_of: Callable[[AgentIdentity], Awaitable[frozenset[str] | None]],
        command: Command,
    ) -> None:
        self._store = MessageStore(database)
        self._queues_of = queues_of
        self._command = command

    async def page(
        self, agent: AgentIdentity, shown: Shown, queue_id: str | None, after: Cursor | None
    ) -> list[Message]:
        """Return a page of the messages that are somebody's to see, and one more if there is one."""
        queues = await self._queues_of(agent)
        return await self._store.page(agent.tenant_id, queues, shown, queue_id=queue_id, after=after)

    async def counts(self, agent: AgentIdentity) -> Counts:
        """Count what waits for this person among others."""
        return await self._store.counts(agent.tenant_id, await self._queues_of(agent))

    async def settle(self, agent: AgentIdentity, id: UUID, *, open: bool) -> None:
        """Say that a message is done, or is not after all; said twice, it counts once.

        Raises Refused: not_found, `messages.not_your_queue`.
        """
        found = await self._store.find(agent.tenant_id, id)
        if found is None:
            raise Refused(NOT_FOUND, what="message")
        queues = await self._queues_of(agent)
        if queues is not None and found.queue_id is not None and found.queue_id not in queues:
            raise Refused(FOREIGN)
        if (found.stage == "open") is not open:
            await self._command(
                agent.tenant_id, found.contact_id, SettleMessage(agent.agent_id, agent.name, id, open)
            )

    async def heard(self, agent: AgentIdentity, id: UUID) -> None:
        """Note that somebody opened a recording, if it is a message nobody has heard before."""
        found = await self._store.find(agent.tenant_id, id)
        if found is not None and found.heard is None:
            await self._command(agent.tenant_id, found.contact_id, HearMessage(agent.agent_id, agent.name, id))
