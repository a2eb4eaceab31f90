"""Which lines somebody may take a waiting customer from: the queues of their profile, for leaders every queue."""

from uuid import UUID

from warmline.domain.contact.model import Contact
from warmline.features.security.roles import may
from warmline.kernel.errors import Refused, declare
from warmline.ports.identity import AgentIdentity
from warmline.runtime.database import Database

NOT_YOUR_QUEUE = declare(
    "desk.not_your_queue",
    403,
    "You do not serve this customer's queue.",
    "Take somebody from one of your queues, or ask a supervisor to give you this customer.",
)
SHIFT_FIRST = declare(
    "desk.start_shift_first",
    409,
    "You are off shift, so you cannot take a customer yet.",
    "Start your shift first, then take this customer.",
)
# Somebody who was never at work has no row.
ON_SHIFT = (
    "SELECT EXISTS (SELECT 1 FROM agent_presence WHERE tenant_id = $1 AND agent_id = $2 AND presence <> 'offline')"
)
OWN_QUEUES = """
SELECT seat->>'queue_id' AS queue_id FROM agent a
JOIN routing_profile p ON p.tenant_id = a.tenant_id AND p.id = a.routing_profile_id
CROSS JOIN LATERAL jsonb_array_elements(p.queues) seat
WHERE a.tenant_id = $1 AND a.id = $2
"""


class Picking:
    """Answers from the tables: a changed profile counts at once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def queues(self, agent: AgentIdentity) -> frozenset[str] | None:
        """Return the ids of the queues; None means every queue."""
        if may(agent.roles, "contacts.reassign"):
            return None
        async with self._database.tenant(agent.tenant_id) as conn:
            rows = await conn.fetch(OWN_QUEUES, agent.tenant_id, agent.agent_id)
        return frozenset(row["queue_id"] for row in rows)

    async def check(self, agent: AgentIdentity, queue_id: str | None) -> None:
        """Raise Refused unless they may take customers out of this queue."""
        queues = await self.queues(agent)
        if queues is not None and queue_id not in queues:
            raise Refused(NOT_YOUR_QUEUE)

    async def check_contact(self, agent: AgentIdentity, contact: Contact) -> None:
        """Raise Refused unless they may take this customer; who has them already may say so again."""
        mine: UUID | None = contact.agent_id
        if mine == agent.agent_id:
            return
        await self.check(agent, None if contact.queue is None else contact.queue.queue_id)
        async with self._database.tenant(agent.tenant_id) as conn:
            if not await conn.fetchval(ON_SHIFT, agent.tenant_id, agent.agent_id):
                raise Refused(SHIFT_FIRST)
