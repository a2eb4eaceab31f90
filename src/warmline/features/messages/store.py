"""Messages left by telephone, told by the events of their contacts: whose turn it is to do something about them.

A message waits until somebody says it is done. One that led further by itself, to a promised call or to an agent
who took the contact, waits for nobody, unless somebody says that it does after all.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from msgspec import Struct

from warmline.features.contacts.cursor import Cursor
from warmline.features.telephony.recordings import KEPT
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

PAGE = 50
COUNTED_AT_MOST = 100
Shown = Literal["open", "handled", "all"]
Stage = Literal["open", "done", "promised", "taken"]

# The kind's own index leads to the messages, their keys to everything else: a table that has grown since it was
# last measured must not make the planner compare all with all. Only what can still be heard is listed.
LAST = """
WITH last AS MATERIALIZED (
  SELECT DISTINCT ON (s.body->>'recording_id') s.body->>'recording_id' AS id,
    coalesce((s.body->>'open')::boolean, false) AS open
  FROM event s WHERE s.tenant_id = $1 AND s.kind = 'voicemail_settled' AND s.at >= $2
  ORDER BY s.body->>'recording_id', s.at DESC, s.seq DESC
)
"""
MESSAGES = """
FROM event e
JOIN LATERAL (SELECT o.id, o.deleted_at FROM recording o
  WHERE o.tenant_id = $1 AND o.id = (e.body->>'recording_id')::uuid LIMIT 1) r ON r.deleted_at IS NULL
JOIN LATERAL (SELECT k.customer_id, k.locale, k.intent, k.queue_id, k.journey_id FROM contact k
  WHERE k.tenant_id = $1 AND k.id = e.contact_id LIMIT 1) c ON true
WHERE e.tenant_id = $1 AND e.kind = 'voicemail_left' AND e.body->>'again' IS NULL AND e.at >= $2
  AND ($3::text[] IS NULL OR c.queue_id IS NULL OR c.queue_id = ANY($3))
"""
WAITS = """
(e.body->>'recording_id' NOT IN (SELECT id FROM last WHERE NOT open)
  AND (e.body->>'recording_id' IN (SELECT id FROM last WHERE open) OR NOT EXISTS (
    SELECT FROM event n WHERE n.tenant_id = $1 AND n.contact_id = e.contact_id AND n.seq > e.seq
      AND n.kind IN ('callback_promised', 'agent_joined'))))
"""
PICKED = "SELECT r.id, e.contact_id, e.seq, e.at, c.*"
HEARD = """
LEFT JOIN LATERAL (
  SELECT h.body, h.at FROM event h WHERE h.tenant_id = $1 AND h.contact_id = p.contact_id AND h.seq > p.seq
    AND h.kind = 'voicemail_heard' AND h.body->>'recording_id' = p.id::text ORDER BY h.seq LIMIT 1
) heard ON true
"""
SHOWN = """
p.*, heard.body AS heard, heard.at AS heard_at, settled.body AS settled, settled.at AS settled_at,
  next.kind AS led_to
