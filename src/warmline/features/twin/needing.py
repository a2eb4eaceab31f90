"""Staff: the fewest agents per half hour that keep the promise. Erlang A guesses, the twin verifies and corrects.

A formula knows one line and equal agents. The twin knows who may take what, who helps out after a while, several
chats at once, and breaks; so it says where the guess is too low, and where people can be spared.
"""

import math
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from warmline.domain.staffing.needs import Service, agents_for, common_service
from warmline.domain.staffing.requirement import Promise
from warmline.domain.twin.distributions import mean_s
from warmline.domain.twin.result import Result
from warmline.domain.twin.world import HALF_HOUR_S, Rates, Recorded, Stream, World
from warmline.features.twin.building import left_out, patience_assumed, world_of
from warmline.features.twin.changes import Changes, changed, within
from warmline.features.twin.counted import half_hours_of
from warmline.features.twin.day import Day
from warmline.features.twin.outcome import Range, Verdict, range_of
from warmline.features.twin.refusals import NO_PROMISE
from warmline.features.twin.roster import AgentKind, breaks_of, groups_for, kinds_of, present
from warmline.features.twin.running import Meter, Watcher, half_hours, samples
from warmline.features.twin.searching import Floor, Search
from warmline.kernel.errors import Refused

NO_CHANGES = Changes()
LOOKS_AT_MOST = 80  # how often the whole day is played in search of the fewest


class Goal(Struct, frozen=True, omit_defaults=True):
    """What is promised instead of each queue's own terms; `breaks`: share of paid time (None: as it was)."""

    share: float | None = None
    within_s: float | None = None
    breaks: float | None = None


def check_goal(goal: Goal) -> None:
    """Raise Refused for a promise nobody can keep, and for what is out of bounds."""
    if goal.share is not None and not 0.01 <= goal.share <= 0.99:
        raise Refused(NO_PROMISE, share=goal.share)
    if goal.within_s is not None:
        within("within", goal.within_s, 1, 86_400)
    if goal.breaks is not None:
        within("breaks", goal.breaks, 0, 0.5)


class NeededHalfHour(Struct, frozen=True):
    """One half hour: contacts that come, agents on shift by formula and by the twin, and those who were there.

    `by_kind` counts agents by the number of their kind; `service_level` by queue, over all runs.
    """

    from_s: float
    at: str
    contacts: float
    erlang: int
    agents: int
    there: float
    by_kind: tuple[int, ...]
    service_level: dict[str, Range]


class KindNeeded(Struct, frozen=True):
    """Agents alike: which queues they serve at once and what they know."""

    queues: tuple[str, ...]
    skills: dict[str, int]
    people: int


class Need(Struct, frozen=True, tag="staff", tag_field="kind"):
    """The report. Hours are agents on shift, breaks included. `kept`: the last look saw every promise kept."""

    day: str
    time_zone: str
    seed: int
    runs: int
    looks: int
    complete: bool
    breaks: float
    kept: bool
    kinds: tuple[KindNeeded, ...]
    half_hours: tuple[NeededHalfHour, ...]
    hours: float
    erlang_hours: float
    there_hours: float
    presence_source: str
    left_out: list[str]
    verdict: Verdict
    patience_assumed: dict[str, float] = {}


