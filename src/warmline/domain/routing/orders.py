"""In which order idle agents are asked, per strategy: each is a key that changes only when the agent does.

`longest_idle` (and `best_level`, which puts profiles in order first) use the usual list: least busy, longest idle.
"""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.room import Room
from warmline.domain.routing.rules import Selection


class Home(Protocol):
    """What of a profile matters here."""

    room: Room
    skills: dict[str, int]


class Ranked(Protocol):
    """What of an agent matters here (`hands.Hand`)."""

    @property
    def home(self) -> Home: ...

    busy: int
    busy_from_us: int
    busy_us: int
    handled: int
    id_int: int
    idle_since_us: int
    load: dict[str, int]
    turn: int


def _spare_capacity(hand: Ranked, channel: str) -> tuple[Any, ...]:
    return (-hand.home.room.left(hand.load, channel), hand.idle_since_us, hand.id_int, hand)


def _round_robin(hand: Ranked, channel: str) -> tuple[Any, ...]:
    return (hand.turn, hand.id_int, hand)


def _fewest(hand: Ranked, channel: str) -> tuple[Any, ...]:
    return (hand.handled, hand.busy, hand.idle_since_us, hand.id_int, hand)


def _least_occupied(hand: Ranked, channel: str) -> tuple[Any, ...]:
    # Who has nothing in hand comes first. Among those at work, time worked so far grows equally fast, so that
    # leaving out the present moment changes no order.
    worked_us = hand.busy_us - hand.busy_from_us if hand.busy else hand.busy_us
    return (hand.busy > 0, worked_us, hand.idle_since_us, hand.id_int, hand)


ORDERS: dict[Selection, Callable[[Ranked, str], tuple[Any, ...]]] = {
    "spare_capacity": _spare_capacity,
    "round_robin": _round_robin,
    "fewest": _fewest,
    "least_occupied": _least_occupied,
}


def levels(skills: dict[str, int], needs: Iterable[SkillNeed]) -> int:
    """Return how good somebody is at what is needed: the sum of levels."""
    return sum(skills.get(need.skill, 0) for need in needs)


def measure_of(
    hand: Ranked, selection: Selection, channel: str, needs: Iterable[SkillNeed], now_us: int
) -> int | None:
    """Return what the strategy compared, for the reason; None where idle time and load say it all."""
    match selection:
        case "spare_capacity":
            return hand.home.room.left(hand.load, channel)
        case "fewest":
            return hand.handled
        case "best_level":
            return levels(hand.home.skills, needs)
        case "least_occupied":
            working_us = max(now_us - hand.busy_from_us, 0) if hand.busy else 0
            return (hand.busy_us + working_us) // 1_000_000
        case _:
            return None
