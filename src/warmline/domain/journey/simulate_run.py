"""Journey tests: scripted and wandering customers against journeys, with branch coverage."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from random import Random
from uuid import UUID

from msgspec import Struct, field

from warmline.domain.journey.checker_replay import SOME_CALLER
from warmline.domain.journey.checker_report import SPOKEN, WRITTEN
from warmline.domain.journey.checker_world import HOURS, QUEUE, PromptSource
from warmline.domain.journey.document import Enqueue, Journey, Step
from warmline.domain.journey.interface import AnnouncementText, HoursState, QueueFacts, RunTask, Wanted
from warmline.domain.journey.simulate import Answer, Conversation
from warmline.domain.journey.simulate_customers import Turn, play, wander
from warmline.domain.journey.steps_callback import CALLER
from warmline.domain.journey.walk import ON_ERROR, block_id, blocks, places
from warmline.kernel.locale import LOCALES, Locale

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
MOST_FAILURES = 20


class Setting(Struct, frozen=True, omit_defaults=True):
    """The surroundings of one simulated conversation; what is not named is open, staffed and well."""

    hours: dict[str, HoursState] = {}
    queues: dict[str, str] = {}  # staffed, unstaffed or full
    announcements: dict[str, str] = {}
    answers: dict[str, tuple[Answer, ...]] = {}  # a task's answers in turn; the last one repeats


class JourneyTest(Struct, frozen=True, omit_defaults=True):
    """A scripted customer and what must come of it."""

    name: str
    journey: str
    turns: tuple[Turn, ...]
    ends: str  # contained, message_taken, callback_promised, person, left
    says: tuple[str, ...] = ()  # texts that must have been said, in this order
    locale: Locale = "en"
    setting: Setting = Setting()
    channel: str = WRITTEN


class Scene:
    """`Facts` and a fake backend for one conversation."""

    def __init__(self, library: Mapping[str, Journey], texts: PromptSource, setting: Setting) -> None:
        self._library = library
        self._texts = texts
        self._setting = setting
        self._asked: Counter[str] = Counter()

    def journey(self, journey_id: str, version: int | None) -> tuple[Journey, int]:
        return self._library[journey_id], version or 1

    def hours(self, calendar: str, now: datetime) -> HoursState:
        return self._setting.hours.get(calendar, "open")

    def announcements(self, slot: str | None, locale: Locale, now: datetime) -> Sequence[AnnouncementText]:
        told = self._setting.announcements
        return [AnnouncementText(one, text) for one, text in told.items() if slot in (None, one) and text]

    def queue(self, queue_id: str, contact_id: UUID | None, wanted: Wanted | None = None) -> QueueFacts:
        return QUEUE[self._setting.queues.get(queue_id, "staffed")]

    def prompt(self, key: str, locale: Locale, channel: str) -> str | None:
        return self._texts.prompt(key, locale, channel)

    def answer(self, task: RunTask) -> Answer:
        """Return the next answer of the fake backend. Raises KeyError naming a task without one."""
        answers = self._setting.answers.get(task.task)
        if not answers:
            raise KeyError(f"The test gives no answer for task {task.task}; add it to `answers`.")
        index = min(self._asked[task.task], len(answers) - 1)
        self._asked[task.task] += 1
        return answers[index]


class Outcome(Struct, frozen=True):
    """One scripted test's result; `why` is empty when it passed."""

    test: str
    why: str
    lines: tuple[str, ...]


def given(journey: Journey, channel: str) -> dict[str, object]:
    """Return what a contact begins a journey with: every parameter, and by telephone the caller's number."""
    return {name: SOME_CALLER if name == CALLER and channel == SPOKEN else "" for name in journey.parameters}


def run_script(test: JourneyTest, library: Mapping[str, Journey], texts: PromptSource) -> tuple[Outcome, set[str]]:
    """Play one scripted customer; return the result and the blocks entered."""
    scene = Scene(library, texts, test.setting)
    conversation = Conversation(
        test.journey, scene, scene.answer, NOW, locale=test.locale, channel=test.channel,
        variables=given(library[test.journey], test.channel),
    )  # fmt: skip
    play(conversation, test.turns)
    return Outcome(test.name, _judge(test, conversation), tuple(conversation.lines)), conversation.entered


