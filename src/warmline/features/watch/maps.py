"""The map of one journey: what happened at each of its places in a period, and who is there now."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import asyncpg
from msgspec import Struct

from warmline.features.reports.service import check_range
from warmline.features.reports.store import time_zone_of
from warmline.features.watch import store
from warmline.features.watch.calls import Call, read_calls
from warmline.features.watch.store import Chosen, What
from warmline.kernel.errors import NOT_FOUND, Refused
from warmline.kernel.locale import Locale
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

UNDER_WAY = "under_way"


class Spot(Struct, frozen=True):
    """One block or step. `entered` times by `contacts`, of whom `repeated` came more than once; `now` are here.

    `left` counts every way out of the journeys at this place, `dropped` those who gave up or fell silent. A step
    is where contacts wait: half of `stays` took no longer than `median_s`, nine in ten no longer than `p90_s`.
    """

    path: str
    entered: int
    contacts: int
    repeated: int
    now: int
    left: int
    dropped: int
    stays: int
    median_s: float | None
    p90_s: float | None


class Way(Struct, frozen=True):
    """How often contacts went from one place to the next. `from_path` None: a contact began here; it is
    `journey#path` when they came from another journey.
    """

    from_path: str | None
    path: str
    times: int


class Onward(Struct, frozen=True):
    """How often contacts went on into another journey from a place of this one."""

    path: str
    journey_id: str
    times: int


class Exit(Struct, frozen=True):
    """How often contacts left the journeys at a place, and how."""

    path: str
    how: str
    times: int


class End(Struct, frozen=True):
    """How self-service ended for contacts that passed: `person`, `contained`, …; `under_way`: it has not."""

    how: str
    contacts: int


class Seen(Struct, frozen=True):
    """How many contacts walked a version on a channel in a language in the period."""

    version: int
    channel: str
    locale: str
    contacts: int


class Map(Struct, frozen=True):
    """A journey as it was walked. `contacts` passed it, `now` of all are in it; `ends` add up to `contacts`."""

    journey_id: str
    first: date
    last: date
    time_zone: str
    asked_at: datetime
    contacts: int
    begun: int
    now: int
    containment: float | None  # of those whose self-service is over; None: there are none
    ends: Sequence[End]
    places: Sequence[Spot]
    calls: Sequence[Call]
    ways: Sequence[Way]
    onward: Sequence[Onward]
    exits: Sequence[Exit]
    seen: Sequence[Seen]


class Behind(Struct, frozen=True):
    """One contact behind a number; `at` is when it happened last, `times` how often."""

    contact_id: UUID
    customer_id: UUID
    channel: str
    locale: str
    status: str
    intent: str | None
    opened_at: datetime
    at: datetime
    times: int


class Maps:
    """Read-only; days are those of the company's time zone, `last` included."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = utc_now) -> None:
        self._database, self._clock = database, clock

    async def map(
        self, tenant_id: str, journey_id: str, first: date, last: date, version: int | None = None,
        channel: str | None = None, locale: Locale | None = None,
    ) -> Map:  # fmt: skip
        """Return a journey's map, all of it as of one moment. Raises Refused `invalid`, `not_found`."""
        chosen = _chosen(journey_id, first, last, version, channel, locale)
        async with self._database.tenant(tenant_id) as conn, conn.transaction(isolation="repeatable_read"):
            await _check_known(conn, tenant_id, journey_id)
            await conn.execute(store.ROOM)
            zone = await time_zone_of(conn, tenant_id)
            walked = await store.walked(conn, tenant_id, zone, chosen)
            now = await store.now(conn, tenant_id, chosen)
            calls = await read_calls(conn, tenant_id, zone, chosen)
        ends = [End(**row) for row in walked.ends]
        ways = [Way(**row) for row in walked.ways]
        return Map(
            journey_id=journey_id,
            first=first,
            last=last,
            time_zone=zone,
            asked_at=self._clock(),
            contacts=sum(one.contacts for one in ends),
            begun=sum(one.times for one in ways if one.from_path is None),
            now=sum(row["contacts"] for row in now),
            containment=_containment(ends),
            ends=ends,
            places=_places(walked.places, now),
            calls=calls,
            ways=ways,
            onward=[Onward(**row) for row in walked.onward],
            exits=[Exit(**row) for row in walked.exits],
            seen=[Seen(**row) for row in walked.seen],
        )

    async def contacts(
        self, tenant_id: str, journey_id: str, first: date, last: date, what: What, path: str | None,
        which: str | None, version: int | None = None, channel: str | None = None, locale: Locale | None = None,
        *, limit: int = 100, offset: int = 0,
    ) -> list[Behind]:  # fmt: skip
        """Return the contacts a number counts, the latest first. Raises Refused `invalid`, `not_found`."""
        chosen = _chosen(journey_id, first, last, version, channel, locale)
        async with self._database.tenant(tenant_id) as conn:
            await _check_known(conn, tenant_id, journey_id)
            zone = await time_zone_of(conn, tenant_id)
            rows = await store.behind(conn, tenant_id, zone, chosen, what, path, which, limit, offset)
        return [Behind(**dict(row)) for row in rows]


def _chosen(
    journey_id: str, first: date, last: date, version: int | None, channel: str | None, locale: Locale | None
) -> Chosen:
    check_range(first, last)
    return Chosen(journey_id, first, last + timedelta(days=1), version, channel, locale)


async def _check_known(conn: asyncpg.Connection, tenant_id: str, journey_id: str) -> None:
    if not await store.is_known(conn, tenant_id, journey_id):
        raise Refused(NOT_FOUND, what="journey")


def _containment(ends: Sequence[End]) -> float | None:
    over = sum(one.contacts for one in ends if one.how != UNDER_WAY)
    solved = sum(one.contacts for one in ends if one.how == "contained")
    return solved / over if over else None


def _places(rows: store.Rows, now: Sequence[asyncpg.Record]) -> list[Spot]:
    here = {row["path"]: row["contacts"] for row in now}
    places = [
        Spot(
            row["path"], row["entered"], row["contacts"], row["repeated"], here.pop(row["path"], 0),
            row["left_here"], row["dropped"], row["stays"], row["median_s"], row["p90_s"],
        )
        for row in rows
    ]  # fmt: skip
    # Some have stood here since before the period.
    places += [Spot(path, 0, 0, 0, count, 0, 0, 0, None, None) for path, count in here.items()]
    return sorted(places, key=lambda one: one.path)
