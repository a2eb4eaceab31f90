"""Versions and drafts of a journey side by side: what changed, two people's work put together, and back again."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from warmline.domain.journey.codec import BadJourney, read_plain
from warmline.domain.journey.diff import Change, diff
from warmline.domain.journey.diff_tree import as_text
from warmline.domain.journey.diff_ways import Ways, ways
from warmline.domain.journey.document import Journey
from warmline.domain.journey.merge import Choice, Merged, merge
from warmline.domain.journey.simulate import Answer
from warmline.features.designer import drafts_store
from warmline.features.designer.drafts import journey_of
from warmline.features.designer.limits import Progress, limited
from warmline.features.designer.simulator import Libraries
from warmline.features.journeys import store
from warmline.features.journeys.service import Journeys
from warmline.features.journeys.store import JourneyLine
from warmline.features.security import audit
from warmline.features.security.audit import Actor
from warmline.kernel.errors import INVALID, NOT_FOUND, Refused, declare
from warmline.kernel.locale import Locale
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database
from warmline.runtime.turns import Turns

CUSTOMERS = 200
AT_MOST_S = 30.0
NEWEST_ALREADY = declare(
    "designer.newest_already",
    409,
    "Version {version} says the same as the newest one.",
    "There is nothing to take back.",
)


class Versions:
    """A tenant's versions of journeys."""

    def __init__(
        self,
        database: Database,
        journeys: Journeys,
        libraries: Libraries,
        now: Callable[[], datetime] = utc_now,
        at_most_s: float = AT_MOST_S,
    ) -> None:
        self._database = database
        self._journeys = journeys
        self._libraries = libraries
        self._turns = Turns(1)  # it is all arithmetic: two at once would only both be slower
        self._quick = Turns(1)  # comparing and merging, which nobody waits long for
        self._at_most_s = at_most_s
        self._now = now

    async def lines(self, tenant_id: str, journey_id: str) -> list[tuple[JourneyLine, str]]:
        """Return every version, newest first, with the name of who published it; '' for the system."""
        async with self._database.tenant(tenant_id) as conn:
            versions = await store.versions(conn, tenant_id, journey_id)
            ids = list({one.published_by for one in versions if one.published_by})
            rows = await conn.fetch(
                "SELECT id, name FROM agent WHERE tenant_id = $1 AND id = ANY($2::uuid[])", tenant_id, ids
            )
        names = {row["id"]: row["name"] for row in rows}
        return [(one, names.get(one.published_by, "")) for one in versions]

    async def compare(self, tenant_id: str, journey_id: str, before: str, after: str) -> list[Change]:
        """Return what changed from one version or draft to another: a number (0: nothing), `newest`, a draft's id.

        Raises Refused `not_found`, `invalid`, `designer.too_long` or `designer.no_turn`.
        """
        async with self._database.tenant(tenant_id) as conn:
            old = await self._document(conn, tenant_id, journey_id, before)
            new = await self._document(conn, tenant_id, journey_id, after)
        return await limited(self._quick, tenant_id, lambda own: diff(old, new, own.heed), self._at_most_s)

    async def ways(self, tenant_id: str, journey_id: str, before: str, after: str) -> Ways:
        """Let the same random customers walk through both, and return what is another way now.

        Raises Refused `not_found`, `invalid` for a document that is half drawn, `designer.too_long` or
        `designer.no_turn`.
        """
        async with self._database.tenant(tenant_id) as conn:
            old = _whole("from", await self._document(conn, tenant_id, journey_id, before))
            new = _whole("to", await self._document(conn, tenant_id, journey_id, after))
        library = await self._libraries.of(tenant_id, await self._libraries.ground(tenant_id), new)
        answers = {
            task: tuple(Answer(result=dict(row)) for row in rows) for task, rows in library.stand_ins.items()
        }

        def work(progress: Progress) -> Ways:
            return ways(old, new, library.journeys, library.texts, answers, CUSTOMERS, watch=progress.step)

        return await limited(self._turns, tenant_id, work, self._at_most_s, total=CUSTOMERS)

    async def merge(
        self,
        tenant_id: str,
        journey_id: str,
        base: str | Mapping[str, Any],
        mine: str | Mapping[str, Any],
        theirs: str | Mapping[str, Any],
        choices: Mapping[str, Choice],
    ) -> Merged:
        """Return both changes together; each document is given whole, or named as in `compare`.

        Raises Refused as `compare` does.
        """
        documents: list[Mapping[str, Any]] = []
        async with self._database.tenant(tenant_id) as conn:
            for one in (base, mine, theirs):
                found = await self._document(conn, tenant_id, journey_id, one) if isinstance(one, str) else one
                documents.append(journey_of(journey_id, found))
        base_one, my_own, their_own = documents

        def work(progress: Progress) -> Merged:
            return merge(base_one, my_own, their_own, choices, progress.heed)

        return await limited(self._quick, tenant_id, work, self._at_most_s)

    async def rollback(
        self, tenant_id: str, actor: Actor, journey_id: str, version: int, newest: int, locale: Locale
    ) -> JourneyLine:
        """Publish an older version's document anew, proved against what there is today.

        `newest` is the newest version its author saw. Raises Refused `not_found`, `designer.newest_already`,
        `conflict`, or whatever publishing refuses.
        """
        async with self._database.tenant(tenant_id) as conn:
            old = await self._document(conn, tenant_id, journey_id, str(version))
            now = await self._document(conn, tenant_id, journey_id, "newest")
        if as_text(old) == as_text(now):
            raise Refused(NEWEST_ALREADY, version=version)
        line = await self._journeys.publish(tenant_id, actor, journey_id, old, locale, newest=newest)
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            detail = {"to": version, "version": line.version}
            subject = f"journey:{journey_id}"
            await audit.append(conn, tenant_id, actor, "journey.rolled_back", subject, detail, now=self._now())
        return line

    async def _document(
        self, conn: asyncpg.Connection, tenant_id: str, journey_id: str, name: str
    ) -> dict[str, Any]:
        if name == "0":
            return {"id": journey_id, "sections": {}, "on_error": []}
        if name == "newest" or name.isdecimal():
            number = None if name == "newest" else int(name)
            if number is not None and number > 2**31 - 1:
                raise Refused(NOT_FOUND, what="version")
            found = await store.document(conn, tenant_id, journey_id, number)
            if found is None:
                raise Refused(NOT_FOUND, what="version")
            return found[1]
        try:
            draft_id = UUID(name)
        except ValueError:
            raise Refused(INVALID, field="from", reason="name a version's number, newest, or a draft") from None
        draft = await drafts_store.one(conn, tenant_id, journey_id, draft_id)
        if draft is None:
            raise Refused(NOT_FOUND, what="draft")
        return draft.document


def _whole(field: str, document: Mapping[str, Any]) -> Journey:
    try:
        return read_plain(document)
    except BadJourney as bad:
        raise Refused(INVALID, field=field, reason=" ".join(bad.problems[:5]).rstrip(".")) from None
