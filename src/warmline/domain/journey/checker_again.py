"""What leads on at the first try leads on at every later one: such answers are not walked again.

A customer who answers at the third attempt goes the way of one who answers at the first. A backend that answers
after its delay was told, or when it is asked once more, says what it would have said at once. What counts is only
that the answer leads away from where it was given: one that leads to another try depends on how many there were.
"""

import msgspec

from warmline.domain.journey.checker_around import State
from warmline.domain.journey.checker_report import Stimulus
from warmline.domain.journey.checker_voice import WORKING
from warmline.domain.journey.session import JourneySession, Waiting

COUNTED = ("attempt", "sends")  # what `Waiting.data` counts: wrong answers, codes sent
ANSWERS = frozenset({"say", "tap", "form", "task"})
TRIED = frozenset({"input", "task"})  # what is waited for, of which there is more than one try

Tried = tuple[int, ...]


def tried(waiting: Waiting | None, timers: frozenset[str], attempts: tuple[int, ...]) -> Tried:
    """Return how often something was tried: never less than before while a customer stays where they are.

    `attempts`: those of the tasks that run.
    """
    if waiting is None:
        return ()
    counts = [_count(waiting, name) for name in COUNTED]
    return (waiting.attempt, WORKING not in timers, *counts, *attempts)


def uncounted(data: dict[str, object]) -> dict[str, object]:
    """Return what a step remembers besides the number of tries."""
    return {name: value for name, value in data.items() if name not in COUNTED}


def leads_on(before: JourneySession, after: State) -> bool:
    """Tell whether somebody is not at the same question any more, nor at another part of a step that counts."""
    if after.ended is not None:
        return True
    session, was = after.session, before.waiting
    here, there = before.frames, session.frames
    if len(here) != len(there) or any(
        one.path != other.path or one.section != other.section or one.journey_id != other.journey_id
        for one, other in zip(here, there, strict=True)
    ):
        return True
    now = session.waiting
    if now is None or was is None or now.phase == was.phase:
        return False
    return not any(name in now.data for name in COUNTED)


class Answered:
    """The answers that led on, each with the fewest tries it was given after."""

    def __init__(self) -> None:
        self._first: dict[tuple[bytes, bytes], Tried] = {}

    def before(self, place: bytes, stimulus: Stimulus, tries: Tried) -> bool:
        """Tell whether this answer led on at the same `place` after as many tries or fewer."""
        first = self._first.get((place, _said(stimulus)))
        return (
            first is not None
            and len(first) == len(tries)
            and all(a <= b for a, b in zip(first, tries, strict=True))
        )

    def remember(self, place: bytes, stimulus: Stimulus, tries: Tried) -> None:
        """Note that an answer led on."""
        self._first.setdefault((place, _said(stimulus)), tries)


def worth_remembering(stimulus: Stimulus, waiting: Waiting | None) -> bool:
    """Tell whether an answer may be given at more than one try."""
    return stimulus.kind in ANSWERS and waiting is not None and waiting.kind in TRIED


def _said(stimulus: Stimulus) -> bytes:
    # The name of a task holds how many ran before it.
    name = "" if stimulus.kind == "task" else stimulus.name
    return msgspec.json.encode(
        (stimulus.kind, stimulus.text, name, stimulus.outcome, stimulus.result), enc_hook=str
    )


def _count(waiting: Waiting, name: str) -> int:
    count = waiting.data.get(name)
    return count if isinstance(count, int) else 1
