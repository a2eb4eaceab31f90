"""What the staffing routes take and answer."""

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from warmline.features.admin.fields import Names, Slug, Strict, Version

Minutes = Annotated[int, Field(ge=0, le=48 * 60)]
Weekdays = Annotated[list[Annotated[int, Field(ge=0, le=6)]], Field(max_length=7)]
Identifier = Annotated[str, StringConstraints(max_length=63, pattern=r"^[a-z0-9-]*$")]
DayText = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}$", max_length=10)]
Moment = Annotated[dt.datetime, Field(description="With its zone")]


class WindowDoc(Strict):
    """Where a pause may begin, in minutes after the start of the shift."""

    kind: Literal["lunch", "break"]
    length_min: Annotated[int, Field(ge=15, le=120)]
    from_min: Minutes
    to_min: Minutes


class PatternDoc(Strict):
    """A kind of shift; times of day are minutes after midnight, days 0 is Monday."""

    id: Slug
    length_min: Annotated[int, Field(ge=60, le=720)]
    earliest_start_min: Annotated[int, Field(ge=0, le=1410)]
    latest_start_min: Annotated[int, Field(ge=0, le=1410)]
    step_min: Annotated[int, Field(ge=30, le=480)] = 30
    pauses: Annotated[list[WindowDoc], Field(max_length=6, default_factory=list)]
    weekdays: Annotated[Weekdays, Field(default_factory=lambda: list(range(7)))]
    at_most: Annotated[int, Field(ge=0, le=10_000)] | None = None
    paid_lunch: bool = False
    cost: Annotated[float, Field(ge=0.1, le=10)] = 1.0


class ShiftKindDoc(Strict):
    name: Names
    pattern: PatternDoc


class DescribedDoc(Strict):
    """A usual day of a queue."""

    per_day: Annotated[float, Field(ge=0, le=100_000)]
    handle_s: Annotated[float, Field(ge=1, le=7200)] = 300
    open_min: Annotated[int, Field(ge=0, le=1440)] = 540
    close_min: Annotated[int, Field(ge=0, le=1440)] = 1080
    weekend_share: Annotated[float, Field(ge=0, le=2)] = 0.5


class SettingsDoc(Strict):
    """How the company plans."""

    pooled: bool
    patience_s: Annotated[float, Field(ge=5, le=7200)] | None
    shrinkage: Annotated[float, Field(ge=0, le=0.8)]
    at_once: Annotated[int, Field(ge=1, le=10)]
    least: Annotated[int, Field(ge=0, le=1000)]
    quantile: Literal["p10", "expected", "p90"]
    under_cost: Annotated[float, Field(ge=0.1, le=100)]
    over_cost: Annotated[float, Field(ge=0, le=10)]
    rest_min: Annotated[int, Field(ge=0, le=1440)]
    time_limit_s: Annotated[float, Field(ge=1, le=300)]
    gap: Annotated[float, Field(ge=0, le=0.5)]
    patterns: Annotated[list[ShiftKindDoc], Field(max_length=12)]
    described: Annotated[dict[Slug, DescribedDoc], Field(max_length=200)]


class SettingsAnswer(BaseModel):
    """The settings, their version (0: the defaults), and the sources of volumes there are."""

    settings: SettingsDoc
    version: int
    sources: list[str]


class SettingsChange(Strict):
    settings: SettingsDoc
    version: Version


class TermsDoc(Strict):
    """An agent's contract."""

    week_max_min: Annotated[int, Field(ge=0, le=10_080)] = 2400
    week_min_min: Annotated[int, Field(ge=0, le=10_080)] = 0
    days_at_most: Annotated[int, Field(ge=0, le=7)] = 5
    weekdays: Annotated[Weekdays, Field(default_factory=lambda: list(range(7)))]
    days_off: Annotated[list[DayText], Field(max_length=400, default_factory=list)]
    pattern_ids: Annotated[list[Slug], Field(max_length=12)] | None = None
    earliest_min: Minutes = 0
    latest_min: Minutes = 1800


class ContractDoc(BaseModel):
    """An agent with a routing profile, and their contract (version 0: the default one)."""

    agent_id: UUID
    name: str
    queues: list[str]
    terms: TermsDoc
    version: int


class ContractsDoc(BaseModel):
    items: list[ContractDoc]


class ContractChange(Strict):
    terms: TermsDoc
    version: Version


class NeedDoc(BaseModel):
    """One half hour of all pools together: contacts, agents on the floor, on shift, and planned."""

    start_at: dt.datetime
    contacts: float
    agents: int
    on_shift: float
    planned: float


