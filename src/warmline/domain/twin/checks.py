"""Routing's promises, watched while the twin runs: a broken one stops it and tells what happened last.

The watch keeps its own books and asks the engine nothing, so both would have to be wrong in the same way. What
it does after every event costs a few additions; `look_everywhere` compares all who wait with all agents.
"""

from collections import deque
from collections.abc import Iterable
from heapq import heappop, heappush
from typing import Any, Final

from warmline.domain.routing.engine import Engine
from warmline.domain.twin.people import ENDED, RINGING, TALKING, WAITING, Agent, Contact, Kind

RECENT: Final = 40  # events told with a broken promise


class BrokenPromise(Exception):
    """The engine, or the twin, did what routing must never do. A bug, never a refusal."""

    def __init__(self, promise: str, recent: list[str]) -> None:
        self.promise = promise
        self.recent = recent
        super().__init__("\n".join((promise, *recent)))


class Watch:
    """Books of who waits, who holds what, and who has room."""

    def __init__(self) -> None:
        self.recent: deque[tuple[Any, ...]] = deque(maxlen=RECENT)

    @property
    def now_us(self) -> int:
        """The moment of the event that is happening."""
        return self.recent[-1][0]

    def broken(self, promise: str) -> BrokenPromise:
        """Return what to raise: the promise and the latest events."""
        told = [f"{event[0]} µs: {event[1].__name__.strip('_')} {event[2]!r}" for event in self.recent]
        return BrokenPromise(promise, told)

    # --- those who wait ------------------------------------------------------------------------

    def stands(self, contact: Contact) -> None:
        """The contact waits in line from now on."""
        kind = contact.kind
        contact.in_line = True
        heappush(kind.line, (contact.since_us, contact.int, contact))
        kind.queue.waiting += 1
        if not contact.avoid:
            kind.free += 1

    def stands_rightly(self, contact: Contact) -> None:
        """Nobody who could take it at once has room."""
        if contact.avoid:
            return
        channel = contact.kind.channel
        for pool in contact.kind.pools:
            if pool.spare[channel]:
                raise self.broken(f"{contact} waits beside a free agent of {pool.group.id}.")

    def leaves(self, contact: Contact) -> None:
        """The contact waits no longer."""
        if contact.in_line:
            contact.in_line = False
            contact.kind.queue.waiting -= 1
            if not contact.avoid:
                contact.kind.free -= 1
            self._bury(contact.kind)

    def _bury(self, kind: Kind) -> None:
        """Drop from the head those who stand there no longer, or stand there with another age or elsewhere."""
        line = kind.line
        while line and not (line[0][2].in_line and line[0][2].kind is kind):
            heappop(line)

    # --- offers --------------------------------------------------------------------------------

    def matched(self, contact: Contact, agent: Agent) -> None:
        """The engine gives the contact to the agent: it waited, its turn came, and there is room."""
        kind = contact.kind
        if contact.state != WAITING or contact.agent is not None:
            raise self.broken(f"{contact} has two holders or is gone: offered to {agent}.")
        if not agent.routable:
            raise self.broken(f"{contact} is offered to {agent}, who takes nothing now.")
        line = kind.line
        if line and line[0][2] is not contact:
            self._turn_came(contact, agent)
        if contact.in_line:
            self.leaves(contact)
        channel = kind.channel
        load = agent.load[channel] = agent.load[channel] + 1
        room = agent.capacity[channel] - load
        if room <= 0:
            if room < 0:
                raise self.broken(f"{agent} has more of {channel} in hand than allowed, with {contact}.")
            agent.pool.spare[channel] -= 1
        contact.agent = agent

    def _turn_came(self, contact: Contact, agent: Agent) -> None:
        mine = (contact.since_us, contact.int)
        for since_us, number, other in contact.kind.line:
            ahead = (since_us, number) < mine and other.in_line and other.kind is contact.kind
            if ahead and not (other.avoid and other.avoid.get(agent, 0) > self.now_us):
                raise self.broken(f"{contact} is offered to {agent} before {other}, who asks for the same.")

    def frees(self, contact: Contact) -> Agent:
        """The contact is out of its agent's hands; return the agent."""
        agent = contact.agent
        if agent is None:
            raise self.broken(f"{contact} is taken from an agent, but nobody has it.")
        channel = contact.kind.channel
        if agent.routable and agent.load[channel] == agent.capacity[channel]:
            agent.pool.spare[channel] += 1
        agent.load[channel] -= 1
        contact.agent = None
        return agent

    def rests_rightly(self, agent: Agent) -> None:
        """An agent with room has nobody to help."""
        if not agent.routable:
            return
        load, capacity = agent.load, agent.capacity
        for channel, kinds in agent.pool.serves.items():
            if load[channel] < capacity[channel]:
                for kind in kinds:
                    if kind.free:
                        raise self.broken(f"{agent} has room while {kind.free} of {kind.stream_id} wait.")

    def presence(self, agent: Agent, *, routable: bool) -> None:
        """The agent takes offers from now on, or none."""
        if routable != agent.routable:
            agent.routable = routable
            for channel, capacity in agent.capacity.items():
                if agent.load[channel] < capacity:
                    agent.pool.spare[channel] += 1 if routable else -1

    def offer_ends(self, contact: Contact) -> None:
        """An open offer has its one end."""
        if not contact.offered:
            raise self.broken(f"The offer of {contact} ends a second time.")
        contact.offered = False

    def ends(self, contact: Contact) -> None:
        """The contact is over, once and for all."""
        if contact.state == ENDED:
            raise self.broken(f"{contact} ends a second time.")
        contact.state = ENDED

    # --- the whole -----------------------------------------------------------------------------

    def look_everywhere(self, engine: Engine, contacts: Iterable[Contact], agents: Iterable[Agent]) -> None:
        """Compare every contact that waits with every agent, and the engine's books with these."""
        people = [agent for agent in agents if agent.routable]
        waiting: dict[str, int] = {}
        held: dict[Agent, int] = {}
        for contact in contacts:
            if engine.is_waiting(contact) != (contact.state == WAITING):
                raise self.broken(f"The engine errs about whether {contact} waits.")
            if contact.state in (RINGING, TALKING):
                owner = contact.agent
                if owner is None or engine.holder(contact) != owner:
                    raise self.broken(f"The engine errs about who holds {contact}.")
                held[owner] = held.get(owner, 0) + 1
            elif contact.state == WAITING:
                waiting[contact.kind.queue.id] = waiting.get(contact.kind.queue.id, 0) + 1
                for agent in people:
                    if self._could(contact, agent):
                        raise self.broken(f"{contact} waits beside {agent}, who has room.")
        for agent, count in held.items():
            if sum(agent.load.values()) != count:
                raise self.broken(f"{agent} holds {count} contacts, the books say {agent.load}.")
        for queue_id, count in waiting.items():
            if engine.waiting(queue_id) != count:
                raise self.broken(f"{count} wait in {queue_id}, the engine says {engine.waiting(queue_id)}.")

    def _could(self, contact: Contact, agent: Agent) -> bool:
        kind = contact.kind
        room = agent.load.get(kind.channel, 0) < agent.capacity.get(kind.channel, 0)
        if not room or (contact.avoid and contact.avoid.get(agent, 0) > self.now_us):
            return False
        seat = next((seat for seat in agent.pool.profile.seats if seat.queue_id == kind.queue.id), None)
        if seat is None or contact.since_us + int(seat.delay_s * 1_000_000) > self.now_us:
            return False
        skills = agent.pool.group.skills
        return all(skills.get(need.skill, 0) >= need.level for need in kind.skills)
