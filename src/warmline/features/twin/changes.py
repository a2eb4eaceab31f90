"""What if: the changes somebody asks for, and the world they lead to."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from warmline.domain.twin.distributions import Duration, Empirical, Exponential, Fixed, Lognormal
from warmline.domain.twin.world import Group, Outage, Recorded, Spike, Stream, World
from warmline.features.twin.bounds import check_contacts
from warmline.features.twin.refusals import BOUNDS, NO_QUEUE, NOBODY_SERVES
from warmline.kernel.errors import INVALID, Refused

Bounded = TypeVar("Bounded", float, dt.date)


class Promotion(Struct, frozen=True):
    """`factor` times as many contacts for a while; seconds after the day's midnight."""

    from_s: float
    until_s: float
    factor: float


class Disturbance(Struct, frozen=True):
    """Nothing is offered for a while, or desks are dead; seconds after the day's midnight."""

    from_s: float
    until_s: float
    desks_dead: bool = False


class Changes(Struct, frozen=True, omit_defaults=True):
    """Nothing changed, unless said. Factors multiply; `queue_id` limits the first four to one queue."""

    queue_id: str | None = None
    agents: int = 0
    volume: float = 1.0
    handle: float = 1.0
    patience: float = 1.0
    outages: tuple[Disturbance, ...] = ()
    promotions: tuple[Promotion, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether the world stays as it is."""
        return self == Changes(queue_id=self.queue_id)


def within(field: str, value: Bounded, low: Bounded, high: Bounded) -> None:
    """Raise Refused for a value out of its bounds, and for one that is no number."""
    if not low <= value <= high:
        raise Refused(BOUNDS, field=field, low=str(low), high=str(high))


def check(changes: Changes) -> None:
    """Raise Refused for factors and times that make no sense."""
    for name, value, low, high in (
        ("agents", changes.agents, -1_000, 1_000), ("volume", changes.volume, 0, 20),
        ("handle", changes.handle, 0.05, 20), ("patience", changes.patience, 0.05, 20),
    ):  # fmt: skip
        within(name, value, low, high)
    for name, spans in (("outages", changes.outages), ("promotions", changes.promotions)):
        for span in spans:
            if not 0 <= span.from_s < span.until_s:
                raise Refused(INVALID, field=name, reason="it must end after it begins")
    for promotion in changes.promotions:
        within("promotions", promotion.factor, 0, 50)


def check_queue(queue_id: str | None, known: Iterable[str]) -> None:
    """Raise Refused for a queue that is not there, naming those that are."""
    names = sorted(known)
    if queue_id is not None and queue_id not in names:
        raise Refused(NO_QUEUE, queue_id=queue_id, queues=", ".join(names))


def changed(world: World, changes: Changes, until_s: float) -> World:
    """Return the world with the changes made.

    Raises Refused for a queue that is not there, where nobody serves the queue that needs agents, and for more
    contacts than a day may have.
    """
    check(changes)
    check_queue(changes.queue_id, (queue.id for queue in world.queues))
    touched = tuple(stream.id for stream in world.streams if changes.queue_id in (None, stream.queue_id))
    streams = tuple(_stretched(stream, changes) if stream.id in touched else stream for stream in world.streams)
    other = replace(
        world,
        streams=streams,
        groups=_staffed(world, changes) if changes.agents else world.groups,
        outages=(*world.outages, *(_outage(one) for one in changes.outages)),
        spikes=(*world.spikes, *_spikes(changes, touched, until_s)),
    )
    check_contacts(other, until_s)
    return other


def _outage(one: Disturbance) -> Outage:
    return Outage(one.from_s, one.until_s, "agents_gone" if one.desks_dead else "no_offers")


def _spikes(changes: Changes, touched: tuple[str, ...], until_s: float) -> Iterator[Spike]:
    """Volume as a spike of the whole day: those who come anyway stay the same people.

    Spikes add to what comes anyway; a promotion on a day of more volume brings more besides.
    """
    if not touched:
        return
    if changes.volume != 1:
        yield Spike(0.0, until_s, changes.volume, touched)
    for one in changes.promotions:
        factor = 1 + (one.factor - 1) * changes.volume if one.factor > 1 else one.factor
        yield Spike(one.from_s, one.until_s, factor, touched)


def _stretched(stream: Stream, changes: Changes) -> Stream:
    arrivals = stream.arrivals
    if isinstance(arrivals, Recorded) and (changes.handle != 1 or changes.patience != 1):
        arrivals = Recorded(
            tuple(
                replace(
                    one,
                    handle_s=None if one.handle_s is None else one.handle_s * changes.handle,
                    wrap_up_s=None if one.wrap_up_s is None else one.wrap_up_s * changes.handle,
                    patience_s=None if one.patience_s is None else one.patience_s * changes.patience,
                )
                for one in arrivals.contacts
            )
        )
    return replace(
        stream,
        arrivals=arrivals,
        handle=times(stream.handle, changes.handle),
        wrap_up=None if stream.wrap_up is None else times(stream.wrap_up, changes.handle),
        patience=None if stream.patience is None else times(stream.patience, changes.patience),
    )


def times(duration: Duration, factor: float) -> Duration:
    """Return the duration `factor` times as long."""
    match duration:
        case Fixed(seconds):
            return Fixed(seconds * factor)
        case Exponential(mean):
            return Exponential(mean * factor)
        case Lognormal(mean, cv):
            return Lognormal(mean * factor, cv)
        case Empirical(values):
            return Empirical(tuple(value * factor for value in values))


def _staffed(world: World, changes: Changes) -> tuple[Group, ...]:
    """Return the groups with agents added like those who are there longest, or taken from the same end."""
    able = sorted(
        (group for group in world.groups if group.count and _serves(group, changes.queue_id, world)),
        key=lambda group: (-_there_s(group), group.id),
    )
    if not able:
        raise Refused(NOBODY_SERVES, queue_id=changes.queue_id or "*")
    counts = {group.id: group.count for group in able}
    left = abs(changes.agents)
    step = 1 if changes.agents > 0 else -1
    while left and (step > 0 or any(counts.values())):
        for group in able:
            if left and (step > 0 or counts[group.id]):
                counts[group.id] += step
                left -= 1
    return tuple(replace(group, count=counts[group.id]) if group.id in counts else group for group in world.groups)


def _serves(group: Group, queue_id: str | None, world: World) -> bool:
    """Whether agents of the group take this queue's contacts at once: those who only help out later do not."""
    seats = [seat for seat in group.seats if queue_id in (None, seat.queue_id)]
    direct = any(seat.delay_s == 0 for seat in seats)
    kinds = [stream for stream in world.streams if queue_id in (None, stream.queue_id)]
    able = not kinds or any(
        all(group.skills.get(need.skill, 0) >= need.level for need in stream.skills)
        and stream.channel in group.capacity
        for stream in kinds
    )
    return direct and able


def _there_s(group: Group) -> float:
    if not group.shifts:
        return float("inf")
    return sum(
        shift.until_s - shift.from_s - sum(rest.until_s - rest.from_s for rest in shift.breaks)
        for shift in group.shifts
    )
