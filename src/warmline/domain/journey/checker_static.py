"""What can be seen in a journey without walking it: names, prompts, languages, and where secrets may go."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from warmline.domain.journey.checker_bounds import bounds_problems
from warmline.domain.journey.checker_flow import dead_steps
from warmline.domain.journey.checker_report import Problem
from warmline.domain.journey.checker_values import compares
from warmline.domain.journey.checker_words import Cause
from warmline.domain.journey.document import (
    Ask,
    Callback,
    CallModule,
    EmailInput,
    Enqueue,
    Goto,
    Hours,
    Invoke,
    Journey,
    PhoneInput,
    Return,
    Set,
    Step,
    TransferJourney,
    Var,
    When,
)
from warmline.domain.journey.prompts import placeholders
from warmline.domain.journey.prompts_used import prompts_of
from warmline.domain.journey.walk import places
from warmline.kernel.locale import LOCALES, Locale

HIGHEST_LEVEL = 5
Steps = Sequence[tuple[str, Step]]


class World(Struct, frozen=True):
    """The names a tenant has. `tasks` maps a task to the fields of its result (None: anything).

    `skills` maps a skill, languages included, to the highest level somebody who works here has: 0 for nobody.
    """

    queues: frozenset[str]
    calendars: frozenset[str]
    tasks: Mapping[str, tuple[str, ...] | None]
    skills: Mapping[str, int] = {}


class Texts(Protocol):
    """Where prompt templates come from."""

    def prompt(self, key: str, locale: Locale, channel: str) -> str | None: ...


def static_problems(
    journey: Journey, library: Mapping[str, Journey], world: World, texts: Texts, channel: str
) -> Iterator[Problem]:
    """Yield the problems of one journey that need no path to be seen."""
    if "start" not in journey.sections:
        yield Problem(Cause("no_start"), journey.id, "start")
    if journey.kind == "journey" and (agent := journey.agent_section) not in journey.sections:
        yield Problem(Cause("no_agent_section", {"section": agent}), journey.id, agent)
    for section, cause in dead_steps(journey):
        yield Problem(cause, journey.id, section)
    steps = [(place.section, place.step) for place in places(journey)]
    for section, step in steps:
        for cause in (
            *_references(journey, step, library, world),
            *_skills(step, world),
            *_input_problems(journey, step),
            *bounds_problems(step),
            *_prompts(step, texts, channel),
        ):
            yield Problem(cause, journey.id, section)
    yield from _leaks(journey, steps, texts, channel)


def _references(journey: Journey, step: Step, library: Mapping[str, Journey], world: World) -> Iterator[Cause]:
    match step:
        case Goto(section) if section not in journey.sections:
            yield Cause("section_unknown", {"section": section})
        case TransferJourney(target) if target not in library:
            yield Cause("journey_unknown", {"journey": target})
        case CallModule(module, args) if module not in library:
            yield Cause("journey_unknown", {"journey": module}, "module")
        case CallModule(module, args):
            wanted = set(library[module].parameters)
            if lacking := wanted - set(args):
                yield Cause("argument_missing", {"module": module, "names": _listed(lacking)})
            if extra := set(args) - wanted:
                yield Cause("argument_unknown", {"module": module, "names": _listed(extra)})
        case Return() if journey.kind != "module":
            yield Cause("return_outside_module")
        case Enqueue(queue) | Callback(queue) if queue not in world.queues:
            yield Cause("queue_unknown", {"queue": queue})
        case Hours(calendar) if calendar not in world.calendars:
            yield Cause("calendar_unknown", {"calendar": calendar})
        case Invoke(task) if task not in world.tasks:
            yield Cause("task_unknown", {"task": task})
        case Invoke(task):
            offered = world.tasks[task]
            if offered is not None and (extra := set(step.result) - set(offered)):
                details = {"task": task, "names": _listed(extra), "offered": _listed(offered)}
                yield Cause("result_unknown", details)
        case _:
            pass


def _skills(step: Step, world: World) -> Iterator[Cause]:
    """Yield the skills an `Enqueue` asks for that nobody has: its customers would wait in vain."""
    for skill, level in step.skills.items() if isinstance(step, Enqueue) else ():
        highest = world.skills.get(skill)
        if highest is None:
            yield Cause("skill_unknown", {"skill": skill})
        elif highest < min(level, HIGHEST_LEVEL):
            details = {"skill": skill, "level": str(level), "highest": str(highest)}
            yield Cause("skill_nobody_has", details)


def _prompts(step: Step, texts: Texts, channel: str) -> Iterator[Cause]:
    for key in prompts_of(step):
        for locale in LOCALES:
            if texts.prompt(key, locale, channel) is None:
                yield Cause("prompt_missing", {"prompt": key, "locale": locale})


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _input_problems(journey: Journey, step: Step) -> Iterator[Cause]:
    if not isinstance(step, Ask):
        return
    personal = isinstance(step.expect, PhoneInput | EmailInput) or step.into in journey.pii
    if personal and step.sensitivity == "none":
        yield Cause("personal_in_clear", {"name": step.into})


def _leaks(journey: Journey, steps: Steps, texts: Texts, channel: str) -> Iterator[Problem]:
    """Yield every place where a secret would be said, copied, compared or sent."""
    secrets = {s.into for _, s in steps if isinstance(s, Ask) and s.sensitivity == "secret"}
    if not secrets:
        return
    for section, step in steps:
        for name in sorted(secrets & _uses(step, texts, channel)):
            yield Problem(Cause("secret_leaks", {"name": name}), journey.id, section)


def _uses(step: Step, texts: Texts, channel: str) -> set[str]:
    """Return the first names of the variables that a step reads."""
    paths: set[str] = set()
    match step:
        case Set(_, Var(path)) | Return(Var(path)) | Callback(phone=Var(path)):
            paths.add(path)
        case Invoke(args=args) | CallModule(args=args):
            paths |= {value.path for value in args.values() if isinstance(value, Var)}
        case When(condition):
            paths |= {c.left.path for c in compares(condition)}
        case _:
            pass
    for key in prompts_of(step):
        for locale in LOCALES:
            paths |= placeholders(texts.prompt(key, locale, channel) or "")
    return {path.split(".")[0] for path in paths}
