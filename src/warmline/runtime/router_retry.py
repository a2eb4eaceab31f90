"""Contacts whose offer fails are tried again: the first time at once, then less and less often."""

from heapq import heappop, heappush
from math import inf
from uuid import UUID

FIRST_S, LONGEST_S = 0.2, 30.0


class RetryBook:
    """Failures in a row per contact. Times are seconds of a monotonic clock."""

    def __init__(self) -> None:
        self._failures: dict[UUID, int] = {}
        self._resting: set[UUID] = set()
        self._heap: list[tuple[float, UUID]] = []

    def failed(self, contact_id: UUID, at_s: float) -> bool:
        """Count a failure; return whether the contact has to rest before it is tried again."""
        count = self._failures[contact_id] = self._failures.get(contact_id, 0) + 1
        if count == 1:
            return False
        self._resting.add(contact_id)
        heappush(self._heap, (at_s + min(FIRST_S * 2 ** (count - 2), LONGEST_S), contact_id))
        return True

    def succeeded(self, contact_id: UUID) -> None:
        self._failures.pop(contact_id, None)

    def is_resting(self, contact_id: UUID) -> bool:
        return contact_id in self._resting

    def take(self, at_s: float) -> set[UUID]:
        """Return the contacts that have rested enough."""
        due: set[UUID] = set()
        while self._heap and self._heap[0][0] <= at_s:
            due.add(heappop(self._heap)[1])
        self._resting -= due
        return due

    def next_s(self) -> float:
        """Return when the next contact has rested enough; infinity when none rests."""
        return self._heap[0][0] if self._heap else inf
