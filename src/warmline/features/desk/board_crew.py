"""Who could help at this moment, and how busy those on shift are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from warmline.domain.presence.model import Presence, Status
from warmline.features.desk.board_store import AgentRow


class Crew:
    """Per queue: agents who could take one more contact now, agents on shift, how much of their room is taken."""

    def __init__(self, agents: Sequence[AgentRow], loads: Mapping[UUID, Counter[str]]) -> None:
        self.available: Counter[str] = Counter()
        self.staffed: Counter[str] = Counter()
        self.on_shift: set[UUID] = set()
        self.free: set[UUID] = set()
        self._taken: Counter[str] = Counter()
        self._room: Counter[str] = Counter()
        for agent in agents:
            self._add(agent, loads[agent.id])

    def _add(self, agent: AgentRow, load: Counter[str]) -> None:
        following = None if agent.next_presence is None else Status(agent.next_presence)
        presence = Presence(
            agent.id, Status(agent.presence), agent.since_at, agent.since_at, agent.reason, following
        )
        queues = {str(seat["queue_id"]) for seat in agent.queues or ()}
        capacity = agent.capacity or {}
        if presence.on_shift:
            self.staffed.update(queues)
            self.on_shift.add(agent.id)
            room = max(capacity.values(), default=0)
            for queue_id in queues:
                self._room[queue_id] += room
                self._taken[queue_id] += min(load.total(), room)
        if presence.routable and any(load[channel] < at_once for channel, at_once in capacity.items()):
            self.available.update(queues)
            self.free.add(agent.id)

    def occupancy(self, queue_id: str) -> float | None:
        """Share from 0 to 1; None when nobody is on shift."""
        room = self._room[queue_id]
        return round(self._taken[queue_id] / room, 4) if room else None
