"""From a world's description to its people: queues, kinds, flows with their chances, agents with their shifts."""

from collections.abc import Callable, Iterator
from functools import partial

from warmline.domain.twin.arrivals import Coming, extra, usual
from warmline.domain.twin.distributions import Duration, sampler, to_whole_us
from warmline.domain.twin.people import Agent, Flow, Kind, Pool, QueueState
from warmline.domain.twin.randomness import stream as chance
from warmline.domain.twin.world import Group, Spike, Stream, World

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
        self.agents: list[Agent] = []
        self.flows = [flow for stream in world.streams for flow in self._flows(stream)]
        for stream in world.streams:
            queue = self.queues[stream.queue_id].overflow_to
            while queue is not None and (stream.id, queue.id) not in self.kinds:
                self._kind(stream, queue)
                queue = queue.overflow_to
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

        tempted = stream.retries > 0 or stream.media_failures > 0
        missed = any(not pool.instant for pool in self.pools)
        return Flow(
            stream,
            kind,
            comings,
            draws("handle", stream.handle),
            None if stream.wrap_up is None else draws("wrap_up", stream.wrap_up),
            None if stream.patience is None else draws("patience", stream.patience),
            chance(self.seed, stream.id, name, "luck") if tempted or missed else None,
        )

    def _kind(self, stream: Stream, queue: QueueState) -> Kind:
        kind = self.kinds[stream.id, queue.id] = Kind(queue, stream)
        fitting = [pool for pool in self.pools if _fits(pool, kind)]
        for pool in fitting:
            pool.serves[kind.channel] = (*pool.serves.get(kind.channel, ()), kind)
        kind.pools = tuple(fitting)
        return kind

    def _staff(self, pool: Pool) -> None:
        if pool.group.answers_after is not None:
            uniform = chance(self.seed, "group", pool.group.id, "answers_after")
            pool.answers_after = sampler(pool.group.answers_after, uniform)
        for _ in range(pool.group.count):
            self.agents.append(Agent(len(self.agents) + 1, pool))


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
