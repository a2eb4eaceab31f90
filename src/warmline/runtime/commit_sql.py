"""The one statement a batch is: rows go in as arrays, and what still had the expected version comes back."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from warmline.runtime.contact_rows import BIRTH_COLUMNS, COLD_COLUMNS, PASSAGE_COLUMNS, UNHEARD_COLUMNS

Columns = tuple[tuple[str, str], ...]

_VERSION: Columns = (
    ("id", "uuid"),
    ("expected", "bigint"),
    ("version", "bigint"),
    ("seq", "bigint"),
    ("state", "bytea"),
)
# Each part of the statement and the columns of its input rows. A batch names the parts it has rows for.
INPUTS: dict[str, Columns] = {
    # A contact to which nothing happened but one message: its event and its `index` row come with it.
    "said": (
        ("id", "uuid"),
        ("expected", "bigint"),
        ("seq", "bigint"),
        ("state", "bytea"),
        ("body", "text"),
        ("dedupe_key", "text"),
    ),
    # A waiting contact to which nothing happened but one offer to one agent: event, offer, timer and `router` row
    # come with it, and the epoch it needs.
    "offered": (
        ("id", "uuid"),
        ("expected", "bigint"),
        ("epoch", "bigint"),
        ("seq", "bigint"),
        ("state", "bytea"),
        ("offer_id", "uuid"),
        ("agent_id", "uuid"),
        ("expires_at", "timestamptz"),
        ("body", "text"),
    ),
    "hot": _VERSION,
    "moved": _VERSION + COLD_COLUMNS,
    "born": (
        ("id", "uuid"),
        ("version", "bigint"),
        ("seq", "bigint"),
        ("state", "bytea"),
        *BIRTH_COLUMNS,
        *COLD_COLUMNS,
    ),
    "event": (
        ("contact_id", "uuid"),
        ("seq", "bigint"),
        ("kind", "text"),
        ("body", "text"),  # JSON; as text it reaches the server as it is
        ("dedupe_key", "text"),
    ),
    "passage": PASSAGE_COLUMNS,
    "unheard": UNHEARD_COLUMNS,
    "set_timer": (("key", "uuid"), ("timer", "text"), ("due_at", "timestamptz")),
    "clear_timer": (("key", "uuid"), ("timer", "text")),
    "router": (("key", "uuid"),),
    "index": (("key", "uuid"),),
    "task": (("key", "uuid"), ("body", "bytea"), ("due_at", "timestamptz")),
    "end_offer": (("contact_id", "uuid"), ("id", "uuid"), ("outcome", "text"), ("agent_id", "uuid")),
    "offer": (
        ("contact_id", "uuid"),
        ("id", "uuid"),
        ("agent_id", "uuid"),
        ("epoch", "bigint"),
        ("offered_at", "timestamptz"),
        ("expires_at", "timestamptz"),
        ("ended_at", "timestamptz"),
        ("outcome", "text"),
        ("also", "text"),  # a list of ids, written as PostgreSQL writes arrays: arrays in arrays cannot be sent
    ),
}
FENCE = "fence"  # contacts of the general parts, and the epoch each needs
INPUTS[FENCE] = (("id", "uuid"), ("epoch", "bigint"))
PARTS = (FENCE, *(part for part in INPUTS if part != FENCE))
LANES = ("router", "index", "task")
WRITERS = ("said", "offered", "hot", "moved", "born")  # parts that write contacts
FENCED = frozenset({FENCE, "offered"})  # parts that look at the routing lease; its domain is then a parameter

LOAD = """
SELECT c.id, c.state, k.keys, k.seqs
FROM contact c
LEFT JOIN LATERAL (
  SELECT array_agg(x.dedupe_key ORDER BY x.seq) AS keys, array_agg(x.seq ORDER BY x.seq) AS seqs
  FROM (
    SELECT e.dedupe_key, e.seq FROM event e
    WHERE e.tenant_id = $1 AND e.contact_id = c.id AND e.dedupe_key IS NOT NULL
    ORDER BY e.seq DESC LIMIT 64
  ) x
) k ON true
WHERE c.tenant_id = $1 AND c.id = ANY($2)
"""
VERSIONS = "SELECT id, version, state FROM contact WHERE tenant_id = $1 AND id = ANY($2)"
EVENTS_AT = (
    "SELECT contact_id, seq, at, kind FROM event e JOIN unnest($2::uuid[], $3::bigint[]) AS w (contact_id, seq) "
    "USING (contact_id, seq) WHERE e.tenant_id = $1"
)
DUPLICATE_OF = "SELECT seq FROM event WHERE tenant_id = $1 AND contact_id = $2 AND dedupe_key = ANY($3) LIMIT 1"
LEASE_EPOCH = "SELECT epoch FROM routing_lease WHERE tenant_id = $1 AND domain = $2"

# The lease row stays locked until the commit: a take-over waits for us, or we see it.
_LEASE = "lease AS MATERIALIZED (SELECT epoch FROM routing_lease WHERE tenant_id = $1 AND domain = $4 FOR SHARE)"
_AGAIN = (
    " ON CONFLICT (tenant_id, key, timer) DO UPDATE SET due_at = EXCLUDED.due_at, lease_until = NULL, attempts = 0"
)
# `IN … IS TRUE` keeps the planner from turning the test into a join: it becomes one hash probe a row.
_APPLIED = "(i.{key} IN (SELECT id FROM applied)) IS TRUE"


def _rows(part: str, first: int) -> str:
    columns = INPUTS[part]
    arrays = ", ".join(f"${first + n}::{kind}[]" for n, (_, kind) in enumerate(columns))
    return f"unnest({arrays}) AS i ({', '.join(name for name, _ in columns)})"


def _update(part: str, first: int, fenced: bool) -> str:
    columns = "".join(f", {name} = i.{name}" for name, _ in COLD_COLUMNS) if part == "moved" else ""
    fence = " AND (c.id IN (SELECT id FROM fence)) IS NOT TRUE" if fenced else ""
    return (
        f"{part} AS (UPDATE contact c SET version = i.version, seq = i.seq, updated_at = $2, state = i.state"
        f"{columns} FROM {_rows(part, first)}"
        f" WHERE c.tenant_id = $1 AND c.id = i.id AND c.version = i.expected{fence} RETURNING c.id)"
    )


def _said(first: int) -> str:
    return (
        f"said AS (UPDATE contact c SET version = i.expected + 1, seq = i.seq, updated_at = $2, state = i.state"
        f" FROM {_rows('said', first)} WHERE c.tenant_id = $1 AND c.id = i.id AND c.version = i.expected"
        " RETURNING c.id, i.seq, i.body, i.dedupe_key),\n"
        "said_event AS (INSERT INTO event (tenant_id, contact_id, at, seq, kind, body, dedupe_key)"
        " SELECT $1, id, $2, seq, 'message_sent', body::jsonb, dedupe_key FROM said),\n"
        "said_index AS (INSERT INTO outbox (tenant_id, key, lane, due_at) SELECT $1, id, 'index', $2 FROM said)"
    )


def _offered(first: int) -> str:
    return (
        "offered AS (UPDATE contact c SET version = i.expected + 1, seq = i.seq, updated_at = $2, state = i.state,"
        " status = 'offered', offer_id = i.offer_id, agent_id = i.agent_id"
        f" FROM {_rows('offered', first)} WHERE c.tenant_id = $1 AND c.id = i.id AND c.version = i.expected"
        " AND i.epoch = (SELECT epoch FROM lease)"
        " RETURNING c.id, i.epoch, i.seq, i.offer_id, i.agent_id, i.expires_at, i.body),\n"
        "offered_event AS (INSERT INTO event (tenant_id, contact_id, at, seq, kind, body)"
        " SELECT $1, id, $2, seq, 'contact_offered', body::jsonb FROM offered),\n"
        "offered_offer AS (INSERT INTO offer (tenant_id, contact_id, id, agent_id, epoch, offered_at, expires_at)"
        " SELECT $1, id, offer_id, agent_id, epoch, $2, expires_at FROM offered),\n"
        "offered_timer AS (INSERT INTO timer (tenant_id, key, timer, due_at)"
        f" SELECT $1, id, 'offer', expires_at FROM offered{_AGAIN}),\n"
        "offered_router AS (INSERT INTO outbox (tenant_id, key, lane, due_at)"
        " SELECT $1, id, 'router', $2 FROM offered)"
    )


def _insert(part: str, first: int, table: str, columns: str, values: str, key: str, tail: str = "") -> str:
    where = _APPLIED.format(key=key)
    return (
        f"{part} AS (INSERT INTO {table} (tenant_id, {columns}) SELECT $1, {values} "
        f"FROM {_rows(part, first)} WHERE {where}{tail})"
    )


def _part(part: str, first: int, parts: frozenset[str]) -> str:
    match part:
        case "fence":
            return (
                f"fence AS MATERIALIZED (SELECT i.id FROM {_rows(part, first)} "
                "WHERE i.epoch IS DISTINCT FROM (SELECT epoch FROM lease))"
            )
        case "said":
            return _said(first)
        case "offered":
            return _offered(first)
        case "hot" | "moved":
            return _update(part, first, FENCE in parts)
        case "born":
            columns = ", ".join(name for name, _ in INPUTS["born"])
            fence = " WHERE (i.id IN (SELECT id FROM fence)) IS NOT TRUE" if FENCE in parts else ""
            return (
                f"born AS (INSERT INTO contact (tenant_id, updated_at, {columns}) "
                f"SELECT $1, $2, {columns} FROM {_rows(part, first)}{fence} ON CONFLICT DO NOTHING RETURNING id)"
            )
        case "event":
            columns = "contact_id, at, seq, kind, body, dedupe_key"
            return _insert(
                part,
                first,
                "event",
                columns,
                "i.contact_id, $2, i.seq, i.kind, i.body::jsonb, i.dedupe_key",
                "contact_id",
            )
        case "passage" | "unheard":
            table = "journey_passage" if part == "passage" else "journey_misunderstanding"
            columns = ", ".join(name for name, _ in INPUTS[part])
            values = ", ".join(f"i.{name}" for name, _ in INPUTS[part])
            return _insert(part, first, table, f"at, {columns}", f"$2, {values}", "contact_id")
        case "set_timer":
            return _insert(part, first, "timer", "key, timer, due_at", "i.key, i.timer, i.due_at", "key", _AGAIN)
        case "clear_timer":
            return (
                f"clear_timer AS (DELETE FROM timer t USING {_rows(part, first)} WHERE t.tenant_id = $1 "
                f"AND t.key = i.key AND t.timer = i.timer AND {_APPLIED.format(key='key')})"
            )
        case "router" | "index":
            return _insert(part, first, "outbox", "key, lane, due_at", f"i.key, '{part}', $2", "key")
        case "task":
            return _insert(
                part, first, "outbox", "key, lane, body, due_at", "i.key, 'task', i.body, i.due_at", "key"
            )
        case "end_offer":
            return (
                "end_offer AS (UPDATE offer o SET ended_at = $2, outcome = i.outcome, agent_id = i.agent_id "
                f"FROM {_rows(part, first)} "
                f"WHERE o.tenant_id = $1 AND o.id = i.id AND {_APPLIED.format(key='contact_id')} RETURNING o.id)"
            )
        case "offer":
            columns = "contact_id, id, agent_id, epoch, offered_at, expires_at, ended_at, outcome"
            values = ", ".join(f"i.{name.strip()}" for name in columns.split(",")) + ", i.also::uuid[]"
            columns += ", also"
            # The old offer ends first: at most one live offer a contact is a unique index.
            after = " AND (SELECT count(*) FROM end_offer) >= 0" if "end_offer" in parts else ""
            return _insert(part, first, "offer", columns, values, "contact_id", after)
        case _:
            raise ValueError(part)


@cache
def statement(parts: frozenset[str]) -> str:
    """Return the SQL for a batch with these parts. It answers null when every contact was as expected, else
    with the array of those that were.

    Parameters: tenant, now, how many contacts, domain if fenced, then the arrays.
    """
    fenced = bool(parts & FENCED)
    first = 5 if fenced else 4
    writers = [part for part in WRITERS if part in parts]
    applied = "applied AS (" + " UNION ALL ".join(f"SELECT id FROM {part}" for part in writers) + ")"
    clauses: list[str] = [_LEASE] if fenced else []
    for part in PARTS:
        if part not in parts:
            continue
        clauses.append(_part(part, first, parts))
        first += len(INPUTS[part])
        if part == writers[-1]:
            clauses.append(applied)
    answer = "SELECT CASE WHEN count(*) = $3 THEN NULL ELSE coalesce(array_agg(id), '{}') END FROM applied"
    return "WITH " + ",\n".join(clauses) + "\n" + answer


def arguments(rows: dict[str, list[tuple[Any, ...]]]) -> list[Sequence[Any]]:
    """Return the arrays of a batch's rows, in the statement's order."""
    arrays: list[Sequence[Any]] = []
    for part in PARTS:
        if part_rows := rows.get(part):
            arrays.extend(zip(*part_rows, strict=True))
    return arrays
