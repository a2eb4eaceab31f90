"""Splits as rows, and their outcomes as the record has them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
from msgspec import Struct

from warmline.domain.experiment.assignment import Arm, Split, arm_of
from warmline.domain.experiment.verdict import Metric

MOST_CONTACTS = 500_000
GAVE_UP = "('customer_left', 'customer_idle')"

_DUE = "entry.at + $5::interval"
# What counts as a success of the contact `c`, and when that is settled: when it is due; but who may still be asked
# how it was, or still thinks about it, has not kept silent.
SUCCESS: dict[Metric, str] = {
    "contained": f"c.ended_at <= {_DUE} AND c.disconnect_reason = 'contained' AND c.first_queued_at IS NULL",
    "satisfied": "c.csat >= 4",
    "short": f"c.ended_at <= {_DUE} AND c.disconnect_reason NOT IN {GAVE_UP}",
}
SETTLED: dict[Metric, str] = {
    "contained": _DUE,
    "satisfied": f"greatest({_DUE}, coalesce(c.ended_at, 'infinity'))",
    "short": _DUE,
}


class SplitRow(Struct, frozen=True):
    """A split as it was begun. `within_s`: its outcome is what holds so long after the journey began."""

    id: UUID
    journey_id: str
    version_a: int
    version_b: int
    share: float
    metric: Metric
    within_s: int
    base: float
    difference: float
    needed: int
    began_at: datetime
    began_by: UUID | None = None
    ended_at: datetime | None = None
    ended_by: UUID | None = None

    @property
    def lots(self) -> Split:
        return Split(self.id, self.journey_id, self.version_a, self.version_b, self.share)


_COLUMNS = ", ".join(SplitRow.__struct_fields__)


class Entry(Struct, frozen=True):
    """A contact's first coming into a journey. `success` is None until it is settled."""

    contact_id: UUID
    at: datetime
    version: int
    success: bool | None


class Tally(Struct, frozen=True):
    """A split's contacts: settled outcomes in the order in which they settled, and those that are not.

    `apart`: contacts that met another version than their lot says, while the news of the split was on its way.
    """

    outcomes: tuple[tuple[Arm, bool], ...]
    unsettled: int
    apart: int


async def insert(conn: asyncpg.Connection, tenant_id: str, row: SplitRow) -> None:
    """Write a split. Raises asyncpg.UniqueViolationError while another one of this journey is open."""
    places = ", ".join(f"${number}" for number in range(2, len(SplitRow.__struct_fields__) + 2))
    values = [getattr(row, name) for name in SplitRow.__struct_fields__]
    await conn.execute(
        f"INSERT INTO journey_split (tenant_id, {_COLUMNS}) VALUES ($1, {places})", tenant_id, *values
    )


async def of_journey(conn: asyncpg.Connection, tenant_id: str, journey_id: str) -> list[SplitRow]:
    """Return a journey's splits, newest first."""
    rows = await conn.fetch(
        f"SELECT {_COLUMNS} FROM journey_split WHERE tenant_id = $1 AND journey_id = $2"
        " ORDER BY began_at DESC LIMIT 50",
        tenant_id, journey_id,
    )  # fmt: skip
    return [SplitRow(**dict(row)) for row in rows]


async def end(
    conn: asyncpg.Connection, tenant_id: str, journey_id: str, split_id: UUID, by: UUID | None, now: datetime
) -> SplitRow | None:
    """End a split; one that has ended stays as it is. None: there is no such split."""
    row = await conn.fetchrow(
        "UPDATE journey_split SET ended_at = coalesce(ended_at, $5),"
        " ended_by = CASE WHEN ended_at IS NULL THEN $4 ELSE ended_by END"
        f" WHERE tenant_id = $1 AND journey_id = $2 AND id = $3 RETURNING {_COLUMNS}",
        tenant_id, journey_id, split_id, by, now,
    )  # fmt: skip
    return None if row is None else SplitRow(**dict(row))


async def entries(
    conn: asyncpg.Connection, tenant_id: str, journey_id: str, metric: Metric, within_s: int, began_at: datetime,
    ended_at: datetime, now: datetime,
) -> list[Entry]:  # fmt: skip
    """Return the contacts that began and first came into a journey in a time, in the order in which they settled.

    Their outcome is settled `within_s` after they came, for the quick and the slow alike: if it counted as soon
    as it is known, the quick ones would be seen first, and in looking early one version would seem better. An
    answer to a survey is waited for beyond that; whoever settles late is last, so that nothing told is untold.
    """
    rows = await conn.fetch(
        "SELECT id, at, version, CASE WHEN settled_at <= $7 THEN success END AS success FROM ("
        f"SELECT c.id, entry.at, entry.version, {SETTLED[metric]} AS settled_at,"
        f" coalesce({SUCCESS[metric]}, false) AS success"
        " FROM contact c JOIN LATERAL ("
        "  SELECT e.at, (e.body->>'version')::int AS version FROM event e"
        "  WHERE e.tenant_id = $1 AND e.contact_id = c.id AND e.kind = 'journey_moved'"
        "  AND e.body->>'journey_id' = $2 ORDER BY e.seq LIMIT 1"
        " ) entry ON true"
        " WHERE c.tenant_id = $1 AND c.opened_at >= $3 AND c.opened_at < $4 AND entry.at < $4"
        " ORDER BY entry.at, c.id LIMIT $6) one ORDER BY settled_at, at, id",
        tenant_id, journey_id, began_at, ended_at, timedelta(seconds=within_s), MOST_CONTACTS, now,
    )  # fmt: skip
    return [Entry(row["id"], row["at"], row["version"], row["success"]) for row in rows]


def tally(split: SplitRow, found: Sequence[Entry]) -> Tally:
    """Return what a split's contacts came to, each counted in the version that its lot gave it."""
    outcomes: list[tuple[Arm, bool]] = []
    unsettled = apart = 0
    for entry in found:
        arm = arm_of(split.id, entry.contact_id, split.share)
        if entry.version != (split.version_b if arm == "b" else split.version_a):
            apart += 1
        elif entry.success is None:
            unsettled += 1
        else:
            outcomes.append((arm, entry.success))
    return Tally(tuple(outcomes), unsettled, apart)
