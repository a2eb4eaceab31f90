"""Routing's promises in a world with rules of its own: rings, reserves, broadcasts, media rules, wishes.

What can be told at a glance is told as in `checks`. Where room at a desk does not yet mean that somebody may be
asked, only `look_everywhere` can tell: it says the rules once more, plainly, and asks the engine nothing.
"""

from collections.abc import Iterable

from warmline.domain.routing.engine import Engine
from warmline.domain.routing.hands import ProfileHands
from warmline.domain.routing.lines import Plan
from warmline.domain.routing.scan import may_serve, room_for
from warmline.domain.twin.checks import Watch
from warmline.domain.twin.people import NEVER_US, RINGING, TALKING, WAITING, Agent, Contact, Kind, Pool


class RuledWatch(Watch):
    """Books that know of several desks ringing for one contact, and of contacts that wish for one agent."""

    def __init__(self) -> None:
        super().__init__()
        self.reserves: dict[str, int] = {}  # queue → idle agents kept for it
        self._there_since_us: dict[Agent, int] = {}
        self._plans: dict[Kind, Plan] = {}
        self._homes: dict[Pool, ProfileHands] = {}

    def presence(self, agent: Agent, *, routable: bool) -> None:
        """The agent takes offers from now on, or none."""
        if routable and not agent.routable:
            self._there_since_us[agent] = self.now_us
        super().presence(agent, routable=routable)

    def rings_too(self, contact: Contact, agent: Agent) -> None:
        """The contact rings at this agent's desk besides the first one's."""
        channel = contact.kind.channel
        if not agent.routable or agent is contact.agent or agent in contact.others:
            raise self.broken(f"{contact} rings at {agent} as well, who takes nothing now or has it already.")
        load = agent.load[channel] = agent.load[channel] + 1
        if load > agent.capacity[channel]:
            raise self.broken(f"{agent} has more of {channel} in hand than allowed, with {contact}.")
        if load == agent.capacity[channel]:
            agent.pool.spare[channel] -= 1
        contact.others = (*contact.others, agent)

    def lets_go(self, contact: Contact, agent: Agent) -> None:
        """The contact rings no longer at this agent's desk; others have it, or it is over."""
        channel = contact.kind.channel
        asked = [each for each in (contact.agent, *contact.others) if each is not None]
        if agent not in asked:
            raise self.broken(f"{contact} is taken from {agent}, who does not have it.")
        if agent.routable and agent.load[channel] == agent.capacity[channel]:
            agent.pool.spare[channel] += 1
        agent.load[channel] -= 1
        asked.remove(agent)
        contact.agent, contact.others = (asked[0] if asked else None), tuple(asked[1:])

    def holds(self, contact: Contact, agent: Agent) -> None:
        """The contact was in this agent's hands before the world began."""
        channel = contact.kind.channel
        agent.load[channel] = agent.load.get(channel, 0) + 1
        if agent.routable and agent.load[channel] == agent.capacity.get(channel, 0):
            agent.pool.spare[channel] -= 1
        contact.agent = agent

    def _turn_came(self, contact: Contact, agent: Agent) -> None:
        """Who wishes for one agent waits for that one, and goes before all others there."""
        if contact.preferred is agent:
            return
        mine = (contact.since_us, contact.int)
        for since_us, number, other in contact.kind.line:
            ahead = (since_us, number) < mine and other.in_line and other.kind is contact.kind
            shy = other.avoid is not None and other.avoid.get(agent, 0) > self.now_us
            if ahead and not shy and other.preferred_until_us <= self.now_us:
                raise self.broken(f"{contact} is offered to {agent} before {other}, who asks for the same.")

    # --- the whole -----------------------------------------------------------------------------

    def look_everywhere(self, engine: Engine, contacts: Iterable[Contact], agents: Iterable[Agent]) -> None:
        """Compare every contact that waits with every agent, and the engine's books with these."""
        everybody = list(agents)
        people = [agent for agent in everybody if agent.routable]
        kept = {queue for queue, count in self.reserves.items() if self._idle_for(queue, people) <= count}
        held: dict[Agent, int] = {}
        waiting: dict[str, int] = {}
        for contact in contacts:
            if engine.is_waiting(contact) != (contact.state == WAITING):
                raise self.broken(f"The engine errs about whether {contact} waits.")
            if contact.state in (RINGING, TALKING):
                self._look_at_hands(engine, contact, held)
            elif contact.state == WAITING:
                waiting[contact.kind.queue.id] = waiting.get(contact.kind.queue.id, 0) + 1
                for agent in people:
                    if self._may(contact, agent, kept):
                        raise self.broken(f"{contact} waits beside {agent}, who has room.")
        for agent in everybody:
            if sum(agent.load.values()) != held.get(agent, 0):
                raise self.broken(f"{agent} holds {held.get(agent, 0)} contacts, the books say {agent.load}.")
        for queue_id, count in waiting.items():
            if engine.waiting(queue_id) != count:
                raise self.broken(f"{count} wait in {queue_id}, the engine says {engine.waiting(queue_id)}.")

    def _look_at_hands(self, engine: Engine, contact: Contact, held: dict[Agent, int]) -> None:
        agent = contact.agent
        if agent is None or engine.holder(contact) is None:
            raise self.broken(f"Nobody holds {contact}, though it does not wait.")
        asked = {agent, *contact.others}
        told = {engine.holder(contact), *engine.ringing_at(contact)} if contact.state == RINGING else {
            engine.holder(contact)
        }  # fmt: skip
        if told != asked:
            raise self.broken(f"The engine errs about who holds {contact}.")
        for each in asked:
            held[each] = held.get(each, 0) + 1

    def _idle_for(self, queue_id: str, people: Iterable[Agent]) -> int:
        """Return how many agents who serve this queue have room for anything."""
        return sum(
            any(room_for(agent.pool.profile, agent.load, channel) > 0 for channel in agent.capacity)
            for agent in people
            if any(seat.queue_id == queue_id for seat in agent.pool.profile.seats)
        )

    def _wishes(self, contact: Contact) -> bool:
        """Whether the contact still waits for the agent it wishes for, and for nobody else."""
        wished = contact.preferred
        if wished is None or contact.preferred_until_us < self.now_us:
            return False
        plan, home = self._told(contact.kind, wished.pool)
        fits = plan.steps[0].refusal(home) is None and contact.kind.channel in home.capacity
        # Who was not there when the contact came, or went away since, is no longer waited for.
        there = wished.routable and self._there_since_us[wished] <= contact.since_us
        return contact.waiting.only_agent_id is not None or (there and fits)

    def ever(self, kind: Kind, pool: Pool) -> bool:
        """Whether agents of this group may be asked for this kind sooner or later."""
        plan, home = self._told(kind, pool)
        return kind.channel in pool.group.capacity and may_serve(plan, home, NEVER_US) is not None

    def _told(self, kind: Kind, pool: Pool) -> tuple[Plan, ProfileHands]:
        """Return what the kind asks for and what the group can, as the rules' plain form takes them."""
        home = self._homes.get(pool)
        if home is None:
            home = self._homes[pool] = ProfileHands(pool.profile)
        plan = self._plans.get(kind)
        if plan is None:
            plan = self._plans[kind] = Plan(kind.queue.id, kind.skills, kind.rings)
        return plan, home

    def _may(self, contact: Contact, agent: Agent, kept: set[str]) -> bool:
        """Whether the rules let this agent be asked now. What becomes possible this instant may take its turn."""
        kind, profile, now_us = contact.kind, agent.pool.profile, self.now_us
        wished = self._wishes(contact)
        alone = wished and contact.preferred is agent
        if contact.avoid is not None and contact.avoid.get(agent, 0) >= now_us:
            return False
        if room_for(profile, agent.load, kind.channel, alone) <= 0:
            return False
        if wished:
            return alone
        plan, home = self._told(kind, agent.pool)
        if may_serve(plan, home, max(now_us - contact.since_us - 1, 0)) is None:
            return False
        return not any(
            queue != kind.queue.id and any(seat.queue_id == queue for seat in profile.seats) for queue in kept
        )
