"""Drafts of journeys: saved over what was seen only, and published only with all of what is published."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import msgspec

from warmline.domain.journey.codec import unfit
from warmline.features.designer import drafts_store as store
from warmline.features.designer.drafts_store import Draft, DraftLine, Written
from warmline.features.journeys import store as published
from warmline.features.journeys.service import Journeys
from warmline.features.journeys.store import JourneyLine
from warmline.features.security import audit
from warmline.features.security.audit import Actor
from warmline.kernel.errors import CONFLICT, INVALID, NOT_FOUND, Refused, declare
from warmline.kernel.ids import new_id
from warmline.kernel.locale import Locale
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

MOST_DRAFTS = 100  # of one journey
MOST_BYTES = 2_000_000  # of a document, or of its positions

DRAFT_NEWER = declare(
    "designer.draft_newer",
    409,
    "{by} saved this draft after you opened it.",
    "Merge both, or keep yours as a draft of its own.",
)
DRAFT_RENAMED = declare(
    "designer.draft_renamed",
    409,
    "This draft is called “{name}” by now.",
    "Look at its new name, and rename it once more if you still want to.",
)
DRAFT_BEHIND = declare(
    "designer.draft_behind",
    409,
    "This draft began from version {base}, and version {newest} is published by now.",
    "Merge version {newest} into the draft, then publish.",
)
NOT_YOURS = declare(
    "designer.draft_not_yours",
    403,
    "This draft belongs to {owner}.",
    "Ask {owner} or an administrator to delete it.",
)
TOO_MANY_DRAFTS = declare(
    "designer.too_many_drafts",
    409,
    "This journey has {most} drafts already.",
    "Delete drafts that nobody needs any more.",
)


class Drafts:
    """A tenant's drafts of journeys."""

    def __init__(self, database: Database, journeys: Journeys, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._journeys = journeys
        self._now = now

    async def all(self, tenant_id: str, journey_id: str | None) -> list[DraftLine]:
        """Return the drafts of a journey, or of all (None), the last touched first."""
        async with self._database.tenant(tenant_id) as conn:
            return await store.lines(conn, tenant_id, journey_id)

    async def one(self, tenant_id: str, journey_id: str, draft_id: UUID) -> Draft:
        """Return a draft. Raises Refused `not_found`."""
        async with self._database.tenant(tenant_id) as conn:
            found = await store.one(conn, tenant_id, journey_id, draft_id)
        if found is None:
            raise Refused(NOT_FOUND, what="draft")
        return found

    async def create(
        self,
        tenant_id: str,
        actor: Actor,
        journey_id: str,
        name: str,
        *,
        version: int = 0,
        document: Mapping[str, Any] | None = None,
        positions: Mapping[str, Any] | None = None,
        wanted_id: UUID | None = None,
    ) -> Draft:
        """Begin a draft from a published version (0: from nothing), or from a document that has all of it.

        Asked for once more by its `wanted_id`, the author's own is given back as it is: an answer may have been
        lost. Raises Refused `not_found` for an unknown version, `invalid`, `conflict` where the id is another
        draft's, or `designer.too_many_drafts`.
        """
        draft_id = wanted_id or new_id()
        made = await self._begin(
            tenant_id, actor, journey_id, draft_id, name, version=version, document=document, positions=positions
        )
        if made:
            return await self.one(tenant_id, journey_id, draft_id)
        async with self._database.tenant(tenant_id) as conn:
            known = await store.one(conn, tenant_id, journey_id, draft_id)
        if known is None or known.line.owner != actor.agent_id:
            raise Refused(CONFLICT)
        return known

    async def _begin(
        self,
        tenant_id: str,
        actor: Actor,
        journey_id: str,
        draft_id: UUID,
        name: str,
        *,
        version: int,
        document: Mapping[str, Any] | None,
        positions: Mapping[str, Any] | None,
    ) -> bool:
        """Write a new draft; False when there is one with this id."""
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            if await store.is_known(conn, tenant_id, draft_id):
                return False
            base = await published.document(conn, tenant_id, journey_id, version) if version else None
            if version and base is None:
                raise Refused(NOT_FOUND, what="version")
            if await store.count(conn, tenant_id, journey_id) >= MOST_DRAFTS:
                raise Refused(TOO_MANY_DRAFTS, most=MOST_DRAFTS)
            begun = document if document is not None else base[1] if base else empty(journey_id)
            written = Written(journey_of(journey_id, begun), _plain("positions", positions or {}), name, version)
            if not await store.insert(conn, tenant_id, journey_id, draft_id, _author(actor), written, self._now()):
                return False  # written by the same request, sent twice
            detail = {"journey": journey_id, "from": version}
            await audit.append(
                conn, tenant_id, actor, "draft.created", f"draft:{draft_id}", detail, now=self._now()
            )
        return True

    async def save(
        self,
        tenant_id: str,
        actor: Actor,
        journey_id: str,
        draft_id: UUID,
        revision: int,
        *,
        document: Mapping[str, Any] | None = None,
        positions: Mapping[str, Any] | None = None,
        name: str | None = None,
        base_version: int | None = None,
    ) -> DraftLine:
        """Save what is given over `revision`; `base_version`: up to which published version it was merged.

        Saving once more what is saved already is no conflict: an answer may have been lost on its way.
        Raises Refused `designer.draft_newer` naming who and when, `invalid`, or `not_found`.
        """
        before = await self.one(tenant_id, journey_id, draft_id)
        written = Written(
            before.document if document is None else journey_of(journey_id, document),
            before.positions if positions is None else _plain("positions", positions),
            name,
            before.line.base_version if base_version is None else base_version,
        )
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            await self._known(conn, tenant_id, journey_id, before.line.base_version, written.base_version)
            if not await store.save(conn, tenant_id, draft_id, revision, _author(actor), written, self._now()):
                after = await store.one(conn, tenant_id, journey_id, draft_id)
                if after is None:
                    raise Refused(NOT_FOUND, what="draft")
                named = name is None or after.line.name == name
                if after.document != written.document or after.positions != written.positions or not named:
                    raise _newer(after.line)
        return (await self.one(tenant_id, journey_id, draft_id)).line

    async def rename(
        self, tenant_id: str, actor: Actor, journey_id: str, draft_id: UUID, seen: str, name: str
    ) -> DraftLine:
        """Call a draft something else than `seen`; its revision stays, so nobody's drawing is interrupted.

        Raises Refused `designer.draft_renamed` with the name it got meanwhile, or `not_found`.
        """
        line = (await self.one(tenant_id, journey_id, draft_id)).line
        if line.name == name:
            return line
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            if await store.rename(conn, tenant_id, draft_id, seen, name):
                detail = {"journey": journey_id, "before": seen, "name": name}
                await audit.append(
                    conn, tenant_id, actor, "draft.renamed", f"draft:{draft_id}", detail, now=self._now()
                )
        line = (await self.one(tenant_id, journey_id, draft_id)).line
        if line.name != name:
            raise Refused(DRAFT_RENAMED, name=line.name)
        return line

    async def delete(
        self, tenant_id: str, actor: Actor, journey_id: str, draft_id: UUID, *, any_owner: bool
    ) -> None:
        """Throw a draft away: one's own, or with `any_owner` anybody's.

        Raises Refused `designer.draft_not_yours`, or `not_found`.
        """
        draft = await self.one(tenant_id, journey_id, draft_id)
        if draft.line.owner != actor.agent_id and not any_owner:
            raise Refused(NOT_YOURS, owner=draft.line.owner_name)
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            await store.delete(conn, tenant_id, draft_id)
            detail = {"journey": journey_id, "name": draft.line.name}
            await audit.append(
                conn, tenant_id, actor, "draft.deleted", f"draft:{draft_id}", detail, now=self._now()
            )

    async def publish(
        self, tenant_id: str, actor: Actor, journey_id: str, draft_id: UUID, revision: int, locale: Locale = "en"
    ) -> JourneyLine:
        """Publish a draft as it was seen, if it has all of the newest version and is proved.

        Raises Refused `designer.draft_newer`, `designer.draft_behind`, and whatever publishing refuses.
        """
        draft = await self.one(tenant_id, journey_id, draft_id)
        if draft.line.revision != revision:
            raise _newer(draft.line)
        async with self._database.tenant(tenant_id) as conn:
            newest = await published.document(conn, tenant_id, journey_id, None)
        if newest is not None and newest[0].version > draft.line.base_version:
            raise Refused(DRAFT_BEHIND, base=draft.line.base_version, newest=newest[0].version)
        line = await self._journeys.publish(
            tenant_id, actor, journey_id, draft.document, locale, newest=draft.line.base_version
        )
        async with self._database.tenant(tenant_id) as conn:
            await store.rebase(conn, tenant_id, draft_id, line.version)
        return line

    async def _known(self, conn: Any, tenant_id: str, journey_id: str, before: int, after: int) -> None:
        """Refuse a base that is older than before, or that was never published."""
        if after == before:
            return
        if after < before:
            raise Refused(INVALID, field="base_version", reason=f"the draft has all of version {before} already")
        if await published.document(conn, tenant_id, journey_id, after) is None:
            raise Refused(NOT_FOUND, what="version")


def empty(journey_id: str) -> dict[str, Any]:
    """Return a journey in which nothing happens yet."""
    return {"id": journey_id, "sections": {"start": [], "agent": []}, "on_error": []}


def _newer(line: DraftLine) -> Refused:
    return Refused(DRAFT_NEWER, by=line.updated_by_name, at=line.updated_at.isoformat(), revision=line.revision)


def _author(actor: Actor) -> UUID:
    if actor.agent_id is None:
        raise Refused(INVALID, field="actor", reason="a draft belongs to a person")
    return actor.agent_id


def journey_of(journey_id: str, document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document that the designer can open: half drawn is fine, another shape is not."""
    plain = _plain("document", document)
    reason = unfit(plain)
    if reason is not None:
        raise Refused(INVALID, field="document", reason=reason.rstrip("."))
    if plain.get("id") != journey_id:
        raise Refused(INVALID, field="document.id", reason=f"the address says {journey_id}")
    sections = plain.get("sections")
    if not isinstance(sections, dict):
        raise Refused(INVALID, field="document.sections", reason="sections are an object of lists of steps")
    for name, block in [*cast(dict[str, Any], sections).items(), ("on_error", plain.get("on_error"))]:
        if not isinstance(block, list) or not all(
            isinstance(step, dict) and isinstance(cast(dict[str, Any], step).get("step"), str)
            for step in cast(list[Any], block)
        ):
            raise Refused(INVALID, field="document", reason=f"{name} is a list of steps")
    return plain


def _plain(field: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """Return a value as it comes back from the database. Raises Refused `invalid` for what cannot be kept."""
    try:
        encoded = msgspec.json.encode(value)
    except (UnicodeEncodeError, RecursionError, ValueError):
        raise Refused(INVALID, field=field, reason="it holds what cannot be saved as JSON") from None
    if len(encoded) > MOST_BYTES:
        raise Refused(INVALID, field=field, reason=f"it is larger than {MOST_BYTES // 1_000_000} MB")
    if b"\\u0000" in encoded:
        raise Refused(INVALID, field=field, reason="it holds a zero byte")
    return msgspec.json.decode(encoded)
