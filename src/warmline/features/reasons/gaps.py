"""What a contact reason lacks: a journey, the identity level, an integration, data, or a catalogue entry."""

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from warmline.domain.journey.cards import questions_of
from warmline.domain.journey.document import CallModule, Invoke, Journey, Reason, Step, Verify
from warmline.domain.journey.tasks import Tasks
from warmline.domain.journey.walk import steps_of

GapKind = Literal[
    "no_journey", "journey_unknown", "not_declared", "level_missing", "task_missing", "task_unknown",
    "data_missing", "uncatalogued",
]  # fmt: skip


class Entry(Struct, frozen=True):
    """A contact reason of the catalogue. `level`: how surely the customer must be known, 0 to 5.

    `person_after`: misunderstood so often in one conversation, 1 to 20, the customer comes to a person; None:
    never by this count.
    """

    id: str
    name: dict[str, str]
    needs: tuple[str, ...] = ()  # variables
    level: int = 0
    tasks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    journey_id: str | None = None
    person_after: int | None = None
    version: int = 1


class Gap(Struct, frozen=True):
    """Something missing. `about`: the journey, level, task or variable that it is about."""

    kind: GapKind
    about: str = ""


def gaps_of(entry: Entry, library: Mapping[str, Journey], tasks: Tasks) -> list[Gap]:
    """Return what the journey that serves a reason lacks."""
    found = [Gap("task_unknown", task) for task in entry.tasks if task not in tasks]
    if entry.journey_id is None:
        return [Gap("no_journey"), *found]
    if entry.journey_id not in library:
        return [Gap("journey_unknown", entry.journey_id), *found]
    steps = list(_within(entry.journey_id, library))
    if entry.id not in {step.intent for step in steps if isinstance(step, Reason)}:
        found.insert(0, Gap("not_declared", entry.journey_id))
    reached = max((step.level for step in steps if isinstance(step, Verify)), default=0)
    if reached < entry.level:
        found.append(Gap("level_missing", str(entry.level)))
    invoked = {step.task for step in steps if isinstance(step, Invoke)}
    found += [Gap("task_missing", task) for task in entry.tasks if task in tasks and task not in invoked]
    known = _known(library[entry.journey_id], steps)
    found += [Gap("data_missing", name) for name in entry.needs if name not in known]
    return found


def _within(journey_id: str, library: Mapping[str, Journey]) -> Iterator[Step]:
    """Yield the steps of a journey and of the modules it calls."""
    seen, waiting = {journey_id}, [journey_id]
    while waiting:
        for step in steps_of(library[waiting.pop()]):
            yield step
            if isinstance(step, CallModule) and step.module in library and step.module not in seen:
                seen.add(step.module)
                waiting.append(step.module)


def _known(journey: Journey, steps: list[Step]) -> set[str]:
    asked = {one.into for step in steps for one in questions_of(step) if one.into is not None}
    told = {step.into for step in steps if isinstance(step, Invoke)}
    fields = {f"{step.into}.{name}" for step in steps if isinstance(step, Invoke) for name in step.result}
    return {*journey.parameters, *asked, *told, *fields}


def declared_in(library: Mapping[str, Journey]) -> dict[str, list[str]]:
    """Return which journeys declare each contact reason."""
    found: dict[str, list[str]] = {}
    for name in sorted(library):
        for intent in sorted({step.intent for step in steps_of(library[name]) if isinstance(step, Reason)}):
            found.setdefault(intent, []).append(name)
    return found
