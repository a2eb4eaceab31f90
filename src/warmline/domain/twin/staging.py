"""From a world's description to its people: queues, kinds, flows with their chances, agents with their shifts."""

from collections.abc import Callable, Iterator
from functools import partial

from warmline.domain.twin.arrivals import Coming, extra, usual
from warmline.domain.twin.distributions import Duration, sampler, to_whole_us
from warmline.domain.twin.people import Agent, Flow, Kind, Pool, QueueState
from warmline.domain.twin.randomness import stream as chance
from warmline.domain.twin.world import Group, Recorded, Spike, Stream, World

Change = tuple[int, bool, bool]  # µs from the start; then present; then paid


class Stage:
    """Everybody and everything of a world before the first event."""

    def __init__(self, world: World, seed: int, until_s: float) -> None:
        self.world = world
        self.seed = seed
        self.until_s = until_s
        self.queues = {queue.id: QueueState(queue) for queue in world.queues}
        for queue in world.queues:
            if queue.overflow_to is not None:
                self.queues[queue.id].overflow_to = self.queues[queue.overflow_to]
        self.kinds: dict[tuple[str, str], Kind] = {}  # by stream and queue
        self.pools = [Pool(group) for group in world.groups]
        self.reserving = {queue.id for queue in world.queues if queue.rules.reserve > 0}
        self.agents: list[Agent] = []
        self.flows = [flow for stream in world.streams for flow in self._flows(stream)]
        for stream in world.streams:
            to = self.queues[stream.queue_id].overflow_to
            while to is not None and (stream.id, to.id) not in self.kinds:
                self._kind(stream, to)
                to = to.overflow_to
        for pool in self.pools:
            self._staff(pool)

    def _flows(self, stream: Stream) -> Iterator[Flow]:
        """Yield those who come anyway, and for each spike those who come besides, with chances of their own."""
        kind = self._kind(stream, self.queues[stream.queue_id])
        spikes = tuple(spike for spike in self.world.spikes if not spike.streams or stream.id in spike.streams)
        of = partial(chance, self.seed, stream.id, "usual")
        yield self._flow(stream, kind, usual(stream.arrivals, spikes, self.until_s, of), "usual")
        for number, spike in enumerate(spikes):
            if spike.factor > 1:
                yield self._spike(stream, kind, spike, f"spike {number}")

    def _spike(self, stream: Stream, kind: Kind, spike: Spike, name: str) -> Flow:
        of = partial(chance, self.seed, stream.id, name)
        return self._flow(stream, kind, extra(stream.arrivals, spike, self.until_s, of), name)

    def _flow(self, stream: Stream, kind: Kind, comings: Iterator[Coming], name: str) -> Flow:
        def draws(purpose: str, duration: Duration) -> Callable[[], int]:
            return sampler(duration, chance(self.seed, stream.id, name, purpose))

        tempted = stream.retries > 0 or stream.media_failures > 0 or stream.contained > 0
        tempted = tempted or _wishes(stream) or self._calls(stream)
        missed = any(not pool.instant for pool in self.pools)
        return Flow(
            stream,
            kind,
            comings,
            draws("handle", stream.handle),
            None if stream.wrap_up is None else draws("wrap_up", stream.wrap_up),
            None if stream.patience is None else draws("patience", stream.patience),
            chance(self.seed, stream.id, name, "luck") if tempted or missed else None,
            None if stream.self_service is None else draws("self_service", stream.self_service),
        )

    def _calls(self, stream: Stream) -> bool:
        """Whether calls may be promised to these customers."""
        rules = self.queues[stream.queue_id].rules
        return rules.callback.offered or rules.at_max_wait == "callback"

    def _kind(self, stream: Stream, queue: QueueState) -> Kind:
        kind = self.kinds[stream.id, queue.id] = Kind(queue, stream)
        fitting = [pool for pool in self.pools if _fits(pool, kind) and self._at_once(pool, kind, stream)]
        for pool in fitting:
            pool.serves[kind.channel] = (*pool.serves.get(kind.channel, ()), kind)
        kind.pools = tuple(fitting)
        return kind

    def _at_once(self, pool: Pool, kind: Kind, stream: Stream) -> bool:
        """Whether room at these agents means that nobody of this kind waits: what can be told at a glance.

        Not so where agents are kept for another queue, where one contact bars another, or where customers wish
        for a person; `ruled_checks` looks at those as a whole.
        """
        media = pool.profile.media
        kept = any(seat.queue_id in self.reserving - {kind.queue.id} for seat in pool.profile.seats)
        return media.total is None and not media.exclusive and not kept and not _wishes(stream)

    def _staff(self, pool: Pool) -> None:
        if pool.group.answers_after is not None:
            uniform = chance(self.seed, "group", pool.group.id, "answers_after")
            pool.answers_after = sampler(pool.group.answers_after, uniform)
        for _ in range(pool.group.count):
            self.agents.append(Agent(len(self.agents) + 1, pool))


def _wishes(stream: Stream) -> bool:
    """Whether some of these customers wish for a person."""
    recorded = stream.arrivals.contacts if isinstance(stream.arrivals, Recorded) else ()
    return stream.returning > 0 or any(one.last is not None for one in recorded)


def _fits(pool: Pool, kind: Kind) -> bool:
    """Whether agents of this group may be asked for this kind from the first moment."""
    seat = next((seat for seat in pool.profile.seats if seat.queue_id == kind.queue.id), None)
    if seat is None or seat.delay_s > 0 or kind.channel not in pool.group.capacity:
        return False
    return all(pool.group.skills.get(need.skill, 0) >= need.level for need in kind.skills)


def changes(group: Group) -> list[Change]:
    """Return when agents of this group come, take a break and go, in order; without shifts they are there."""
    if not group.shifts:
        return [(0, True, True)]
    steps: list[Change] = []
    for shift in group.shifts:
        steps.append((to_whole_us(shift.from_s), True, True))
        for rest in shift.breaks:
            steps.append((to_whole_us(rest.from_s), False, True))
            steps.append((to_whole_us(rest.until_s), True, True))
        steps.append((to_whole_us(shift.until_s), False, False))
    last = {step[0]: step for step in steps}  # of two at one moment the later one counts
    return [last[at_us] for at_us in sorted(last)]
