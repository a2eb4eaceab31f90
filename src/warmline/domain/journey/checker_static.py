"""What can be seen in a journey without walking it: names, prompts, languages, and where secrets may go."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from warmline.domain.journey.checker_bounds import bounds_problems
from warmline.domain.journey.checker_report import Problem
from warmline.domain.journey.checker_values import compares
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

Steps = Sequence[tuple[str, Step]]


class World(Struct, frozen=True):
    """The names a tenant has. `tasks` maps a task to the fields of its result (None: anything)."""

    queues: frozenset[str]
    calendars: frozenset[str]
    tasks: Mapping[str, tuple[str, ...] | None]


class Texts(Protocol):
    """Where prompt templates come from."""

    def prompt(self, key: str, locale: Locale, channel: str) -> str | None: ...


def static_problems(
    journey: Journey, library: Mapping[str, Journey], world: World, texts: Texts, channel: str
) -> Iterator[Problem]:
    """Yield the problems of one journey that need no path to be seen."""

    def problem(code: str, section: str, text: str, fix: str) -> Problem:
        return Problem(code, journey.id, section, text, fix)

    if "start" not in journey.sections:
        yield problem("no_start", "start", "There is no section `start`.", "Name the first section `start`.")
    if journey.kind == "journey" and journey.agent_section not in journey.sections:
        yield problem(
            "no_agent_section",
            journey.agent_section,
            f"A customer who asks for a person has nowhere to go: section `{journey.agent_section}` is missing.",
            "Add the section, or point `agent_section` to the one that queues for a person.",
        )
    steps = [(place.section, place.step) for place in places(journey)]
    for section, step in steps:
        for code, text, fix in _references(journey, step, library, world):
            yield problem(code, section, text, fix)
        for code, text, fix in (*_input_problems(journey, step), *bounds_problems(step)):
            yield problem(code, section, text, fix)
        for key in prompts_of(step):
            for locale in LOCALES:
                if texts.prompt(key, locale, channel) is None:
                    text = f"Prompt `{key}` has no text in `{locale}`."
                    yield problem("prompt_missing", section, text, f"Write `{key}` in {locale}.")
    yield from _leaks(journey, steps, texts, channel)


def _references(
    journey: Journey, step: Step, library: Mapping[str, Journey], world: World
) -> Iterator[tuple[str, str, str]]:
    match step:
        case Goto(section) if section not in journey.sections:
            yield "section_unknown", f"There is no section `{section}` to go to.", "Correct the name or add it."
        case TransferJourney(target) if target not in library:
            yield "journey_unknown", f"There is no journey `{target}`.", "Publish it first, or correct the name."
        case CallModule(module, args) if module not in library:
            yield "journey_unknown", f"There is no module `{module}`.", "Publish it first, or correct the name."
        case CallModule(module, args):
            wanted = set(library[module].parameters)
            if lacking := sorted(wanted - set(args)):
                yield "argument_missing", f"Module `{module}` needs {lacking}.", "Give every parameter a value."
            if extra := sorted(set(args) - wanted):
                yield "argument_unknown", f"Module `{module}` has no parameter {extra}.", "Remove or rename it."
        case Return() if journey.kind != "module":
            yield "return_outside_module", "Only a module can return.", "Use `End` or `Goto` here."
        case Enqueue(queue) | Callback(queue) if queue not in world.queues:
            yield "queue_unknown", f"There is no queue `{queue}`.", "Create the queue, or correct the name."
        case Hours(calendar) if calendar not in world.calendars:
            yield "calendar_unknown", f"There is no calendar `{calendar}`.", "Create it, or correct the name."
        case Invoke(task) if task not in world.tasks:
            yield "task_unknown", f"There is no task `{task}`.", "Connect the backend that offers it, or rename."
        case Invoke(task):
            offered = world.tasks[task]
            if offered is not None and (extra := sorted(set(step.result) - set(offered))):
                yield (
                    "result_unknown",
                    f"Task `{task}` does not answer with {extra}.",
                    f"It offers {list(offered)}.",
                )
        case _:
            pass


def _input_problems(journey: Journey, step: Step) -> Iterator[tuple[str, str, str]]:
    if not isinstance(step, Ask):
        return
    expect = step.expect
    personal = isinstance(expect, PhoneInput | EmailInput) or step.into in journey.pii
    if personal and step.sensitivity == "none":
        yield (
            "personal_in_clear",
            f"`{step.into}` is personal data, but its input is not marked, so it would be kept in clear.",
            'Set `sensitivity` to "pii" (or "secret").',
        )


def _leaks(journey: Journey, steps: Steps, texts: Texts, channel: str) -> Iterator[Problem]:
    """Yield every place where a secret would be said, copied, compared or sent."""
    secrets = {s.into for _, s in steps if isinstance(s, Ask) and s.sensitivity == "secret"}
    if not secrets:
        return
    for section, step in steps:
        for name in sorted(secrets & _uses(step, texts, channel)):
            yield Problem(
                "secret_leaks",
                journey.id,
                section,
                f"The secret `{name}` would be said, copied or sent from here, and so written down.",
                "Use `Verify` for secrets; a secret may not be said, set, compared or sent to a task.",
            )


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
