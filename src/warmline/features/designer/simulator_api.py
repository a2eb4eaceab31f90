"""Trying a journey over HTTP: every request holds the conversation anew, from its beginning."""

import datetime as dt
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends
from pydantic import Field

from warmline.domain.journey.checker_report import Stimulus
from warmline.features.admin.fields import NO_NUL, Strict
from warmline.features.designer.cases_schemas import (
    MOST_DEEDS,
    CaseDoc,
    Deeds,
    LineDoc,
    SceneryDoc,
    case_doc,
    line_docs,
    read_deeds,
)
from warmline.features.designer.simulator import Libraries, Simulated, Simulator
from warmline.features.journeys.api import AskedLocale, StepDoc
from warmline.features.security.access import require
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session
from warmline.kernel.locale import Locale

Player = Annotated[Session, Depends(require("journeys.simulate"))]
JourneyName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$", max_length=63)]


class SimulationAsk(Strict):
    """`document`: a draft; else `journey` and `version` (None: the newest). Fewer deeds go back in time."""

    document: dict[str, Any] | None = None
    journey: JourneyName | None = None
    version: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None
    scenery: SceneryDoc
    deeds: Deeds = Field(default=[])
    path: "PathAsk | None" = None  # played in place of `scenery` and `deeds`, in the language of `scenery`


class PathAsk(Strict):
    """A path of the checker: `journey` is the one it begins with, `path` as the report has it."""

    journey: Annotated[str, Field(min_length=1, max_length=100, pattern=NO_NUL)]
    channel: Literal["webchat", "voice", "guide", "help"] = "webchat"
    path: Annotated[list[StepDoc], Field(max_length=MOST_DEEDS)]


class OptionDoc(Strict):
    value: str
    label: str


class FieldDoc(Strict):
    """A field of a card."""

    name: str
    label: str
    kind: str
    required: bool
    options: list[OptionDoc]
    value: str
    problem: str


class PendingDoc(Strict):
    """Something that happens by itself `in_s` from now, at `due_at`."""

    name: str
    in_s: float
    due_at: dt.datetime


class AwaitedDoc(Strict):
    """What the customer may do now. On the telephone the first option is key 1, and so on."""

    kind: str
    place: str
    input_kind: str | None
    secret: bool
    options: list[OptionDoc]
    keys: tuple[int, int] | None
    fields: list[FieldDoc]
    pending: list[PendingDoc]


class SimulationDoc(Strict):
    """A conversation so far. `trace`: steps and blocks as `journey#section/2/then`, in the order reached.

    `case`: the conversation as it can be kept, without a name; `answers`: what each task could answer.
    """

    transcript: list[LineDoc]
    trace: list[str]
    variables: dict[str, Any]
    awaited: AwaitedDoc
    ended: str | None
    problems: list[str]
    now: dt.datetime
    at_s: float
    locale: Locale
    case: CaseDoc
    answers: dict[str, list[dict[str, Any]]]
    calendars: list[str]
    queues: list[str]


def simulator_router(libraries: Libraries, simulator: Simulator) -> APIRouter:
    """Return the route under `/api` for trying journeys."""
    api = APIRouter(responses=PROBLEMS, tags=["journeys"])

    @api.post("/journeys/simulate")
    async def journey_simulate(session: Player, body: SimulationAsk, locale: AskedLocale = None) -> SimulationDoc:
        """Hold a conversation with a draft or a published journey; nothing is saved, and no backend is called."""
        tenant_id = session.identity.tenant_id
        journey = await libraries.chosen(tenant_id, body.document, body.journey, body.version)
        told_in = locale or session.identity.locale
        scenery, deeds = body.scenery.read(), read_deeds(body.deeds)
        if body.path is not None:
            path = msgspec.convert([one.model_dump() for one in body.path.path], tuple[Stimulus, ...])
            asked = body.path
            scenery, deeds = await libraries.along(
                tenant_id, journey, asked.journey, path, asked.channel, scenery.locale
            )
        return _doc(await simulator.play(tenant_id, journey, scenery, deeds, told_in))

    return api


def _doc(one: Simulated) -> SimulationDoc:
    awaited = one.awaited
    pending = [
        PendingDoc(name=each.name, in_s=each.in_s, due_at=one.now + dt.timedelta(seconds=each.in_s))
        for each in awaited.pending
    ]
    return SimulationDoc(
        transcript=line_docs(one.lines),
        trace=list(one.trail),
        variables=msgspec.to_builtins(one.variables, enc_hook=str),
        awaited=AwaitedDoc(
            kind=awaited.kind,
            place=awaited.place,
            input_kind=awaited.input_kind,
            secret=awaited.secret,
            options=[OptionDoc(value=value, label=label) for value, label in awaited.options],
            keys=awaited.keys,
            fields=[
                FieldDoc.model_validate(
                    {
                        name: getattr(each, name)
                        for name in ("name", "label", "kind", "required", "value", "problem")
                    }
                    | {"options": [{"value": o.value, "label": o.label} for o in each.options]}
                )
                for each in awaited.fields
            ],
            pending=pending,
        ),
        ended=one.ended,
        problems=list(one.problems),
        now=one.now,
        at_s=one.at_s,
        locale=one.locale,
        case=CaseDoc.model_validate(case_doc(one.case) | {"name": "-"}),
        answers={task: msgspec.to_builtins(rows, enc_hook=str) for task, rows in one.answers.items()},
        calendars=list(one.calendars),
        queues=list(one.queues),
    )
