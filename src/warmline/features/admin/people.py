"""The people who work: their accounts, roles and skills."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import asyncpg

from warmline.features.admin import references, store_people
from warmline.features.admin.schemas_people import AgentChange, AgentNew
from warmline.features.admin.service import TAKEN, Signal, changed_fields, values_of
from warmline.features.admin.store import Row
from warmline.features.security import audit
from warmline.features.security import store as sessions
from warmline.features.security.audit import Actor
from warmline.features.security.passwords import Passwords, check_strength
from warmline.kernel.errors import CONFLICT, NOT_FOUND, Refused, declare
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

LAST_ADMIN = declare(
    "admin.last_admin",
    409,
    "This is the last administrator who can sign in.",
    "Make somebody else an administrator first.",
)
HOLDS_CONTACTS = declare(
    "admin.holds_contacts",
    409,
    "This person still has {count} open contacts.",
    "Reassign them on the board first, then try again.",
)


class People:
    """Accounts. Other roles, a new password or leaving end a person's sessions at once."""

    def __init__(
        self, database: Database, passwords: Passwords, signal: Signal, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._database = database
        self._passwords = passwords
        self._signal = signal
        self._now = now

    async def all(self, tenant_id: str) -> list[Row]:
        async with self._database.tenant(tenant_id) as conn:
            return await store_people.read_all(conn, tenant_id)

    async def one(self, tenant_id: str, agent_id: UUID) -> Row:
        """Return a person. Raises Refused `not_found`."""
        async with self._database.tenant(tenant_id) as conn:
            return await self._read(conn, tenant_id, agent_id)

    async def create(self, tenant_id: str, actor: Actor, document: AgentNew) -> Row:
        """Write a new account. Raises Refused: `admin.taken`, `invalid`, weak password."""
        values = values_of(document)
        password_hash = await self._hash(document.password, document.email, document.name)
        agent_id, now = new_id(), self._now()
        async with self._database.tenant(tenant_id) as conn:
            try:
                async with conn.transaction():
                    await references.check_known(conn, tenant_id, "agent", values)
                    await store_people.insert(conn, tenant_id, agent_id, values, password_hash, now)
                    detail = {"roles": list(document.roles)}
                    await audit.append(
                        conn, tenant_id, actor, "agent.created", f"agent:{agent_id}", detail, now=now
                    )
            except asyncpg.UniqueViolationError:
                raise Refused(TAKEN, what="person", field="email") from None
            row = await self._read(conn, tenant_id, agent_id)
        await self._signal(tenant_id, "settings", "agent")
        return row

    async def change(self, tenant_id: str, actor: Actor, agent_id: UUID, document: AgentChange) -> Row:
        """Overwrite an account at `document.version`.

        Raises Refused: not_found, conflict, `admin.taken`, `invalid`, `admin.last_admin`,
        `admin.holds_contacts` when a person with open contacts would be disabled, weak password.
        """
        values = values_of(document)
        password_hash = await self._hash(document.password, document.email, document.name)
        now = self._now()
        async with self._database.tenant(tenant_id) as conn:
            try:
                async with conn.transaction():
                    before = await self._read(conn, tenant_id, agent_id, lock=True)
                    if before["version"] != document.version:
                        raise Refused(CONFLICT)
                    unsaid = {"team", "attributes"} - document.model_fields_set
                    values |= {name: before[name] for name in unsaid}
                    fields = changed_fields(before, values) + (["password"] if password_hash else [])
                    await references.check_known(conn, tenant_id, "agent", values)
                    await self._check_leaving(conn, tenant_id, agent_id, document, before)
                    await store_people.update(conn, tenant_id, agent_id, values, now)
                    if password_hash:
                        await sessions.set_password(conn, tenant_id, agent_id, password_hash)
                    if {"roles", "password", "disabled", "email"} & set(fields):
                        await sessions.close_sessions(conn, tenant_id, agent_id)
                    detail = {"fields": fields, "roles": list(document.roles)}
                    await audit.append(
                        conn, tenant_id, actor, "agent.changed", f"agent:{agent_id}", detail, now=now
                    )
            except asyncpg.UniqueViolationError:
                raise Refused(TAKEN, what="person", field="email") from None
            row = await self._read(conn, tenant_id, agent_id)
        await self._signal(tenant_id, "settings", "agent")
        return row

    async def disable(self, tenant_id: str, actor: Actor, agent_id: UUID, version: int | None = None) -> None:
        """Let a person go: the account stays for the history, but nobody signs in with it any more."""
        before = await self.one(tenant_id, agent_id)
        fields = ("email", "name", "roles", "locale", "routing_profile_id", "skills", "team", "attributes")
        change = AgentChange.model_validate(
            {name: before[name] for name in fields}
            | {"version": before["version"] if version is None else version, "disabled": True}
        )
        await self.change(tenant_id, actor, agent_id, change)

    async def set_password(self, tenant_id: str, actor: Actor, email: str, password: str) -> None:
        """Set a password by email, for the command line. Raises Refused: not_found, weak password."""
        async with self._database.tenant(tenant_id) as conn:
            known = await sessions.credentials(conn, tenant_id, email)
            if known is None:
                raise Refused(NOT_FOUND, what="person")
            agent_id = known.identity.agent_id
            password_hash = await self._hash(password, known.email, known.identity.name)
            assert password_hash is not None  # noqa: S101 -- a password was given
            async with conn.transaction():
                await sessions.set_password(conn, tenant_id, agent_id, password_hash)
                await sessions.close_sessions(conn, tenant_id, agent_id)
                await audit.append(
                    conn, tenant_id, actor, "password.changed", f"agent:{agent_id}", now=self._now()
                )

    async def _check_leaving(
        self, conn: asyncpg.Connection, tenant_id: str, agent_id: UUID, document: AgentChange, before: Row
    ) -> None:
        roles = before["roles"]
        was_admin = isinstance(roles, list) and "admin" in roles and not before["disabled"]
        stays_admin = "admin" in document.roles and not document.disabled
        if was_admin and not stays_admin and not await store_people.other_admins(conn, tenant_id, agent_id):
            raise Refused(LAST_ADMIN)
        if document.disabled and not before["disabled"]:
            count = await store_people.open_contacts(conn, tenant_id, agent_id)
            if count:
                raise Refused(HOLDS_CONTACTS, count=count)

    async def _read(self, conn: asyncpg.Connection, tenant_id: str, agent_id: UUID, *, lock: bool = False) -> Row:
        row = await store_people.read(conn, tenant_id, agent_id, lock=lock)
        if row is None:
            raise Refused(NOT_FOUND, what="person")
        return row

    async def _hash(self, password: str | None, *personal: str) -> str | None:
        if password is None:
            return None
        check_strength(password, *personal)
        return await self._passwords.hash(password)
