"""The floor under the twin's contacts: the clock with its agenda, agents who come and go, outages, hours."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from warmline.domain.routing.engine import Engine
from warmline.domain.routing.model import Agent as RoutedAgent
from warmline.domain.routing.model import to_us
from warmline.domain.routing.waiting import Match
from warmline.domain.twin.agenda import Agenda
from warmline.domain.twin.checks import Watch
from warmline.domain.twin.distributions import to_whole_us
from warmline.domain.twin.people import NEVER_US, Agent, Contact, QueueState
from warmline.domain.twin.staging import Stage, changes
from warmline.domain.twin.tally import Cell
from warmline.domain.twin.world import Outage, World, validate


class Floor(ABC):
    """Time passes here. `thorough` compares everybody with everybody after each event: for tests."""

    watched_by: type[Watch] = Watch

    def __init__(
        self, world: World, seed: int, until_s: float, *, engine: Engine | None = None, thorough: bool = False
    ) -> None:
        validate(world)
        self.world = world
        self.seed = seed
        self.start_us = self.now_us = to_us(world.start_at)
        self.end_us = self.start_us + to_whole_us(until_s)
        self.events = 0
        self.watch = self.watched_by()
        self.stage = Stage(world, seed, until_s)
        self.contacts: dict[Contact, None] = {}  # all that are not over, in order
        self.engine = Engine() if engine is None else engine
        self.agents = self.stage.agents
        self.interval = -1
        self._thorough = thorough
        self.agenda = Agenda(self.start_us)
        self._interval_us = to_whole_us(world.interval_s)
        self._tick_us = NEVER_US
        self._ticks = self._depends_on_time()
        self._open()

    @abstractmethod
    def _offer(self, matches: list[Match]) -> None:
        """Carry out what the engine decided."""

    @abstractmethod
    def _take_back(self, contact: Contact, agent: Agent) -> None:
        """The agent's desk is dead: the contact waits again."""

    # --- running -------------------------------------------------------------------------------

    @property
    def share(self) -> float:
        """How much of the time has passed, 0 to 1."""
        return (self.now_us - self.start_us) / max(self.end_us - self.start_us, 1)

    def step(self, events: int) -> bool:
        """Let `events` events happen at most; return whether there is more to come."""
        agenda, end_us = self.agenda, self.end_us
        remember = self.watch.recent.append
        looks_around = self._ticks or self._thorough
        left = events
        while left and agenda.next_us() < end_us:  # the turn of the interval is always to come
            event: Any = agenda.take()  # as it is: compiled code would take it apart and put it together again
            remember(event)
            self.now_us = event[0]
            event[1](event[2])
            left -= 1
            if looks_around:
                self._look_around()
        self.events += events - left
        more = agenda.next_us() < end_us
        if not more and self.now_us < end_us:
            self.now_us = end_us
            self._take_hours()
        return more

    def _look_around(self) -> None:
        """Note when the engine wants to be woken; with `thorough`, compare everybody with everybody."""
        if self._ticks:
            self._note_deadline()
        if self._thorough:
            self.watch.look_everywhere(self.engine, self.contacts, self.agents)

    def _push(self, at_us: int, handler: Callable[[Any], None], what: object) -> None:
        self.agenda.add(at_us, handler, what)

    def _depends_on_time(self) -> bool:
        """Whether the engine must be woken: somebody is asked later, or not asked for a while."""
        world = self.world
        missing = any(not pool.instant for pool in self.stage.pools)
        delays = any(seat.delay_s > 0 for group in world.groups for seat in group.seats)
        return missing or delays or bool(world.outages)

    def _note_deadline(self) -> None:
        due_us = self.engine.next_deadline_us()
        if due_us is not None:
            due_us = max(due_us, self.now_us)
            if due_us < self._tick_us:
                self._tick_us = due_us
                # Whoever leaves or moves in that moment must not be matched behind our back.
                self.agenda.add_before_all(due_us, self._tick, None)

    def _tick(self, _: None) -> None:
        self._tick_us = NEVER_US
        self._offer(self.engine.tick_us(self.now_us))

    def _open(self) -> None:
        start_us = self.start_us
        self._push(start_us, self._turn_interval, None)
        for queue in self.world.queues:
            for span in queue.opened:
                self._push(start_us + to_whole_us(span.from_s), self._open_queue, self.stage.queues[queue.id])
                self._push(start_us + to_whole_us(span.until_s), self._close_queue, self.stage.queues[queue.id])
        for agent in self.stage.agents:
            for at_us, present, paid in changes(agent.pool.group):
                self._push(start_us + at_us, self._change_presence, (agent, present, paid))
        for outage in self.world.outages:
            self._push(start_us + to_whole_us(outage.from_s), self._begin_outage, outage)
            self._push(start_us + to_whole_us(outage.until_s), self._end_outage, outage)

    # --- intervals and opening hours -----------------------------------------------------------

    def _turn_interval(self, _: None) -> None:
        """Begin to count anew, so that every half hour can be told apart."""
        if self.interval >= 0:
            self._take_hours()
        self.interval += 1
        for kind in self.stage.kinds.values():
            kind.cell = Cell()
            kind.cells.append(kind.cell)
        self._push(self.now_us + self._interval_us, self._turn_interval, None)

    def _take_hours(self) -> None:
        for pool in self.stage.pools:
            pool.taken.append(pool.hours.take(self.now_us))

    def _open_queue(self, queue: QueueState) -> None:
        queue.open = True

    def _close_queue(self, queue: QueueState) -> None:
        queue.open = False

    # --- agents --------------------------------------------------------------------------------

    def _change_presence(self, change: tuple[Agent, bool, bool]) -> None:
        agent, present, paid = change
        if paid != agent.paid:
            agent.paid = paid
            agent.pool.hours.count_paid(1 if paid else -1, self.now_us)
        agent.present = present
        self._review(agent)

    def _come_back(self, agent: Agent) -> None:
        self._review(agent)

    def _review(self, agent: Agent) -> None:
        """Tell the engine when the agent begins or ceases to take offers."""
        now_us = self.now_us
        here = agent.present and not agent.dead and agent.away_until_us <= now_us
        agent.here = here
        self._staffed(agent)
        routable = here and not agent.blocked
        if routable == agent.routable:
            return
        self.watch.presence(agent, routable=routable)
        told = RoutedAgent(agent, agent.pool.profile, routable, self.world.start_at, here)
        self._offer(self.engine.agent_changed_us(told, now_us, now_us))
        self.watch.rests_rightly(agent)

    def _staffed(self, agent: Agent) -> None:
        """Count the agent's time: signed in, or finishing what is in hand."""
        staffed = agent.here or agent.busy > 0
        if staffed != agent.staffed:
            agent.staffed = staffed
            agent.pool.hours.count_here(1 if staffed else -1, self.now_us)

    def _begin_work(self, agent: Agent) -> None:
        hours, now_us = agent.pool.hours, self.now_us
        hours.contacts += 1
        hours.contacts_rest -= now_us
        if not agent.busy:
            hours.busy += 1
            hours.busy_rest -= now_us
        agent.busy += 1

    def _end_work(self, agent: Agent) -> None:
        hours, now_us = agent.pool.hours, self.now_us
        hours.contacts -= 1
        hours.contacts_rest += now_us
        agent.busy -= 1
        if not agent.busy:
            hours.busy -= 1
            hours.busy_rest += now_us
            if not agent.here:
                self._staffed(agent)

    # --- outages -------------------------------------------------------------------------------

    def _hit(self, outage: Outage) -> list[Agent]:
        return [agent for agent in self.agents if not outage.groups or agent.pool.group.id in outage.groups]

    def _begin_outage(self, outage: Outage) -> None:
        hit = self._hit(outage)
        dead = outage.kind == "agents_gone"
        for agent in hit:
            agent.dead += dead
            agent.blocked += not dead
            self._review(agent)
        if dead:
            gone = set(hit)
            for contact in [contact for contact in self.contacts if contact.agent in gone]:
                if contact.agent is not None:
                    self._take_back(contact, contact.agent)

    def _end_outage(self, outage: Outage) -> None:
        dead = outage.kind == "agents_gone"
        for agent in self._hit(outage):
            agent.dead -= dead
            agent.blocked -= not dead
            self._review(agent)
