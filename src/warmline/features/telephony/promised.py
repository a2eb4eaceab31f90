"""Promised calls dial themselves: who accepts one need not know the number, nor press a key."""

import logging
from collections.abc import Sequence
from uuid import UUID

from warmline.domain.contact.events import AgentJoined
from warmline.domain.contact.model import Contact, ContactStatus
from warmline.features.telephony.outbound import OutboundGate
from warmline.kernel.errors import Refused
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.call_wire import CallWire
from warmline.runtime.committer import StoredEvent
from warmline.runtime.database import Database

LOG = logging.getLogger(__name__)
CAN_CALL = """
SELECT EXISTS (SELECT 1 FROM trunk WHERE tenant_id = $1 AND enabled)
  AND EXISTS (SELECT 1 FROM agent a JOIN routing_profile r ON r.tenant_id = $1 AND r.id = a.routing_profile_id
    WHERE a.tenant_id = $1 AND a.id = $2 AND (r.capacity->>'voice')::numeric > 0)
"""


class PromisedCalls:
    """Begins the call that is owed as soon as its contact is somebody's. `committed` listens to the committer.

    Without a line, where the gate would refuse it, and for agents who take no calls it stays by hand.
    """

    def __init__(self, database: Database, wire: CallWire, tasks: TaskRegistry) -> None:
        self._database = database
        self._gate = OutboundGate(database)
        self._wire = wire
        self._tasks = tasks

    def committed(self, tenant_id: str, contact: Contact, events: Sequence[StoredEvent]) -> None:
        """See whether somebody has just accepted a promised call."""
        joined = next((one.event for one in reversed(events) if isinstance(one.event, AgentJoined)), None)
        callback = contact.callback
        if joined is None or callback is None or not callback.phone:
            return
        if contact.status is ContactStatus.CONNECTED and contact.agent_id == joined.agent_id:
            self._tasks.spawn("telephony.promised", self._call(tenant_id, contact.id, joined, callback.phone))

    async def _call(self, tenant_id: str, contact_id: UUID, who: AgentJoined, phone: str) -> None:
        async with self._database.tenant(tenant_id) as conn:
            if not await conn.fetchval(CAN_CALL, tenant_id, who.agent_id):
                return
        if (await self._gate.look(tenant_id, phone)).why is not None:
            return
        asked = {"agent_id": who.agent_id, "name": who.agent_name, "number": phone}
        try:
            await self._wire.ask(tenant_id, "dial", contact_id, asked)
        except Refused as refused:  # the contact says nothing of a call, and its agent calls by hand
            LOG.info("A promised call could not be begun: %s", refused.code)
