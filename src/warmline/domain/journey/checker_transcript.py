"""A counter-example as a conversation that a person can read, played by the real machine."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from msgspec.structs import replace

from warmline.domain.journey.checker_around import event_of
from warmline.domain.journey.checker_explore import CONTACT, NOW
from warmline.domain.journey.checker_kinds import UNKNOWN
from warmline.domain.journey.checker_report import FAULT, Stimulus
from warmline.domain.journey.checker_words import cause_of_fault, sentence
from warmline.domain.journey.checker_words_paths import TALK
from warmline.domain.journey.checker_world import ANNOUNCED_PROMPT, PromptSource, Surroundings, world_words
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

QUOTED = '""'  # an empty value, to be seen
TIMERS = {"journey.input": "silent"}  # the others are told by their names


class Telling:
    """Tells paths through a library as conversations in one language, with the texts of a channel."""

    def __init__(
        self,
        library: Mapping[str, Journey],
        catalogues: Mapping[Locale, Mapping[str, str]],
        channel: str = "webchat",
        locale: Locale = "en",
    ) -> None:
        self._library = library
        self._channel = channel
        self._locale: Locale = locale
        self._texts = PromptSource({locale: catalogues.get(locale, {})})
        every = PromptSource(catalogues)
        self._agent_words = (agent_word_in(every, "en", channel), agent_word_in(every, locale, channel))

    def transcript(self, start: JourneySession, path: Sequence[Stimulus]) -> Iterator[str]:
        """Play `path` from `start` again and yield what customer, bot and surroundings did, line by line."""
        for lines in self.steps(start, path):
            yield from lines

    def steps(self, start: JourneySession, path: Sequence[Stimulus]) -> Iterator[list[str]]:
        """Play `path` from `start` again and yield the lines of each step."""
        for lines, _entered in self.played(start, path):
            yield lines

    def played(
        self, start: JourneySession, path: Sequence[Stimulus]
    ) -> Iterator[tuple[list[str], tuple[str, ...]]]:
        """Play `path` from `start` again and yield, for each step, its lines and the blocks entered in it."""
        session = start
        running: dict[str, str] = {}
        for original in path:
            stimulus = self._in_language(original)
            said = self._said(stimulus, running)
            lines = [*self._begun(stimulus), *([] if said is None else [said])]
            lines += [self._aside(*world_words(answer)) for answer in stimulus.world]
            world = Surroundings(self._library, self._texts, stimulus.world)
            outcome = advance(session, event_of(stimulus), world, NOW, channel=self._channel, contact_id=CONTACT)
            yield [*lines, *self._happened(outcome, running)], outcome.entered
            session = outcome.session

    def _in_language(self, stimulus: Stimulus) -> Stimulus:
        """Ask for a person in words that somebody who speaks this language would use."""
        asked, asks = self._agent_words
        return replace(stimulus, text=asks) if stimulus.kind == "say" and stimulus.text == asked else stimulus

    def _word(self, key: str, **details: str) -> str:
        return TALK[key][self._locale].format_map(details)

    def _aside(self, key: str, details: Mapping[str, str]) -> str:
        return f"       {self._word(key, **details)}"

    def _said(self, stimulus: Stimulus, running: dict[str, str]) -> str | None:
        match stimulus.kind:
            case "say":
                return self._word("customer", text=stimulus.text)
            case "tap":
                return self._word("customer", text=f"[{stimulus.text}]")
            case "form":
                entered = [f"{name}: {value}" for name, value in stimulus.result.items()]
                button = [f"[{stimulus.text}]"] if stimulus.text else []
                return self._word("customer", text=", ".join([*entered, *button]))
            case "silence":
                return self._aside(TIMERS.get(stimulus.name, "time_passes"), {"timer": stimulus.name})
            case "voicemail":
                return self._aside(f"voicemail.{stimulus.outcome}", {})
            case "queue_moved":
                return self._aside("queue_moved", {})
            case "task":
                fields = ", ".join(f"{k}={v}" for k, v in stimulus.result.items())
                task = running.get(stimulus.name, stimulus.name)
                return self._aside(
                    f"answers.{stimulus.outcome}", {"task": task, "fields": f" — {fields}" if fields else ""}
                )
            case _:
                return None

    def _begun(self, stimulus: Stimulus) -> Iterator[str]:
        """Tell what the journey is begun with, as far as it matters on this path."""
        known = sorted(_flat(stimulus.result)) if stimulus.kind == "start" or stimulus.name == FAULT else []
        if known:
            fields = ", ".join(f"{name}={value if value != '' else QUOTED}" for name, value in known)
            yield self._aside("begun_with", {"fields": fields})

    def _happened(self, outcome: Advance, running: dict[str, str]) -> Iterator[str]:
        for command in outcome.commands:
            if isinstance(command, RunTask):
                running[command.task_id] = command.task
            if (line := self._line(command)) is not None:
                yield line
        for problem in outcome.problems:
            cause = cause_of_fault(problem)
            yield f"    ✗  {cause.details.get('why') or sentence(cause, self._locale)[0]}"

    def _line(self, command: JourneyCommand) -> str | None:
        match command:
            case Speak(prompt, text, replies):
                said = self._word("announcement") if prompt == ANNOUNCED_PROMPT else text
                choices = "".join(f" [{reply.label}]" for reply in replies)
                return self._word("bot", text=f"{said}{choices}")
            case EnterQueue(queue):
                return self._aside("waits", {"queue": queue})
            case LeaveQueue():
                return self._aside("leaves", {})
            case PromiseCallback(queue):
                return self._aside("promised", {"queue": queue})
            case Finished(reason):
                return self._aside(f"ends.{reason}", {})
            case _:
                return None


def _flat(record: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Yield what is known in a record, by dotted paths."""
    for name, value in record.items():
        if isinstance(value, dict):
            yield from _flat(cast("dict[str, object]", value), f"{prefix}{name}.")
        elif value != UNKNOWN:
            yield prefix + name, value


def agent_word_in(texts: PromptSource, locale: Locale, channel: str) -> str:
    """Return the first word by which customers ask for a person."""
    return (texts.prompt("common.words.agent", locale, channel) or "agent").split(",")[0].strip()
