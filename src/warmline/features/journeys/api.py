"""Journeys and prompts over HTTP."""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from warmline.domain.journey.checker_report import Report
from warmline.features.journeys.service import MOST_KEY, MOST_TEXT, PROMPT_KEY, Journeys
from warmline.features.journeys.store import JourneyLine, PromptChannel
from warmline.features.security.access import client_of, require
from warmline.features.security.audit import Actor
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session
from warmline.kernel.locale import Locale

JourneyId = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$", max_length=63)]
PromptKey = Annotated[str, Path(pattern=f"^{PROMPT_KEY}$", max_length=MOST_KEY)]
Text = Annotated[str, Field(min_length=1, max_length=MOST_TEXT, pattern=r"^[^\x00]*$")]


AskedLocale = Annotated[Locale | None, Query(description="The language of the report; else that of the session.")]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class JourneyLineDoc(BaseModel):
    """One published version."""

    id: str
    version: int
    kind: str
    title: str
    published_by: UUID | None
    published_at: dt.datetime


class JourneyListDoc(BaseModel):
    items: list[JourneyLineDoc]


class JourneyDoc(JourneyLineDoc):
    """A version with its document, and all versions, newest first."""

    document: dict[str, Any]
    versions: list[JourneyLineDoc]


class Draft(Strict):
    """A journey document; see docs/subsystems/journeys.md for its form."""

    document: dict[str, Any]


class StepDoc(BaseModel):
    """One thing that happens on a path: what the customer does, a timer, a task's answer.

    `world`: what the surroundings answered meanwhile. `warmline journey replay` plays a list of steps.
    """

    kind: str
    text: str = ""
    name: str = ""
    outcome: str = ""
    result: dict[str, Any] = {}
    world: list[str] = []


class ProblemDoc(BaseModel):
    """One reason not to publish; `transcript` is the path to it, as a person would read it.

    `text`, `fix` and `transcript` are in the language asked for, else in that of the session. `trail`: the blocks
    entered on the way, as `journey#section/2/then`; `channel`: where it shows, `webchat` or `voice`.
    """

    code: str
    details: dict[str, str]
    journey: str
    section: str
    text: str
    fix: str
    path: list[StepDoc]
    transcript: list[str]
    trail: list[str]
    channel: str


class ReportDoc(BaseModel):
    """The verdict on one journey. `versions`: of journeys taken in a version that is being compared."""

    journey: str
    ok: bool
    problems: list[ProblemDoc]
    states: int
    transitions: int
    paths: int
    journeys: list[str]
    complete: bool
    versions: dict[str, int] = {}
    lines: list[str]


class CheckDoc(BaseModel):
    """The verdicts on the draft and on every journey that leads through it; `ok` when all are."""

    ok: bool
    reports: list[ReportDoc]


class PromptTexts(Strict):
    ko: Text
    ja: Text
    en: Text


class PromptChange(Strict):
    """A prompt in the three languages."""

    channel: PromptChannel = "written"
    texts: PromptTexts


class PromptDoc(BaseModel):
    """A prompt; `own`: written by the company, in place of the platform's."""

    key: str
    channel: PromptChannel
    texts: dict[str, str]
    own: bool


class PromptListDoc(BaseModel):
    items: list[PromptDoc]


def _line(line: JourneyLine) -> JourneyLineDoc:
    return JourneyLineDoc.model_validate(msgspec.to_builtins(line))


def _report(report: Report) -> ReportDoc:
    fields = msgspec.to_builtins(report, enc_hook=str) | {"ok": report.ok, "lines": report.lines()}
    problems = [
        ProblemDoc(
            code=p.code,
            details=p.cause.details,
            journey=p.journey,
            section=p.section,
            text=p.text,
            fix=p.fix,
            path=[StepDoc.model_validate(msgspec.to_builtins(one, enc_hook=str)) for one in p.path],
            transcript=list(p.transcript),
            trail=list(p.trail),
            channel=p.channel,
        )
        for p in report.problems
    ]
    return ReportDoc.model_validate(fields | {"problems": problems})


def _actor(session: Session, request: Request) -> Actor:
    return Actor.of(session.identity, client_of(request).ip)


def router(journeys: Journeys) -> APIRouter:
    """Return the routes under `/api` for journeys and prompts."""
    api = APIRouter(responses=PROBLEMS, tags=["journeys"])
    _add_journeys(api, journeys)
    _add_prompts(api, journeys)
    return api


def _add_journeys(api: APIRouter, journeys: Journeys) -> None:
    @api.get("/journeys")
    async def journey_list(session: Annotated[Session, Depends(require("journeys.read"))]) -> JourneyListDoc:
        """Return the newest version of every journey."""
        return JourneyListDoc(items=[_line(one) for one in await journeys.all(session.identity.tenant_id)])

    @api.get("/journeys/{journey_id}")
    async def journey_read(
        journey_id: JourneyId,
        session: Annotated[Session, Depends(require("journeys.read"))],
        version: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    ) -> JourneyDoc:
        """Return a journey's document: the newest version, or the one asked for."""
        line, document, versions = await journeys.one(session.identity.tenant_id, journey_id, version)
        return JourneyDoc(**_line(line).model_dump(), document=document, versions=[_line(one) for one in versions])

    @api.post("/journeys/{journey_id}/check")
    async def journey_check(
        journey_id: JourneyId,
        body: Draft,
        session: Annotated[Session, Depends(require("journeys.check"))],
        locale: AskedLocale = None,
    ) -> CheckDoc:
        """Prove a draft: every path must end explained. Nothing is saved."""
        told_in = locale or session.identity.locale
        reports = await journeys.check(session.identity.tenant_id, journey_id, body.document, told_in)
        return CheckDoc(ok=all(one.ok for one in reports), reports=[_report(one) for one in reports])

    @api.post("/journeys/{journey_id}/publish", status_code=201)
    async def journey_publish(
        request: Request,
        journey_id: JourneyId,
        body: Draft,
        session: Annotated[Session, Depends(require("journeys.publish"))],
        locale: AskedLocale = None,
    ) -> JourneyLineDoc:
        """Publish a new version if the proof succeeds; contacts under way keep the version they began with."""
        actor = _actor(session, request)
        told_in = locale or session.identity.locale
        return _line(await journeys.publish(session.identity.tenant_id, actor, journey_id, body.document, told_in))


def _add_prompts(api: APIRouter, journeys: Journeys) -> None:
    @api.get("/prompts")
    async def prompt_list(session: Annotated[Session, Depends(require("prompts.read"))]) -> PromptListDoc:
        """Return every prompt by key, the company's own texts in place of the platform's."""
        found = await journeys.prompts(session.identity.tenant_id)
        return PromptListDoc(items=[PromptDoc.model_validate(msgspec.to_builtins(one)) for one in found])

    @api.put("/prompts/{key}", status_code=204)
    async def prompt_put(
        request: Request,
        key: PromptKey,
        body: PromptChange,
        session: Annotated[Session, Depends(require("prompts.write"))],
        locale: AskedLocale = None,
    ) -> None:
        """Write a prompt in the three languages; every published journey that says it must stay sound."""
        actor = _actor(session, request)
        told_in = locale or session.identity.locale
        texts: dict[Locale, str] = {"ko": body.texts.ko, "ja": body.texts.ja, "en": body.texts.en}
        await journeys.put_prompt(session.identity.tenant_id, actor, key, body.channel, texts, told_in)