def _judge(test: JourneyTest, conversation: Conversation) -> str:
    if conversation.problems:
        return f"the journey's on_error ran: {conversation.problems[0]}"
    if conversation.ended != test.ends:
        return f"it ended with {conversation.ended}, not {test.ends}"
    rest = iter(conversation.lines)
    for text in test.says:
        if not any(text in line for line in rest):
            return f"{text!r} was not said (in this order)"
    return ""


class Tally(Struct):
    """What wandering customers met."""

    conversations: int = 0
    callers: int = 0  # of the conversations, those by telephone
    ends: Counter[str] = field(default_factory=Counter[str])
    failures: list[Outcome] = field(default_factory=list[Outcome])
    entered: set[str] = field(default_factory=set[str])


def run_wanderers(
    journey_id: str,
    library: dict[str, Journey],
    texts: PromptSource,
    answers: Mapping[str, Sequence[Answer]],
    count: int,
    seed: int,
    channel: str | None = None,
) -> Tally:
    """Let `count` random customers talk, in random surroundings with random faults; the seed decides all.

    One in three calls and has keys only; with `channel`, all come that way.
    """
    tally = Tally()
    for number in range(count):
        random = Random(seed * 1_000_003 + number)  # noqa: S311 -- a simulation, repeatable on purpose
        setting = _random_setting(random, library, answers)
        scene = Scene(library, texts, setting)
        locale = random.choice(LOCALES)
        way = channel or random.choice((WRITTEN, WRITTEN, SPOKEN))
        connect_after_s = random.choice((5.0, 90.0, None))
        talk = Conversation(
            journey_id, scene, scene.answer, NOW, locale=locale, channel=way, connect_after_s=connect_after_s,
            variables=given(library[journey_id], way),
        )  # fmt: skip
        wander(talk, random, library)
        tally.conversations += 1
        tally.callers += way == SPOKEN
        tally.ends[talk.ended or "stuck"] += 1
        tally.entered |= talk.entered
        if (talk.problems or talk.ended is None) and len(tally.failures) < MOST_FAILURES:
            why = talk.problems[0] if talk.problems else "nothing ended it"
            tally.failures.append(Outcome(f"{journey_id} #{number} (seed {seed})", why, tuple(talk.lines)))
    return tally


def _random_setting(
    random: Random, library: Mapping[str, Journey], answers: Mapping[str, Sequence[Answer]]
) -> Setting:
    calendars, queues, slots = _names(library)
    mood = random.random()
    fault = Answer(outcome="failed" if random.random() < 0.5 else "timed_out")
    return Setting(
        hours={name: random.choice(HOURS) if mood < 0.5 else "open" for name in calendars},
        queues={name: random.choice(tuple(QUEUE)) if random.random() < 0.4 else "staffed" for name in queues},
        announcements={name: "(announcement)" for name in slots if random.random() < 0.3},
        answers={
            task: (fault,) if random.random() < 0.15 else tuple(random.choices(possible, k=4))
            for task, possible in answers.items()
        },
    )


def _names(library: Mapping[str, Journey]) -> tuple[list[str], list[str], list[str]]:
    found: dict[str, dict[str, None]] = {"calendar": {}, "queue": {}, "slot": {}}
    for journey in library.values():
        for place in places(journey):
            for kind, names in found.items():
                value = getattr(place.step, kind, None)
                if isinstance(value, str):
                    names[value] = None
    return list(found["calendar"]), list(found["queue"]), list(found["slot"])


def all_blocks(journeys: Iterable[Journey]) -> set[str]:
    """Return every block that tests can enter (`on_error` is for the unforeseen, so it does not count)."""
    found: set[str] = set()
    for journey in journeys:
        for section in journey.sections:
            found.add(block_id(journey.id, section, ()))
        for place in places(journey):
            if place.section != ON_ERROR:
                found |= {
                    block_id(journey.id, place.section, (*place.path, name)) for name in _enterable(place.step)
                }
    return found


def _enterable(step: Step) -> list[str]:
    """Return the names of the blocks a customer can get into."""
    no_callback = isinstance(step, Enqueue) and step.callback_after_s is None
    return [name for name, _ in blocks(step) if not (no_callback and name == "callback")]
