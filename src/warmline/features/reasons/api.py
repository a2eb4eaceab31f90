"""Contact reasons over HTTP: the map for a time, and the catalogue."""

import datetime as dt
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import AfterValidator, BaseModel, Field

from warmline.domain.journey.checker_tags import Tag
from warmline.features.admin.fields import Names, Slug, Strict, Version
from warmline.features.reasons.gaps import Entry, GapKind
from warmline.features.reasons.service import Reasons
from warmline.features.security.access import client_of, require
from warmline.features.security.audit import Actor
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session

INTENT = r"^[a-z0-9][a-z0-9_-]{0,62}$"
Intent = Annotated[str, Field(pattern=INTENT, max_length=63, description="What `Reason` steps declare")]
Key = Annotated[str, Path(pattern=INTENT, max_length=63)]
Reader = Annotated[Session, Depends(require("reasons.read"))]
Writer = Annotated[Session, Depends(require("reasons.write"))]


def _once(values: list[str]) -> list[str]:
    return list(dict.fromkeys(values))


Variable = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]*$", max_length=80)]
Task = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.-]*$", max_length=120)]


class ReasonChange(Strict):
    """A contact reason. `level`: how surely the customer must be known; `tags` bind journeys that declare it.

    `person_after`: misunderstood so often in one conversation, the customer comes to a person; null: not by count.
    """

    name: Names
    needs: Annotated[list[Variable], Field(max_length=30), AfterValidator(_once)] = Field(default_factory=list)
    level: Annotated[int, Field(ge=0, le=5)] = 0
    tasks: Annotated[list[Task], Field(max_length=30), AfterValidator(_once)] = Field(default_factory=list)
    tags: Annotated[list[Tag], Field(max_length=5), AfterValidator(_once)] = Field(default_factory=list)
    journey_id: Slug | None = None
    person_after: Annotated[int, Field(ge=1, le=20)] | None = None


class ReasonNew(ReasonChange):
    id: Intent


class ReasonUpdate(ReasonChange):
    version: Version


class ReasonDoc(BaseModel):
    """A contact reason of the catalogue."""

    id: str
    name: dict[str, str]
    needs: list[str]
    level: int
    tasks: list[str]
    tags: list[Tag]
    journey_id: str | None
    person_after: int | None
    version: int


class ServedDoc(BaseModel):
    """How contacts went. Shares are 0 to 1; null: nothing to divide by. `repeat`: came again within seven days."""

    volume: int
    containment: float | None
    transfer: float | None
    repeat: float | None
    csat: float | None
    csat_answers: int
    lasted_s: float | None


class ChannelDoc(BaseModel):
    channel: str
    served: ServedDoc


class ReasonUnheardDoc(BaseModel):
    """How often customers were not understood or silent; `handed`: contacts a person took over because of it."""

    times: int
    contacts: int
    handed: int


class GapDoc(BaseModel):
    """Something missing; `about`: the journey, level, task or variable."""

    kind: GapKind
    about: str


class ReasonLineDoc(BaseModel):
    """One contact reason of the map; `entry` null: nobody catalogued it."""

    id: str
    entry: ReasonDoc | None
    served: ServedDoc
    channels: list[ChannelDoc]
    declared_in: list[str]
    gaps: list[GapDoc]
    unheard: ReasonUnheardDoc


class ReasonMapDoc(BaseModel):
    """All contact reasons, most contacts first; `undeclared`: contacts without one."""

    first: dt.date
    last: dt.date
    time_zone: str
    items: list[ReasonLineDoc]
    undeclared: ServedDoc
    unheard: ReasonUnheardDoc


def _doc(entry: Entry) -> ReasonDoc:
    return ReasonDoc.model_validate(msgspec.to_builtins(entry))


def _entry(key: str, body: ReasonChange, version: int = 1) -> Entry:
    return Entry(
        key, body.name.model_dump(), tuple(body.needs), body.level, tuple(body.tasks), tuple(body.tags),
        body.journey_id, body.person_after, version,
    )  # fmt: skip


def _actor(session: Session, request: Request) -> Actor:
    return Actor.of(session.identity, client_of(request).ip)


def router(reasons: Reasons) -> APIRouter:
    """Return the routes under `/api` for contact reasons."""
    api = APIRouter(responses=PROBLEMS, tags=["reasons"])

    @api.get("/reasons")
    async def reason_map(
        session: Reader,
        first: Annotated[dt.date | None, Query(alias="from", description="Else 28 days ago")] = None,
        last: Annotated[dt.date | None, Query(alias="to", description="Included; else today")] = None,
    ) -> ReasonMapDoc:
        """Return why customers came, how well each reason is served, and what is missing."""
        found = await reasons.map(session.identity.tenant_id, first, last)
        return ReasonMapDoc.model_validate(msgspec.to_builtins(found))

    @api.post("/reasons", status_code=201)
    async def reason_create(request: Request, session: Writer, body: ReasonNew) -> ReasonDoc:
        """Add a contact reason; its tags must be kept by every published journey that declares it."""
        identity = session.identity
        entry = _entry(body.id, body)
        return _doc(await reasons.create(identity.tenant_id, _actor(session, request), entry, identity.locale))

    @api.put("/reasons/{key}")
    async def reason_change(request: Request, session: Writer, key: Key, body: ReasonUpdate) -> ReasonDoc:
        """Change a contact reason."""
        identity = session.identity
        entry = _entry(key, body, body.version)
        return _doc(await reasons.change(identity.tenant_id, _actor(session, request), entry, identity.locale))

    @api.delete("/reasons/{key}", status_code=204)
    async def reason_remove(
        request: Request,
        session: Writer,
        key: Key,
        version: Annotated[int | None, Query(ge=0, le=2**53, description="Refuse if it changed since")] = None,
    ) -> None:
        """Take a contact reason out of the catalogue; the record keeps it."""
        await reasons.remove(session.identity.tenant_id, _actor(session, request), key, version)

    return api
