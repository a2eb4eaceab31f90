"""A real contact as a test of its journey: the same way again, with nobody's data in it."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from warmline.domain.contact.events import (
    AgentJoined,
    AnyEvent,
    ContactEnded,
    ContactOpened,
    ContactQueued,
    LocaleChanged,
    MessageSent,
    TaskEnded,
    TaskStarted,
)
from warmline.domain.journey.case import Case, kept
from warmline.domain.journey.checker_report import SPOKEN, WRITTEN
from warmline.domain.journey.document import Enqueue
from warmline.domain.journey.impersonal import Said, impersonal
from warmline.domain.journey.likeness import Likeness
from warmline.domain.journey.prompts import is_spoken
from warmline.domain.journey.rehearsal import MOST_WAIT_S, Deed, Rehearsal
from warmline.domain.journey.simulate import Answer
from warmline.domain.journey.stage import EVERY, Library, Scenery, Staffing
from warmline.domain.journey.walk import steps_of
from warmline.features.designer.cases import Cases, KeptCase
from warmline.features.designer.limits import Progress, limited
from warmline.features.designer.simulator import Libraries
from warmline.features.security.audit import Actor
from warmline.kernel.errors import NOT_FOUND, Refused, declare
from warmline.runtime.event_codec import StoredEvent
from warmline.runtime.turns import Turns

CONTACT_ELSEWHERE = declare(
    "designer.contact_elsewhere",
    409,
    "This contact did not begin with journey {journey}, but with {began}.",
    "Open the journey it began with, and make the test there.",
)
STAFFINGS: tuple[Staffing, ...] = ("staffed", "unstaffed", "full")
SHORTEST_WAIT_S = 1.0
AT_MOST_S = 30.0
IN_LINE = ("queue.enter_plain", "queue.wait_position", "queue.wait_plain")  # said where a wait is not known

History = Callable[[str, UUID], Awaitable[Sequence[StoredEvent]]]


class Recast(Struct, frozen=True):
    """A contact as a case. `differs`: the first prompt said in reality that the case does not say; None: all."""

    case: Case
    differs: str | None


class FromContact:
    """Makes cases of contacts; the audit log keeps who did, and of which."""

    def __init__(self, history: History, libraries: Libraries, cases: Cases) -> None:
        self._history = history
        self._libraries = libraries
        self._cases = cases
        self._turns = Turns(1)  # it is all arithmetic: two at once would only both be slower

    async def make(
        self, tenant_id: str, actor: Actor, journey_id: str, contact_id: UUID, name: str
    ) -> tuple[KeptCase, str | None]:
        """Keep a contact as a case of the journey it began with; return it, and the prompt at which they part.

        Raises Refused: `not_found`, `designer.contact_elsewhere`, `designer.too_long`, `designer.no_turn`.
        """
        told = await self._history(tenant_id, contact_id)
        opened = next((one.event for one in told if isinstance(one.event, ContactOpened)), None)
        if opened is None:
            raise Refused(NOT_FOUND, what="contact")
        if opened.journey_id != journey_id:
            raise Refused(CONTACT_ELSEWHERE, journey=journey_id, began=opened.journey_id or "–")
        library = await self._libraries.of(tenant_id, await self._libraries.ground(tenant_id))
        if journey_id not in library.journeys:
            raise Refused(NOT_FOUND, what="journey")

        def work(_: Progress) -> Recast:
            return recast(name, journey_id, told, library, contact_id.int)

        found = await limited(self._turns, tenant_id, work, AT_MOST_S)
        kept_case = await self._cases.keep(tenant_id, actor, found.case, "contact", of_contact=contact_id)
        return kept_case, found.differs


def recast(name: str, journey_id: str, told: Sequence[StoredEvent], library: Library, seed: int) -> Recast:
    """Return a contact as a case without personal data.

    What the backends answered is not on record, nor whether anybody was there: of what they may have said, that is
    taken which leads to what the customer was told, and to asking the backends what they were asked.
    """
    heard = [e.prompt for e in (one.event for one in told) if isinstance(e, MessageSent) and e.prompt is not None]
    asked = _answers(told)
    best = _Guess(journey_id, told, library, seed, asked, _said_in_line(library), {})
    for staffing in STAFFINGS[1:]:
        best = max(best, best.but(staffing=staffing), key=lambda one: one.likeness(heard))
    for number, (task, answer) in enumerate(asked):
        if answer.outcome == "ok":
            choices = range(1, len(library.stand_ins.get(task, ())))
            others = [best.but(choices=best.choices | {number: choice}) for choice in choices]
            best = max(best, *others, key=lambda one: one.likeness(heard)) if others else best
    case = kept(name, journey_id, best.scenery, best.deeds, best.talk)
    agreed = best.agreement(heard)
    return Recast(case, heard[agreed] if agreed < len(heard) else None)


class _Guess:
    """One way in which a contact may have come about, rehearsed."""

    def __init__(
        self,
        journey_id: str,
        told: Sequence[StoredEvent],
        library: Library,
        seed: int,
        asked: Sequence[tuple[str, Answer]],
        in_line: frozenset[str],
        choices: dict[int, int],
        staffing: Staffing = "staffed",
    ) -> None:
        self._given = (journey_id, told, library, seed, asked, in_line)
        self._in_line = in_line
        self.choices = choices
        self.staffing: Staffing = staffing
        answers: dict[str, tuple[Answer, ...]] = {}
        for number, (task, answer) in enumerate(asked):
            rows = library.stand_ins.get(task) or ({},)
            result = rows[choices.get(number, 0)] if answer.outcome == "ok" else {}
            answers[task] = (*answers.get(task, ()), replace(answer, result=result))
        self.scenery = replace(_scenery(told), queues={EVERY: staffing}, answers=answers)
        self.talk = Rehearsal(journey_id, library, self.scenery)
        self.deeds: list[Deed] = []
        likeness = Likeness(seed)
        for one in told:
            if self.talk.ended is not None:
                break
            self._follow(one.event, one.at, library, likeness)
        if self.talk.ended is None:
            if any(isinstance(one.event, ContactEnded | AgentJoined) for one in told):
                self.talk.run_out()
            else:  # they are still there, and silent
                self._wait(told[-1].at)

    def but(self, *, choices: dict[int, int] | None = None, staffing: Staffing | None = None) -> "_Guess":
        """Return the same with something else."""
        return _Guess(*self._given, self.choices if choices is None else choices, staffing or self.staffing)

    def agreement(self, heard: Sequence[str]) -> int:
        """Return how many prompts, from the first on, are those of the contact."""
        said = self.talk.prompts
        alike = (one == other or {one, other} <= self._in_line for one, other in zip(heard, said, strict=False))
        return next((n for n, same in enumerate(alike) if not same), min(len(heard), len(said)))

    def likeness(self, heard: Sequence[str]) -> tuple[int, int]:
        """Return the agreement, then how many of the backends' real answers were asked for."""
        wanted = Counter(task for task, _ in self._given[4])
        played = Counter({task: len(answers) for task, answers in self.talk.stage.played.items()})
        return self.agreement(heard), (wanted & played).total()

    def _follow(self, event: AnyEvent, at: datetime, library: Library, likeness: Likeness) -> None:
        match event:
            case MessageSent(author="customer", text=text, value=value):
                self._wait(at)
                if self.talk.ended is None:
                    self._do(impersonal(Said(text, value), self.talk, library, likeness))
            case LocaleChanged(locale) if locale != self.talk.session.locale:
                self._wait(at)
                self._do(Deed(speak=locale))
            case AgentJoined():
                self._do(Deed(until="connect"))
            case ContactEnded(by="customer"):
                self._wait(at)
                self._do(Deed(leave=True))
            case _:
                pass

    def _wait(self, at: datetime) -> None:
        gap_s = (at - self.talk.now).total_seconds()
        if gap_s >= SHORTEST_WAIT_S:
            self._do(Deed(wait_s=min(round(gap_s, 1), MOST_WAIT_S)))

    def _do(self, deed: Deed | None) -> None:
        if deed is not None and self.talk.ended is None:
            self.deeds.append(deed)
            self.talk.perform(deed, len(self.deeds) - 1)


