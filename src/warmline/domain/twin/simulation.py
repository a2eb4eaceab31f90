"""The digital twin: the router's own engine under a clock that jumps from event to event.

Time is whole microseconds and every event has a number, so the same world and seed give the same run on any
machine. Each contact brings its own handle time and patience along, drawn when it comes: changing the staff does
not change who comes and how long they take, and two worlds can be compared contact by contact.
"""

from collections.abc import Callable
from typing import Final

from warmline.domain.routing.engine import AVOID_S, Engine
from warmline.domain.routing.waiting import Match, WaitingContact
from warmline.domain.twin.distributions import sampler, to_whole_us
from warmline.domain.twin.floor import Floor
from warmline.domain.twin.people import (
    ENDED,
    NEVER_US,
    RINGING,
    TALKING,
    WAITING,
    Agent,
    Contact,
    Flow,
    Kind,
    QueueState,
)
from warmline.domain.twin.randomness import luck
from warmline.domain.twin.tally import Cell, bin_of
from warmline.domain.twin.world import RecordedContact, World

_AVOID_US: Final = int(AVOID_S * 1_000_000)
_SOONEST_US: Final = 1_000_000  # nobody tries again within a second, so that time always passes
_CONTACTS_FROM: Final = 1_000_000  # numbers of contacts; those below are agents'

Observer = Callable[[int, str, int, int], None]  # µs from the start, what happened, contact, agent (0: nobody)


