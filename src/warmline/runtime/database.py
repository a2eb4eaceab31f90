"""The connection pool: every connection remembers its tenant, and speaks JSON through msgspec."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import asyncpg
import msgspec

LOG = logging.getLogger(__name__)
COMMAND_TIMEOUT_S = 60.0
_encode_json = msgspec.json.Encoder().encode
_decode_json = msgspec.json.Decoder().decode
JSONB_VERSION = b"\x01"  # first byte of jsonb on the wire. Source: PostgreSQL, jsonb_recv


class TenantConnection(asyncpg.Connection):
    """A connection that knows which tenant its row-level security is set to; '' is none."""

    tenant_id: str = ""


async def prepare_connection(connection: asyncpg.Connection) -> None:
    """Teach a connection JSON: any msgspec-encodable value in, plain objects out."""
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        format="binary",
        encoder=lambda value: JSONB_VERSION + _encode_json(value),
        decoder=lambda data: _decode_json(memoryview(data)[1:]),
    )
    await connection.set_type_codec(
        "json", schema="pg_catalog", format="binary", encoder=_encode_json, decoder=_decode_json
    )


async def set_tenant(connection: TenantConnection, tenant_id: str) -> None:
    """Point a connection's row-level security at a tenant; asks the server only on a change.

    Only outside a transaction: a rollback would take the setting back without our knowing.
    """
    con = cast(TenantConnection, getattr(connection, "_con", connection))  # the pool hands out proxies
    if con.tenant_id != tenant_id:
        con.tenant_id = "?"  # unknown until the server has answered
        await con.fetchval("SELECT set_config('warmline.tenant', $1, false)", tenant_id)
        con.tenant_id = tenant_id


async def _keep_tenant(_connection: object) -> None:
    """Replace asyncpg's reset, which would cost a round trip and forget the tenant.

    asyncpg itself ends an open transaction before; session settings are changed nowhere else.
    """


class Database:
    """PostgreSQL as the application's role. `tenant()` for tenant tables, `system()` for those without."""

    def __init__(self, url: str, pool: asyncpg.Pool) -> None:
        self.url = url
        self._pool = pool
        self._tenants: list[str] = []
        self._tenants_at = 0.0

    @classmethod
    async def open(cls, url: str, *, min_size: int = 1, max_size: int = 8) -> "Database":
        """Connect. Raises OSError or asyncpg.PostgresError when the server does not answer."""
        pool = await asyncpg.create_pool(
            url,
            min_size=min_size,
            max_size=max_size,
            init=prepare_connection,
            reset=_keep_tenant,
            connection_class=TenantConnection,
            command_timeout=COMMAND_TIMEOUT_S,
            max_inactive_connection_lifetime=0,
        )
        return cls(url, pool)

    async def close(self) -> None:
        """Close every connection; those still busy after 5 s are cut."""
        try:
            async with asyncio.timeout(5):
                await self._pool.close()
        except TimeoutError:
            self._pool.terminate()

    @asynccontextmanager
    async def tenant(self, tenant_id: str) -> AsyncIterator[TenantConnection]:
        """Lend a connection that sees exactly this tenant's rows."""
        if not tenant_id:
            raise ValueError("A tenant is needed; use system() for tables without one.")
        async with self._pool.acquire() as connection:
            await set_tenant(cast(TenantConnection, connection), tenant_id)
            yield cast(TenantConnection, connection)

    @asynccontextmanager
    async def system(self) -> AsyncIterator[TenantConnection]:
        """Lend a connection that sees no tenant's rows, for tables that have none."""
        async with self._pool.acquire() as connection:
            await set_tenant(cast(TenantConnection, connection), "")
            yield cast(TenantConnection, connection)

    async def tenants(self, *, max_age_s: float = 0.0) -> list[str]:
        """Return the ids of all tenants; an answer at most `max_age_s` old will do."""
        if time.monotonic() - self._tenants_at > max_age_s or max_age_s == 0.0:
            async with self.system() as connection:
                rows = await connection.fetch("SELECT id FROM tenant ORDER BY id")
            self._tenants = [row["id"] for row in rows]
            self._tenants_at = time.monotonic()
        return list(self._tenants)

    async def dedicated(self, name: str, **settings: str) -> TenantConnection:
        """Open a connection of one's own, outside the pool, for work that keeps it: LISTEN, the committer.

        `settings` are server settings of the session; `name` shows in pg_stat_activity.
        """
        connection = await asyncpg.connect(
            self.url,
            connection_class=TenantConnection,
            command_timeout=COMMAND_TIMEOUT_S,
            timeout=10,
            server_settings={"application_name": f"warmline {name}", **settings},
        )
        await prepare_connection(connection)
        return cast(TenantConnection, connection)