def _said_in_line(library: Library) -> frozenset[str]:
    """Return the prompts that are news of a line: what a wait was told to be then is not on record."""
    steps = (step for journey in library.journeys.values() for step in steps_of(journey))
    news = [(step.enter_prompt, step.wait_prompt) for step in steps if isinstance(step, Enqueue)]
    return frozenset(IN_LINE).union(*news)


def _scenery(told: Sequence[StoredEvent]) -> Scenery:
    first = next(one for one in told if isinstance(one.event, ContactOpened))
    opened = first.event
    assert isinstance(opened, ContactOpened)  # noqa: S101 -- for the type checker
    queued_at = joined_at = None
    for one in told:
        if isinstance(one.event, ContactQueued) and joined_at is None:
            queued_at = one.at
        elif isinstance(one.event, AgentJoined) and joined_at is None:
            joined_at = one.at
    connect_after_s = None
    if queued_at is not None and joined_at is not None:
        connect_after_s = max(0.0, (joined_at - queued_at).total_seconds())
    channel = SPOKEN if is_spoken(opened.channel) else WRITTEN
    return Scenery(first.at, channel, opened.locale, connect_after_s=connect_after_s)


def _answers(told: Sequence[StoredEvent]) -> list[tuple[str, Answer]]:
    """Return what each task of the journey came to, in the order of their starts; results are not on record."""
    began: dict[str, datetime] = {}
    found: list[tuple[str, Answer]] = []
    for one in told:
        match one.event:
            case TaskStarted(task_id):
                began[task_id] = one.at
            case TaskEnded(task_id, task, outcome) if task_id in began:
                after_s = max(0.0, (one.at - began.pop(task_id)).total_seconds())
                how = "timed_out" if outcome == "timed_out" else "failed" if outcome == "failed" else "ok"
                found.append((task, Answer(how, after_s=after_s)))
            case _:
                pass
    return found
