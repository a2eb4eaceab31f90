"""Agents per half hour as a world's groups: kinds of agents, how many of each when, and breaks spread evenly."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct

from warmline.domain.routing.model import Seat
from warmline.domain.routing.rules import MediaRules
from warmline.domain.twin.distributions import Empirical
from warmline.domain.twin.world import HALF_HOUR_S, Group, Shift, Span, Stream
from warmline.features.twin.day import Day
from warmline.features.twin.estimates import kept

BREAKS_AT_MOST = 0.5
_TURNS = (0.0, 0.5, 0.25, 0.75, 0.125, 0.625, 0.375, 0.875)  # when in a half hour one rests
_LEAST_BREAK = 0.01


class AgentKind(Struct, frozen=True):
    """Agents who may take the same; `people` work here, `weight` is their share of the time worked that day."""

    id: str
    seats: tuple[Seat, ...]
    skills: dict[str, int]
    capacity: dict[str, int]
    people: int
    weight: float
    team: str | None = None
    attributes: dict[str, str] = {}
    media: MediaRules = MediaRules()

    def serves(self, queue_id: str) -> bool:
        """Whether such an agent takes the queue's contacts at once."""
        return any(seat.queue_id == queue_id and seat.delay_s == 0 for seat in self.seats)

    def fits(self, stream: Stream) -> bool:
        """Whether such an agent may take these contacts at once."""
        able = all(self.skills.get(need.skill, 0) >= need.level for need in stream.skills)
        return able and self.serves(stream.queue_id) and stream.channel in self.capacity


def kinds_of(day: Day) -> tuple[AgentKind, ...]:
    """Return the kinds of agents there are, those who worked most first."""
    worked: Counter[str] = Counter()
    for one in day.presence:
        worked[one.agent_id] += 0 if one.resting else int(one.until_s - one.from_s)
    alike: dict[tuple[object, ...], list[str]] = defaultdict(list)
    terms = {agent.id: agent for agent in day.agents}
    for agent in day.agents:
        if agent.seats and agent.capacity:
            alike[agent.alike].append(agent.id)
    whole = sum(worked.values())
    found: list[AgentKind] = []
    for ids in alike.values():
        agent = terms[ids[0]]
        share = sum(worked[id] for id in ids) / whole if whole else len(ids) / len(day.agents)
        found.append(
            AgentKind(ids[0], agent.seats, agent.skills, agent.capacity, len(ids), max(share, 0.001), agent.team,
                      agent.attributes, agent.media)
        )  # fmt: skip
    return tuple(sorted(found, key=lambda kind: (-kind.weight, kind.id)))


def breaks_of(day: Day) -> float:
    """Return the share of paid time that agents rested, 0 where breaks were not recorded."""
    rested_s = math.fsum(one.until_s - one.from_s for one in day.presence if one.resting)
    paid_s = math.fsum(one.until_s - one.from_s for one in day.presence)
    return min(rested_s / paid_s, BREAKS_AT_MOST) if paid_s > 0 else 0.0


def present(day: Day, half_hours: int) -> list[float]:
    """Return how many agents were at work in each half hour, breaks included, on average over it."""
    there = [0.0] * half_hours
    for one in day.presence:
        first = max(int(one.from_s // HALF_HOUR_S), 0)
        for number in range(first, min(math.ceil(one.until_s / HALF_HOUR_S), half_hours)):
            begin = number * HALF_HOUR_S
            there[number] += max(0.0, min(one.until_s, begin + HALF_HOUR_S) - max(one.from_s, begin)) / HALF_HOUR_S
    return there


def groups_for(
    kinds: Sequence[AgentKind], staff: dict[str, list[int]], breaks: float, day: Day
) -> tuple[Group, ...]:
    """Return agents such that `staff[kind]` of them are there in each half hour.

    Everybody rests `breaks` of each half hour, one after the other and not all at once.
    """
    answers = Empirical(kept(day.answer_s)) if any(day.answer_s) else None
    groups: list[Group] = []
    for kind in kinds:
        counts = staff[kind.id]
        alike: Counter[tuple[Shift, ...]] = Counter()
        for layer in range(max(counts, default=0)):
            alike[tuple(_shifts(counts, layer, breaks, _TURNS[layer % len(_TURNS)]))] += 1
        for shifts, count in alike.items():
            groups.append(
                Group(
                    f"{kind.id}:{len(groups)}",
                    kind.seats,
                    count,
                    dict(kind.skills),
                    dict(kind.capacity),
                    shifts,
                    answers,
                    min(day.no_answer, 0.9),
                    misses_allowed=1_000_000,
                    teams=() if kind.team is None else (kind.team,),
                    attributes=kind.attributes,
                    media=kind.media,
                )
            )
    return tuple(groups)


def _shifts(counts: Sequence[int], layer: int, breaks: float, offset: float) -> Iterable[Shift]:
    begin: int | None = None
    for number in range(len(counts) + 1):
        here = number < len(counts) and counts[number] > layer
        if here and begin is None:
            begin = number
        elif not here and begin is not None:
            rests = tuple(_rest(half_hour, breaks, offset) for half_hour in range(begin, number))
            yield Shift(begin * HALF_HOUR_S, number * HALF_HOUR_S, rests if breaks >= _LEAST_BREAK else ())
            begin = None


def _rest(half_hour: int, breaks: float, offset: float) -> Span:
    from_s = (half_hour + offset * (1 - breaks)) * HALF_HOUR_S
    return Span(from_s, from_s + breaks * HALF_HOUR_S)
