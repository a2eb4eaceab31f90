"""Contacts that were open when the world began: in line as old as they are, in somebody's hands, or owed a call.

They take their place and their agents' time, and are counted nowhere: they came on another day.
"""

from warmline.domain.routing.waiting import WaitingContact
from warmline.domain.twin.calling import Calling
from warmline.domain.twin.distributions import to_whole_us
from warmline.domain.twin.people import NEVER_US, PUT_OFF, WAITING, Agent, Call, Contact, Flow
from warmline.domain.twin.randomness import luck
from warmline.domain.twin.randomness import stream as chance
from warmline.domain.twin.simulation import Simulation
from warmline.domain.twin.tally import Cell
from warmline.domain.twin.world import Carried


class Carrying(Calling):
    """Begins with what the day before left open."""

    _by_group: dict[str, list[Agent]]

    def _carry_in(self, numbered: tuple[int, Carried]) -> None:
        """A contact of before: in somebody's hands, in line as old as it is, or owed a call. It is not counted."""
        number, one = numbered
        flow = next(flow for flow in self.stage.flows if flow.stream.id == one.stream_id)
        draw = luck(int(chance(self.seed, one.stream_id, "carried", number)() * (1 << 53)))
        contact = self._made_before(flow, one, number)
        contact.luck = draw
        self.contacts[contact] = None
        kind = contact.kind
        contact.waiting = WaitingContact(
            contact, kind.queue.id, kind.channel, self.world.start_at, kind.priority, kind.skills,
            rings=kind.rings,
        )  # fmt: skip
        if one.group is not None and self._by_group[one.group]:  # nobody left of it: it waits again
            self._give(contact, min(self._by_group[one.group], key=lambda agent: (agent.busy, agent.int)))
            return
        if one.promised:
            contact.call, contact.answered = Call(), True
            if kind.queue.closed:
                contact.state = PUT_OFF
                kind.queue.put_off[contact] = None
                return
        self._offer(self.engine.contact_queued_us(contact.waiting, self.now_us, contact.since_us))
        if contact.state == WAITING:
            self.watch.stands(contact)
            self.watch.stands_rightly(contact)
            if contact.patience_us < NEVER_US and contact.call is None:
                contact.gives_up_us = max(contact.since_us + contact.patience_us, self.now_us + 1)
                self._push(contact.gives_up_us, self._give_up, contact)
            self._move_on_later(contact)

    def _made_before(self, flow: Flow, one: Carried, number: int) -> Contact:
        since_us = self.start_us + to_whole_us(one.since_s)
        self._number += 1
        contact = Contact(self._number, flow, since_us, -1)
        contact.cell = Cell()
        contact.through = True
        contact.work_us = flow.handle() if one.left_s is None else to_whole_us(one.left_s)
        if one.patience_s is not None:
            contact.patience_us = to_whole_us(one.patience_s)
        return contact

    def _give(self, contact: Contact, agent: Agent) -> None:
        """It goes on in the hands it was in, whatever else they hold."""
        contact.answered = True
        self._ruled.holds(contact, agent)
        more = self.engine.contact_held_us(contact, contact.kind.channel, agent, self.now_us, ringing=False)
        Simulation._answer(self, contact, agent)
        self._staffed(agent)
        self._offer(more)
