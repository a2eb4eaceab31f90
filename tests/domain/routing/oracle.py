"""The slow, obvious engine: looks at every contact and every agent, every time.

Written from the rules, sharing no code with the indexed one.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from warmline.domain.routing.engine import AGEING_S, AVOID_S
from warmline.domain.routing.model import Agent
from warmline.domain.routing.rules import QueueRules, Ring
from warmline.domain.routing.waiting import WaitingContact

Pair = tuple[UUID, UUID, tuple[UUID, ...]]  # contact, agent, further agents ringing
ZERO = timedelta(0)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


@dataclass
class Waiter:
    """A waiting contact."""

    contact: WaitingContact
    preferring: bool
    avoid: dict[UUID, datetime] = field(default_factory=dict)

    @property
    def order(self) -> tuple[datetime, int]:
        return (self.contact.entered_at + seconds(AGEING_S * self.contact.priority), self.contact.id.int)


@dataclass
class Taken:
    """A contact in the hands of one agent, or ringing at several."""

    agents: list[UUID]
    channel: str
    ringing: bool
    contact: WaitingContact | None = None
    declined: dict[UUID, datetime] = field(default_factory=dict)
    answered: set[UUID] = field(default_factory=set)


@dataclass
class Worker:
    """An agent and what it did today."""

    agent: Agent
    idle_since: datetime
    handled: int = 0
    turn: int = 0
    worked: timedelta = ZERO
    busy_from: datetime | None = None


class Oracle:
    """Routing's rules, one after the other."""

    def __init__(self) -> None:
        self.waiting: dict[UUID, Waiter] = {}
        self.taken: dict[UUID, Taken] = {}
        self.workers: dict[UUID, Worker] = {}
        self.rules: dict[str, QueueRules] = {}
        self.declined: dict[UUID, dict[UUID, datetime]] = {}
        self.turns = 0

    # --- who may ----------------------------------------------------------------------------------

    def load(self, agent_id: UUID) -> dict[str, int]:
        load: dict[str, int] = {}
        for taken in self.taken.values():
            if agent_id in taken.agents:
                load[taken.channel] = load.get(taken.channel, 0) + 1
        return load

    def room(self, agent: Agent, channel: str, default: int = 0) -> int:
        media, load = agent.profile.media, self.load(agent.id)
        left = dict(agent.profile.capacity).get(channel, default) - load.get(channel, 0)
        seen = {what: count for what, count in load.items() if (channel, what) not in media.interrupts}
        if any(what in media.exclusive for what, count in seen.items() if count):
            return 0
        if media.total is not None:
            weights = dict(media.weights)
            used = sum(count * weights.get(what, 1) for what, count in seen.items())
            left = min(left, (media.total - used) // weights.get(channel, 1))
        return left

    def meets(self, agent: Agent, ring: Ring, own_queue_id: str) -> int | None:
        """The rank of the seat, if the agent fits this ring at all."""
        profile, have = agent.profile, dict(agent.profile.skills)
        met = [have.get(need.skill, 0) >= need.level for need in ring.skills]
        skilled = any(met) or not met if ring.match == "any" else all(met)
        in_team = not ring.teams or bool(set(ring.teams) & set(profile.teams))
        if not skilled or not in_team or not set(ring.attributes) <= set(profile.attributes):
            return None
        return self.seat(agent, ring.queue_id or own_queue_id)

    def seat(self, agent: Agent, queue_id: str) -> int | None:
        return next((seat.priority for seat in agent.profile.seats if seat.queue_id == queue_id), None)

    def delay(self, agent: Agent, queue_id: str) -> timedelta:
        return next(seconds(seat.delay_s) for seat in agent.profile.seats if seat.queue_id == queue_id)

    def reach(self, contact: WaitingContact, agent: Agent, now: datetime) -> tuple[int, int] | None:
        """(earliest ring, best rank) of the rings reached in which the agent fits; None: not now."""
        reached = []
        rings = (Ring(skills=contact.skills), *sorted(contact.rings, key=lambda ring: ring.after_s))
        for number, ring in enumerate(rings):
            rank = self.meets(agent, ring, contact.queue_id)
            if rank is not None:
                from_when = max(seconds(ring.after_s), self.delay(agent, ring.queue_id or contact.queue_id))
                if now - contact.entered_at >= from_when:
                    reached.append((number, rank))
        if not reached:
            return None
        return min(number for number, _ in reached), min(rank for _, rank in reached)

    def kept_from(self, agent: Agent, queue_id: str) -> bool:
        """Whether a queue keeps this idle agent for itself."""
        for keeper, rules in self.rules.items():
            if keeper == queue_id or not rules.reserve or self.seat(agent, keeper) is None:
                continue
            idle = [
                worker
                for worker in self.workers.values()
                if self.seat(worker.agent, keeper) is not None and worker.agent.routable
                and any(self.room(worker.agent, channel) > 0 for channel, _ in worker.agent.profile.capacity)
            ]  # fmt: skip
            if len(idle) <= rules.reserve:
                return True
        return False

    def prefers(self, waiter: Waiter, now: datetime) -> bool:
        contact = waiter.contact
        worker = self.workers.get(contact.preferred_agent_id or UUID(int=0))
        if worker is None or contact.preferred_until is None or contact.preferred_until <= now:
            return False
        agent = worker.agent
        fits = self.meets(agent, Ring(skills=contact.skills), contact.queue_id) is not None
        able = fits and contact.channel in dict(agent.profile.capacity)
        return able and agent.routable and agent.id not in waiter.avoid

    def may(self, waiter: Waiter, agent: Agent, now: datetime) -> tuple[int, int] | None:
        """(ring, rank) with which the agent may be offered the contact now; (0, 0) when it is meant for it."""
        contact, private = waiter.contact, waiter.contact.only_agent_id is not None or waiter.preferring
        wanted = contact.only_agent_id or contact.preferred_agent_id
        if not agent.routable or self.room(agent, contact.channel, 1 if private else 0) <= 0:
            return None
        if agent.id in waiter.avoid:
            return None
        if private:
            return (0, 0) if agent.id == wanted else None
        reach = self.reach(contact, agent, now)
        return None if reach is None or self.kept_from(agent, contact.queue_id) else reach

    # --- who is chosen ----------------------------------------------------------------------------

    def strategy(self, waiter: Waiter, worker: Worker, now: datetime) -> tuple:
        agent, busy = worker.agent, sum(self.load(worker.agent.id).values())
        usual = (busy, worker.idle_since)
        match self.rules.get(waiter.contact.queue_id, QueueRules()).selection:
            case "spare_capacity":
                return (-self.room(agent, waiter.contact.channel), worker.idle_since)
            case "round_robin":
                return (worker.turn,)
            case "fewest":
                return (worker.handled, *usual)
            case "best_level":
                have = dict(agent.profile.skills)
                return (-sum(have.get(need.skill, 0) for need in waiter.contact.skills), *usual)
            case "least_occupied":
                at_work = ZERO if worker.busy_from is None else now - worker.busy_from
                return (busy > 0, worker.worked + at_work, worker.idle_since)
            case _:
                return usual

    def seat_everybody(self, now: datetime, matches: list[Pair]) -> None:
        for waiter in sorted(self.waiting.values(), key=lambda waiter: waiter.order):
            best = self.best_for(waiter, now)
            if best is not None:
                self.match(waiter, best, now, matches)

    def best_for(self, waiter: Waiter, now: datetime, without: tuple[UUID, ...] = ()) -> UUID | None:
        found = [
            (*may, self.strategy(waiter, worker, now), id.int, id)
            for id, worker in self.workers.items()
            if id not in without and (may := self.may(waiter, worker.agent, now)) is not None
        ]
        return min(found)[-1] if found else None

    def serve(self, agent_id: UUID, now: datetime, matches: list[Pair]) -> None:
        while agent_id in self.workers:
            agent = self.workers[agent_id].agent
            heads: dict[tuple[int, str], Waiter] = {}  # the first of each queue, by rank
            for waiter in sorted(self.waiting.values(), key=lambda waiter: waiter.order):
                may = self.may(waiter, agent, now)
                if may is not None:
                    private = waiter.preferring or waiter.contact.only_agent_id is not None
                    heads.setdefault((may[1], "" if private else waiter.contact.queue_id), waiter)
            if not heads:
                return
            self.match(min(heads.items(), key=lambda head: self.urgency(*head, now))[1], agent_id, now, matches)

    def urgency(self, at: tuple[int, str], waiter: Waiter, now: datetime) -> tuple:
        weight = self.rules.get(waiter.contact.queue_id, QueueRules()).weight
        waited = (now - waiter.contact.entered_at) * weight
        return (at[0], seconds(AGEING_S * waiter.contact.priority) - waited, waiter.contact.id.int)

    def match(self, waiter: Waiter, agent_id: UUID, now: datetime, matches: list[Pair]) -> None:
        contact = waiter.contact
        del self.waiting[contact.id]
        taken = self.taken[contact.id] = Taken([], contact.channel, False, contact)
        self.ring_at(taken, agent_id, now)
        private = contact.only_agent_id is not None or waiter.preferring
        count = 1 if private else self.rules.get(contact.queue_id, QueueRules()).broadcast
        while len(taken.agents) < count:
            more = self.best_for(waiter, now, tuple(taken.agents))
            if more is None:
                break
            self.ring_at(taken, more, now)
        matches.append((contact.id, agent_id, tuple(taken.agents[1:])))

    # --- in whose hands ---------------------------------------------------------------------------

    def ring_at(self, taken: Taken, agent_id: UUID, now: datetime) -> None:
        worker = self.workers.get(agent_id)
        if worker is not None:
            self.turns += 1
            worker.turn = self.turns
            worker.busy_from = worker.busy_from or now
            worker.idle_since = max(now, worker.idle_since)
        taken.agents.append(agent_id)

    def free(self, taken: Taken, agent_id: UUID, now: datetime) -> None:
        taken.agents.remove(agent_id)
        taken.answered.discard(agent_id)
        worker = self.workers.get(agent_id)
        if worker is not None:
            worker.idle_since = max(now, worker.idle_since)
            if not self.load(agent_id) and worker.busy_from is not None:
                worker.worked += now - worker.busy_from
                worker.busy_from = None

    def free_all(self, taken: Taken | None, now: datetime, keep: tuple[UUID, ...] = ()) -> list[UUID]:
        freed = [] if taken is None else [agent for agent in taken.agents if agent not in keep]
        for agent in freed:
            assert taken is not None
            self.free(taken, agent, now)
        return freed

    def answered(self, taken: Taken) -> None:
        agent_id = taken.agents[0]
        if agent_id not in taken.answered and agent_id in self.workers:
            self.workers[agent_id].handled += 1
        taken.answered.add(agent_id)

    # --- events -----------------------------------------------------------------------------------

    def relax(self, now: datetime) -> None:
        for waiter in self.waiting.values():
            waiter.avoid = {agent: until for agent, until in waiter.avoid.items() if until > now}
            waiter.preferring = waiter.preferring and self.prefers(waiter, now)

    def tick(self, now: datetime) -> list[Pair]:
        matches: list[Pair] = []
        self.relax(now)
        self.seat_everybody(now, matches)
        return matches

    def after(self, freed: list[UUID], now: datetime, matches: list[Pair]) -> list[Pair]:
        for agent in freed:
            self.serve(agent, now, matches)
        self.seat_everybody(now, matches)
        return matches

    def queued(self, contact: WaitingContact, now: datetime) -> list[Pair]:
        matches = self.tick(now)
        before = self.waiting.pop(contact.id, None)
        if before is not None and before.contact == contact:
            self.waiting[contact.id] = before
            return matches
        avoid = self.declined.pop(contact.id, {}) | ({} if before is None else before.avoid)
        taken = self.taken.get(contact.id)
        if taken is not None:
            avoid |= taken.declined
            if taken.ringing:
                avoid |= {agent: now + seconds(AVOID_S) for agent in taken.agents}
        freed = self.free_all(taken, now)
        self.taken.pop(contact.id, None)
        if contact.passed_on_by is not None and contact.passed_on_until is not None:
            until = contact.passed_on_until
            avoid[contact.passed_on_by] = max(until, avoid.get(contact.passed_on_by, until))
        avoid = {agent: until for agent, until in avoid.items() if agent != contact.only_agent_id}
        self.waiting[contact.id] = Waiter(contact, contact.preferred_agent_id is not None, avoid)
        self.relax(now)
        return self.after(freed, now, matches)

    def holds(
        self, contact_id: UUID, channel: str, agent_id: UUID, now: datetime, *, ringing: bool,
        also: tuple[UUID, ...] = (),
    ) -> list[Pair]:  # fmt: skip
        matches = self.tick(now)
        self.waiting.pop(contact_id, None)
        self.declined.pop(contact_id, None)
        taken = self.taken.get(contact_id)
        if taken is None or taken.channel != channel:
            freed = self.free_all(taken, now)
            known = None if taken is None else taken.contact
            declined = {} if taken is None else taken.declined
            taken = self.taken[contact_id] = Taken([], channel, ringing, known, declined)
            wanted = (agent_id, *also) if ringing else (agent_id,)
        else:
            going_on = ringing and not also and agent_id in taken.agents
            wanted = tuple(taken.agents) if going_on else (agent_id, *also) if ringing else (agent_id,)
            freed = self.free_all(taken, now, wanted)
        for agent in dict.fromkeys(wanted):
            if agent not in taken.agents:
                self.ring_at(taken, agent, now)
        taken.agents = list(dict.fromkeys(wanted))
        taken.ringing = ringing
        if not ringing:
            self.answered(taken)
        return self.after(freed, now, matches)

    def declines(self, contact_id: UUID, agent_id: UUID, now: datetime) -> list[Pair]:
        matches = self.tick(now)
        taken = self.taken.get(contact_id)
        if taken is None or agent_id not in taken.agents:
            return matches
        if agent_id in taken.answered and not taken.ringing:
            return matches
        left_out = {**taken.declined, agent_id: now + seconds(AVOID_S)}
        self.free(taken, agent_id, now)
        if taken.agents:
            taken.declined = left_out
            return self.after([agent_id], now, matches)
        del self.taken[contact_id]
        if taken.contact is None:
            self.declined[contact_id] = left_out
            return self.after([agent_id], now, matches)
        contact = taken.contact
        avoid = left_out
        if contact.passed_on_by is not None and contact.passed_on_until is not None:
            until = contact.passed_on_until
            avoid[contact.passed_on_by] = max(until, avoid.get(contact.passed_on_by, until))
        avoid = {agent: until for agent, until in avoid.items() if agent != contact.only_agent_id}
        self.waiting[contact_id] = Waiter(contact, contact.preferred_agent_id is not None, avoid)
        self.relax(now)
        return self.after([agent_id], now, matches)

    def gone(self, contact_id: UUID, now: datetime) -> list[Pair]:
        matches = self.tick(now)
        self.waiting.pop(contact_id, None)
        self.declined.pop(contact_id, None)
        freed = self.free_all(self.taken.get(contact_id), now)
        self.taken.pop(contact_id, None)
        return self.after(freed, now, matches)

    def forced(self, contact_id: UUID, agent_id: UUID, now: datetime) -> list[Pair]:
        matches = self.tick(now)
        waiter = self.waiting.get(contact_id)
        if waiter is not None and agent_id in self.workers:
            del self.waiting[contact_id]
            taken = self.taken[contact_id] = Taken([], waiter.contact.channel, False, waiter.contact)
            self.ring_at(taken, agent_id, now)
            matches.append((contact_id, agent_id, ()))
        return matches

    def changed(self, agent: Agent, now: datetime) -> list[Pair]:
        matches = self.tick(now)
        worker = self.workers.get(agent.id)
        if worker is None:
            busy_from = now if self.load(agent.id) else None
            self.workers[agent.id] = Worker(agent, agent.idle_since, busy_from=busy_from)
        else:
            worker.agent, worker.idle_since = agent, max(agent.idle_since, worker.idle_since)
        self.relax(now)
        return self.after([agent.id], now, matches)

    def left(self, agent_id: UUID, now: datetime) -> list[Pair]:
        matches = self.tick(now)
        self.workers.pop(agent_id, None)
        self.relax(now)
        return self.after([], now, matches)

    def ruled(self, queue_id: str, rules: QueueRules, now: datetime) -> list[Pair]:
        matches = self.tick(now)
        self.rules[queue_id] = rules
        return self.after([], now, matches)

    def new_day(self, now: datetime) -> None:
        for worker in self.workers.values():
            worker.handled, worker.worked = 0, ZERO
            worker.busy_from = None if worker.busy_from is None else now