class PoolNeeds(BaseModel):
    """A pool's half hours: agents on the floor, and on shift."""

    id: str
    queues: list[str]
    agents: list[int]
    on_shift: list[float]


class NeedsDoc(BaseModel):
    """What is needed and planned; half hours without gaps."""

    first_at: dt.datetime
    end_at: dt.datetime
    time_zone: str
    source: str
    needs: list[NeedDoc]
    pools: list[PoolNeeds]


class WhatIfDoc(Strict):
    """Changes for this plan only."""

    volume: Annotated[float, Field(ge=0, le=20)] = 1.0
    share: Annotated[float, Field(ge=0, le=0.99)] | None = None
    within_s: Annotated[float, Field(ge=1, le=3600)] | None = None
    patience_s: Annotated[float, Field(ge=5, le=7200)] | None = None
    shrinkage: Annotated[float, Field(ge=0, le=0.8)] | None = None


class PlanRequest(Strict):
    """Which days to plan, from which expectation."""

    first: dt.date
    last: dt.date
    source: Identifier = "forecast"
    what_if: WhatIfDoc = WhatIfDoc()


class PlanDoc(BaseModel):
    """A plan: its progress while it is made, its figures and conflicts once it is."""

    id: UUID
    starts_at: dt.datetime
    ends_at: dt.datetime
    status: Literal["planning", "ready", "failed", "stopped", "published"]
    request: dict[str, Any]
    progress: dict[str, Any]
    result: dict[str, Any] | None
    created_at: dt.datetime


class PlansDoc(BaseModel):
    items: list[PlanDoc]


class PauseDoc(Strict):
    kind: Literal["lunch", "break"]
    start_at: Moment
    end_at: Moment


class ShiftDraft(Strict):
    """A shift as somebody writes it; without an agent nobody works it yet."""

    agent_id: UUID | None = None
    start_at: Moment
    end_at: Moment
    pauses: Annotated[list[PauseDoc], Field(max_length=8, default_factory=list)]
    queues: Annotated[list[Slug], Field(max_length=100, default_factory=list)]
    pattern_id: Identifier = ""


class ShiftAdded(ShiftDraft):
    plan_id: UUID | None = None


class ShiftChange(ShiftDraft):
    version: Version


class ShiftDoc(BaseModel):
    """A shift as it is."""

    id: UUID
    plan_id: UUID | None
    agent_id: UUID | None
    pool_id: str
    queues: list[str]
    pattern_id: str
    start_at: dt.datetime
    end_at: dt.datetime
    paid_min: int
    pauses: list[PauseDoc]
    published: bool
    version: int


class ViolationDoc(BaseModel):
    """A rule that a shift breaks; `value` against `limit` in minutes or days where there are numbers."""

    rule: str
    shift_id: UUID
    agent_id: UUID
    value: int | None
    limit: int | None


class RosterDoc(BaseModel):
    """Shifts of some days and the rules they break; `planned`: agents on the floor in each half hour."""

    first_at: dt.datetime
    end_at: dt.datetime
    time_zone: str
    shifts: list[ShiftDoc]
    violations: list[ViolationDoc]
    planned: list[float]


class OwnDoc(BaseModel):
    """An agent's own published shifts; `feed_since`: when the private calendar address was made."""

    time_zone: str
    shifts: list[ShiftDoc]
    feed_since: dt.datetime | None


class FeedDoc(BaseModel):
    """The private calendar address; it is shown this once."""

    url: str


class StandingDoc(BaseModel):
    """An agent against the schedule, now."""

    agent_id: UUID
    name: str
    presence: str
    reason: str | None
    state: Literal["in", "early", "late", "absent", "left", "resting", "working", "off"]
    since_at: dt.datetime | None
    minutes: int
    planned: Literal["work", "rest", "off"]
    planned_kind: str | None
    until_at: dt.datetime | None


class AdherenceDoc(BaseModel):
    """Everybody with a shift around now, and everybody at work."""

    at: dt.datetime
    items: list[StandingDoc]


class AgentDayDoc(BaseModel):
    """An agent's day in minutes; `share` of the planned work that was done as planned, 0 to 1."""

    agent_id: UUID
    name: str
    planned_min: int
    in_adherence_min: int
    worked_min: int
    late_min: int
    share: float | None


class AgentDaysDoc(BaseModel):
    day: dt.date
    items: list[AgentDayDoc]
