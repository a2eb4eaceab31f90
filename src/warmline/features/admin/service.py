"""Changing settings: checked, versioned, audited, and told to every process."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

import asyncpg
from pydantic import BaseModel

from warmline.features.admin import number_claims, origin_claims, references, store
from warmline.features.admin.resources import Resource
from warmline.features.admin.store import Key, Row
from warmline.features.security import audit
from warmline.features.security.audit import Actor
from warmline.kernel.errors import CONFLICT, NOT_FOUND, Refused, declare
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

TAKEN = declare("admin.taken", 409, "There is already a {what} with this {field}.", "Choose another {field}.")

UNIQUE_FIELD = {"macro": "shortcut", "phone_number": "number"}  # besides the key

Signal = Callable[[str, str, str], Awaitable[None]]
"""Tell every process: (tenant, name of the signal, payload). `Feed.signal` is one."""


def values_of(document: BaseModel) -> Row:
    """Return a document's fields as the database takes and gives them: nested ones as plain JSON."""
    plain, json = document.model_dump(), document.model_dump(mode="json")
    return {name: json[name] if isinstance(value, list | dict) else value for name, value in plain.items()}


def changed_fields(before: Row, after: Row) -> list[str]:
    """Return the names of the fields that differ."""
    return sorted(
        name for name in after if name not in {"version", "password"} and before.get(name) != after[name]
    )


async def _defaults(conn: asyncpg.Connection, resource: Resource, tenant_id: str) -> dict[str, Row]:
    if resource.defaults is None:
        return {}
    return {key: dict(row) for key, row in (await resource.defaults(conn, tenant_id)).items()}


class Settings:
    """The kinds of `resources.py`. Every change writes the audit log in its own transaction."""

    def __init__(self, database: Database, signal: Signal, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._signal = signal
        self._now = now

    async def all(self, tenant_id: str, resource: Resource) -> list[Row]:
        async with self._database.tenant(tenant_id) as conn:
            rows = await store.read_all(conn, resource, tenant_id)
            defaults = await _defaults(conn, resource, tenant_id)
        written = {row[resource.key] for row in rows}
        return [*rows, *(row for key, row in defaults.items() if key not in written)]

    async def one(self, tenant_id: str, resource: Resource, key: Key) -> Row:
        """Return a record. Raises Refused `not_found`."""
        async with self._database.tenant(tenant_id) as conn:
            row = await store.read(conn, resource, tenant_id, key)
            if row is None:
                row = (await _defaults(conn, resource, tenant_id)).get(str(key))
        if row is None:
            raise Refused(NOT_FOUND, what=resource.kind.replace("_", " "))
        return row

    async def create(self, tenant_id: str, actor: Actor, resource: Resource, document: BaseModel) -> Row:
        """Write a new record.

        Raises Refused: `admin.taken`, `admin.number_elsewhere`, `admin.origin_elsewhere`, `invalid`.
        """
        values = values_of(document)
        key: Key = new_id() if resource.uuid_key else str(values.pop(resource.key))
        await number_claims.check_unclaimed(self._database, tenant_id, resource.kind, key, values)
        await origin_claims.check_unclaimed(self._database, tenant_id, resource.kind, values)
        async with self._database.tenant(tenant_id) as conn:
            try:
                async with conn.transaction():
                    if str(key) in await _defaults(conn, resource, tenant_id):
                        raise Refused(TAKEN, what=resource.kind.replace("_", " "), field=resource.key)
                    await references.check_known(conn, tenant_id, resource.kind, values)
                    row = await store.insert(conn, resource, tenant_id, key, values)
                    await self._audit(conn, tenant_id, actor, resource, key, "created", sorted(values))
            except asyncpg.UniqueViolationError:
                field = UNIQUE_FIELD.get(resource.kind, resource.key)
                raise Refused(TAKEN, what=resource.kind.replace("_", " "), field=field) from None
        await self._signal(tenant_id, "settings", resource.kind)
        return row

    async def change(self, tenant_id: str, actor: Actor, resource: Resource, key: Key, document: BaseModel) -> Row:
        """Overwrite a record that is still at `document.version`. Raises Refused: not_found, conflict, invalid."""
        values = values_of(document)
        version = values.pop("version")
        await number_claims.check_unclaimed(self._database, tenant_id, resource.kind, key, values)
        if resource.kind == "widget":
            await self.one(tenant_id, resource, key)  # of what is not there, nothing is told
        await origin_claims.check_unclaimed(self._database, tenant_id, resource.kind, values)
        async with self._database.tenant(tenant_id) as conn:
            try:
                async with conn.transaction():
                    before = written = await store.read(conn, resource, tenant_id, key, lock=True)
                    if before is None:
                        before = (await _defaults(conn, resource, tenant_id)).get(str(key))
                    if before is None:
                        raise Refused(NOT_FOUND, what=resource.kind.replace("_", " "))
                    if before["version"] != version:
                        raise Refused(CONFLICT)
                    unsaid = set(resource.kept) - document.model_fields_set
                    values |= {name: before[name] for name in unsaid}
                    fields = changed_fields(before, values)
                    if not fields:
                        return before
                    await references.check_known(conn, tenant_id, resource.kind, values)
                    write = store.insert if written is None else store.update
                    row = await write(conn, resource, tenant_id, key, values)
                    await self._audit(conn, tenant_id, actor, resource, key, "changed", fields)
            except asyncpg.UniqueViolationError:
                field = UNIQUE_FIELD.get(resource.kind, resource.key)
                raise Refused(TAKEN, what=resource.kind.replace("_", " "), field=field) from None
        await self._signal(tenant_id, "settings", resource.kind)
        return row

    async def remove(
        self, tenant_id: str, actor: Actor, resource: Resource, key: Key, version: int | None = None
    ) -> None:
        """Remove a record nobody needs; one that has a default is that again.

        Raises Refused: not_found, conflict, `admin.in_use`.
        """
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            before = await store.read(conn, resource, tenant_id, key, lock=True)
            if before is None:
                if str(key) in await _defaults(conn, resource, tenant_id):
                    return
                raise Refused(NOT_FOUND, what=resource.kind.replace("_", " "))
            if version is not None and before["version"] != version:
                raise Refused(CONFLICT)
            await references.check_unused(conn, tenant_id, resource.kind, key)
            await store.delete(conn, resource, tenant_id, key)
            await self._audit(conn, tenant_id, actor, resource, key, "removed", [])
        await self._signal(tenant_id, "settings", resource.kind)

    async def _audit(
        self,
        conn: asyncpg.Connection,
        tenant_id: str,
        actor: Actor,
        resource: Resource,
        key: str | UUID,
        what: str,
        fields: list[str],
    ) -> None:
        detail = {"fields": fields} if fields else {}
        await audit.append(
            conn, tenant_id, actor, f"{resource.kind}.{what}", f"{resource.kind}:{key}", detail, now=self._now()
        )
