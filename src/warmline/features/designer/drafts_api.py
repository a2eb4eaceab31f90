"""Drafts of journeys over HTTP."""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Request
from pydantic import Field

from warmline.features.designer.drafts import DraftLine, Drafts
from warmline.features.journeys.api import AskedLocale, JourneyId, JourneyLineDoc, Strict
from warmline.features.security.access import client_of, require
from warmline.features.security.audit import Actor
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session

Name = Annotated[str, Field(max_length=80, pattern=r"^[^\x00]*$")]
Revision = Annotated[int, Field(ge=1, le=2**31 - 1)]
Version = Annotated[int, Field(ge=0, le=2**31 - 1)]
Reader = Annotated[Session, Depends(require("drafts.read"))]
Writer = Annotated[Session, Depends(require("drafts.write"))]
Publisher = Annotated[Session, Depends(require("journeys.publish"))]


class DraftLineDoc(Strict):
    """One draft. `revision` counts what was saved; `base_version` is the published version it has all of."""

    id: UUID
    journey_id: str
    name: str
    owner: UUID
    owner_name: str
    base_version: int
    revision: int
    updated_by: UUID
    updated_by_name: str
    updated_at: dt.datetime


class DraftDoc(DraftLineDoc):
    """A draft with its document, and where the designer drew the steps."""

    document: dict[str, Any]
    positions: dict[str, Any]


class DraftListDoc(Strict):
    items: list[DraftLineDoc]


class DraftBegin(Strict):
    """`version`: the published version to begin from, 0 for none; `document`: instead of that version's own.

    `id`: made by who begins it, so that asking once more begins no second one.
    """

    id: UUID | None = None
    name: Name = ""
    version: Version = 0
    document: dict[str, Any] | None = None
    positions: dict[str, Any] | None = None


class DraftSave(Strict):
    """What is left out stays. `revision` is the one seen; `base_version`: up to which version it was merged."""

    revision: Revision
    document: dict[str, Any] | None = None
    positions: dict[str, Any] | None = None
    name: Name | None = None
    base_version: Version | None = None


class DraftRename(Strict):
    """`seen`: the name that was read; empty names are those nobody gave."""

    seen: Name
    name: Name


class DraftPublish(Strict):
    revision: Revision


def _line(line: DraftLine) -> DraftLineDoc:
    return DraftLineDoc.model_validate(msgspec.to_builtins(line))


def drafts_router(drafts: Drafts) -> APIRouter:
    """Return the routes under `/api` for drafts."""
    api = APIRouter(responses=PROBLEMS, tags=["journeys"])

    @api.get("/drafts")
    async def every_draft(session: Reader) -> DraftListDoc:
        """Return the drafts of all journeys, the last touched first."""
        return DraftListDoc(items=[_line(one) for one in await drafts.all(session.identity.tenant_id, None)])

    @api.get("/journeys/{journey_id}/drafts")
    async def draft_list(journey_id: JourneyId, session: Reader) -> DraftListDoc:
        """Return the drafts of a journey, the last touched first."""
        found = await drafts.all(session.identity.tenant_id, journey_id)
        return DraftListDoc(items=[_line(one) for one in found])

    @api.post("/journeys/{journey_id}/drafts", status_code=201)
    async def draft_create(request: Request, journey_id: JourneyId, body: DraftBegin, session: Writer) -> DraftDoc:
        """Begin a draft: of a version, of nothing, or of a document, as when two people part ways."""
        made = await drafts.create(
            session.identity.tenant_id, _actor(session, request), journey_id, body.name,
            version=body.version, document=body.document, positions=body.positions,
            wanted_id=body.id,
        )  # fmt: skip
        return DraftDoc(**_line(made.line).model_dump(), document=made.document, positions=made.positions)

    @api.get("/journeys/{journey_id}/drafts/{draft_id}")
    async def draft_read(journey_id: JourneyId, draft_id: UUID, session: Reader) -> DraftDoc:
        """Return a draft with its document."""
        found = await drafts.one(session.identity.tenant_id, journey_id, draft_id)
        return DraftDoc(**_line(found.line).model_dump(), document=found.document, positions=found.positions)

    @api.put("/journeys/{journey_id}/drafts/{draft_id}")
    async def draft_save(
        request: Request, journey_id: JourneyId, draft_id: UUID, body: DraftSave, session: Writer
    ) -> DraftLineDoc:
        """Save over the revision seen; refused with who and when if somebody saved another one meanwhile."""
        saved = await drafts.save(
            session.identity.tenant_id, _actor(session, request), journey_id, draft_id, body.revision,
            document=body.document, positions=body.positions, name=body.name, base_version=body.base_version,
        )  # fmt: skip
        return _line(saved)

    @api.put("/journeys/{journey_id}/drafts/{draft_id}/name")
    async def draft_rename(
        request: Request, journey_id: JourneyId, draft_id: UUID, body: DraftRename, session: Writer
    ) -> DraftLineDoc:
        """Call a draft something else; refused with its name if somebody else renamed it meanwhile."""
        line = await drafts.rename(
            session.identity.tenant_id,
            _actor(session, request),
            journey_id,
            draft_id,
            body.seen,
            body.name.strip(),
        )
        return _line(line)

    @api.delete("/journeys/{journey_id}/drafts/{draft_id}", status_code=204)
    async def draft_delete(request: Request, journey_id: JourneyId, draft_id: UUID, session: Writer) -> None:
        """Throw one's own draft away; administrators may throw away anybody's."""
        await drafts.delete(
            session.identity.tenant_id, _actor(session, request), journey_id, draft_id,
            any_owner="admin" in session.identity.roles,
        )  # fmt: skip

    @api.post("/journeys/{journey_id}/drafts/{draft_id}/publish", status_code=201)
    async def draft_publish(
        request: Request,
        journey_id: JourneyId,
        draft_id: UUID,
        body: DraftPublish,
        session: Publisher,
        locale: AskedLocale = None,
    ) -> JourneyLineDoc:
        """Publish a draft that has all of the newest version, if the proof succeeds."""
        line = await drafts.publish(
            session.identity.tenant_id, _actor(session, request), journey_id, draft_id, body.revision,
            locale or session.identity.locale,
        )  # fmt: skip
        return JourneyLineDoc.model_validate(msgspec.to_builtins(line))

    return api


def _actor(session: Session, request: Request) -> Actor:
    return Actor.of(session.identity, client_of(request).ip)
