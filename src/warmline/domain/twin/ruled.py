"""A world with the rules a company sets: everything the live engine and the contact machine know about a queue.

`Simulation` is for worlds without any of it and as quick as can be; here every offer, answer and wait goes the way
it goes in the house. `simulation_of` chooses.
"""

from collections import deque
from itertools import chain
from typing import Final

from warmline.domain.routing.engine import AVOID_S, Engine
from warmline.domain.routing.model import from_us
from warmline.domain.routing.waiting import Match, WaitingContact
from warmline.domain.twin.carrying import Carrying
from warmline.domain.twin.distributions import to_whole_us
from warmline.domain.twin.people import RINGING, TALKING, WAITING, Agent, Contact, Kind, Pool, QueueState
from warmline.domain.twin.simulation import Observer, Simulation
from warmline.domain.twin.world import Outage, RecordedContact, World, is_plain

_AVOID_US: Final = int(AVOID_S * 1_000_000)


def simulation_of(
    world: World, seed: int, until_s: float, *,
    engine: Engine | None = None, thorough: bool = False, observe: Observer | None = None,
) -> Simulation:  # fmt: skip
    """Return what plays this world: the quick simulation where it is plain, else the one that knows rules."""
    plays = Simulation if is_plain(world) else RuledSimulation
    return plays(world, seed, until_s, engine=engine, thorough=thorough, observe=observe)


