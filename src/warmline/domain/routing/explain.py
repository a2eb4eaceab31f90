"""Who would get this contact, and why not the others: a look at everybody, for a supervisor's preview."""

from datetime import datetime
from typing import Any

from warmline.domain.routing.candidate import Candidate, WhyNot
from warmline.domain.routing.choosing import Choosing
from warmline.domain.routing.hands import Hand
from warmline.domain.routing.lines import Place, open_stage
from warmline.domain.routing.model import to_us
from warmline.domain.routing.orders import ORDERS, levels
from warmline.domain.routing.state import USUAL
from warmline.domain.routing.waiting import WaitingContact


class Explaining(Choosing):
    """Answers without deciding anything."""

    def explain(self, contact: WaitingContact, now: datetime) -> list[Candidate]:
        """Return everybody, in the order in which they would be asked, then the others by id.

        A contact that does not wait yet is looked at as if it had just been queued.
        """
        now_us = to_us(now)
        known = self._known.get(contact.id)
        if type(known) is Place and known.contact == contact:
            place = known
        else:
            place = self._place(contact, None)
            place.preferring = contact.preferred_agent_id is not None and self._prefers(place, now_us)
            if contact.passed_on_by and contact.passed_on_until and to_us(contact.passed_on_until) > now_us:
                place.avoid = {contact.passed_on_by: to_us(contact.passed_on_until)}
        fitting: list[tuple[Any, Candidate]] = []
        others: list[Candidate] = []
        for hand in self._hands.by_id.values():
            refused = self._refusal(place, hand, now_us)
            if refused is None:
                fitting.append(self._order(place, hand, now_us))
            else:
                others.append(refused)
        fitting.sort(key=lambda each: each[0])
        ranked = [
            Candidate(each.agent_id, True, rank=number, ring=each.ring)
            for number, (_, each) in enumerate(fitting, start=1)
        ]
        return ranked + sorted(others, key=lambda each: each.agent_id.int)

    def _refusal(self, place: Place, hand: Hand, now_us: int) -> Candidate | None:
        """Return the first thing in the way, what lasts longest first; None: nothing is."""

        def no(why_not: WhyNot, opens_in_s: float | None = None, kept_for: str | None = None) -> Candidate:
            return Candidate(hand.id, False, why_not, opens_in_s=opens_in_s, kept_for=kept_for)

        contact, plan = place.contact, place.plan
        only = contact.only_agent_id or (contact.preferred_agent_id if place.preferring else None)
        if only is not None and hand.id != only:
            return no("not_named" if contact.only_agent_id else "last_agent_first")
        stages = plan.stages(hand.home)
        if only is None and not stages:
            return no(self._lacking(place, hand))
        if not hand.routable:
            return no("not_available" if hand.agent.on_shift else "off_shift")
        match hand.home.room.refusal(hand.load, contact.channel, 0 if only is None else 1):
            case "channel" | "capacity" | "exclusive" | "total" as full:
                return no(full)
            case _:
                pass
        if place.avoid and hand.id in place.avoid:
            return no("passed_on")
        if only is not None:
            return None
        waited_us = now_us - place.entered_us
        if stages[0].from_us and waited_us < stages[0].from_us:
            return no("later", opens_in_s=(stages[0].from_us - waited_us) / 1_000_000)
        keeper = self._hands.keeper(hand.home, plan.queue_id)
        return None if keeper is None else no("reserved", kept_for=keeper)

    @staticmethod
    def _lacking(place: Place, hand: Hand) -> WhyNot:
        """Name what is missing in the first ring of a queue this agent serves."""
        for step in place.plan.steps:
            missing = step.refusal(hand.home)
            if missing is not None and missing != "queue":
                return missing
        return "queue"

    def _order(self, place: Place, hand: Hand, now_us: int) -> tuple[Any, Candidate]:
        """Return what decides between those who fit, and the agent as such."""
        stages = place.plan.stages(hand.home)
        if not stages:  # meant for this agent alone
            return (0,), Candidate(hand.id, True, ring=0)
        stage = open_stage(stages, now_us - place.entered_us) or stages[0]
        selection = self._terms.get(place.plan.queue_id, USUAL).selection
        level = -levels(hand.home.skills, place.plan.skills) if selection == "best_level" else 0
        order = ORDERS.get(selection)
        key = (
            (hand.busy, hand.idle_since_us, hand.id_int)
            if order is None
            else order(hand, place.contact.channel)[:-1]
        )
        return (stage.ring, stage.rank, level, key), Candidate(hand.id, True, ring=stage.ring)
