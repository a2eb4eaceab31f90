"""What the committer asks the database, on a connection of its own that is reopened when it breaks."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import asyncpg
from asyncpg.prepared_stmt import PreparedStatement

from warmline.kernel.errors import Refused, declare
from warmline.runtime import commit_sql, contact_rows
from warmline.runtime.commit_fold import Fold, Known, Rows
from warmline.runtime.database import Database, TenantConnection, set_tenant
from warmline.runtime.keyring import Keyring, key_id_of

LOG = logging.getLogger(__name__)
T = TypeVar("T")
GIVE_UP_S = 30.0  # how long commands wait for a database that is away
RECONNECT_S = 0.1
UNAVAILABLE = declare(
    "unavailable", 503, "The database does not answer right now.", "Try again in a few seconds; nothing is lost."
)
# Planning the statement anew each time would cost more than running it; and on small tables the planner
# would rather scan, which is wrong a thousand contacts later.
SESSION = {"plan_cache_mode": "force_generic_plan", "enable_seqscan": "off", "enable_mergejoin": "off"}


def connection_is_lost(failure: BaseException) -> bool:
    """Say whether a failure leaves the outcome unknown: the connection broke, or the server is going or coming."""
    if isinstance(failure, ValueError):  # an argument that cannot be encoded is an InterfaceError, too
        return False
    return isinstance(
        failure,
        OSError  # TimeoutError is one
        | asyncpg.PostgresConnectionError
        | asyncpg.InterfaceError
        | asyncpg.InternalClientError  # the server said goodbye between two of our questions
        | asyncpg.AdminShutdownError
        | asyncpg.CrashShutdownError
        | asyncpg.CannotConnectNowError
        | asyncpg.TooManyConnectionsError,
    )


class CommitStore:
    """One connection and its prepared statements. `domain` is whose routing lease fences commands."""

    def __init__(self, name: str, database: Database, keyring: Keyring, domain: str) -> None:
        self._name = name
        self._database = database
        self._keyring = keyring
        self._domain = domain
        self._connection: TenantConnection | None = None
        self._statements: dict[str, PreparedStatement] = {}
        self._down_since: float | None = None

    def close(self) -> None:
        """Cut the connection."""
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None

    async def patiently(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do `work`, again and again while the database is away. Raises Refused (unavailable) after GIVE_UP_S.

        The patience is for one outage, not for each caller in it.
        """
        while True:
            try:
                answer = await work()
            except Exception as failure:
                if not connection_is_lost(failure):
                    raise
                self.close()
                now = time.monotonic()
                self._down_since = self._down_since or now
                if now - self._down_since > GIVE_UP_S:
                    raise Refused(UNAVAILABLE) from failure
                await asyncio.sleep(RECONNECT_S)
            else:
                self._down_since = None
                return answer

    async def load(
        self, tenant_id: str, contact_ids: list[UUID]
    ) -> tuple[dict[UUID, Known], dict[UUID, Exception]]:
        """Read contacts; also those that exist but cannot be read, with the reason (such as Erased)."""
        statement = await self._prepared(tenant_id, commit_sql.LOAD)
        rows = await statement.fetch(tenant_id, contact_ids)
        await self._keyring.warm(tenant_id, {key_id_of(row["state"]) for row in rows})
        known: dict[UUID, Known] = {}
        failures: dict[UUID, Exception] = {}
        for row in rows:
            try:
                contact = contact_rows.decode_state(
                    self._keyring, tenant_id, row["id"], row["state"], row["keys"], row["seqs"]
                )
            except Exception as failure:
                failures[row["id"]] = failure
            else:
                known[row["id"]] = Known(contact, contact_rows.cold_columns(contact))
        return known, failures

    async def versions(self, tenant_id: str, contact_ids: list[UUID]) -> dict[UUID, tuple[int, bytes]]:
        """Return the stored version and ciphertext of each contact that exists."""
        statement = await self._prepared(tenant_id, commit_sql.VERSIONS)
        return {row[0]: (row[1], row[2]) for row in await statement.fetch(tenant_id, contact_ids)}

    async def epoch(self, tenant_id: str) -> int | None:
        """Return the epoch of the routing lease."""
        statement = await self._prepared(tenant_id, commit_sql.LEASE_EPOCH)
        return await statement.fetchval(tenant_id, self._domain)

    async def duplicate_of(self, tenant_id: str, contact_id: UUID, keys: Sequence[str]) -> int | None:
        """Return the number of the event that holds one of these dedupe keys."""
        statement = await self._prepared(tenant_id, commit_sql.DUPLICATE_OF)
        return await statement.fetchval(tenant_id, contact_id, list(keys))

    async def write(self, tenant_id: str, rows: Rows, now: datetime) -> set[UUID] | None:
        """Write a batch in one statement, which commits by itself.

        Return the contacts that were as expected; None when all of them were.
        """
        arguments: list[object] = [tenant_id, now, sum(len(rows.get(part, ())) for part in commit_sql.WRITERS)]
        if not commit_sql.FENCED.isdisjoint(rows):
            arguments.append(self._domain)
        statement = await self._prepared(tenant_id, commit_sql.statement(frozenset(rows)))
        applied = await statement.fetchval(*arguments, *commit_sql.arguments(rows))
        return None if applied is None else set(applied)

    async def was_applied(self, tenant_id: str, folds: list[Fold], now: datetime) -> set[UUID]:
        """Find out whether a batch of unknown outcome was committed, contact by contact.

        At our version, the stored ciphertext must be ours (its nonce is unique); beyond it, our events must
        be on the timeline, at our time.
        """
        stored = await self.versions(tenant_id, [fold.contact_id for fold in folds])
        applied: set[UUID] = set()
        beyond: list[Fold] = []
        for fold in folds:
            version, state = stored.get(fold.contact_id, (0, b""))
            target = fold.after.version if fold.after else 0
            if version == target and state == fold.state:
                applied.add(fold.contact_id)
            elif version > target:
                beyond.append(fold)
        wanted = [event for fold in beyond for event in fold.stored_events(now)]
        if wanted:
            statement = await self._prepared(tenant_id, commit_sql.EVENTS_AT)
            found = await statement.fetch(
                tenant_id, [one.contact_id for one in wanted], [one.seq for one in wanted]
            )
            ours = {(one.contact_id, one.seq, one.at) for one in wanted}
            applied |= {row["contact_id"] for row in found if (row["contact_id"], row["seq"], row["at"]) in ours}
        return applied

    async def _prepared(self, tenant_id: str, sql: str) -> PreparedStatement:
        connection = self._connection
        if connection is None or connection.is_closed():
            self._statements = {}
            connection = self._connection = await self._database.dedicated(self._name, **SESSION)
        await set_tenant(connection, tenant_id)
        statement = self._statements.get(sql)
        if statement is None:
            statement = self._statements[sql] = await connection.prepare(sql)
        return statement
