"""Comparing versions of a journey over HTTP."""

import datetime as dt
from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from warmline.domain.experiment.verdict import Metric, Verdict
from warmline.features.experiments.service import Experiments, Watched, Wish
from warmline.features.security.access import client_of, require
from warmline.features.security.audit import Actor
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session

JourneyId = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$", max_length=63)]
VersionNumber = Annotated[int, Field(ge=1, le=2**31 - 1)]
Reader = Annotated[Session, Depends(require("experiments.read"))]
Runner = Annotated[Session, Depends(require("experiments.run"))]


class WishDoc(BaseModel):
    """What is to be known, named before it begins.

    `share`: of the contacts get version b. `metric`: contained (solved by self-service without ever entering a
    queue), satisfied (gave 4 or 5; no answer is no success), short (over, and the customer did not give up);
    each as it is `within_s` seconds after the journey began, but satisfied not before the contact is over: until
    then an answer may come. `difference`: the smallest one worth knowing.
    """

    model_config = ConfigDict(extra="forbid")
    version_a: VersionNumber
    version_b: VersionNumber
    share: Annotated[float, Field(ge=0.05, le=0.95)] = 0.5
    metric: Metric
    within_s: Annotated[int, Field(ge=30, le=7 * 86_400)] = 3600
    difference: Annotated[float, Field(ge=0.005, le=0.9)] = 0.05


class PlanDoc(BaseModel):
    """What it takes: `needed` contacts of both versions together, `days` at the pace of the last 28 days.

    `base` is the rate seen in them; 0.5, the most careful guess, when `base_known` is false.
    """

    base: float
    base_known: bool
    needed: int
    per_day: float
    days: float | None


class SplitDoc(BaseModel):
    """A comparison as it was begun; `ended_at` null: it goes on."""

    id: UUID
    journey_id: str
    version_a: int
    version_b: int
    share: float
    metric: Metric
    within_s: int
    base: float
    difference: float
    needed: int
    began_at: dt.datetime
    began_by: UUID | None
    ended_at: dt.datetime | None
    ended_by: UUID | None


class IntervalDoc(BaseModel):
    low: float
    high: float


class ArmDoc(BaseModel):
    """One version's settled contacts; `interval`: Wilson, 95 %."""

    contacts: int
    successes: int
    rate: float | None
    interval: IntervalDoc


class ComparisonDoc(BaseModel):
    """What the record says. `p` holds however often one looks, `difference_interval` (Newcombe, 95 %) for one.

    `verdict`: a_better or b_better once p is 0.05 or less; no_difference once `needed` contacts are settled
    without one; else undecided.
    """

    a: ArmDoc
    b: ArmDoc
    difference: float | None
    difference_interval: IntervalDoc
    p: float
    verdict: Verdict


class WatchedDoc(BaseModel):
    """A comparison and its state. `unsettled`: contacts whose outcome is not known yet.

    `apart`: contacts that met another version than their lot while the news of the split was on its way.
    """

    split: SplitDoc
    comparison: ComparisonDoc
    unsettled: int
    apart: int


class WatchedListDoc(BaseModel):
    items: list[WatchedDoc]


def _doc(watched: Watched) -> WatchedDoc:
    return WatchedDoc.model_validate(msgspec.to_builtins(watched))


def _actor(session: Session, request: Request) -> Actor:
    return Actor.of(session.identity, client_of(request).ip)


def router(experiments: Experiments) -> APIRouter:
    """Return the routes under `/api` for comparisons of versions."""
    api = APIRouter(responses=PROBLEMS, tags=["experiments"])

    @api.get("/journeys/{journey_id}/splits")
    async def split_list(session: Reader, journey_id: JourneyId) -> WatchedListDoc:
        """Return a journey's comparisons with what they say by now, newest first."""
        found = await experiments.all(session.identity.tenant_id, journey_id)
        return WatchedListDoc(items=[_doc(one) for one in found])

    @api.post("/journeys/{journey_id}/splits/plan")
    async def split_plan(session: Reader, journey_id: JourneyId, body: WishDoc) -> PlanDoc:
        """Return how many contacts, and about how many days, a comparison takes. Nothing is begun."""
        plan = await experiments.plan(session.identity.tenant_id, journey_id, _wish(body))
        return PlanDoc.model_validate(msgspec.to_builtins(plan))

    @api.post("/journeys/{journey_id}/splits", status_code=201)
    async def split_begin(request: Request, session: Runner, journey_id: JourneyId, body: WishDoc) -> WatchedDoc:
        """Share a journey's contacts between two versions, by lot, from now on."""
        identity = session.identity
        return _doc(await experiments.begin(identity.tenant_id, _actor(session, request), journey_id, _wish(body)))

    @api.post("/journeys/{journey_id}/splits/{split_id}/end")
    async def split_end(request: Request, session: Runner, journey_id: JourneyId, split_id: UUID) -> WatchedDoc:
        """Give new contacts the newest version again; contacts under way keep the version they began with."""
        identity = session.identity
        return _doc(await experiments.end(identity.tenant_id, _actor(session, request), journey_id, split_id))

    return api


def _wish(body: WishDoc) -> Wish:
    return Wish(**body.model_dump())
