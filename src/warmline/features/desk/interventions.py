"""What supervisors do to other people's contacts, in the audit log."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from warmline.domain.contact.commands import AnyCommand, CancelCallback, Reassign, RescheduleCallback
from warmline.features.security import audit
from warmline.features.security.audit import Actor
from warmline.ports.identity import AgentIdentity
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database


class Interventions:
    """Writes an entry for each command that reaches into somebody else's work."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._clock = clock

    async def note(self, agent: AgentIdentity, contact_id: UUID, command: AnyCommand) -> None:
        """Write who did it; commands that are nobody's intervention leave no entry."""
        match command:
            case Reassign():
                action = "contact.reassigned"
                detail: audit.Detail = {
                    "queue_id": command.queue_id,
                    "to_agent_id": None if command.to_agent_id is None else str(command.to_agent_id),
                    "force": command.force,
                }
            case CancelCallback():
                action, detail = "callback.cancelled", {"reason": command.reason}
            case RescheduleCallback():
                action = "callback.rescheduled"
                detail = {
                    "not_before": None if command.not_before is None else command.not_before.isoformat(),
                    "not_after": None if command.not_after is None else command.not_after.isoformat(),
                }
            case _:
                return
        told = {name: value for name, value in detail.items() if value is not None}
        async with self._database.tenant(agent.tenant_id) as conn, conn.transaction():
            await audit.append(
                conn, agent.tenant_id, Actor.of(agent), action, f"contact:{contact_id}", told, now=self._clock()
            )
