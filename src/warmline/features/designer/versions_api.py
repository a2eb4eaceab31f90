"""Versions of journeys over HTTP: who published what, what changed, merging, and going back."""

from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from warmline.features.designer.source_api import add_source
from warmline.features.designer.versions import Versions
from warmline.features.journeys.api import AskedLocale, JourneyId, JourneyLineDoc, Strict
from warmline.features.security.access import client_of, require
from warmline.features.security.audit import Actor
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session

Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
Name = Annotated[str, Field(max_length=40)]
Named = Annotated[
    str, Query(max_length=40, description="A version's number, 0 for nothing, `newest`, or a draft's id.")
]
Reader = Annotated[Session, Depends(require("journeys.read"))]
Writer = Annotated[Session, Depends(require("drafts.write"))]
Checker = Annotated[Session, Depends(require("journeys.check"))]
Publisher = Annotated[Session, Depends(require("journeys.publish"))]
Choices = Annotated[dict[str, Literal["mine", "theirs", "both"]], Field(max_length=2000, default_factory=dict)]


class VersionLineDoc(JourneyLineDoc):
    """One published version; `published_by_name` is empty for the system."""

    published_by_name: str


class VersionListDoc(Strict):
    items: list[VersionLineDoc]


class FieldChangeDoc(Strict):
    field: str
    old: Any
    new: Any


class ChangeDoc(Strict):
    """One difference. `path` is where it stands in the newer document, `before` where it stood in the older.

    `step`: the kind of step; the name of a section. `own`: what was removed, without its branches. `near`: what
    stands before the place of something removed in the newer document; at its beginning, the block.
    """

    kind: Literal["added", "removed", "moved", "changed"]
    what: Literal["step", "option", "section", "journey"]
    path: str | None
    before: str | None
    step: str
    fields: list[FieldChangeDoc]
    own: dict[str, Any]
    near: str | None


class DiffDoc(Strict):
    changes: list[ChangeDoc]


class TalkDoc(Strict):
    """A customer whose conversation is another now."""

    before: list[str]
    after: list[str]


class WaysDoc(Strict):
    """What the same random customers met in both: a sample, so an unused branch may still be entered by somebody.

    `changed` of the `customers` went another way or heard other words. Branches that are in both: `reached` by
    somebody now only, `left` by all. `new` ones are entered, `unused` new ones are not, `lost` ones are gone and
    were entered (paths in the older document).
    """

    customers: int
    changed: int
    reached: list[str]
    left: list[str]
    new: list[str]
    unused: list[str]
    lost: list[str]
    examples: list[TalkDoc]


class MergeAsked(Strict):
    """Three documents, each whole or named as in `diff`. `choices` decide conflicts by their id."""

    base: Name | dict[str, Any]
    mine: Name | dict[str, Any]
    theirs: Name | dict[str, Any]
    choices: Choices


class ConflictDoc(Strict):
    """What both changed, each in another way; `choices` are the ways to decide it."""

    id: str
    kind: Literal["field", "removed", "added", "moved", "tangled"]
    path: str
    step: str
    choices: list[Literal["mine", "theirs", "both"]]
    field: str | None
    base: Any
    mine: Any
    theirs: Any


class MergeDoc(Strict):
    """The changes of both; while there are conflicts, mine stands at their places."""

    document: dict[str, Any]
    conflicts: list[ConflictDoc]


class RollbackAsked(Strict):
    """`newest`: the newest version one has seen."""

    version: Version
    newest: Version


def versions_router(versions: Versions) -> APIRouter:
    """Return the routes under `/api` for versions, and for journeys as Python."""
    api = APIRouter(responses=PROBLEMS, tags=["journeys"])
    add_source(api)

    @api.get("/journeys/{journey_id}/versions")
    async def version_list(journey_id: JourneyId, session: Reader) -> VersionListDoc:
        """Return every published version with its author, newest first."""
        found = await versions.lines(session.identity.tenant_id, journey_id)
        lines = [msgspec.to_builtins(line) | {"published_by_name": name} for line, name in found]
        return VersionListDoc(items=[VersionLineDoc.model_validate(one) for one in lines])

    @api.get("/journeys/{journey_id}/diff")
    async def version_diff(
        journey_id: JourneyId,
        session: Reader,
        before: Annotated[str, Query(alias="from", max_length=40, description="As `to`.")] = "0",
        to: Named = "newest",
    ) -> DiffDoc:
        """Return what changed between two versions or drafts."""
        changes = await versions.compare(session.identity.tenant_id, journey_id, before, to)
        return DiffDoc(changes=[ChangeDoc.model_validate(msgspec.to_builtins(one)) for one in changes])

    @api.get("/journeys/{journey_id}/diff/ways")
    async def version_ways(
        journey_id: JourneyId,
        session: Checker,
        before: Annotated[str, Query(alias="from", max_length=40, description="As `to`.")],
        to: Named = "newest",
    ) -> WaysDoc:
        """Let random customers walk through both, and return which of their ways changed."""
        found = await versions.ways(session.identity.tenant_id, journey_id, before, to)
        return WaysDoc.model_validate(msgspec.to_builtins(found))

    @api.post("/journeys/{journey_id}/merge")
    async def version_merge(journey_id: JourneyId, body: MergeAsked, session: Writer) -> MergeDoc:
        """Put the changes of two people together. Nothing is saved."""
        merged = await versions.merge(
            session.identity.tenant_id, journey_id, body.base, body.mine, body.theirs, body.choices
        )
        conflicts = [ConflictDoc.model_validate(msgspec.to_builtins(one)) for one in merged.conflicts]
        return MergeDoc(document=merged.document, conflicts=conflicts)

    @api.post("/journeys/{journey_id}/rollback", status_code=201)
    async def version_rollback(
        request: Request,
        journey_id: JourneyId,
        body: RollbackAsked,
        session: Publisher,
        locale: AskedLocale = None,
    ) -> JourneyLineDoc:
        """Publish an older version's document anew, if it is still proved to end well."""
        actor = Actor.of(session.identity, client_of(request).ip)
        line = await versions.rollback(
            session.identity.tenant_id, actor, journey_id, body.version, body.newest,
            locale or session.identity.locale,
        )  # fmt: skip
        return JourneyLineDoc.model_validate(msgspec.to_builtins(line))

    return api
