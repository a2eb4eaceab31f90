"""The catalogue as rows, and how contacts with each reason went, as the record has it."""

from datetime import date, datetime

import asyncpg
from msgspec import Struct

from warmline.features.reasons.gaps import Entry

_COLUMNS = ", ".join(Entry.__struct_fields__)
AGAIN_WITHIN = "interval '7 days'"


class Served(Struct, frozen=True):
    """How contacts went. Shares are 0 to 1; None: nothing to divide by.

    `repeat`: of the contacts that ended at least seven days ago, those whose customer came again with the same
    reason within seven days. `lasted_s`: median from beginning to end.
    """

    volume: int
    containment: float | None
    transfer: float | None
    repeat: float | None
    csat: float | None
    csat_answers: int
    lasted_s: float | None


class ServedBy(Struct, frozen=True):
    """The figures of one reason (None: none was declared), on one channel or (None) on all."""

    intent: str | None
    channel: str | None
    served: Served


class Unheard(Struct, frozen=True):
    """How often customers were not understood, or did not answer: `times` by `contacts`; a person took over from
    the journey for `handed` of them, because of that.
    """

    times: int
    contacts: int
    handed: int


async def all_entries(conn: asyncpg.Connection, tenant_id: str) -> list[Entry]:
    rows = await conn.fetch(f"SELECT {_COLUMNS} FROM contact_reason WHERE tenant_id = $1 ORDER BY id", tenant_id)
    return [_entry(row) for row in rows]


async def one(conn: asyncpg.Connection, tenant_id: str, key: str) -> Entry | None:
    """Return an entry and keep it from changing until the transaction ends."""
    row = await conn.fetchrow(
        f"SELECT {_COLUMNS} FROM contact_reason WHERE tenant_id = $1 AND id = $2 FOR UPDATE", tenant_id, key
    )
    return None if row is None else _entry(row)


def _entry(row: asyncpg.Record) -> Entry:
    lists = {name: tuple(row[name]) for name in ("needs", "tasks", "tags")}
    return Entry(**{**dict(row), **lists})


async def write(conn: asyncpg.Connection, tenant_id: str, entry: Entry) -> None:
    """Write an entry, new or in place of the one that was there."""
    values = [getattr(entry, name) for name in Entry.__struct_fields__]
    places = ", ".join(f"${number}" for number in range(2, len(values) + 2))
    changes = ", ".join(f"{name} = excluded.{name}" for name in Entry.__struct_fields__ if name != "id")
    await conn.execute(
        f"INSERT INTO contact_reason (tenant_id, {_COLUMNS}) VALUES ($1, {places})"
        f" ON CONFLICT (tenant_id, id) DO UPDATE SET {changes}",
        tenant_id, *(list(value) if isinstance(value, tuple) else value for value in values),
    )  # fmt: skip


async def remove(conn: asyncpg.Connection, tenant_id: str, key: str) -> None:
    await conn.execute("DELETE FROM contact_reason WHERE tenant_id = $1 AND id = $2", tenant_id, key)


async def served(
    conn: asyncpg.Connection, tenant_id: str, time_zone: str, first: date, end: date, now: datetime
) -> list[ServedBy]:
    """Return the figures of contacts that began from `first` to before `end`, most contacts first."""
    rows = await conn.fetch(
        "WITH fact AS ("
        " SELECT c.intent, c.channel, c.csat, c.status = 'ended' AS ended,"
        "  c.status = 'ended' AND c.disconnect_reason = 'contained' AND c.first_queued_at IS NULL AS contained,"
        "  c.connected_at IS NOT NULL AS answered, c.connected_at IS NOT NULL AND c.transfers > 0 AS moved,"
        "  extract(epoch FROM c.ended_at - c.opened_at) AS lasted_s,"
        f"  CASE WHEN c.intent IS NOT NULL AND c.ended_at <= $5::timestamptz - {AGAIN_WITHIN} THEN EXISTS ("
        "   SELECT 1 FROM contact n WHERE n.tenant_id = $1 AND n.customer_id = c.customer_id"
        f"   AND n.opened_at > c.ended_at AND n.opened_at <= c.ended_at + {AGAIN_WITHIN} AND n.intent = c.intent"
        "  ) END AS again"
        " FROM contact c WHERE c.tenant_id = $1"
        "  AND c.opened_at >= ($3::date::timestamp AT TIME ZONE $2)"
        "  AND c.opened_at < ($4::date::timestamp AT TIME ZONE $2)"
        ") SELECT intent, channel, grouping(channel) AS whole, count(*) AS volume,"
        " count(*) FILTER (WHERE ended) AS ended, count(*) FILTER (WHERE contained) AS contained,"
        " count(*) FILTER (WHERE answered) AS answered, count(*) FILTER (WHERE moved) AS moved,"
        " count(again) AS aged, count(*) FILTER (WHERE again) AS again,"
        " count(csat) AS csat_answers, avg(csat)::float8 AS csat,"
        " (percentile_cont(0.5) WITHIN GROUP (ORDER BY lasted_s))::float8 AS lasted_s"
        " FROM fact GROUP BY GROUPING SETS ((intent), (intent, channel))"
        " ORDER BY volume DESC, intent, channel LIMIT 2000",
        tenant_id, time_zone, first, end, now,
    )  # fmt: skip
    return [
        ServedBy(
            row["intent"],
            None if row["whole"] else row["channel"],
            Served(
                row["volume"],
                _share(row["contained"], row["ended"]),
                _share(row["moved"], row["answered"]),
                _share(row["again"], row["aged"]),
                row["csat"],
                row["csat_answers"],
                row["lasted_s"],
            ),
        )
        for row in rows
    ]


async def unheard(
    conn: asyncpg.Connection, tenant_id: str, time_zone: str, first: date, end: date
) -> dict[str | None, Unheard]:
    """Return by contact reason (None: none was declared) what was not understood from `first` to before `end`."""
    rows = await conn.fetch(
        "SELECT c.intent, count(*) AS times, count(DISTINCT m.contact_id) AS contacts,"
        " count(DISTINCT m.contact_id) FILTER (WHERE m.handed) AS handed"
        " FROM journey_misunderstanding m JOIN contact c ON c.tenant_id = $1 AND c.id = m.contact_id"
        " WHERE m.tenant_id = $1 AND m.at >= ($3::date::timestamp AT TIME ZONE $2)"
        " AND m.at < ($4::date::timestamp AT TIME ZONE $2) GROUP BY c.intent",
        tenant_id, time_zone, first, end,
    )  # fmt: skip
    return {row["intent"]: Unheard(row["times"], row["contacts"], row["handed"]) for row in rows}


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
