"""Conversations with journeys as documents from outside, with their limits."""

import datetime as dt
from typing import Annotated, Any, Literal, Self
from uuid import UUID

import msgspec
from pydantic import Field, model_validator

from warmline.domain.journey.case import Case, Expectation, Verdict
from warmline.domain.journey.case_words import why
from warmline.domain.journey.rehearsal import MOST_WAIT_S, Deed, Line
from warmline.domain.journey.stage import Scenery
from warmline.features.admin.fields import NO_NUL, Moment, Strict
from warmline.kernel.locale import Locale

MOST_DEEDS = 200

Name = Annotated[str, Field(min_length=1, max_length=200, pattern=NO_NUL)]
Id = Annotated[str, Field(min_length=1, max_length=200, pattern=NO_NUL)]
Said = Annotated[str, Field(max_length=4000, pattern=NO_NUL)]
Seconds = Annotated[float, Field(ge=0, le=MOST_WAIT_S)]
Scalar = str | int | float | bool | None
Told = Said | int | float | bool | None


class AnswerDoc(Strict):
    """What a backend answers, and after how long."""

    outcome: Literal["ok", "failed", "timed_out"] = "ok"
    result: dict[str, Any] = Field(default={})
    after_s: Seconds = 0.2


class SceneryDoc(Strict):
    """What a conversation is held in. `*` in `hours`, `queues` and `faults` stands for all that are not named.

    Calendars that are not named follow the clock. `choices`: which of a task's stand-in answers, from 0.
    """

    start_at: Moment
    channel: Literal["webchat", "voice", "guide", "help"] = "webchat"
    locale: Locale = "en"
    hours: dict[Id, Literal["open", "closed", "holiday", "emergency"]] = Field(default={}, max_length=100)
    queues: dict[Id, Literal["staffed", "unstaffed", "full"]] = Field(default={}, max_length=100)
    announcements: dict[Id, Said] = Field(default={}, max_length=20)
    faults: dict[Id, Literal["slow", "failing", "down"]] = Field(default={}, max_length=100)
    choices: dict[Id, Annotated[int, Field(ge=0, le=1000)]] = Field(default={}, max_length=100)
    answers: dict[Id, Annotated[list[AnswerDoc], Field(min_length=1, max_length=100)]] = Field(
        default={}, max_length=100
    )
    connect_after_s: Seconds | None = 45
    given: dict[Id, Told] = Field(default={}, max_length=50)

    def read(self) -> Scenery:
        return msgspec.convert(self.model_dump(), Scenery)


class DeedDoc(Strict):
    """One thing that happens; exactly one field is set, but `fill` may come with `tap`, the button of a card."""

    say: Said | None = None
    tap: Id | None = None
    press: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[0-9*#]+$")] | None = None
    fill: Annotated[dict[Id, Said], Field(max_length=40)] | None = None
    speak: Locale | None = None
    wait_s: Seconds | None = None
    until: Id | None = None
    silent: bool = False
    until_next: bool = False
    leave: bool = False

    @model_validator(mode="after")
    def _one(self) -> Self:
        tapped = self.tap if self.fill is None else None  # a card is sent by one of its buttons
        texts = (self.say, tapped, self.press, self.fill, self.speak, self.wait_s, self.until)
        if sum(one is not None for one in texts) + self.silent + self.until_next + self.leave != 1:
            raise ValueError(
                "set exactly one of say, tap, press, fill, speak, wait_s, until, silent, until_next and leave"
            )
        return self


Deeds = Annotated[list[DeedDoc], Field(max_length=MOST_DEEDS)]


def read_deeds(deeds: list[DeedDoc]) -> tuple[Deed, ...]:
    return msgspec.convert([one.model_dump() for one in deeds], tuple[Deed, ...])


class ExpectDoc(Strict):
    """What must come of a conversation; see docs/subsystems/journeys.md."""

    ends: Literal["contained", "message_taken", "callback_promised", "person", "left"] | None = None
    said: list[Id] = Field(default=[], max_length=1000)
    unsaid: list[Id] = Field(default=[], max_length=1000)
    variables: dict[Id, Scalar] = Field(default={}, max_length=100)
    visited: list[Id] = Field(default=[], max_length=1000)


class CaseDoc(Strict):
    """A conversation to be kept."""

    name: Name
    scenery: SceneryDoc
    deeds: Deeds = Field(default=[])
    expect: ExpectDoc = ExpectDoc()

    def read(self, journey_id: str) -> Case:
        expect = msgspec.convert(self.expect.model_dump(), Expectation)
        return Case(self.name, journey_id, self.scenery.read(), read_deeds(self.deeds), expect)


class CaseNew(CaseDoc):
    """`seed`: of the random customer it came from."""

    origin: Literal["script", "random"] = "script"
    seed: Annotated[int, Field(ge=0, le=2**53)] | None = None


class CaseChange(CaseDoc):
    version: Annotated[int, Field(ge=1, le=2**31 - 1)]


class KeptDoc(CaseDoc):
    """A case that is kept."""

    id: UUID
    journey_id: str
    origin: Literal["script", "random", "contact"]
    seed: int | None
    version: int
    created_at: dt.datetime
    updated_at: dt.datetime


class LineDoc(Strict):
    """One line of a conversation, `at_s` after its beginning; see `Line` in docs/subsystems/journeys.md."""

    who: Literal["customer", "bot", "aside"]
    kind: str
    at_s: float
    text: str = ""
    name: str = ""
    place: str = ""
    options: list[str] = Field(default=[])
    deed: int | None = None


class FailureDoc(Strict):
    """Why a case failed; `text` in the language asked for."""

    why: Literal["fault", "ended", "not_said", "said", "variable", "not_visited"]
    wanted: str
    found: str
    text: str


def line_docs(lines: tuple[Line, ...]) -> list[LineDoc]:
    return [LineDoc.model_validate(msgspec.to_builtins(one)) for one in lines]


def failure_doc(verdict: Verdict, locale: Locale) -> FailureDoc | None:
    if verdict.failure is None:
        return None
    one = verdict.failure
    return FailureDoc(why=one.why, wanted=one.wanted, found=one.found, text=why(one, locale))


def case_doc(case: Case) -> dict[str, Any]:
    """Return a case as `CaseDoc` knows it."""
    return {
        "name": case.name,
        "scenery": msgspec.to_builtins(case.scenery, enc_hook=str),
        "deeds": msgspec.to_builtins(case.deeds),
        "expect": msgspec.to_builtins(case.expect),
    }