class Simulation(Floor):
    """One run. `step` until it says so, then read the books; a broken promise raises BrokenPromise.

    `observe` is told what happens to whom.
    """

    def __init__(
        self, world: World, seed: int, until_s: float, *,
        engine: Engine | None = None, thorough: bool = False, observe: Observer | None = None,
    ) -> None:  # fmt: skip
        super().__init__(world, seed, until_s, engine=engine, thorough=thorough)
        self._observe = observe
        self._number = _CONTACTS_FROM
        self._when_arriving, self._when_done = self._arrive, self._done  # bound once
        for flow in self.stage.flows:
            self._next_of(flow)

    def _tell(self, what: str, contact: Contact, agent: Agent | None = None) -> None:
        if self._observe is not None:
            number = 0 if agent is None else agent.int
            self._observe(self.now_us - self.start_us, what, contact.int - _CONTACTS_FROM, number)

    # --- contacts come -------------------------------------------------------------------------

    def _next_of(self, flow: Flow) -> None:
        coming = next(flow.comings, None)
        if coming is not None:
            flow.known = coming[1]
            self.agenda.add(self.start_us + coming[0], self._when_arriving, flow)

    def _arrive(self, flow: Flow) -> None:
        known = flow.known
        self._number += 1
        contact = Contact(self._number, flow, self.now_us, self.interval)
        handle_us = flow.handle()
        wrap_us = 0 if flow.wrap_up is None else flow.wrap_up()
        contact.work_us = handle_us + wrap_us
        if flow.patience is not None:
            contact.patience_us = flow.patience()
        if flow.luck is not None:
            contact.luck = luck(int(flow.luck() * (1 << 53)))
        if known is not None:
            self._recall(contact, known, handle_us, wrap_us)
        self._next_of(flow)
        self._come(contact)

    def _recall(self, contact: Contact, known: RecordedContact, handle_us: int, wrap_us: int) -> None:
        """Prefer what was recorded to what was drawn."""
        handle_us = handle_us if known.handle_s is None else to_whole_us(known.handle_s)
        wrap_us = wrap_us if known.wrap_up_s is None else to_whole_us(known.wrap_up_s)
        contact.work_us = handle_us + wrap_us
        if known.patience_s is not None:
            contact.patience_us = to_whole_us(known.patience_s)

    def _come(self, contact: Contact) -> None:
        """The contact asks to be helped."""
        kind = contact.kind
        queue = kind.queue
        contact.cell.came += 1
        if not queue.open or (queue.max_waiting is not None and queue.waiting >= queue.max_waiting):
            contact.cell.turned_away += 1
            self.watch.ends(contact)
            self._tell("turned away", contact)
            return
        # The engine is told the age in microseconds; `entered_at` is not read.
        start = self.world.start_at
        contact.waiting = WaitingContact(contact, queue.id, kind.channel, start, kind.priority, kind.skills)
        self.contacts[contact] = None
        now_us = self.now_us
        matches = self.engine.contact_queued_us(contact.waiting, now_us, now_us)
        if matches:
            self._offer(matches)
        if contact.state == WAITING:
            self.watch.stands(contact)
            self.watch.stands_rightly(contact)
        if contact.state != TALKING:
            self._lose_patience_later(contact)
            if queue.limits:
                self._move_on_later(contact)

    def _lose_patience_later(self, contact: Contact) -> None:
        if contact.patience_us < NEVER_US:
            contact.gives_up_us = self.now_us + contact.patience_us
            self._push(contact.gives_up_us, self._give_up, contact)

    def _move_on_later(self, contact: Contact) -> None:
        """Note when the contact moves to another queue, or is sent away; at once where that time has come."""
        queue = contact.kind.queue
        if queue.overflow_us is not None:
            here_since_us = contact.since_us if contact.moved_us is None else contact.moved_us
            due_us = max(here_since_us + queue.overflow_us, self.now_us)
            self._push(due_us, self._overflow, (contact, contact.kind))
        if queue.max_wait_us is not None:
            due_us = max(contact.since_us + queue.max_wait_us, self.now_us)
            self._push(due_us, self._send_away, (contact, queue))

    # --- offers --------------------------------------------------------------------------------

    def _offer(self, matches: list[Match]) -> None:
        for match in matches:
            contact, agent = match.contact_id, match.agent_id  # contacts and agents are their own ids
            if not (isinstance(contact, Contact) and isinstance(agent, Agent)):
                raise self.watch.broken(f"The engine offers what is not there: {match}.")
            self.watch.matched(contact, agent)
            if agent.pool.instant:
                self._answer(contact, agent)
            else:
                self._ring(contact, agent)

    def _ring(self, contact: Contact, agent: Agent) -> None:
        group = agent.pool.group
        contact.state = RINGING
        contact.offered = True
        self._begin_work(agent)
        channel = contact.kind.channel
        more = self.engine.contact_held_us(contact, channel, agent, self.now_us, ringing=True)
        timeout_us = to_whole_us(group.offer_timeout_s)
        answer_us = 0 if agent.pool.answers_after is None else agent.pool.answers_after()
        missed = contact.luck is not None and contact.luck() < group.no_answer
        contact.ring_ends_us = self.now_us + (timeout_us if missed else min(answer_us, timeout_us))
        missed = missed or answer_us > timeout_us
        self._push(contact.ring_ends_us, self._miss if missed else self._accept, (contact, agent))
        self._tell("offered", contact, agent)
        self._offer(more)

    def _rings_still(self, contact: Contact, agent: Agent) -> bool:
        return contact.state == RINGING and contact.agent is agent and contact.ring_ends_us == self.now_us

    def _accept(self, offer: tuple[Contact, Agent]) -> None:
        contact, agent = offer
        if self._rings_still(contact, agent):
            self.watch.offer_ends(contact)
            agent.misses = 0
            self._end_work(agent)
            channel = contact.kind.channel
            more = self.engine.contact_held_us(contact, channel, agent, self.now_us, ringing=False)
            self._answer(contact, agent)
            self._offer(more)

    def _miss(self, offer: tuple[Contact, Agent]) -> None:
        contact, agent = offer
        if not self._rings_still(contact, agent):
            return
        self.watch.offer_ends(contact)
        self._end_work(agent)
        self._tell("missed", contact, agent)
        agent.misses += 1
        if agent.misses >= agent.pool.group.misses_allowed:
            agent.misses = 0
            agent.away_until_us = self.now_us + to_whole_us(agent.pool.group.away_s)
            self._push(agent.away_until_us, self._come_back, agent)
            self._review(agent)
        self._queue_again(contact, agent, avoid=True)

    def _queue_again(self, contact: Contact, agent: Agent, *, avoid: bool) -> None:
        """The contact waits once more, as old as it is, and the agent is free for others, or away."""
        contact.state = WAITING
        contact.cell.requeued += 1
        if avoid:
            contact.avoid = {**(contact.avoid or {}), agent: self.now_us + _AVOID_US}
        self.watch.frees(contact)
        self.watch.stands(contact)
        self._tell("waits again", contact)
        self._offer(self.engine.contact_queued_us(contact.waiting, self.now_us, contact.since_us))
        if contact.state == WAITING:
            self.watch.stands_rightly(contact)
            if contact.gives_up_us <= self.now_us:  # it was helped meanwhile: a new wait, a new patience
                self._lose_patience_later(contact)
            self._move_on_later(contact)
        self.watch.rests_rightly(agent)

    # --- work ----------------------------------------------------------------------------------

    def _answer(self, contact: Contact, agent: Agent) -> None:
        now_us, cell, work_us = self.now_us, contact.cell, contact.work_us
        contact.state = TALKING
        if not contact.answered:
            contact.answered = True
            wait_us = now_us - contact.since_us
            if wait_us:
                cell.answered_later += 1
                cell.wait_us += wait_us
                number = bin_of(wait_us)
                cell.waits[number] = cell.waits.get(number, 0) + 1
                if wait_us <= contact.kind.queue.target_us:
                    cell.in_target += 1
            else:
                cell.at_once += 1
        cell.work_us += work_us
        hours = agent.pool.hours  # as `_begin_work`, written out: this happens to every contact
        hours.contacts += 1
        hours.contacts_rest -= now_us
        if not agent.busy:
            hours.busy += 1
            hours.busy_rest -= now_us
        agent.busy += 1
        if self._observe is not None:
            self._tell("answered", contact, agent)
        contact.began_us = now_us
        contact.ends_us = ends_us = now_us + work_us
        if contact.luck is not None and contact.flow.stream.media_failures:
            self._break_some(contact)
        if contact.ends_us == ends_us:
            self.agenda.add(ends_us, self._when_done, contact)

    def _break_some(self, contact: Contact) -> None:
        """Let the media fail in the middle of some conversations."""
        if contact.luck is not None and contact.luck() < contact.flow.stream.media_failures:
            contact.ends_us = contact.began_us + int(contact.luck() * contact.work_us)
            self._push(contact.ends_us, self._lose_media, contact)

    def _done(self, contact: Contact) -> None:
        agent, now_us = contact.agent, self.now_us
        if contact.state != TALKING or contact.ends_us != now_us or agent is None:
            return
        watch = self.watch
        contact.state = ENDED
        watch.frees(contact)
        hours = agent.pool.hours  # as `_end_work`
        hours.contacts -= 1
        hours.contacts_rest += now_us
        agent.busy -= 1
        if not agent.busy:
            hours.busy -= 1
            hours.busy_rest += now_us
            if not agent.here:
                self._staffed(agent)
        del self.contacts[contact]
        del contact.waiting  # it names the contact: without it both are gone at once
        if self._observe is not None:
            self._tell("done", contact, agent)
        matches = self.engine.contact_gone_us(contact, now_us)
        if matches:
            self._offer(matches)
        if agent.routable:
            watch.rests_rightly(agent)

    def _lose_media(self, contact: Contact) -> None:
        agent = contact.agent
        if contact.state == TALKING and contact.ends_us == self.now_us and agent is not None:
            self._tell("lost", contact, agent)
            self._break_off(contact, agent)

    def _break_off(self, contact: Contact, agent: Agent) -> None:
        """The conversation stops in the middle; what is left of it has to be done by somebody."""
        left_us = contact.began_us + contact.work_us - self.now_us
        contact.cell.work_us -= left_us
        contact.work_us = left_us
        contact.ends_us = 0
        contact.gives_up_us = 0
        self._end_work(agent)
        self._queue_again(contact, agent, avoid=False)

    def _take_back(self, contact: Contact, agent: Agent) -> None:
        if contact.state == TALKING:
            self._break_off(contact, agent)
        else:
            self.watch.offer_ends(contact)
            self._end_work(agent)
            self._queue_again(contact, agent, avoid=True)

    # --- contacts leave ------------------------------------------------------------------------

    def _give_up(self, contact: Contact) -> None:
        if contact.state not in (WAITING, RINGING) or contact.gives_up_us != self.now_us:
            return
        cell = contact.cell
        if not contact.answered:
            wait_us = self.now_us - contact.since_us
            cell.abandoned += 1
            cell.lost_wait_us += wait_us
            if wait_us <= contact.kind.queue.target_us:
                cell.abandoned_in_target += 1
        self._tell("gave up", contact)
        self._leave(contact)
        stream = contact.flow.stream
        if stream.retry_after is not None and contact.luck is not None and contact.luck() < stream.retries:
            after_us = sampler(stream.retry_after, contact.luck)()
            self._push(self.now_us + max(after_us, _SOONEST_US), self._try_again, contact)

    def _leave(self, contact: Contact) -> None:
        """The contact is gone without help; whoever it was offered to is free again."""
        watch, agent = self.watch, contact.agent
        if agent is not None:
            watch.offer_ends(contact)
            watch.frees(contact)
            self._end_work(agent)
        else:
            watch.leaves(contact)
        watch.ends(contact)
        del self.contacts[contact]
        del contact.waiting
        self._offer(self.engine.contact_gone_us(contact, self.now_us))
        if agent is not None:
            watch.rests_rightly(agent)

    def _try_again(self, before: Contact) -> None:
        """The same customer with the same matter, and new patience."""
        self._number += 1
        contact = Contact(self._number, before.flow, self.now_us, self.interval)
        contact.work_us = before.work_us
        contact.luck = before.luck
        patience = before.flow.stream.patience
        if patience is not None and contact.luck is not None:
            contact.patience_us = sampler(patience, contact.luck)()
        contact.cell.retries += 1
        self._come(contact)

    def _send_away(self, contact_in: tuple[Contact, QueueState]) -> None:
        contact, queue = contact_in
        if contact.state == WAITING and contact.kind.queue is queue:
            contact.cell.sent_away += not contact.answered
            contact.cell.lost_wait_us += 0 if contact.answered else self.now_us - contact.since_us
            self._tell("sent away", contact)
            self._leave(contact)

    def _overflow(self, contact_in: tuple[Contact, Kind]) -> None:
        contact, kind = contact_in
        target = kind.queue.overflow_to
        if contact.state != WAITING or contact.kind is not kind or target is None or not target.open:
            return
        self.watch.leaves(contact)
        contact.cell.overflowed += not contact.answered
        contact.kind = self.stage.kinds[kind.stream_id, target.id]
        contact.cell = contact.kind.cells[contact.interval] if contact.interval >= 0 else Cell()
        contact.cell.taken_over += not contact.answered
        contact.moved_us = self.now_us
        contact.waiting = contact.waiting.moved_to(target.id)
        self.watch.stands(contact)
        self._tell("overflowed", contact)
        self._offer(self.engine.contact_queued_us(contact.waiting, self.now_us, contact.since_us))
        if contact.state == WAITING:
            self.watch.stands_rightly(contact)
        self._move_on_later(contact)