"""
AROUND = f"""
{HEARD}
LEFT JOIN LATERAL (
  SELECT s.body, s.at FROM event s WHERE s.tenant_id = $1 AND s.contact_id = p.contact_id AND s.seq > p.seq
    AND s.kind = 'voicemail_settled' AND s.body->>'recording_id' = p.id::text ORDER BY s.seq DESC LIMIT 1
) settled ON true
LEFT JOIN LATERAL (
  SELECT n.kind FROM event n WHERE n.tenant_id = $1 AND n.contact_id = p.contact_id AND n.seq > p.seq
    AND n.kind IN ('callback_promised', 'agent_joined') ORDER BY n.seq LIMIT 1
) next ON true
"""
OLDEST_FIRST = f"""
{LAST} SELECT {SHOWN} FROM (
  {PICKED}, true AS waits {MESSAGES} AND {WAITS} AND ($4::text IS NULL OR c.queue_id = $4)
  AND ($5::timestamptz IS NULL OR (e.at, r.id) > ($5, $6::uuid)) ORDER BY e.at, r.id LIMIT {PAGE + 1}
) p {AROUND} ORDER BY p.at, p.id
"""
NEWEST_FIRST = f"""
{LAST} SELECT {SHOWN} FROM (
  {PICKED}, {WAITS} AS waits {MESSAGES} AND ($7 OR NOT {WAITS}) AND ($4::text IS NULL OR c.queue_id = $4)
  AND ($5::timestamptz IS NULL OR (e.at, r.id) < ($5, $6::uuid)) ORDER BY e.at DESC, r.id DESC LIMIT {PAGE + 1}
) p {AROUND} ORDER BY p.at DESC, p.id DESC
"""
COUNTS = f"""
{LAST} SELECT count(*)::int AS open, count(*) FILTER (WHERE heard.body IS NULL)::int AS unheard
FROM (SELECT r.id, e.contact_id, e.seq {MESSAGES} AND {WAITS} LIMIT {COUNTED_AT_MOST}) p {HEARD}
"""
ONE = f"""
{LAST} SELECT {SHOWN} FROM (
  {PICKED}, {WAITS} AS waits {MESSAGES} AND r.id = $4
  AND e.contact_id = (SELECT contact_id FROM recording WHERE tenant_id = $1 AND id = $4)
) p {AROUND}
"""


class Deed(Struct, frozen=True):
    """Who did something about a message, and when."""

    by: UUID
    name: str
    at: datetime


class Message(Struct, frozen=True):
    """A message that was left. `id` is its recording's; `promised` and `taken`: it led further by itself."""

    id: UUID
    contact_id: UUID
    customer_id: UUID
    left_at: datetime
    locale: str
    intent: str | None
    queue_id: str | None
    journey_id: str | None
    stage: Stage
    heard: Deed | None = None
    done: Deed | None = None


class Counts(Struct, frozen=True):
    """How many messages wait, and how many of them nobody has listened to; 100 stands for more."""

    open: int = 0
    unheard: int = 0


class MessageStore:
    """Reads only; `queues` are those somebody may see, None: every queue. Messages of no queue are everybody's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(
        self,
        tenant_id: str,
        queues: frozenset[str] | None,
        shown: Shown = "open",
        *,
        queue_id: str | None = None,
        after: Cursor | None = None,
    ) -> list[Message]:
        """Return up to one page and one more: those that wait in the order they came, others newest first."""
        at, id = after or (None, None)
        given: list[Any] = [*_of(tenant_id, queues), queue_id, at, id]
        async with self._database.tenant(tenant_id) as conn:
            if shown == "open":
                rows = await conn.fetch(OLDEST_FIRST, *given)
            else:
                rows = await conn.fetch(NEWEST_FIRST, *given, shown == "all")
        return [_message(row) for row in rows]

    async def counts(self, tenant_id: str, queues: frozenset[str] | None) -> Counts:
        """Count what waits."""
        async with self._database.tenant(tenant_id) as conn:
            row = await conn.fetchrow(COUNTS, *_of(tenant_id, queues))
        return Counts() if row is None else Counts(row["open"], row["unheard"])

    async def find(self, tenant_id: str, id: UUID) -> Message | None:
        """Return one message of any queue."""
        async with self._database.tenant(tenant_id) as conn:
            row = await conn.fetchrow(ONE, *_of(tenant_id, None), id)
        return None if row is None else _message(row)


def _of(tenant_id: str, queues: frozenset[str] | None) -> tuple[str, datetime, Sequence[str] | None]:
    return tenant_id, utc_now() - KEPT, None if queues is None else sorted(queues)


def _message(row: Any) -> Message:
    settled = row["settled"]
    return Message(
        row["id"],
        row["contact_id"],
        row["customer_id"],
        row["at"],
        row["locale"],
        row["intent"],
        row["queue_id"],
        row["journey_id"],
        _stage(row),
        _deed(row["heard"], row["heard_at"]),
        None if row["waits"] else _deed(settled, row["settled_at"]),
    )


def _stage(row: Any) -> Stage:
    if row["waits"]:
        return "open"
    if row["settled"] is not None:
        return "done"
    return "promised" if row["led_to"] == "callback_promised" else "taken"


def _deed(body: dict[str, object] | None, at: datetime) -> Deed | None:
    if body is None:
        return None
    return Deed(msgspec.convert(body["agent_id"], UUID), str(body["agent_name"]), at)
