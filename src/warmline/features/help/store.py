"""Counts of help pages as rows: a number for each page, version, day, language and what happened."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

import asyncpg
from msgspec import Struct

What = Literal["seen", "finished", "helped", "not_helped", "to_people"]
Key = tuple[str, int, str, What]  # page, version, language, what


class Counted(Struct, frozen=True):
    """How often something happened on a page on one day."""

    version: int
    day: date
    locale: str
    what: str
    times: int


async def add(conn: asyncpg.Connection, tenant_id: str, counts: Mapping[Key, int], now: datetime) -> None:
    """Add to the counts of the company's present day."""
    keys = sorted(counts)
    await conn.execute(
        "INSERT INTO help_count (tenant_id, journey_id, version, locale, what, times, day)"
        " SELECT $1, n.journey_id, n.version, n.locale, n.what, n.times,"
        " ($7::timestamptz AT TIME ZONE t.time_zone)::date"
        " FROM unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::int[])"
        " AS n (journey_id, version, locale, what, times), tenant t WHERE t.id = $1"
        " ON CONFLICT (tenant_id, journey_id, version, day, locale, what)"
        " DO UPDATE SET times = help_count.times + excluded.times",
        tenant_id,
        [key[0] for key in keys],
        [key[1] for key in keys],
        [key[2] for key in keys],
        [key[3] for key in keys],
        [counts[key] for key in keys],
        now,
    )


async def of_page(
    conn: asyncpg.Connection, tenant_id: str, journey_id: str, first: date, last: date
) -> list[Counted]:
    """Return what was counted on a page from `first` to `last`, both included."""
    rows = await conn.fetch(
        "SELECT version, day, locale, what, times FROM help_count"
        " WHERE tenant_id = $1 AND journey_id = $2 AND day BETWEEN $3 AND $4 ORDER BY day, version, locale, what",
        tenant_id, journey_id, first, last,
    )  # fmt: skip
    return [Counted(**dict(row)) for row in rows]


async def is_known(conn: asyncpg.Connection, tenant_id: str, journey_id: str) -> bool:
    """Tell whether the company has published this journey."""
    found = "SELECT EXISTS (SELECT FROM journey WHERE tenant_id = $1 AND id = $2)"
    return bool(await conn.fetchval(found, tenant_id, journey_id))


async def widget_key(conn: asyncpg.Connection, tenant_id: str) -> str | None:
    """Return the key that names the company in an address: that of its first widget in use, if it has one."""
    return await conn.fetchval("SELECT min(key) FROM widget WHERE tenant_id = $1 AND enabled", tenant_id)


async def lines(conn: asyncpg.Connection, tenant_id: str) -> list[tuple[dict[str, str], str]]:
    """Return the name and number of the lines that people can call: those of the telephone network."""
    rows = await conn.fetch(
        "SELECT name, number FROM phone_number WHERE tenant_id = $1 AND number LIKE '+%' ORDER BY id LIMIT 5",
        tenant_id,
    )
    return [(row["name"], row["number"]) for row in rows]
