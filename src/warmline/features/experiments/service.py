"""Comparing two versions of a journey: planned, begun, watched and ended."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
from msgspec import Struct

from warmline.domain.experiment.planning import needed_contacts
from warmline.domain.experiment.verdict import Comparison, Metric, compare
from warmline.features.experiments import store
from warmline.features.experiments.store import SplitRow, Tally
from warmline.features.journeys.service import Journeys
from warmline.features.security import audit
from warmline.features.security.audit import Actor
from warmline.kernel.errors import INVALID, NOT_FOUND, Refused, declare
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

PAST = timedelta(days=28)  # the record that a plan is made from
LEAST_RECORD = 30  # contacts; fewer say nothing about the rate
UNKNOWN_RATE = 0.5  # takes the most contacts, so no plan promises too much
MOST_KEPT = 1000  # figures of ended comparisons, of all companies
SPLITTABLE = ("journey", "module")

SPLIT_OPEN = declare(
    "experiments.open",
    409,
    "Two versions of {journey} are being compared already.",
    "End that comparison first.",
)
VERSION_UNSOUND = declare(
    "experiments.version_unsound",
    409,
    "Version {version} of {journey} would leave customers with {problems} problems today.",
    "Compare versions that still pass the check, or publish a corrected one.",
)
NOT_SPLITTABLE = declare(
    "experiments.not_splittable",
    409,
    "{journey} is of the kind {kind}: its version is not drawn by lot.",
    "Compare versions of a journey or a module.",
)

Signal = Callable[[str, str, str], Awaitable[None]]


class Wish(Struct, frozen=True):
    """What somebody wants to know, said before it begins. `share` and `difference`: 0 to 1, both excluded."""

    version_a: int
    version_b: int
    share: float
    metric: Metric
    within_s: int
    difference: float


class Plan(Struct, frozen=True):
    """What a comparison takes. `base` was seen over 28 days, or is 0.5 if `base_known` is false.

    `days` is None when no contacts came lately.
    """

    base: float
    base_known: bool
    needed: int
    per_day: float
    days: float | None


class Watched(Struct, frozen=True):
    """A split and what it says by now."""

    split: SplitRow
    comparison: Comparison
    unsettled: int
    apart: int


class Experiments:
    """A tenant's comparisons of versions."""

    def __init__(
        self, database: Database, journeys: Journeys, signal: Signal, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._database = database
        self._journeys = journeys
        self._signal = signal
        self._now = now
        self._final: dict[tuple[str, UUID], Watched] = {}

    async def plan(self, tenant_id: str, journey_id: str, wish: Wish) -> Plan:
        """Return how many contacts a comparison takes. Raises Refused: not_found, invalid, not splittable."""
        await self._check(tenant_id, journey_id, wish)
        now = self._now()
        async with self._database.tenant(tenant_id) as conn:
            found = await store.entries(
                conn, tenant_id, journey_id, wish.metric, wish.within_s, now - PAST, now, now
            )
        settled = [entry.success for entry in found if entry.success is not None]
        known = len(settled) >= LEAST_RECORD
        base = sum(settled) / len(settled) if known else UNKNOWN_RATE
        try:
            needed = needed_contacts(base, wish.difference, wish.share)
        except ValueError:
            reason = f"no version can be better or worse by that much than {base:.0%}"
            raise Refused(INVALID, field="difference", reason=reason) from None
        # A record that began lately is no slow one.
        first = min((entry.at for entry in found), default=now - PAST)
        days = min(max((now - first) / timedelta(days=1), 1.0), PAST.days)
        per_day = len(found) / days
        return Plan(base, known, needed, per_day, needed / per_day if per_day else None)

    async def begin(self, tenant_id: str, actor: Actor, journey_id: str, wish: Wish) -> Watched:
        """Share a journey's contacts between two versions from now on.

        Raises Refused: what `plan` raises, `experiments.version_unsound`, `experiments.open`.
        """
        plan = await self.plan(tenant_id, journey_id, wish)
        for version in (wish.version_a, wish.version_b):
            await self._prove(tenant_id, journey_id, version)
        row = SplitRow(
            new_id(), journey_id, wish.version_a, wish.version_b, wish.share, wish.metric, wish.within_s,
            plan.base, wish.difference, plan.needed, self._now(), actor.agent_id,
        )  # fmt: skip
        async with self._database.tenant(tenant_id) as conn:
            try:
                async with conn.transaction():
                    await store.insert(conn, tenant_id, row)
                    detail = {"version_a": row.version_a, "version_b": row.version_b, "metric": row.metric}
                    await self._audit(conn, tenant_id, actor, "split.begun", row, detail)
            except asyncpg.UniqueViolationError:
                raise Refused(SPLIT_OPEN, journey=journey_id) from None
        await self._signal(tenant_id, "settings", "split")
        return await self._watched(tenant_id, row)

    async def end(self, tenant_id: str, actor: Actor, journey_id: str, split_id: UUID) -> Watched:
        """Give new contacts the newest version again. Raises Refused `not_found`."""
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            row = await store.end(conn, tenant_id, journey_id, split_id, actor.agent_id, self._now())
            if row is None:
                raise Refused(NOT_FOUND, what="comparison")
            await self._audit(conn, tenant_id, actor, "split.ended", row, {})
        await self._signal(tenant_id, "settings", "split")
        return await self._watched(tenant_id, row)

    async def all(self, tenant_id: str, journey_id: str) -> list[Watched]:
        """Return a journey's comparisons, newest first. Raises Refused `not_found`."""
        await self._journeys.one(tenant_id, journey_id, None)
        async with self._database.tenant(tenant_id) as conn:
            rows = await store.of_journey(conn, tenant_id, journey_id)
        return [await self._watched(tenant_id, row) for row in rows]

    async def _watched(self, tenant_id: str, row: SplitRow) -> Watched:
        if (known := self._final.get((tenant_id, row.id))) is not None:
            return known
        now = self._now()
        async with self._database.tenant(tenant_id) as conn:
            found = await store.entries(
                conn, tenant_id, row.journey_id, row.metric, row.within_s, row.began_at, row.ended_at or now, now
            )
        # Half a million contacts take a second of arithmetic: not for the loop.
        tally, comparison = await asyncio.to_thread(_judge, row, found)
        watched = Watched(row, comparison, tally.unsettled, tally.apart)
        if (
            row.ended_at is not None
            and now >= row.ended_at + timedelta(seconds=row.within_s)
            and not tally.unsettled
        ):
            self._keep(tenant_id, watched)
        return watched

    def _keep(self, tenant_id: str, final: Watched) -> None:
        """Remember figures that nothing changes any more: it is over, and everybody's outcome is settled."""
        while len(self._final) >= MOST_KEPT:
            del self._final[next(iter(self._final))]
        self._final[tenant_id, final.split.id] = final

    async def _check(self, tenant_id: str, journey_id: str, wish: Wish) -> None:
        line, _, versions = await self._journeys.one(tenant_id, journey_id, None)
        if line.kind not in SPLITTABLE:
            raise Refused(NOT_SPLITTABLE, journey=journey_id, kind=line.kind)
        if wish.version_a == wish.version_b:
            raise Refused(INVALID, field="version_b", reason="it is the same version")
        known = {one.version for one in versions}
        for field, version in (("version_a", wish.version_a), ("version_b", wish.version_b)):
            if version not in known:
                raise Refused(INVALID, field=field, reason=f"there is no version {version}")

    async def _prove(self, tenant_id: str, journey_id: str, version: int) -> None:
        """Prove a version as it would be today: texts and names may have changed since it was published."""
        _, document, _ = await self._journeys.one(tenant_id, journey_id, version)
        for report in await self._journeys.check(tenant_id, journey_id, document):
            if not report.ok:
                count = len(report.problems)
                raise Refused(VERSION_UNSOUND, version=version, journey=report.journey, problems=count)

    async def _audit(
        self,
        conn: asyncpg.Connection,
        tenant_id: str,
        actor: Actor,
        action: str,
        row: SplitRow,
        detail: audit.Detail,
    ) -> None:
        subject = f"split:{row.id}"
        await audit.append(
            conn, tenant_id, actor, action, subject, {**detail, "journey": row.journey_id}, now=self._now()
        )


def _judge(row: SplitRow, found: list[store.Entry]) -> tuple[Tally, Comparison]:
    counted = store.tally(row, found)
    return counted, compare(counted.outcomes, share=row.share, base=row.base, needed=row.needed)
