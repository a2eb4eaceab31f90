"""What can be seen in a journey without walking it: names, prompts, languages, and where secrets may go."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from warmline.domain.journey.cards import questions_of
from warmline.domain.journey.checker_bounds import bounds_problems
from warmline.domain.journey.checker_flow import dead_steps
from warmline.domain.journey.checker_guides import guide_problems
from warmline.domain.journey.checker_help import help_problems
from warmline.domain.journey.checker_privacy import privacy_problems
from warmline.domain.journey.checker_report import Problem
from warmline.domain.journey.checker_tags import Duties, tag_problems
from warmline.domain.journey.checker_words import Cause
from warmline.domain.journey.document import (
    Ask,
    Callback,
    CallModule,
    Enqueue,
    Goto,
    Hours,
    Invoke,
    Journey,
    OrderNumberInput,
    Return,
    SendLink,
    Step,
    TransferJourney,
)
from warmline.domain.journey.prompts import Hole, Texts, compile_template, says_nothing
from warmline.domain.journey.prompts_used import prompts_of
from warmline.domain.journey.steps_send_link import SEND_TEXT
from warmline.domain.journey.tasks import Tasks, TaskSpec
from warmline.domain.journey.walk import places, steps_of
from warmline.kernel.locale import LOCALES

HIGHEST_LEVEL = 5


class World(Struct, frozen=True):
    """The names a tenant has, and what its tasks take and answer.

    `skills` maps a skill, languages included, to the highest level somebody who works here has: 0 for nobody.
    `duties` maps a contact reason to what its compliance tags demand.
    """

    queues: frozenset[str]
    calendars: frozenset[str]
    tasks: Tasks
    skills: Mapping[str, int] = {}
    duties: Duties = {}


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
            *bounds_problems(step),
            *_prompts(step, texts, channel),
        ):
            yield Problem(cause, journey.id, section)
    yield from guide_problems(journey, library)
    yield from help_problems(journey, library)
    yield from _numbers_of_their_own(journey, texts, channel)
    yield from privacy_problems(journey, library, world.tasks, texts, channel)
    yield from tag_problems(journey, library, world.duties, world.tasks, texts, channel)


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
        case Hours(calendar) | Callback(calendar=str(calendar)) if calendar not in world.calendars:
            yield Cause("calendar_unknown", {"calendar": calendar})
        case SendLink() if SEND_TEXT not in world.tasks:
            yield Cause("no_short_messages", {"task": SEND_TEXT})
        case Invoke(task) if task not in world.tasks:
            yield Cause("task_unknown", {"task": task})
        case Invoke(task):
            spec = world.tasks[task]
            offered = spec.fields
            if spec.answers and (extra := set(step.result) - set(offered)):
                details = {"task": task, "names": _listed(extra), "offered": _listed(offered)}
                yield Cause("result_unknown", details)
            yield from _arguments(step, spec)
        case _:
            pass


def _arguments(step: Invoke, spec: TaskSpec) -> Iterator[Cause]:
    if spec.required is None:
        return
    if lacking := spec.required - set(step.args):
        yield Cause("task_argument_missing", {"task": step.task, "names": _listed(lacking)})
    if extra := set(step.args) - spec.required - spec.optional:
        yield Cause("task_argument_unknown", {"task": step.task, "names": _listed(extra)})


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
            text = texts.prompt(key, locale, channel)
            if text is None:
                yield Cause("prompt_missing", {"prompt": key, "locale": locale})
            elif says_nothing(text):
                yield Cause("prompt_blank", {"prompt": key, "locale": locale})


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _numbers_of_their_own(journey: Journey, texts: Texts, channel: str) -> Iterator[Problem]:
    """Yield the texts that format an order number: its example may be a number where another one is not."""
    questions = [one for step in steps_of(journey) for one in questions_of(step) if isinstance(one, Ask)]
    asked = {one.into for one in questions if isinstance(one.expect, OrderNumberInput)}
    for place in places(journey) if asked else ():
        templates = [texts.prompt(key, one, channel) or "" for key in prompts_of(place.step) for one in LOCALES]
        holes = {part for text in templates for part in compile_template(text) if isinstance(part, Hole)}
        unfit = {
            (hole.path, hole.format) for hole in holes if hole.path in asked and hole.format not in ("", "spaced")
        }
        for name, form in sorted(unfit):
            yield Problem(Cause("format_unfit", {"name": name, "format": form}), journey.id, place.section)
