"""Whole journeys made up by hypothesis, and a customer's talk with a journey, played line by line."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any
from uuid import UUID

import pytest
from hypothesis import strategies as st

from warmline.domain.journey.document import (
    AllOf,
    Announce,
    AnyOf,
    Ask,
    Block,
    Callback,
    CallModule,
    ChoiceInput,
    Compare,
    Condition,
    DateInput,
    DigitsInput,
    EmailInput,
    End,
    Enqueue,
    Field,
    FileInput,
    Goto,
    Hours,
    Invoke,
    Journey,
    Menu,
    NotIf,
    NumberInput,
    Option,
    OrderNumberInput,
    PhoneInput,
    Reason,
    Return,
    Say,
    SendLink,
    Set,
    Show,
    Step,
    Survey,
    TextInput,
    TransferJourney,
    Var,
    Verify,
    Voicemail,
    When,
)
from warmline.domain.journey.interface import (
    Advance,
    AnnouncementText,
    Form,
    HoursState,
    JourneyEvent,
    LocaleSwitched,
    NoWake,
    QueueFacts,
    QueueMoved,
    RunTask,
    Said,
    Speak,
    Started,
    TaskDone,
    TimedOut,
    WakeMe,
    Wanted,
)
from warmline.domain.journey.machine import advance, begin
from warmline.domain.journey.prompts import find, parse_catalogue
from warmline.domain.journey.session import JourneySession, Waiting
from warmline.kernel.locale import LOCALES, Locale

texts = st.text(max_size=12)
names = st.sampled_from(["order", "n", "customer.name", "order.items.0", "class", "is_set", "_x", "주문", "a b"])
whole = st.integers(-(2**53), 2**53)
reals = st.floats(allow_nan=False, allow_infinity=False)
seconds = st.floats(0, 1e6)
scalars = st.one_of(texts, whole, reals, st.booleans(), st.none())
variables = names.map(Var)
values = st.one_of(variables, scalars)

comparisons = st.builds(
    Compare,
    left=variables,
    op=st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "in", "contains", "is_set"]),
    right=st.one_of(values, st.lists(scalars, max_size=3).map(tuple)),
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        st.builds(AllOf, st.lists(inner, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple)),
        st.builds(NotIf, inner),
    ),
    max_leaves=3,
)
options = st.builds(Option, value=texts, label=texts, words=st.none() | texts)
inputs = st.one_of(
    st.builds(ChoiceInput, st.lists(options, max_size=3).map(tuple)),
    st.builds(TextInput, st.integers(1, 9999)),
    st.builds(DigitsInput, st.integers(1, 9), st.integers(9, 32)),
    st.builds(NumberInput, st.none() | reals, st.none() | reals),
    st.builds(DateInput, st.booleans()),
    st.builds(PhoneInput, st.sampled_from(["KR", "JP", "US"])),
    st.just(EmailInput()),
    st.just(FileInput()),
    st.builds(OrderNumberInput, texts, st.sampled_from(["none", "luhn", "mod97"]), texts),
)
levels = st.sampled_from(["none", "pii", "secret"])
entries = st.builds(Field, names, texts, inputs, st.booleans(), levels, st.none() | texts)
fields = st.lists(entries, max_size=3).map(tuple)

prompts = st.lists(texts, max_size=3).map(tuple)
arguments = st.dictionaries(texts, values, max_size=3)

leaves: st.SearchStrategy[Step] = st.one_of(
    st.builds(Say, texts),
    st.builds(Set, names, values),
    st.builds(Reason, texts),
    st.builds(Announce, texts),
    st.builds(TransferJourney, texts),
    st.builds(CallModule, texts, arguments, st.none() | names),
    st.builds(Return, values),
    st.builds(Survey, texts, st.sampled_from(["csat", "nps"]), st.none() | texts, seconds),
    st.builds(End, texts, st.sampled_from(["contained", "message_taken", "callback_promised"])),
    st.builds(Goto, texts),
)


def blocks(steps: st.SearchStrategy[Step]) -> st.SearchStrategy[Block]:
    return st.lists(steps, max_size=3).map(tuple)


def branching(steps: st.SearchStrategy[Step]) -> st.SearchStrategy[Step]:
    block = blocks(steps)
    perhaps = st.none() | block
    choices = st.lists(st.builds(Option, texts, texts, st.none() | texts, block), max_size=3).map(tuple)
    methods = st.sampled_from(["one_time_code", "account_pin", "date_of_birth"])
    few = st.integers(1, 5)
    return st.one_of(
        st.builds(Ask, names, texts, inputs, block, few, seconds, prompts, prompts, levels),
        st.builds(Menu, texts, choices, block, few, seconds, prompts, prompts, st.none() | names),
        st.builds(When, conditions, block, block),
        st.builds(
            Invoke, texts, names, block, arguments, prompts, seconds, few, seconds, perhaps, st.none() | texts
        ),
        st.builds(Verify, methods, values, block, block, few, few, perhaps),
        st.builds(
            Show, texts, prompts, fields, choices, st.none() | texts, block, st.none() | names, few, seconds,
            prompts, prompts,
        ),
        st.builds(Voicemail, texts, block, block, seconds),
        st.builds(SendLink, values, block, block, st.sampled_from(["chat", "form"])),
        st.builds(Hours, texts, block, perhaps, perhaps, block),
        st.builds(
            Enqueue, texts, block, block, block, seconds, few, st.dictionaries(texts, few, max_size=2), texts,
            texts, seconds, st.none() | seconds, block, texts,
        ),
        st.builds(
            Callback, texts, block, values, texts, texts, st.sampled_from(["KR", "JP"]),
            at=values, ask_time=st.booleans(), calendar=st.none() | texts, time_prompt=texts,
            promise_at_prompt=texts,
        ),
    )  # fmt: skip


steps: st.SearchStrategy[Step] = st.recursive(leaves, branching, max_leaves=6)
whole_journeys = st.builds(
    Journey,
    id=texts,
    on_error=blocks(steps),
    sections=st.dictionaries(texts, blocks(steps), max_size=3),
    kind=st.sampled_from(["journey", "module", "survey", "guide"]),
    title=texts,
    agent_section=texts,
    parameters=prompts,
    pii=prompts,
)


@pytest.fixture(scope="session")
def journeys() -> st.SearchStrategy[Journey]:
    """The strategy that makes up whole journeys."""
    return whole_journeys


NOON = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # a Monday, noon in Seoul and Tokyo
PLATFORM = {
    locale: parse_catalogue((files("warmline") / "prompts" / f"{locale}.toml").read_text(encoding="utf-8"))
    for locale in LOCALES
}


class Surroundings:
    """The facts around a journey, to be changed by a test. A prompt nobody wrote reads as its key in brackets."""

    def __init__(self, journeys: Sequence[Journey], texts: dict[str, str]) -> None:
        self.journeys = {journey.id: journey for journey in journeys}
        self.texts = texts
        self.missing: set[str] = set()
        self.state: HoursState = "open"
        self.announced: list[AnnouncementText] = []
        self.wanted: Wanted | None = None
        self.line = QueueFacts(staffed=True, waiting=3, position=2, half_s=170, most_s=290)

    def journey(self, journey_id: str, version: int | None) -> tuple[Journey, int]:
        return self.journeys[journey_id], version or 1

    def hours(self, calendar: str, now: datetime) -> HoursState:
        return {"seoul": self.state}[calendar]

    def announcements(self, slot: str, locale: Locale, now: datetime) -> Sequence[AnnouncementText]:
        return [a for a in self.announced if slot == "emergency"]

    def queue(self, queue_id: str, contact_id: UUID | None, wanted: Wanted | None = None) -> QueueFacts:
        self.wanted = wanted
        return {"orders": self.line}[queue_id]

    def prompt(self, key: str, locale: Locale, channel: str) -> str | None:
        if key in self.missing:
            return None
        return self.texts.get(key) or find(PLATFORM[locale], key, channel) or f"[{key}]"


class Talk:
    """A customer's talk with a journey: each call is one event and returns the lines said in answer."""

    def __init__(
        self,
        *journeys: Journey,
        locale: Locale = "en",
        variables: dict[str, object] | None = None,
        texts: dict[str, str] | None = None,
        channel: str = "webchat",
        person_after: int | None = None,
    ) -> None:
        self.world = Surroundings(journeys, texts or {})
        self.channel = channel
        self.person_after = person_after
        self.session: JourneySession = begin(journeys[0].id, 1, locale, variables)
        self.timers: set[str] = set()
        self.last: Advance

    def event(self, event: JourneyEvent) -> list[str]:
        before = self.session
        first, again = (
            advance(before, event, self.world, NOON, channel=self.channel, person_after=self.person_after)
            for _ in range(2)
        )
        assert first == again, "not deterministic"
        self.last = first
        self.session = self.last.session
        if isinstance(event, TimedOut):
            self.timers.discard(event.name)
        for command in self.last.commands:
            if isinstance(command, WakeMe):
                self.timers.add(command.name)
            elif isinstance(command, NoWake):
                self.timers.discard(command.name)
        return [command.text for command in self.last.commands if isinstance(command, Speak)]

    def start(self) -> list[str]:
        return self.event(Started())

    def say(self, text: str) -> list[str]:
        return self.event(Said(text))

    def fill(self, button: str | None = None, **entries: str) -> list[str]:
        return self.event(Said("", button, entries))

    def tap(self, value: str) -> list[str]:
        return self.event(Said(value, value))

    def silence(self, timer: str = "journey.input") -> list[str]:
        return self.event(TimedOut(timer))

    def task(self, outcome: Any = "ok", **result: object) -> list[str]:
        assert self.waiting.task_id is not None
        return self.event(TaskDone(self.waiting.task_id, outcome, result))

    def speak(self, locale: Locale) -> list[str]:
        return self.event(LocaleSwitched(locale))

    def queue_moves(self) -> list[str]:
        return self.event(QueueMoved())

    @property
    def card(self) -> Form:
        """The card shown with the last line."""
        form = self.commands(Speak)[-1].form
        assert form is not None, "no card is shown"
        return form

    @property
    def waiting(self) -> Waiting:
        assert self.session.waiting is not None, "the journey waits for nothing"
        return self.session.waiting

    @property
    def ended(self) -> bool:
        return self.session.waiting is None

    @property
    def variables(self) -> dict[str, object]:
        return self.session.frames[-1].variables

    def commands(self, kind: type) -> list[Any]:
        return [command for command in self.last.commands if type(command) is kind]

    @property
    def tasks(self) -> list[RunTask]:
        return self.commands(RunTask)

    @property
    def replies(self) -> list[str]:
        """The taps offered with the last line."""
        spoken: list[Speak] = self.commands(Speak)
        return [reply.value for reply in spoken[-1].quick_replies]


@pytest.fixture(scope="session")
def talk() -> Callable[..., Talk]:
    """Begin a talk: `talk(journey, …, locale="ko")`."""
    return Talk
