"""The surroundings of a journey under check: every answer they may give, one run at a time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from warmline.domain.journey.document import Journey
from warmline.domain.journey.interface import AnnouncementText, HoursState, QueueFacts, Wanted
from warmline.domain.journey.prompts import compile_template, find, says_nothing
from warmline.kernel.locale import LOCALES, Locale

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # the moment of every path
HOURS: tuple[HoursState, ...] = ("open", "closed", "holiday", "emergency")
LATER: dict[str, HoursState] = {"open later": "open", "closed later": "closed"}  # whatever it is now
STATES: dict[str, HoursState] = {**{state: state for state in HOURS}, **LATER}
QUEUE = {
    "staffed": QueueFacts(staffed=True, waiting=3, position=2, half_s=120, most_s=240),
    "unstaffed": QueueFacts(staffed=False, waiting=0, position=1),
    "full": QueueFacts(staffed=True, waiting=500, full=True),
}
ANNOUNCED_PROMPT = "announcement:check"
ANNOUNCED = {"silent": (), "announced": (AnnouncementText(id="check", text="(announcement)"),)}


class Surroundings:
    """`Facts` that answer from a tape; past its end they give their first answer and remember the choice.

    Prompts answer with the texts of all languages at once, so that a variable missing in any of them shows.
    """

    def __init__(self, library: Mapping[str, Journey], texts: "PromptSource", tape: Sequence[str] = ()) -> None:
        self._library = library
        self._texts = texts
        self._tape = tape
        self.answers: list[str] = []
        self.choices: list[tuple[str, ...]] = []
        self._known: dict[tuple[str, ...], str] = {}
        self._hours: dict[tuple[str, bool], HoursState] = {}

    @property
    def replaying(self) -> bool:
        """Tell whether the tape still has answers that were not asked for."""
        return len(self.answers) < len(self._tape)

    def _choose(self, options: tuple[str, ...]) -> str:
        """Answer a question; asked again in the same step, facts are still what they were."""
        if options in self._known:
            return self._known[options]
        index = len(self.answers)
        answer = self._tape[index] if index < len(self._tape) else options[0]
        self.answers.append(answer)
        self.choices.append(options)
        self._known[options] = answer
        return answer

    def alternatives(self) -> Iterator[tuple[str, ...]]:
        """Yield the tapes for what was not chosen in this run."""
        for index in range(len(self._tape), len(self.choices)):
            for other in self.choices[index][1:]:
                yield (*self.answers[:index], other)

    def journey(self, journey_id: str, version: int | None) -> tuple[Journey, int]:
        return self._library[journey_id], version or 1

    def hours(self, calendar: str, now: datetime) -> HoursState:
        """Answer for now, and once for all later times: those are asked for by the half hour, over two days."""
        known = self._hours.get((calendar, now == NOW))
        if known is None:
            answer = self._choose(tuple(f"{calendar} is {one}" for one in (HOURS if now == NOW else LATER)))
            known = STATES[answer.rpartition(" is ")[2]]
            self._hours[calendar, now == NOW] = known
        return known

    def announcements(self, slot: str | None, locale: Locale, now: datetime) -> Sequence[AnnouncementText]:
        return ANNOUNCED[self._choose(tuple(f"{slot} is {state}" for state in ANNOUNCED)).rsplit(" ", 1)[1]]

    def queue(self, queue_id: str, contact_id: UUID | None, wanted: Wanted | None = None) -> QueueFacts:
        return QUEUE[self._choose(tuple(f"queue {queue_id} is {state}" for state in QUEUE)).rsplit(" ", 1)[1]]

    def prompt(self, key: str, locale: Locale, channel: str) -> str | None:
        return self._texts.everywhere(key, channel)


class PromptSource:
    """Prompt templates in all languages; `everywhere` joins them so that one rendering exercises them all."""

    def __init__(self, catalogues: Mapping[Locale, Mapping[str, str]]) -> None:
        self._catalogues = catalogues
        self._joined: dict[tuple[str, str], str | None] = {}

    def prompt(self, key: str, locale: Locale, channel: str) -> str | None:
        """Return the template for one language; a spoken text falls back to the written one."""
        return find(self._catalogues.get(locale, {}), key, channel)

    def everywhere(self, key: str, channel: str) -> str | None:
        """Return all languages' templates, comma-separated (word lists stay lists); None when one says nothing."""
        if (key, channel) not in self._joined:
            found = [text for locale in LOCALES if (text := self.prompt(key, locale, channel)) is not None]
            told = bool(found) and not any(says_nothing(text) for text in found)
            self._joined[key, channel] = _together(found) if told else None
        return self._joined[key, channel]


def _together(templates: Sequence[str]) -> str:
    """Return templates as one, comma-separated, without their particles, which only fit their own language.

    What is filled in once shows whether it can be: further on the same place is three dots.
    """
    filled: set[tuple[str, ...]] = set()
    joined: list[str] = []
    for template in templates:
        written = ""
        for part in compile_template(template):
            if isinstance(part, str):
                written += part.replace("{", "{{").replace("}", "}}")
                continue
            hole = tuple(filter(None, (part.path, part.format, part.argument)))
            written += "…" if hole in filled else "{" + ":".join(hole) + "}"
            filled.add(hole)
        joined.append(written)
    return ", ".join(joined)


def world_words(answer: str) -> tuple[str, dict[str, str]]:
    """Return which sentence tells an answer of the surroundings, and the name in it."""
    what, _, state = answer.rpartition(" is ")  # a state has no " is " in it
    if state in QUEUE:
        return f"queue.{state}", {"name": what.removeprefix("queue ")}
    return f"{'slot' if state in ANNOUNCED else 'hours'}.{state}", {"name": what}
