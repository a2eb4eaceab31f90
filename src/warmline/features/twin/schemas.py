"""Questions to the twin and its answers over HTTP."""

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from warmline.features.twin.changes import Changes, Disturbance, Promotion
from warmline.features.twin.needing import Goal
from warmline.features.twin.request import RUNS_AT_MOST, AnyQuestion, Replay, Source, Staff, WhatIf

_DAY_S = 90_000.0  # a day may have 25 hours
QueueId = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00]*$")]
Seconds = Annotated[float, Field(ge=0, le=_DAY_S, description="Seconds after the day's midnight")]
Factor = Annotated[float, Field(ge=0.05, le=20)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PromotionDoc(_Strict):
    """`factor` times as many contacts for a while."""

    from_s: Seconds
    until_s: Seconds
    factor: Annotated[float, Field(ge=0, le=50)]


class OutageDoc(_Strict):
    """Nothing is offered for a while; `desks_dead`: conversations break off as well."""

    from_s: Seconds
    until_s: Seconds
    desks_dead: bool = False


class ChangesDoc(_Strict):
    """What if; factors multiply. `queue_id` limits agents, volume, handle and patience to one queue."""

    queue_id: QueueId | None = None
    agents: Annotated[int, Field(ge=-1000, le=1000)] = 0
    volume: Annotated[float, Field(ge=0, le=20)] = 1.0
    handle: Factor = 1.0
    patience: Factor = 1.0
    outages: Annotated[list[OutageDoc], Field(max_length=20)] = []
    promotions: Annotated[list[PromotionDoc], Field(max_length=20)] = []

    def changes(self) -> Changes:
        """Return them as the twin takes them."""
        return Changes(
            self.queue_id, self.agents, self.volume, self.handle, self.patience,
            tuple(Disturbance(one.from_s, one.until_s, one.desks_dead) for one in self.outages),
            tuple(Promotion(one.from_s, one.until_s, one.factor) for one in self.promotions),
        )  # fmt: skip


class QuestionDoc(_Strict):
    """What is asked. `source`: the day as recorded, or as it is forecast. The same seed gives the same answer."""

    kind: Literal["replay", "what_if", "staff"]
    date: Annotated[dt.date, Field(ge=dt.date(2000, 1, 1), le=dt.date(2100, 1, 1))]
    runs: Annotated[int, Field(ge=1, le=RUNS_AT_MOST)] = 20
    seed: Annotated[int, Field(ge=0, le=2**53)] = 1
    exact: bool = False
    source: Source = "recorded"
    changes: ChangesDoc = ChangesDoc()
    share: Annotated[float, Field(ge=0.01, le=0.99)] | None = None
    within_s: Annotated[float, Field(ge=1, le=86_400)] | None = None
    breaks: Annotated[float, Field(ge=0, le=0.5)] | None = None

    def question(self) -> AnyQuestion:
        """Return it as the twin takes it."""
        match self.kind:
            case "replay":
                return Replay(self.date, self.runs, self.seed, self.exact)
            case "what_if":
                return WhatIf(self.date, self.runs, self.seed, self.changes.changes(), self.source)
            case _:
                goal = Goal(self.share, self.within_s, self.breaks)
                return Staff(self.date, self.runs, self.seed, goal, self.changes.changes(), self.source)


class RefusalDoc(BaseModel):
    """Why there is no answer."""

    code: str
    text: str
    fix: str
    details: dict[str, Any]


class RunDoc(BaseModel):
    """A simulation; `share` is 0 to 1, `at` the half hour being played, in the company's time."""

    id: UUID
    question: dict[str, Any]
    status: Literal["waiting", "running", "done", "stopped", "failed"]
    share: float
    at: str | None
    brief: dict[str, Any]
    refusal: RefusalDoc | None
    created_at: dt.datetime
    result: dict[str, Any] | None


class RunsDoc(BaseModel):
    items: list[RunDoc]


class DayDoc(BaseModel):
    """Today where the company is, and the last day with contacts in a queue."""

    today: dt.date
    last: dt.date | None
    time_zone: str
