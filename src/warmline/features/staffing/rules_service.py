"""Settings and contracts: checked, versioned, audited."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from warmline.features.security import audit
from warmline.features.security.audit import Actor
from warmline.features.staffing import store
from warmline.features.staffing.settings import Person, StaffingSettings, Terms, check_settings, check_terms
from warmline.kernel.errors import CONFLICT, NOT_FOUND, Refused
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database


class StaffingRules:
    """What a company and its agents have agreed on."""

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    async def settings(self, tenant_id: str) -> tuple[StaffingSettings, int]:
        """Return the settings and their version (0: the defaults)."""
        async with self._database.tenant(tenant_id) as conn:
            return await store.read_settings(conn, tenant_id)

    async def change_settings(self, tenant_id: str, actor: Actor, settings: StaffingSettings, version: int) -> int:
        """Write settings that were read at `version`; return the new one. Raises Refused: invalid, conflict."""
        check_settings(settings)
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            written = await store.write_settings(conn, tenant_id, settings, version)
            if written is None:
                raise Refused(CONFLICT)
            await audit.append(
                conn, tenant_id, actor, "staffing_setting.changed", "staffing_setting:company", now=self._now()
            )
        return written

    async def people(self, tenant_id: str) -> list[Person]:
        """Return the agents with a routing profile."""
        async with self._database.tenant(tenant_id) as conn:
            return await store.people(conn, tenant_id)

    async def change_terms(
        self, tenant_id: str, actor: Actor, agent_id: UUID, terms: Terms, version: int
    ) -> Person:
        """Write a contract that was read at `version`. Raises Refused: not_found, invalid, conflict."""
        check_terms(terms)
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            if all(person.id != agent_id for person in await store.people(conn, tenant_id)):
                raise Refused(NOT_FOUND, what="agent with a routing profile")
            if await store.write_terms(conn, tenant_id, agent_id, terms, version) is None:
                raise Refused(CONFLICT)
            await audit.append(
                conn, tenant_id, actor, "staffing_contract.changed", f"staffing_contract:{agent_id}",
                now=self._now(),
            )  # fmt: skip
            return next(person for person in await store.people(conn, tenant_id) if person.id == agent_id)
