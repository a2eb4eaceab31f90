"""When a waiting contact's chances change with time alone: a ring or a delay is reached, a preference ends."""

from heapq import heappop, heappush

from warmline.domain.routing.lines import Place


class Deadlines:
    """A heap of moments; places that no longer wait are skipped when their moment comes."""

    def __init__(self) -> None:
        self.heap: list[tuple[int, int, Place]] = []
        self._added = 0

    def add(self, due_us: int, place: Place) -> None:
        self._added += 1  # unique, so that two places are never compared
        heappush(self.heap, (due_us, self._added, place))

    def pop(self, now_us: int) -> list[Place]:
        """Take out every place in line that is due by `now_us`, each once."""
        due: dict[int, Place] = {}
        while self.heap and self.heap[0][0] <= now_us:
            place = heappop(self.heap)[2]
            if place.line is not None:
                due[id(place)] = place
        return list(due.values())

    def next_us(self) -> int | None:
        """Return the earliest moment that still concerns anybody in line (µs); None when there is none."""
        while self.heap and self.heap[0][2].line is None:
            heappop(self.heap)
        return self.heap[0][0] if self.heap else None
