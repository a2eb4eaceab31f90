"""How many agents each half hour needs, for every queue alone or for queues that share their agents."""

import math
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from msgspec import Struct

from warmline.domain.staffing.erlang import NEVER
from warmline.domain.staffing.requirement import Promise, agents_needed
from warmline.domain.staffing.volumes import HALF_HOUR, HALF_HOUR_S, Volume, Volumes

SHRINKAGE_AT_MOST = 0.8


class Service(Struct, frozen=True):
    """How a queue is served.

    `patience_s`: customers give up after this on average; None: they do not. `shrinkage`: the share of paid time
    on shift that is not spent with customers besides planned breaks (0 to 0.8). `at_once`: how many contacts one
    agent handles at the same time (1 for calls).
    """

    promise: Promise = Promise()
    patience_s: float | None = None
    shrinkage: float = 0.0
    at_once: int = 1


class Pool(Struct, frozen=True):
    """Queues served by the same agents."""

    id: str
    queues: tuple[str, ...]


class Need(Struct, frozen=True):
    """One half hour of a pool: contacts, the work in agent-hours, agents on the floor, agents on shift."""

    start_at: datetime
    contacts: float
    work_h: float
    agents: int
    on_shift: float


class Curve(Struct, frozen=True):
    """The needs of a pool, one for each half hour without gaps."""

    pool: Pool
    needs: tuple[Need, ...]


def common_service(services: Sequence[tuple[Service, float]]) -> Service:
    """Return how queues are served together: the strictest promise, patience and shrinkage by `contacts`.

    Each service comes with its number of contacts. The fewest `at_once` counts, because the mix is not known.
    """
    total = sum(contacts for _, contacts in services) or float(len(services))
    weights = [contacts / total if sum(c for _, c in services) else 1 / total for _, contacts in services]
    leaving_per_s = sum(
        weight / service.patience_s
        for (service, _), weight in zip(services, weights, strict=True)
        if service.patience_s is not None
    )
    return Service(
        Promise(
            share=max(service.promise.share for service, _ in services),
            within_s=min(service.promise.within_s for service, _ in services),
            max_abandon=min(service.promise.max_abandon for service, _ in services),
            max_occupancy=min(service.promise.max_occupancy for service, _ in services),
        ),
        1 / leaving_per_s if leaving_per_s > 0 else None,
        sum(service.shrinkage * weight for (service, _), weight in zip(services, weights, strict=True)),
        min(service.at_once for service, _ in services),
    )


def count_of(volume: Volume, quantile: str) -> float:
    """Return the contacts to plan for: "expected", "p10" or "p90"."""
    return volume.p90 if quantile == "p90" else volume.p10 if quantile == "p10" else volume.expected


def agents_for(contacts: float, handle_s: float, service: Service) -> int:
    """Return the agents on the floor that keep the promise to `contacts` in half an hour.

    Who handles several contacts at once counts as that many servers. Raises ValueError for a promise of 100 %.
    """
    if contacts <= 0 or handle_s <= 0:
        return 0
    patience_s = NEVER if service.patience_s is None else service.patience_s
    # Counts and times rounded to what nobody can foresee: the same half hours come again and again.
    servers = _servers(round(contacts, 1) or 0.1, float(round(handle_s)) or 1.0, service.promise, patience_s)
    return math.ceil(servers / service.at_once)


@lru_cache(maxsize=8192)
def _servers(contacts: float, handle_s: float, promise: Promise, patience_s: float) -> int:
    return agents_needed(contacts / HALF_HOUR_S, handle_s, promise, patience_s)


def curves(
    volumes: Volumes,
    pools: Sequence[Pool],
    services: dict[str, Service],
    first_at: datetime,
    half_hours: int,
    quantile: str = "expected",
) -> tuple[Curve, ...]:
    """Return the needs of every pool from `first_at` on. A queue without a service of its own gets the default.

    Raises ValueError for a promise nobody can keep or a shrinkage outside 0 to 0.8.
    """
    for service in services.values():
        if not 0 <= service.shrinkage <= SHRINKAGE_AT_MOST:
            raise ValueError(f"Shrinkage must be between 0 and {SHRINKAGE_AT_MOST}, not {service.shrinkage}.")
    by_start = {
        queue_id: {volume.start_at: volume for volume in line} for queue_id, line in volumes.queues.items()
    }
    found: list[Curve] = []
    for pool in pools:
        needs: list[Need] = []
        for step in range(half_hours):
            at = first_at + step * HALF_HOUR
            parts = [
                (services.get(queue_id, Service()), count_of(volume, quantile), volume.handle_s)
                for queue_id in pool.queues
                if (volume := by_start.get(queue_id, {}).get(at)) is not None
            ]
            needs.append(_need(at, parts))
        found.append(Curve(pool, tuple(needs)))
    return tuple(found)


def _need(at: datetime, parts: list[tuple[Service, float, float]]) -> Need:
    contacts = sum(count for _, count, _ in parts)
    if contacts <= 0:
        return Need(at, 0.0, 0.0, 0, 0.0)
    work_s = sum(count * handle_s for _, count, handle_s in parts)
    service = common_service([(service, count) for service, count, _ in parts])
    agents = agents_for(contacts, work_s / contacts, service)
    return Need(at, contacts, work_s / 3600, agents, agents / (1 - service.shrinkage))
