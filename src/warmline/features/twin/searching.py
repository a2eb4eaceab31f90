"""The search for the fewest agents: more where a promise is broken, fewer wherever it holds without them."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from warmline.domain.twin.result import Result
from warmline.features.twin.roster import AgentKind

BIG = 25  # so many agents, and one more or fewer hardly shows: add another for each
Staff = dict[str, list[int]]  # kind → agents in each half hour
Look = Callable[[Staff], list[Result] | None]


class Floor(Struct, frozen=True):
    """The least share of a queue's contacts to be answered in time, in every half hour."""

    queue_id: str
    share: float


class Search:
    """Holds the best staff found so far. `look` plays it; None means somebody stopped the search."""

    def __init__(self, kinds: Sequence[AgentKind], floors: Sequence[Floor], half_hours: int, look: Look) -> None:
        self._kinds = kinds
        self._floors = floors
        self._look = look
        self.half_hours = half_hours
        self.staff: Staff = {kind.id: [0] * half_hours for kind in kinds}
        self.results: list[Result] | None = None  # of `staff`
        self.looks = 0
        self._over = False

    def start(self, totals: Sequence[int], serving: Sequence[Sequence[set[str]]]) -> None:
        """Spread the guess over the kinds as people are; somebody must fit everyone who comes, and the stragglers.

        `serving`: for each half hour the sets of kinds of which one must be there.
        """
        for number, total in enumerate(totals):
            for _ in range(total):
                self._add(number, {kind.id for kind in self._kinds})
            before = serving[number - 1] if number else ()
            for able in (*serving[number], *before):
                if able and not any(self.staff[id][number] for id in able):
                    self._add(number, able)

    def _add(self, number: int, able: set[str]) -> bool:
        """Add one agent of the kind that is furthest behind its share of the people."""
        choice = min(
            (kind for kind in self._kinds if kind.id in able),
            key=lambda kind: ((self.staff[kind.id][number] + 1) / kind.weight, kind.id),
            default=None,
        )
        if choice is not None:
            self.staff[choice.id][number] += 1
        return choice is not None

    def failing(self, results: Sequence[Result]) -> set[tuple[int, str]]:
        """Return the half hours and queues whose promise is broken, over all runs together."""
        found: set[tuple[int, str]] = set()
        for floor in self._floors:
            parts = [result.queues[floor.queue_id].intervals for result in results]
            for number in range(min(self.half_hours, *(len(rows) for rows in parts))):
                figures = [rows[number].figures for rows in parts]
                # Who left within the target counts for nothing; who was sent away or still waits was failed.
                counted = sum(
                    one.answered + one.abandoned - one.abandoned_in_target + one.sent_away + one.unfinished
                    for one in figures
                )
                if sum(one.answered_in_target for one in figures) < floor.share * counted:
                    found.add((number, floor.queue_id))
        return found

    def _see(self) -> set[tuple[int, str]]:
        """Play the staff as it is; return what fails."""
        results = self._look(self.staff)
        if results is None:
            self._over = True
            return set()
        self.looks += 1
        self.results = results
        return self.failing(results)

    def grow(self, looks: int) -> None:
        """Add agents where a promise is broken until none is, or `looks` are used up."""
        failing = self._see()
        while failing and not self._over and self.looks < looks:
            grown, seen = False, {id: list(counts) for id, counts in self.staff.items()}
            for number, queue_id in sorted(failing):
                able = {kind.id for kind in self._kinds if kind.serves(queue_id)}
                heads = sum(counts[number] for counts in self.staff.values())
                for _ in range(1 + heads // BIG):
                    grown |= self._add(number, able)
            if not grown:
                return
            failing = self._see()
            if self._over:  # stopped: what is told is what was seen
                self.staff = seen

    def trim(self, looks: int) -> None:
        """Take agents away, every other half hour at a time, and put back those who are missed."""
        if self._over or self.results is None:
            return
        tolerated = self.failing(self.results)
        barren: set[tuple[str, int]] = set()
        while len(barren) < 2 * len(self._kinds) and not self._over and self.looks < looks - 1:
            for kind in reversed(self._kinds):
                for parity in (0, 1):
                    worth = (kind.id, parity) not in barren and self.looks < looks - 1 and not self._over
                    if worth and not self._spare(kind.id, parity, tolerated):
                        barren.add((kind.id, parity))

    def _spare(self, kind_id: str, parity: int, tolerated: set[tuple[int, str]]) -> bool:
        """Try one agent less of a kind in half of the half hours; return whether anybody could be spared."""
        counts, results_before = list(self.staff[kind_id]), self.results
        tried = [number for number in range(parity, self.half_hours, 2) if counts[number] > 0]
        if not tried:
            return False
        for number in tried:
            self.staff[kind_id][number] -= 1
        missed = self._see() - tolerated
        if self._over:
            self.staff[kind_id] = counts
            return False
        if not missed:
            return True
        # A line built up in one half hour is seen in the next as well.
        blamed = {number for late, _ in missed for number in (late, late - 1)}
        spared = [number for number in tried if number not in blamed]
        self.staff[kind_id] = [each - (number in spared) for number, each in enumerate(counts)]
        if spared and not (self._see() - tolerated) and not self._over:
            return True
        self.staff[kind_id], self.results = counts, results_before
        return False