def staff(
    day: Day, goal: Goal, runs: int, seed: int, watcher: Watcher, *, changes: Changes = NO_CHANGES
) -> Need | None:
    """Search the fewest agents; None when stopped before the first look. Raises Refused.

    `changes` to volume, handle times and events are part of the day; those to agents are what is searched.
    """
    check_goal(goal)
    world = _promised(changed(world_of(day), replace(changes, agents=0), day.length_s), goal)
    kinds = tuple(kind for kind in kinds_of(day) if any(kind.fits(stream) for stream in world.streams))
    breaks = breaks_of(day) if goal.breaks is None else goal.breaks
    steps = half_hours_of(day)
    guess = [math.ceil(agents / (1 - breaks)) for agents in _guess(day, world, kinds, goal, steps)]
    meter = Meter(watcher, runs * LOOKS_AT_MOST)

    def look(numbers: dict[str, list[int]]) -> list[Result] | None:
        found: list[Result] = []
        played = _with_staff(world, kinds, numbers, breaks, day)
        for number in range(runs):
            result = meter.run(played, seed, number, day.length_s)
            if result is None:  # the first look tells what it has seen; a later one has a whole one before it
                return found if found and not search.looks else None
            found.append(result)
        return found

    floors = {queue.id: _share(queue.target_share, goal) for queue in day.queues}
    search = Search(kinds, [Floor(id, share) for id, share in sorted(floors.items())], steps, look)
    search.start(guess, [_serving(kinds, world, number) for number in range(steps)])
    search.grow(LOOKS_AT_MOST // 2)
    search.trim(LOOKS_AT_MOST)
    if search.results is None:
        return None
    return _need(day, world, kinds, search, guess, breaks, seed, complete=not meter.stopped)


def _share(own: float, goal: Goal) -> float:
    return goal.share if goal.share is not None else min(own, 0.99)


def _promised(world: World, goal: Goal) -> World:
    """Return the world with the promise that is asked for.

    Who will be there is what is searched: nothing is in anybody's hands yet, and nobody is known to be wished for.
    """
    queues = tuple(replace(queue, target_s=goal.within_s or queue.target_s) for queue in world.queues)
    carried = tuple(one for one in world.carried if one.group is None)
    return replace(world, queues=queues, streams=tuple(map(_unnamed, world.streams)), carried=carried)


def _unnamed(stream: Stream) -> Stream:
    if not isinstance(stream.arrivals, Recorded):
        return stream
    contacts = tuple(
        one if one.last is None else replace(one, last=None, alone_s=None) for one in stream.arrivals.contacts
    )
    return replace(stream, arrivals=Recorded(contacts))


def _with_staff(
    world: World, kinds: Sequence[AgentKind], numbers: dict[str, list[int]], breaks: float, day: Day
) -> World:
    return replace(world, groups=groups_for(kinds, numbers, breaks, day))


def _guess(day: Day, world: World, kinds: Sequence[AgentKind], goal: Goal, half_hours: int) -> list[int]:
    """Return the agents on the floor by Erlang A, each half hour for itself and all who share agents together."""
    terms = {queue.id: queue for queue in day.queues}
    targets = {queue.id: queue.target_s for queue in world.queues}
    totals = [0] * half_hours
    for together in _shared(world, kinds):
        streams = [stream for stream in world.streams if stream.queue_id in together]
        for number in range(half_hours):
            parts: list[tuple[Service, float]] = []
            work_s = 0.0
            for stream in streams:
                contacts = coming(world, stream, number)
                if contacts <= 0:
                    continue
                work_s += contacts * mean_s(stream.handle)
                promise = Promise(_share(terms[stream.queue_id].target_share, goal), targets[stream.queue_id])
                at_once = min((kind.capacity[stream.channel] for kind in kinds if kind.fits(stream)), default=1)
                patience = None if stream.patience is None else mean_s(stream.patience)
                parts.append((Service(promise, patience, 0.0, at_once), contacts))
            if parts:
                contacts = math.fsum(count for _, count in parts)
                totals[number] += agents_for(contacts, work_s / contacts, common_service(parts))
    return totals


def _shared(world: World, kinds: Sequence[AgentKind]) -> list[set[str]]:
    """Return the queues in sets that share no agents with each other."""
    sets: list[set[str]] = []
    for queues in [{stream.queue_id} for stream in world.streams] + [
        {queue.id for queue in world.queues if kind.serves(queue.id)} for kind in kinds
    ]:
        touching = [each for each in sets if each & queues]
        sets = [each for each in sets if not each & queues] + [queues.union(*touching)]
    return sets


def coming(world: World, stream: Stream, half_hour: int) -> float:
    """Return the contacts of a stream in one half hour, as expected or recorded, spikes included."""
    begin = half_hour * HALF_HOUR_S
    match stream.arrivals:
        case Rates(per_interval):
            usual = per_interval[half_hour] if half_hour < len(per_interval) else 0.0
        case Recorded(contacts):
            asks_s = (one.at_s + (one.before_s or 0.0) for one in contacts if not one.contained)
            usual = float(sum(begin <= at_s < begin + HALF_HOUR_S for at_s in asks_s))
        case steady:
            usual = steady.per_hour / 2
    more = 0.0
    for spike in world.spikes:
        if not spike.streams or stream.id in spike.streams:
            within_s = min(spike.until_s, begin + HALF_HOUR_S) - max(spike.from_s, begin)
            more += (spike.factor - 1) * max(0.0, within_s) / HALF_HOUR_S
    return usual * max(0.0, 1 + more)


def _serving(kinds: Sequence[AgentKind], world: World, number: int) -> list[set[str]]:
    """Return, for each stream that has contacts in the half hour, the kinds that may take them."""
    return [
        {kind.id for kind in kinds if kind.fits(stream)}
        for stream in world.streams
        if coming(world, stream, number) > 0
    ]


def _need(
    day: Day, world: World, kinds: Sequence[AgentKind], search: Search, guess: Sequence[int], breaks: float,
    seed: int, *, complete: bool,
) -> Need:  # fmt: skip
    results = search.results or []
    there = present(day, search.half_hours)
    played = {queue.id: half_hours(results, queue.id) for queue in day.queues}
    rows: list[NeededHalfHour] = []
    for number in range(search.half_hours):
        by_kind = tuple(search.staff[kind.id][number] for kind in kinds)
        contacts = math.fsum(coming(world, stream, number) for stream in world.streams)
        levels: dict[str, Range] = {}
        for queue in day.queues:
            level = range_of(samples(played[queue.id], number, "service_level"))
            if level is not None:
                levels[queue.id] = level
        if contacts or sum(by_kind):
            at_s = float(number * HALF_HOUR_S)
            rows.append(
                NeededHalfHour(at_s, day.local_time(at_s), contacts, guess[number], sum(by_kind), there[number],
                               by_kind, levels)
            )  # fmt: skip
    hours, erlang_hours = sum(row.agents for row in rows) / 2, sum(guess) / 2
    kept = not search.failing(results)
    figures = {"hours": hours, "erlang_hours": erlang_hours, "there_hours": math.fsum(there) / 2}
    return Need(
        day=str(day.date), time_zone=day.time_zone, seed=seed, runs=len(results), looks=search.looks,
        complete=complete, breaks=breaks, kept=kept,
        kinds=tuple(
            KindNeeded(
                tuple(seat.queue_id for seat in kind.seats if seat.delay_s == 0), kind.skills, kind.people
            )
            for kind in kinds
        ),
        half_hours=tuple(rows), hours=hours, erlang_hours=erlang_hours, there_hours=figures["there_hours"],
        presence_source=day.presence_source, left_out=left_out(day),
        verdict=Verdict("kept" if kept else "not_kept", figures),
        patience_assumed=patience_assumed(day),
    )  # fmt: skip
