"""Two records turn out to be one person, or two after all: merging points, so that undoing it is exact."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from warmline.features.customers import store
from warmline.features.customers.model import Evidence
from warmline.features.security import audit
from warmline.features.security.audit import Actor
from warmline.kernel.errors import NOT_FOUND, Refused, declare
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database
from warmline.runtime.keyring import ERASED

SAME = declare("customers.same", 409, "These are one customer already.", "Choose two different customers.")
NOT_MERGED = declare(
    "customers.not_merged", 409, "This customer is not merged into another.", "Reload to see how things stand."
)


class Merging:
    """The evidence of each merge is in the audit log; the records themselves stay as they were."""

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    async def merge(
        self, tenant_id: str, actor: Actor, keep_id: UUID, merged_id: UUID, evidence: Evidence
    ) -> UUID:
        """Let `merged_id` (and all merged into it) be the person of `keep_id`; return that person's id.

        Raises Refused: not_found, erased, `customers.same`.
        """
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            # One merge at a time and company: two crossing ones would make a circle.
            await conn.execute("SELECT pg_advisory_xact_lock(hashtextextended('merge:' || $1, 0))", tenant_id)
            keep = await store.root_of(conn, tenant_id, keep_id)
            merged = await store.root_of(conn, tenant_id, merged_id)
            if keep is None or merged is None:
                raise Refused(NOT_FOUND, what="customer")
            if keep == merged:
                raise Refused(SAME)
            rows = await store.read_many(conn, tenant_id, [keep, merged])
            if any(row["erased_at"] is not None for row in rows):
                raise Refused(ERASED)
            now = self._now()
            await store.set_merged(conn, tenant_id, merged, keep, now)
            detail = {"into": str(keep), "evidence": evidence}
            await audit.append(conn, tenant_id, actor, "customer.merged", f"customer:{merged}", detail, now=now)
        return keep

    async def undo(self, tenant_id: str, actor: Actor, merged_id: UUID) -> None:
        """Let a merged customer stand for themselves again. Raises Refused: not_found, `customers.not_merged`."""
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            await conn.execute("SELECT pg_advisory_xact_lock(hashtextextended('merge:' || $1, 0))", tenant_id)
            rows = await store.read_many(conn, tenant_id, [merged_id])
            if not rows:
                raise Refused(NOT_FOUND, what="customer")
            into = rows[0]["merged_into"]
            if into is None:
                raise Refused(NOT_MERGED)
            now = self._now()
            await store.set_merged(conn, tenant_id, merged_id, None, now)
            detail = {"from": str(into)}
            await audit.append(
                conn, tenant_id, actor, "customer.unmerged", f"customer:{merged_id}", detail, now=now
            )
