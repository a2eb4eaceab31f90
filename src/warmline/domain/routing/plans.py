"""All plans and all profiles, each found through what is rare about the other."""

from collections.abc import Iterable
from typing import Final

from warmline.domain.routing.hands import ProfileHands
from warmline.domain.routing.lines import Plan, PlanKey, Step
from warmline.domain.routing.waiting import WaitingContact

PLANS_KEPT: Final = 4_096  # plans nobody waits with; beyond this they are dropped, and made again when needed


class Plans:
    """Plans and profiles that fit are matched once, never by comparing them all."""

    def __init__(self) -> None:
        self._by_key: dict[PlanKey, Plan] = {}
        self._asked: dict[PlanKey, Plan] = {}  # as contacts wrote it, before sorting
        self._of_queue: dict[str, set[Plan]] = {}  # their own queue
        self._at: dict[tuple[str, str | None], set[Plan]] = {}  # (queue, a skill without which a ring is closed)
        self._homes_of: dict[str, dict[ProfileHands, None]] = {}  # queue → profiles
        self._homes_with: dict[str, dict[ProfileHands, None]] = {}  # skill → profiles
        self._kept = PLANS_KEPT

    def of(self, contact: WaitingContact) -> Plan:
        """Return the plan of a contact, made at its first use."""
        asked = (contact.queue_id, contact.skills, contact.rings)
        plan = self._asked.get(asked)
        if plan is None:
            if len(self._asked) >= self._kept:
                self._prune()
            skills = tuple(sorted(contact.skills, key=lambda need: (need.skill, need.level)))
            rings = tuple(sorted(contact.rings, key=lambda ring: ring.after_s))
            key = (contact.queue_id, skills, rings)
            plan = self._asked[asked] = self._by_key.get(key) or self._make(key)
        return plan

    def of_queue(self, queue_id: str) -> Iterable[Plan]:
        """Return every plan of contacts whose own queue this is."""
        return self._of_queue.get(queue_id, ())

    def welcome(self, home: ProfileHands) -> list[Plan]:
        """Let a new profile fit where it does; return those plans."""
        found: set[Plan] = set()
        needed: tuple[str | None, ...] = (None, *home.skills)
        for skill in home.skills:
            self._homes_with.setdefault(skill, {})[home] = None
        for queue_id in home.seats:
            self._homes_of.setdefault(queue_id, {})[home] = None
            for need in needed:
                found.update(plan for plan in self._at.get((queue_id, need), ()) if plan.consider(home))
        return list(found)

    def farewell(self, home: ProfileHands) -> None:
        """Forget a profile nobody has any more."""
        for plan in list(home.plans):
            if isinstance(plan, Plan):
                plan.forget(home)
        for index, keys in ((self._homes_with, home.skills), (self._homes_of, home.seats)):
            for key in keys:
                del index[key][home]
                if not index[key]:
                    del index[key]

    def _make(self, key: PlanKey) -> Plan:
        plan = self._by_key[key] = Plan(*key)
        self._of_queue.setdefault(plan.queue_id, set()).add(plan)
        for place in self._places(plan):
            self._at.setdefault(place, set()).add(plan)
        for step in plan.steps:
            for home in self._candidates(step):
                plan.consider(home)
        return plan

    def _candidates(self, step: Step) -> Iterable[ProfileHands]:
        """Return profiles among which are all that fit: of the queue, or with a skill: the fewest."""
        best = self._homes_of.get(step.queue_id, {})
        if not step.need_any:
            for need in step.skills:
                if need.level > 0:
                    best = min(best, self._homes_with.get(need.skill, {}), key=len)
        return best

    @staticmethod
    def _places(plan: Plan) -> set[tuple[str, str | None]]:
        """Return where a profile finds this plan: by queue and one of the skills it cannot do without."""
        places: set[tuple[str, str | None]] = set()
        for step in plan.steps:
            needed = [need.skill for need in step.skills if need.level > 0]
            if step.need_any and len(needed) == len(step.skills):
                places.update((step.queue_id, skill) for skill in needed)
            else:
                places.add((step.queue_id, None if step.need_any or not needed else needed[-1]))
        return places

    def _prune(self) -> None:
        """Drop plans nobody waits with, so that ever new wishes never fill the memory."""
        for key, plan in list(self._by_key.items()):
            if not plan.waiting:
                del self._by_key[key]
                self._of_queue[plan.queue_id].discard(plan)
                for place in self._places(plan):
                    self._at[place].discard(plan)
                for home in list(plan.fitting):
                    home.plans.discard(plan)
        self._asked = {key: plan for key, plan in self._asked.items() if plan.waiting}
        # Twice what is in use at least, so that pruning costs little for each plan made.
        self._kept = max(PLANS_KEPT, 2 * len(self._asked))
