"""What a router learns about waiting: handle times and patience, for each class of requirements, pooled.

A class is a queue and the skills asked for. What has been seen little of borrows from its queue, and a queue from
what is usual, so that a rare language is told something sensible on its first customer.
"""

from collections.abc import Callable, Collection
from typing import TypeVar

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.expected_wait import Patience
from warmline.domain.routing.model import Seat
from warmline.domain.routing.waiting import WaitingContact

WaitClass = tuple[str, tuple[SkillNeed, ...]]  # queue, skills in order
Kind = TypeVar("Kind")

USUAL_HANDLE_S = 300.0  # before the first contact has ended
WEIGHT = 0.003  # of one more handled contact in the long run: about the last seven hundred count
SHARE_WEIGHT = 0.02  # of one more answer, in the share that goes to other lines
BELIEF = 10  # so many contacts of its own a class needs to be believed as much as its queue
LEFT_BELIEF = 4.0  # as BELIEF, in customers who gave up
SHORTEST_S, LONGEST_S = 5.0, 7_200.0  # a forgotten conversation must not spoil the estimate
CLASSES_KEPT = 2_000  # the ones unused longest are dropped; they borrow from their queue again


def class_of(contact: WaitingContact) -> WaitClass:
    """Return what decides who may answer: the queue, and the skills whatever the order they were asked in."""
    return (contact.queue_id, tuple(sorted(contact.skills, key=lambda need: (need.skill, need.level))))


class _Mean:
    """A moving average, from nothing."""

    __slots__ = ("counted", "mean")

    def __init__(self) -> None:
        self.counted = 0
        self.mean = 0.0

    def add(self, value: float, weight: float) -> None:
        self.counted += 1
        self.mean += max(weight, 1 / self.counted) * (value - self.mean)

    def within(self, usual: float) -> float:
        """Return the mean, drawn towards `usual` while little was counted."""
        return (self.counted * self.mean + BELIEF * usual) / (self.counted + BELIEF)


class Lore:
    """Handle times (connected until wrapped up) and patience of one router's queues and classes."""

    def __init__(self, usual_s: float = USUAL_HANDLE_S) -> None:
        self._usual_s = usual_s
        self._handle: dict[WaitClass | str, _Mean] = {}
        self._patience: dict[WaitClass | str, Patience] = {}
        self._elsewhere: dict[str, _Mean] = {}

    def handled(self, wanted: WaitClass, handle_s: float) -> None:
        """Count one more contact that was worked on for `handle_s`."""
        bounded = min(max(handle_s, SHORTEST_S), LONGEST_S)
        for key in (wanted[0], wanted):
            _kept(self._handle, key, _Mean).add(bounded, WEIGHT)

    def answered(self, wanted: WaitClass, waited_s: float) -> None:
        """Count a customer who was answered after `waited_s`: so long, patience lasted."""
        for key in (wanted[0], wanted):
            self._known(key).answered(waited_s)

    def gave_up(self, wanted: WaitClass, waited_s: float) -> None:
        """Count a customer who left the line after `waited_s` without an answer."""
        for key in (wanted[0], wanted):
            self._known(key).gave_up(waited_s)

    def took(self, queue_id: str, seats: Collection[Seat], waiting: Callable[[str], int]) -> None:
        """Count whose customer an agent with these seats took, for every line of theirs where somebody waits."""
        ranks = {seat.queue_id: seat.priority for seat in reversed(tuple(seats))}
        taken = ranks.get(queue_id)
        for line_id, rank in ranks.items():
            if taken is not None and (line_id == queue_id or waiting(line_id) > 0):
                self._elsewhere.setdefault(line_id, _Mean()).add(float(taken < rank), SHARE_WEIGHT)

    def elsewhere(self, queue_id: str) -> float:
        """Return the share (0 to 1) of its agents' answers that go to lines served before this one."""
        known = self._elsewhere.get(queue_id)
        return 0.0 if known is None else known.within(0.0)

    def handle_s(self, wanted: WaitClass) -> float:
        """Return the mean handle time of a class."""
        queue, own = self._handle.get(wanted[0]), self._handle.get(wanted)
        pooled_s = self._usual_s if queue is None else queue.within(self._usual_s)
        return pooled_s if own is None else own.within(pooled_s)

    def patience_s(self, wanted: WaitClass) -> float:
        """Return the mean patience of a class."""
        queue, own = self._patience.get(wanted[0]), self._patience.get(wanted)
        pooled_s = Patience().mean_s if queue is None else queue.mean_s
        return pooled_s if own is None else own.within(pooled_s, LEFT_BELIEF)

    def latest(self, at_most: int) -> dict[str, list[WaitClass]]:
        """Return for each queue the classes somebody asked for lately, the latest first."""
        found: dict[str, list[WaitClass]] = {}
        for key in reversed(self._patience):
            if not isinstance(key, str):
                known = found.setdefault(key[0], [])
                if len(known) < at_most:
                    known.append(key)
        return found

    def _known(self, key: WaitClass | str) -> Patience:
        return _kept(self._patience, key, Patience if isinstance(key, str) else Patience.unknown)


def _kept(known: dict[WaitClass | str, Kind], key: WaitClass | str, make: Callable[[], Kind]) -> Kind:
    """Return the entry of `key`, now the one used last."""
    found = known.pop(key, None)
    if found is None:
        found = make()
        if len(known) >= CLASSES_KEPT:
            del known[next(iter(known))]
    known[key] = found
    return found
