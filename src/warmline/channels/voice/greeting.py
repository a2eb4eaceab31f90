"""Who answered, a person or a machine: told by how long the first words go on."""

from typing import Literal

Verdict = Literal["person", "machine"]

MACHINE_S = 3.5  # no person greets a caller for longer
GAP_S = 0.6  # a shorter pause is still the same speech
WAITS_S = 0.8  # who greets and then waits so long is a person
DECIDED_S = 6.0  # whoever has not been told apart by then counts as a person
TOLD_LATE_S = 0.5  # the media engine says that somebody stopped after so much quiet


class Greeting:
    """The first seconds of a call we made. It says no more than "probably"; nothing is done because of it."""

    def __init__(self, answered_s: float) -> None:
        self._answered_s = answered_s
        self._began_s: float | None = None
        self._ended_s: float | None = None

    def speaking(self, on: bool, now_s: float) -> None:
        """The other side began, or stopped, to speak."""
        if not on:
            self._ended_s = now_s - TOLD_LATE_S
        elif self._began_s is None or (self._ended_s is not None and now_s - self._ended_s >= GAP_S):
            self._began_s, self._ended_s = now_s, None
        else:
            self._ended_s = None

    def verdict(self, now_s: float) -> Verdict | None:
        """Return who it is, None as long as that is open."""
        if self._began_s is not None:
            until_s = now_s if self._ended_s is None else self._ended_s
            if until_s - self._began_s > MACHINE_S:
                return "machine"
            if self._ended_s is not None and now_s >= self._ended_s + WAITS_S:
                return "person"
        return "person" if now_s >= self._answered_s + DECIDED_S else None

    @property
    def due_s(self) -> float:
        """When time alone decides."""
        found = [self._answered_s + DECIDED_S]
        if self._began_s is not None and self._ended_s is None:
            found.append(self._began_s + MACHINE_S + 0.01)
        if self._ended_s is not None:
            found.append(self._ended_s + WAITS_S)
        return min(found)
