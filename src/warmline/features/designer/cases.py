"""Conversations kept with a journey, as rows; every change is audited, for they decide what may be published."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Struct

from warmline.domain.journey.case import Case, Expectation, Origin
from warmline.domain.journey.codec import unfit
from warmline.domain.journey.rehearsal import Deed
from warmline.domain.journey.stage import Scenery
from warmline.features.security import audit
from warmline.features.security.audit import Actor
from warmline.kernel.errors import CONFLICT, INVALID, NOT_FOUND, Refused, declare
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

MOST_CASES = 300  # of one journey
MOST_BYTES = 200_000  # of one case

TOO_MANY_CASES = declare(
    "designer.too_many_cases",
    409,
    "This journey has {most} saved conversations already.",
    "Delete those that say nothing new.",
)
CASE_TOO_LARGE = declare(
    "designer.case_too_large",
    413,
    "This conversation is too large to be kept.",
    "Keep a shorter part of it, or fewer answers of its backends.",
)


class _Document(Struct, frozen=True, omit_defaults=True):
    scenery: Scenery
    deeds: tuple[Deed, ...] = ()
    expect: Expectation = Expectation()


class KeptCase(Struct, frozen=True):
    """A case with where it came from. `seed`: of a random customer; `version` counts its changes."""

    id: UUID
    origin: Origin
    seed: int | None
    version: int
    created_at: datetime
    updated_at: datetime
    case: Case


_COLUMNS = "id, journey_id, name, origin, seed, version, document, created_at, updated_at"


async def cases_of(conn: asyncpg.Connection, tenant_id: str, journey_ids: Iterable[str]) -> list[KeptCase]:
    """Return the cases of journeys, the oldest first."""
    rows = await conn.fetch(
        f"SELECT {_COLUMNS} FROM journey_case WHERE tenant_id = $1 AND journey_id = ANY($2)"
        " ORDER BY created_at, id",
        tenant_id, list(journey_ids),
    )  # fmt: skip
    return [_kept(row) for row in rows]


class Cases:
    """A tenant's saved conversations."""

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    async def all(self, tenant_id: str, journey_ids: Iterable[str]) -> list[KeptCase]:
        async with self._database.tenant(tenant_id) as conn:
            return await cases_of(conn, tenant_id, journey_ids)

    async def one(self, tenant_id: str, journey_id: str, case_id: UUID) -> KeptCase:
        """Return a case. Raises Refused `not_found`."""
        async with self._database.tenant(tenant_id) as conn:
            row = await conn.fetchrow(
                f"SELECT {_COLUMNS} FROM journey_case WHERE tenant_id = $1 AND journey_id = $2 AND id = $3",
                tenant_id, journey_id, case_id,
            )  # fmt: skip
        if row is None:
            raise Refused(NOT_FOUND, what="case")
        return _kept(row)

    async def keep(
        self,
        tenant_id: str,
        actor: Actor,
        case: Case,
        origin: Origin,
        seed: int | None = None,
        *,
        of_contact: UUID | None = None,
    ) -> KeptCase:
        """Keep a case. Raises Refused: no such journey, too many, or too large."""
        now, case_id = self._now(), new_id()
        document = written(case)
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            # One at a time for a journey, so that the count below holds.
            await conn.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended('cases:' || $1 || ':' || $2, 0))",
                tenant_id, case.journey,
            )  # fmt: skip
            known = await conn.fetchval(
                "SELECT 1 FROM journey WHERE tenant_id = $1 AND id = $2 LIMIT 1", tenant_id, case.journey
            ) or await conn.fetchval(
                "SELECT 1 FROM journey_draft WHERE tenant_id = $1 AND journey_id = $2 LIMIT 1",
                tenant_id, case.journey,
            )  # fmt: skip
            if known is None:
                raise Refused(NOT_FOUND, what="journey")
            count = await conn.fetchval(
                "SELECT count(*) FROM journey_case WHERE tenant_id = $1 AND journey_id = $2",
                tenant_id, case.journey,
            )  # fmt: skip
            if count is None or count >= MOST_CASES:
                raise Refused(TOO_MANY_CASES, most=MOST_CASES)
            await conn.execute(
                "INSERT INTO journey_case (tenant_id, id, journey_id, name, origin, seed, document, created_by,"
                " created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)",
                tenant_id, case_id, case.journey, case.name, origin, seed, document, actor.agent_id, now,
            )  # fmt: skip
            detail: dict[str, str | int | bool | None] = {"case": str(case_id), "origin": origin}
            if of_contact is not None:
                detail["contact"] = str(of_contact)
            subject = f"journey:{case.journey}"
            await audit.append(conn, tenant_id, actor, "journey.case_kept", subject, detail, now=now)
        return KeptCase(case_id, origin, seed, 1, now, now, case)

    async def change(self, tenant_id: str, actor: Actor, case_id: UUID, version: int, case: Case) -> KeptCase:
        """Change a case over the version seen. Raises Refused: `not_found`, `conflict`, too large."""
        now = self._now()
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            before = await conn.fetchval(
                "SELECT version FROM journey_case WHERE tenant_id = $1 AND journey_id = $2 AND id = $3 FOR UPDATE",
                tenant_id, case.journey, case_id,
            )  # fmt: skip
            if before is None:
                raise Refused(NOT_FOUND, what="case")
            if before != version:
                raise Refused(CONFLICT)
            row = await conn.fetchrow(
                "UPDATE journey_case SET name = $3, document = $4, version = version + 1, updated_at = $5"
                f" WHERE tenant_id = $1 AND id = $2 RETURNING {_COLUMNS}",
                tenant_id, case_id, case.name, written(case), now,
            )  # fmt: skip
            subject, detail = f"journey:{case.journey}", {"case": str(case_id)}
            await audit.append(conn, tenant_id, actor, "journey.case_changed", subject, detail, now=now)
        assert row is not None  # noqa: S101 -- just locked
        return _kept(row)

    async def forget(self, tenant_id: str, actor: Actor, journey_id: str, case_id: UUID) -> None:
        """Delete a case. Raises Refused `not_found`."""
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            gone = await conn.fetchval(
                "DELETE FROM journey_case WHERE tenant_id = $1 AND journey_id = $2 AND id = $3 RETURNING name",
                tenant_id, journey_id, case_id,
            )  # fmt: skip
            if gone is None:
                raise Refused(NOT_FOUND, what="case")
            subject, detail = f"journey:{journey_id}", {"case": str(case_id)}
            await audit.append(conn, tenant_id, actor, "journey.case_deleted", subject, detail, now=self._now())


def written(case: Case) -> dict[str, Any]:
    """Return a case as it is stored. Raises Refused: unfit for storage, or too large."""
    document = msgspec.to_builtins(_Document(case.scenery, case.deeds, case.expect), enc_hook=str)
    reason = unfit(document)
    try:
        encoded = msgspec.json.encode(document)
    except UnicodeEncodeError:
        encoded, reason = b"", "it holds half a character."
    if reason is not None:
        raise Refused(INVALID, field="case", reason=reason.rstrip("."))
    if len(encoded) > MOST_BYTES:
        raise Refused(CASE_TOO_LARGE)
    return document


def _kept(row: asyncpg.Record) -> KeptCase:
    document = msgspec.convert(row["document"], _Document)
    case = Case(row["name"], row["journey_id"], document.scenery, document.deeds, document.expect)
    return KeptCase(
        row["id"], row["origin"], row["seed"], row["version"], row["created_at"], row["updated_at"], case
    )
