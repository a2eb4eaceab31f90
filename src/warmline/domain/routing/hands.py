"""Agents by profile, and for each profile the idle ones in order: least busy first, then longest idle."""

from bisect import bisect_left, insort
from collections.abc import Iterator
from uuid import UUID

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.model import Agent, Profile, to_us

IdleKey = tuple[int, int, int, UUID]  # contacts in hand, idle since (µs), id as a number, id


class SeatTerms:
    """What a profile's seat in one queue means: rank (1 first) and delay."""

    __slots__ = ("delay_us", "rank")

    def __init__(self, rank: int, delay_us: int) -> None:
        self.rank = rank
        self.delay_us = delay_us


class ProfileHands:
    """One profile: its terms per queue, and its idle agents per channel."""

    __slots__ = ("agents", "capacity", "idle", "profile", "seats", "skills")

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.skills = dict(profile.skills)
        self.seats: dict[str, SeatTerms] = {}
        for seat in profile.seats:
            self.seats.setdefault(seat.queue_id, SeatTerms(seat.priority, int(seat.delay_s * 1_000_000)))
        self.capacity = dict(profile.capacity)
        self.idle: dict[str, list[IdleKey]] = {channel: [] for channel in self.capacity}
        self.agents = 0

    def meets(self, needs: tuple[SkillNeed, ...]) -> bool:
        """Whether every needed skill is there at its level or above."""
        return all(self.skills.get(need.skill, 0) >= need.level for need in needs)


class Hand:
    """One agent: state as told by presence, load as counted by the engine."""

    __slots__ = ("agent", "home", "id_int", "idle_since_us", "listed", "load")

    def __init__(self, agent: Agent, home: ProfileHands) -> None:
        self.agent = agent
        self.home = home
        self.id_int = agent.id.int
        self.idle_since_us = to_us(agent.idle_since)
        self.load: dict[str, int] = {}
        self.listed: dict[str, IdleKey] = {}  # where it stands in `home.idle`

    @property
    def busy(self) -> int:
        return sum(self.load.values())

    def spare(self, channel: str, default: int = 0) -> bool:
        """Whether one more contact of `channel` may be offered now. `default`: capacity where none is set."""
        capacity = self.home.capacity.get(channel, default)
        return self.agent.routable and self.load.get(channel, 0) < capacity


class Hands:
    """All agents. Every change of load or presence goes through here, so that the idle lists never lie."""

    def __init__(self) -> None:
        self.by_id: dict[UUID, Hand] = {}
        self._profiles: dict[Profile, ProfileHands] = {}
        self._with_idle: dict[str, set[ProfileHands]] = {}  # channel → profiles with an idle agent

    def profiles(self) -> Iterator[ProfileHands]:
        return iter(self._profiles.values())

    def home(self, profile: Profile) -> tuple[ProfileHands, bool]:
        """Return the group of this profile, and whether it is new."""
        known = self._profiles.get(profile)
        if known is not None:
            return known, False
        made = self._profiles[profile] = ProfileHands(profile)
        return made, True

    def add(self, hand: Hand) -> None:
        self.by_id[hand.agent.id] = hand
        hand.home.agents += 1
        self.refresh(hand)

    def remove(self, hand: Hand) -> ProfileHands | None:
        """Take the agent out; return its profile's group when it was the last of it."""
        self._unlist(hand)
        del self.by_id[hand.agent.id]
        hand.home.agents -= 1
        if hand.home.agents:
            return None
        del self._profiles[hand.home.profile]
        return hand.home

    def refresh(self, hand: Hand) -> None:
        """List the agent as idle on exactly the channels with spare capacity."""
        self._unlist(hand)
        key: IdleKey = (hand.busy, hand.idle_since_us, hand.id_int, hand.agent.id)
        for channel, idle in hand.home.idle.items():
            if hand.spare(channel):
                insort(idle, key)
                hand.listed[channel] = key
                self._with_idle.setdefault(channel, set()).add(hand.home)

    def _unlist(self, hand: Hand) -> None:
        for channel, key in hand.listed.items():
            idle = hand.home.idle[channel]
            del idle[bisect_left(idle, key)]
            if not idle:
                self._with_idle[channel].discard(hand.home)
        hand.listed.clear()

    def idle_among(self, fitting: set[ProfileHands], channel: str) -> Iterator[ProfileHands]:
        """Iterate over the fitting profiles that have an idle agent, walking the smaller of the two sets."""
        idle = self._with_idle.get(channel, set())
        smaller, larger = (idle, fitting) if len(idle) < len(fitting) else (fitting, idle)
        return (hands for hands in smaller if hands in larger)