class RuledSimulation(Carrying):
    """One run of a world with rules of its own."""

    def _open(self) -> None:
        super()._open()
        self._todo: deque[tuple[Contact, Agent]] = deque()
        self._acting = False
        self._people: dict[Pool, list[Agent]] = {pool: [] for pool in self.stage.pools}
        for agent in self.agents:
            self._people[agent.pool].append(agent)
        self._by_group: dict[str, list[Agent]] = {pool.group.id: self._people[pool] for pool in self.stage.pools}
        self._able: dict[Kind, list[Agent]] = {}
        for queue in self.stage.queues.values():
            self.engine.queue_rules_us(queue.id, queue.rules, self.start_us)
            if queue.rules.reserve:
                self._ruled.reserves[queue.id] = queue.rules.reserve
        carried = enumerate(self.world.carried)
        for numbered in sorted(carried, key=lambda each: (each[1].group is None, each[1].since_s, each[0])):
            self._push(self.start_us, self._carry_in, numbered)

    def _depends_on_time(self) -> bool:
        return True

    def _fitting(self, kind: Kind) -> list[Agent]:
        """Return everybody who may be asked for this kind sooner or later."""
        known = self._able.get(kind)
        if known is None:
            pools = [pool for pool in self.stage.pools if self._ruled.ever(kind, pool)]
            known = self._able[kind] = list(chain.from_iterable(self._people[pool] for pool in pools))
        return known

    def _staffed_for(self, kind: Kind) -> bool:
        """Whether anybody on shift fits, on a break or not."""
        return any(agent.paid and not agent.dead for agent in self._fitting(kind))

    # --- before the queue ----------------------------------------------------------------------

    def _recall(self, contact: Contact, known: RecordedContact, handle_us: int, wrap_us: int) -> None:
        super()._recall(contact, known, handle_us, wrap_us)
        contact.known = known

    def _come(self, contact: Contact) -> None:
        """The contact opens; after the journey, unless that was enough, it asks for a person."""
        known, stream = contact.known, contact.flow.stream
        draws = contact.flow.self_service
        if not contact.through:
            contact.through = True
            delay_us = 0 if draws is None else draws()
            if known is None:
                contained = stream.contained > 0 and contact.luck is not None and contact.luck() < stream.contained
            else:
                contained = known.contained
                delay_us = to_whole_us(known.before_s) if known.before_s is not None else 0
            if contained:
                self._push(self.now_us + delay_us, self._is_contained, contact)
                return
            if delay_us:
                self._push(self.now_us + delay_us, self._leave_journey, contact)
                return
        queue = contact.kind.queue
        full = queue.max_waiting is not None and queue.waiting >= queue.max_waiting
        contact.cell.came += 1
        if not queue.open or full or (queue.turns_away and not self._staffed_for(contact.kind)):
            contact.cell.turned_away += 1
            self.watch.ends(contact)
            self._tell("turned away", contact)
            return
        self._stand_in_line(contact)

    def _is_contained(self, contact: Contact) -> None:
        contact.kind.cell.contained += 1
        self.watch.ends(contact)
        self._tell("contained", contact)

    def _leave_journey(self, contact: Contact) -> None:
        """Only now it waits, and counts."""
        contact.since_us = self.now_us
        contact.cell, contact.interval = contact.kind.cell, self.interval
        self._tell("queued", contact)
        self._come(contact)

    def _stand_in_line(self, contact: Contact) -> None:
        kind, now_us = contact.kind, self.now_us
        self.contacts[contact] = None
        contact.waiting = self._wishing(contact)
        self._offer(self.engine.contact_queued_us(contact.waiting, now_us, contact.since_us))
        if contact.state == WAITING:
            self.watch.stands(contact)
            self.watch.stands_rightly(contact)
        if contact.state != TALKING:
            self._lose_patience_later(contact)
            self._move_on_later(contact)
            rules = kind.queue.rules.callback
            if rules.offered and contact.flow.stream.calls.share > 0 and contact.call is None:
                due_us = max(contact.since_us + to_whole_us(rules.offer_after_s), now_us)
                self._push(due_us, self._ask_whether_to_call, (contact, kind.queue))

    def _wishing(self, contact: Contact) -> WaitingContact:
        """Return the place in line, with the wish for one agent where there is one."""
        kind, known, stream = contact.kind, contact.known, contact.flow.stream
        waiting = WaitingContact(
            contact, kind.queue.id, kind.channel, self.world.start_at, kind.priority, kind.skills,
            rings=kind.rings,
        )  # fmt: skip
        draw = contact.luck
        if draw is None:
            return waiting
        if known is not None:
            choice = () if known.last is None else self._by_group[known.last]
        else:
            choice = self._fitting(kind) if stream.returning > 0 and draw() < stream.returning else ()
        if not choice:
            return waiting
        agent = contact.preferred = choice[int(draw() * len(choice))]
        alone_s = known.alone_s if known is not None else None
        lasts_us = to_whole_us(stream.preferred_s if alone_s is None else alone_s)
        contact.preferred_until_us = until_us = self.now_us + lasts_us
        if alone_s is None:
            return waiting.wishing(agent, from_us(until_us))
        self._push(until_us, self._open_to_all, contact)
        return waiting.wishing(only_agent_id=agent)

    def _open_to_all(self, contact: Contact) -> None:
        """Who waited for one agent alone may now be given to others as well."""
        if contact.state == WAITING and contact.waiting.only_agent_id is not None:
            self._wish_over(contact)
            if contact.state == WAITING:
                self.watch.stands_rightly(contact)

    def _wish_over(self, contact: Contact) -> None:
        if contact.preferred is None:
            return
        contact.preferred, contact.preferred_until_us = None, 0
        contact.waiting = contact.waiting.wishing()
        if contact.state == WAITING:
            self._offer(self.engine.contact_queued_us(contact.waiting, self.now_us, contact.since_us))

    # --- offers --------------------------------------------------------------------------------

    def _offer(self, matches: list[Match]) -> None:
        """Note at once what was decided, then carry it out in that order: one leads to another."""
        for match in matches:
            contact, agent = match.contact_id, match.agent_id
            if not (isinstance(contact, Contact) and isinstance(agent, Agent)):
                raise self.watch.broken(f"The engine offers what is not there: {match}.")
            self.watch.matched(contact, agent)
            for other in match.also:
                if not isinstance(other, Agent):
                    raise self.watch.broken(f"The engine offers to whom nobody knows: {match}.")
                self._ruled.rings_too(contact, other)
            self._todo.append((contact, agent))
        if self._acting:
            return
        self._acting = True
        while self._todo:
            contact, agent = self._todo.popleft()
            if contact.state == WAITING and contact.agent is agent:
                self._act(contact, agent)
        self._acting = False

    def _act(self, contact: Contact, agent: Agent) -> None:
        if self._asks_customer_first(contact, agent):
            return
        if contact.others or not agent.pool.instant:
            self._ring(contact, agent)
            return
        channel, now_us = contact.kind.channel, self.now_us
        more = self.engine.contact_held_us(contact, channel, agent, now_us, ringing=False)
        self._answer(contact, agent)
        self._offer(more)

    def _ring(self, contact: Contact, agent: Agent) -> None:
        """Let it ring at one desk or several; each answers or misses it in its own time."""
        now_us, asked = self.now_us, (agent, *contact.others)
        contact.state, contact.offered = RINGING, True
        more = self.engine.contact_held_us(
            contact, contact.kind.channel, agent, now_us, ringing=True, also=contact.others
        )
        contact.rings = {}
        for each in asked:
            group, pool = each.pool.group, each.pool
            self._begin_work(each)
            timeout_us = to_whole_us(group.offer_timeout_s)
            answer_us = 0 if pool.answers_after is None else pool.answers_after()
            missed = contact.luck is not None and contact.luck() < group.no_answer
            at_us = contact.rings[each] = now_us + (timeout_us if missed else min(answer_us, timeout_us))
            missed = missed or answer_us > timeout_us
            self._push(at_us, self._miss if missed else self._accept, (contact, each))
            self._tell("offered", contact, each)
        self._offer(more)

    def _rings_still(self, contact: Contact, agent: Agent) -> bool:
        rings = contact.rings
        return contact.state == RINGING and rings is not None and rings.get(agent) == self.now_us

    def _accept(self, offer: tuple[Contact, Agent]) -> None:
        """The first to accept has it; at all other desks it ceases to ring."""
        contact, agent = offer
        if not self._rings_still(contact, agent) or contact.agent is None:
            return
        self.watch.offer_ends(contact)
        agent.misses = 0
        contact.rings = None
        losers = [each for each in (contact.agent, *contact.others) if each is not agent]
        self._end_work(agent)
        for each in losers:
            self._end_work(each)
            self._ruled.lets_go(contact, each)
        more = self.engine.contact_held_us(contact, contact.kind.channel, agent, self.now_us, ringing=False)
        self._answer(contact, agent)
        self._offer(more)
        for each in losers:
            self.watch.rests_rightly(each)

    def _answer(self, contact: Contact, agent: Agent) -> None:
        if contact.call is None or self._try_to_call(contact, agent):
            super()._answer(contact, agent)

    def _queue_again(self, contact: Contact, agent: Agent, *, avoid: bool) -> None:
        contact.rings = None
        if contact.preferred is not None:
            contact.preferred, contact.preferred_until_us = None, 0
            contact.waiting = contact.waiting.wishing()
        super()._queue_again(contact, agent, avoid=avoid)

    def _declines(self, contact: Contact, agent: Agent) -> None:
        """One desk less rings; the last one puts the contact back into its place."""
        if not contact.others:
            self.watch.offer_ends(contact)
            self._queue_again(contact, agent, avoid=True)
            return
        if contact.rings is not None:
            del contact.rings[agent]
        self._ruled.lets_go(contact, agent)
        contact.avoid = {**(contact.avoid or {}), agent: self.now_us + _AVOID_US}
        self._offer(self.engine.offer_declined_us(contact, agent, self.now_us))
        self.watch.rests_rightly(agent)

    def _miss(self, offer: tuple[Contact, Agent]) -> None:
        contact, agent = offer
        if not self._rings_still(contact, agent):
            return
        self._end_work(agent)
        self._tell("missed", contact, agent)
        agent.misses += 1
        if agent.misses >= agent.pool.group.misses_allowed:
            agent.misses = 0
            agent.away_until_us = self.now_us + to_whole_us(agent.pool.group.away_s)
            self._push(agent.away_until_us, self._come_back, agent)
            self._review(agent)
        self._declines(contact, agent)

    def _take_back(self, contact: Contact, agent: Agent) -> None:
        if contact.state == RINGING:
            self._end_work(agent)
            self._declines(contact, agent)
        else:
            super()._take_back(contact, agent)

    def _begin_outage(self, outage: Outage) -> None:
        super()._begin_outage(outage)
        for contact in list(self.contacts):
            while contact.state == RINGING and contact.agent is not None:
                hit = next((each for each in (contact.agent, *contact.others) if each.dead), None)
                if hit is None:
                    break
                self._take_back(contact, hit)

    # --- waiting too long, or for nobody --------------------------------------------------------

    def _move_on_later(self, contact: Contact) -> None:
        if contact.call is not None:
            return
        super()._move_on_later(contact)
        every_us = contact.kind.queue.looks_us
        if every_us is not None:
            contact.look_us = self.now_us + every_us
            self._push(contact.look_us, self._look, contact)

    def _look(self, contact: Contact) -> None:
        """Who waits for nobody is helped otherwise: the queue has closed, or all have gone home."""
        if contact.state != WAITING or contact.look_us != self.now_us or contact.call is not None:
            return
        queue = contact.kind.queue
        if (queue.closed or queue.rules.leave_when_empty) and not self._staffed_for(contact.kind):
            self._help_otherwise(contact, by_call=queue.rules.callback.offered)
        elif queue.looks_us is not None:
            contact.look_us = self.now_us + queue.looks_us
            self._push(contact.look_us, self._look, contact)

    def _send_away(self, contact_in: tuple[Contact, QueueState]) -> None:
        contact, queue = contact_in
        if contact.state == WAITING and contact.kind.queue is queue and contact.call is None:
            self._help_otherwise(contact, by_call=queue.rules.at_max_wait == "callback")

    def _leave(self, contact: Contact) -> None:
        """All desks at which it rings are free again."""
        others = contact.others
        for each in others:
            self._end_work(each)
            self._ruled.lets_go(contact, each)
        super()._leave(contact)
        for each in others:
            self.watch.rests_rightly(each)
