"""The surroundings of one rehearsed conversation: hours, queues and backends, with the faults somebody chose."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from warmline.domain.journey.checker_kinds import UNKNOWN
from warmline.domain.journey.checker_report import WRITTEN
from warmline.domain.journey.checker_world import QUEUE, PromptSource
from warmline.domain.journey.document import Journey, Scalar
from warmline.domain.journey.interface import AnnouncementText, HoursState, QueueFacts, RunTask, Wanted
from warmline.domain.journey.simulate import Answer
from warmline.domain.journey.walk import steps_of
from warmline.kernel.locale import Locale

EVERY = "*"  # in `hours` and `queues`: whatever is not named itself
SLOW_S = 4.0  # a slow backend, beyond the 2 s after which customers are told
CONNECT_S = 45.0

Fault = Literal["slow", "failing", "down"]
Staffing = Literal["staffed", "unstaffed", "full"]
HoursAt = Callable[[str, datetime], HoursState]


class Scenery(Struct, frozen=True, omit_defaults=True):
    """What a conversation is held in. Calendars that `hours` does not name follow the clock.

    `faults`: backends by task; `choices`: which of a task's stand-in answers, from 0; `answers`: what a task
    answers in turn, the last one again and again. `connect_after_s`: after so long a person answers; None: never.
    """

    start_at: datetime
    channel: str = WRITTEN
    locale: Locale = "en"
    hours: dict[str, HoursState] = {}
    queues: dict[str, Staffing] = {}
    announcements: dict[str, str] = {}
    faults: dict[str, Fault] = {}
    choices: dict[str, int] = {}
    answers: dict[str, tuple[Answer, ...]] = {}
    connect_after_s: float | None = CONNECT_S
    given: dict[str, Scalar] = {}  # parameters of the journey


class Library(Struct, frozen=True):
    """What a company has: journeys, texts, stand-in answers of its tasks, and when its calendars are open."""

    journeys: Mapping[str, Journey]
    texts: PromptSource
    stand_ins: Mapping[str, tuple[dict[str, object], ...]]
    hours: HoursAt
    person_after: Mapping[str, int] = {}  # by contact reason: not understood so often, a person helps


class Stage:
    """`Facts` and a backend for one conversation; `played` holds what every task answered, in turn."""

    def __init__(self, library: Library, scenery: Scenery) -> None:
        self._library = library
        self._scenery = scenery
        self._asked: Counter[str] = Counter()
        self.played: dict[str, tuple[Answer, ...]] = {}

    def journey(self, journey_id: str, version: int | None) -> tuple[Journey, int]:
        return self._library.journeys[journey_id], version or 1

    def hours(self, calendar: str, now: datetime) -> HoursState:
        forced = self._scenery.hours.get(calendar) or self._scenery.hours.get(EVERY)
        return forced or self._library.hours(calendar, now)

    def announcements(self, slot: str | None, locale: Locale, now: datetime) -> Sequence[AnnouncementText]:
        told = self._scenery.announcements
        return [AnnouncementText(one, text) for one, text in told.items() if slot in (None, one) and text]

    def queue(self, queue_id: str, contact_id: UUID | None, wanted: Wanted | None = None) -> QueueFacts:
        queues = self._scenery.queues
        return QUEUE[queues.get(queue_id) or queues.get(EVERY) or "staffed"]

    def prompt(self, key: str, locale: Locale, channel: str) -> str | None:
        return self._library.texts.prompt(key, locale, channel)

    def answer(self, task: RunTask) -> Answer:
        """Return the backend's next answer: a fault, what the scenery says, else a stand-in."""
        given = self._answer(task)
        self.played[task.task] = (*self.played.get(task.task, ()), given)
        return given

    def _answer(self, task: RunTask) -> Answer:
        fault = self._scenery.faults.get(task.task) or self._scenery.faults.get(EVERY)
        if fault == "down":
            return Answer("timed_out")
        if fault == "failing":
            return Answer("failed")
        after_s = min(SLOW_S, 0.9 * task.timeout_s) if fault == "slow" else Answer().after_s
        answers = self._scenery.answers.get(task.task)
        if answers:
            turn = min(self._asked[task.task], len(answers) - 1)
            self._asked[task.task] += 1
            given = answers[turn]
            return Answer(given.outcome, _fitting(given.result), max(given.after_s, after_s))
        known = self._library.stand_ins.get(task.task) or ({},)
        choice = self._scenery.choices.get(task.task, 0)
        return Answer(result=known[choice if 0 <= choice < len(known) else 0], after_s=after_s)


def surroundings_of(journeys: Iterable[Journey]) -> tuple[list[str], list[str]]:
    """Return the calendars and the queues that journeys ask about, in their order."""
    found: dict[str, dict[str, None]] = {"calendar": {}, "queue": {}}
    for step in (step for journey in journeys for step in steps_of(journey)):
        for kind, names in found.items():
            name = getattr(step, kind, None)
            if isinstance(name, str):
                names[name] = None
    return list(found["calendar"]), list(found["queue"])


def _fitting(result: Mapping[str, object]) -> dict[str, object]:
    """Give back to an answer that was written down the stand-ins that fit any format."""
    return {name: UNKNOWN if value == UNKNOWN else value for name, value in result.items()}
