"""Promised calls in the twin: the place in line is kept, by the rules of `contact.callback`.

While it is in line, a promised call competes as old as it is; closed queues and failed attempts put it off. Who is
called is reached with a chance; not reached, an attempt costs the agent a while, and it is tried again later.
"""

from abc import abstractmethod

from warmline.domain.twin.distributions import sampler, to_whole_us
from warmline.domain.twin.people import NEVER_US, PUT_OFF, TALKING, WAITING, Agent, Call, Contact, QueueState
from warmline.domain.twin.ruled_checks import RuledWatch
from warmline.domain.twin.simulation import Simulation


class Calling(Simulation):
    """Keeps promised calls. Contacts without one are as in any simulation."""

    watched_by = RuledWatch

    @property
    def _ruled(self) -> RuledWatch:
        """The watch, which knows the rules."""
        assert isinstance(self.watch, RuledWatch)  # noqa: S101 - see `watched_by`
        return self.watch

    @abstractmethod
    def _wish_over(self, contact: Contact) -> None:
        """The contact no longer wishes for one agent."""

    # --- promising -----------------------------------------------------------------------------

    def _ask_whether_to_call(self, contact_in: tuple[Contact, QueueState]) -> None:
        """The customer has waited a while: would they rather be called?"""
        contact, queue = contact_in
        if contact.state != WAITING or contact.call is not None or contact.kind.queue is not queue:
            return
        if contact.luck is not None and contact.luck() < contact.flow.stream.calls.share:
            self._promise(contact)

    def _promise(self, contact: Contact) -> None:
        """Promise a call to somebody who waits; the wait is over, the place in line is not."""
        contact.call = Call()
        contact.cell.promised += not contact.answered
        contact.answered = True  # whatever follows is no wait that counts
        contact.gives_up_us = NEVER_US
        self._wish_over(contact)
        self._tell("promised", contact)
        if contact.kind.queue.closed and contact.state == WAITING:
            self._put_off(contact)
            contact.kind.queue.put_off[contact] = None

    def _help_otherwise(self, contact: Contact, *, by_call: bool) -> None:
        """Nobody will come, or it took too long: a promised call where that is offered, else a message."""
        if by_call:
            self._promise(contact)
            return
        contact.cell.sent_away += not contact.answered
        contact.cell.lost_wait_us += 0 if contact.answered else self.now_us - contact.since_us
        self._tell("sent away", contact)
        self._leave(contact)

    # --- in line, and not ----------------------------------------------------------------------

    def _put_off(self, contact: Contact) -> None:
        """Take the call out of the line for a while."""
        if contact.state == WAITING:
            self.watch.leaves(contact)
        contact.state = PUT_OFF
        self._offer(self.engine.contact_gone_us(contact, self.now_us))

    def _call_due(self, contact: Contact) -> None:
        """The call competes again, as old as it is, or waits for its queue to open."""
        if contact.state != PUT_OFF:
            return
        if contact.kind.queue.closed:
            contact.kind.queue.put_off[contact] = None
            return
        contact.state = WAITING
        self.watch.stands(contact)
        self._tell("in line again", contact)
        self._offer(self.engine.contact_queued_us(contact.waiting, self.now_us, contact.since_us))
        if contact.state == WAITING:
            self.watch.stands_rightly(contact)

    def _open_queue(self, queue: QueueState) -> None:
        queue.open, queue.closed = True, False
        due, queue.put_off = queue.put_off, {}
        for contact in due:
            self._call_due(contact)

    def _close_queue(self, queue: QueueState) -> None:
        queue.open, queue.closed = queue.lets_in, True
        for contact in list(self.contacts):
            if contact.call is not None and contact.state == WAITING and contact.kind.queue is queue:
                self._put_off(contact)
                queue.put_off[contact] = None

    # --- calling -------------------------------------------------------------------------------

    def _asks_customer_first(self, contact: Contact, agent: Agent) -> bool:
        """Where the customer is looked for before an agent's time is taken: let the agent go and ask."""
        call, rules = contact.call, contact.kind.queue.rules.callback
        if call is None or call.confirmed or rules.order != "customer_first":
            return False
        for other in (*contact.others, agent):
            self._ruled.lets_go(contact, other)
        self._tell("asked", contact)
        self._put_off(contact)
        confirm_us = to_whole_us(rules.confirm_s)
        if self._is_reached(contact):
            after_us = 0 if contact.luck is None else int(contact.luck() * confirm_us)
            self._push(self.now_us + after_us, self._is_there, contact)
        else:
            self._push(self.now_us + confirm_us, self._not_reached, contact)
        return True

    def _is_reached(self, contact: Contact) -> bool:
        share = contact.flow.stream.calls.reached
        return share >= 1 or contact.luck is None or contact.luck() < share

    def _is_there(self, contact: Contact) -> None:
        if contact.call is not None:
            contact.call.confirmed = True
            self._call_due(contact)

    def _try_to_call(self, contact: Contact, agent: Agent) -> bool:
        """An agent has taken the call: reach the customer (True), or spend a while in vain."""
        call = contact.call
        if call is None:
            return True
        call.attempts += 1
        if call.confirmed or self._is_reached(contact):
            contact.call = None
            contact.cell.called_back += 1
            return True
        stream = contact.flow.stream
        spent_us = sampler(stream.calls.attempt, contact.luck)() if contact.luck is not None else 0
        contact.state = TALKING
        contact.began_us, contact.ends_us = self.now_us, self.now_us + spent_us
        contact.cell.work_us += spent_us
        self._begin_work(agent)
        self._tell("called in vain", contact, agent)
        self._push(contact.ends_us, self._hang_up, contact)
        return False

    def _hang_up(self, contact: Contact) -> None:
        agent = contact.agent
        if contact.state != TALKING or contact.call is None or agent is None or contact.ends_us != self.now_us:
            return
        self.watch.frees(contact)
        self._end_work(agent)
        self._put_off(contact)
        self._after_attempt(contact)
        self.watch.rests_rightly(agent)

    def _not_reached(self, contact: Contact) -> None:
        """The customer, asked first, did not answer."""
        if contact.state == PUT_OFF and contact.call is not None:
            contact.call.attempts += 1
            self._after_attempt(contact)

    def _after_attempt(self, contact: Contact) -> None:
        call, rules = contact.call, contact.kind.queue.rules.callback
        if call is not None and call.attempts < rules.attempts:
            self._push(self.now_us + to_whole_us(rules.retry_s), self._call_due, contact)
            return
        contact.cell.unreached += 1
        self._tell("never reached", contact)
        self.watch.ends(contact)
        del self.contacts[contact]
        del contact.waiting

    def _break_off(self, contact: Contact, agent: Agent) -> None:
        """A desk died in the middle of an attempt: the call keeps its place."""
        if contact.call is None:
            super()._break_off(contact, agent)
            return
        contact.cell.work_us -= contact.ends_us - self.now_us
        contact.ends_us = 0
        contact.call.attempts -= 1
        self._end_work(agent)
        self._queue_again(contact, agent, avoid=False)
