"""A counter-example as a conversation that a person can read, played by the real machine."""

from collections.abc import Iterator, Mapping, Sequence

from warmline.domain.journey.checker_explore import CONTACT, NOW, event_of
from warmline.domain.journey.checker_report import Stimulus
from warmline.domain.journey.checker_world import PromptSource, Surroundings
from warmline.domain.journey.document import Journey
from warmline.domain.journey.interface import (
    Advance,
    EnterQueue,
    Finished,
    JourneyCommand,
    LeaveQueue,
    PromiseCallback,
    RunTask,
    Speak,
)
from warmline.domain.journey.machine import advance
from warmline.domain.journey.session import JourneySession
from warmline.kernel.locale import Locale


class _OneLanguage(PromptSource):
    """Prompts in one language, without formats (stand-in values do not fit them)."""

    def __init__(self, catalogues: Mapping[Locale, Mapping[str, str]], locale: Locale) -> None:
        super().__init__({locale: catalogues.get(locale, {})})


def transcript(
    start: JourneySession,
    path: Sequence[Stimulus],
    library: Mapping[str, Journey],
    catalogues: Mapping[Locale, Mapping[str, str]],
    channel: str = "webchat",
    locale: Locale = "en",
) -> Iterator[str]:
    """Play `path` from `start` again and yield what customer, bot and surroundings did, line by line."""
    texts = _OneLanguage(catalogues, locale)
    session = start
    running: dict[str, str] = {}
    for stimulus in path:
        if (line := _said(stimulus, running)) is not None:
            yield line
        for answer in stimulus.world:
            yield f"       ({answer})"
        world = Surroundings(library, texts, stimulus.world)
        outcome = advance(session, event_of(stimulus), world, NOW, channel=channel, contact_id=CONTACT)
        yield from _happened(outcome, running)
        session = outcome.session


def _said(stimulus: Stimulus, running: dict[str, str]) -> str | None:
    match stimulus.kind:
        case "say":
            return f"Customer: {stimulus.text}"
        case "tap":
            return f"Customer: [{stimulus.text}]"
        case "silence":
            return f"       (time passes: {stimulus.name})"
        case "task":
            task = running.get(stimulus.name, stimulus.name)
            fields = ", ".join(f"{k}={v}" for k, v in stimulus.result.items())
            return f"       ({task} answers: {stimulus.outcome}{f' — {fields}' if fields else ''})"
        case _:
            return None


def _happened(outcome: Advance, running: dict[str, str]) -> Iterator[str]:
    for command in outcome.commands:
        if isinstance(command, RunTask):
            running[command.task_id] = command.task
        if (line := _line(command)) is not None:
            yield line
    for problem in outcome.problems:
        yield f"    ✗  {problem}"


def _line(command: JourneyCommand) -> str | None:
    match command:
        case Speak(_, text, replies):
            choices = "".join(f" [{reply.label}]" for reply in replies)
            return f"Bot: {text}{choices}"
        case EnterQueue(queue):
            return f"       (waits in queue {queue})"
        case LeaveQueue():
            return "       (leaves the queue)"
        case PromiseCallback(queue):
            return f"       (a callback from {queue} is promised)"
        case Finished(reason):
            return f"       (ends: {reason})"
        case _:
            return None
