"""What the company needs in each half hour of some days, from a chosen source, with what-if changes."""

import asyncio
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from warmline.domain.staffing.needs import Curve, Pool, Service, curves
from warmline.domain.staffing.shifts import local_at
from warmline.domain.staffing.volumes import HALF_HOUR, Volumes, VolumeSource
from warmline.features.staffing import store
from warmline.features.staffing.settings import Person, QueueRow, StaffingSettings, services_of
from warmline.kernel.errors import INVALID, Refused
from warmline.runtime.database import Database

DAYS_AT_MOST = 14
POOLED = "all"


class WhatIf(Struct, frozen=True):
    """Changes for this question only; None leaves what is set. `volume` multiplies the contacts."""

    volume: float = 1.0
    share: float | None = None
    within_s: float | None = None
    patience_s: float | None = None
    shrinkage: float | None = None


class Asked(Struct, frozen=True):
    """Which days, from which source, with which changes."""

    first: date
    last: date
    source: str
    what_if: WhatIf = WhatIf()


class Needs(Struct, frozen=True):
    """The answer: the company's settings, queues and people too, as planning goes on with them."""

    first_at: datetime
    end_at: datetime
    time_zone: str
    volumes: Volumes
    curves: tuple[Curve, ...]
    settings: StaffingSettings
    queues: list[QueueRow]
    people: list[Person]

    @property
    def days(self) -> tuple[date, ...]:
        """The local days."""
        zone = ZoneInfo(self.time_zone)
        first, end = self.first_at.astimezone(zone).date(), self.end_at.astimezone(zone).date()
        return tuple(first + timedelta(n) for n in range((end - first).days))


def span_of(
    first: date, last: date, zone: ZoneInfo, days_at_most: int = DAYS_AT_MOST
) -> tuple[datetime, datetime]:
    """Return the instants local days begin and end at. Raises Refused `invalid` for an impossible range."""
    if last < first:
        raise Refused(INVALID, field="to", reason="it is before from")
    if (last - first).days >= days_at_most:
        raise Refused(INVALID, field="to", reason=f"at most {days_at_most} days at a time")
    if not 2000 <= first.year <= last.year <= 2200:
        raise Refused(INVALID, field="from", reason="the year must be between 2000 and 2200")
    return local_at(first, 0, zone), local_at(last + timedelta(1), 0, zone)


def pools_of(queues: list[QueueRow], *, pooled: bool) -> list[Pool]:
    """Return which queues share their agents."""
    if pooled:
        return [Pool(POOLED, tuple(queue.id for queue in queues))] if queues else []
    return [Pool(queue.id, (queue.id,)) for queue in queues]


def changed(services: dict[str, Service], what_if: WhatIf) -> dict[str, Service]:
    """Return services as they would be."""

    def one(service: Service) -> Service:
        promise = service.promise
        if what_if.share is not None:
            promise = replace(promise, share=what_if.share)
        if what_if.within_s is not None:
            promise = replace(promise, within_s=what_if.within_s)
        return replace(
            service,
            promise=promise,
            patience_s=service.patience_s if what_if.patience_s is None else what_if.patience_s,
            shrinkage=service.shrinkage if what_if.shrinkage is None else what_if.shrinkage,
        )

    return {queue_id: one(service) for queue_id, service in services.items()}


class NeedsService:
    """Answers from the sources it was given: name -> source."""

    def __init__(self, database: Database, sources: Mapping[str, VolumeSource]) -> None:
        self._database = database
        self._sources = dict(sources)

    @property
    def sources(self) -> list[str]:
        """The names of the sources, the preferred one first."""
        return list(self._sources)

    async def needs(self, tenant_id: str, asked: Asked) -> Needs:
        """Return the needs. Raises Refused `invalid` for an unknown source or impossible days."""
        source = self._sources.get(asked.source)
        if source is None:
            raise Refused(INVALID, field="source", reason="choose one of " + ", ".join(self._sources))
        async with self._database.tenant(tenant_id) as conn:
            zone = await store.time_zone_of(conn, tenant_id)
            settings, _ = await store.read_settings(conn, tenant_id)
            queues = await store.queues(conn, tenant_id)
            people = await store.people(conn, tenant_id)
        first_at, end_at = span_of(asked.first, asked.last, ZoneInfo(zone))
        volumes = (await source(tenant_id, first_at, end_at)).scaled(asked.what_if.volume)
        known = {queue.id for queue in queues}
        volumes = Volumes(volumes.source, {q: line for q, line in volumes.queues.items() if q in known})
        services = changed(services_of(settings, queues), asked.what_if)
        pools = pools_of(queues, pooled=settings.pooled)
        half_hours = int((end_at - first_at) / HALF_HOUR)
        found = await asyncio.to_thread(curves, volumes, pools, services, first_at, half_hours, settings.quantile)
        return Needs(first_at, end_at, zone, volumes, found, settings, queues, people)
