"""Agents by profile, and for each profile the idle ones in order: least busy first, then longest idle.

Queues that choose differently have their own lists, made when the first such contact looks for somebody.
"""

from bisect import bisect_left, insort
from collections.abc import Collection
from typing import Any, Final

from warmline.domain.routing.ids import Id
from warmline.domain.routing.model import Agent, Profile, to_us
from warmline.domain.routing.orders import ORDERS
from warmline.domain.routing.room import Room
from warmline.domain.routing.rules import Selection
from warmline.domain.routing.waiting import WaitingContact

CROWDED: Final = 48  # from so many profiles on, idle agents are also kept in one list for all of them
IdleKey = tuple[Any, ...]  # what the strategy compares, …, id as a number, the hand itself (never compared)


class SeatTerms:
    """What a profile's seat in one queue means: rank (1 first) and delay."""

    __slots__ = ("delay_us", "rank")

    def __init__(self, rank: int, delay_us: int) -> None:
        self.rank = rank
        self.delay_us = delay_us


class ProfileHands:
    """One profile: its terms per queue, and its idle agents per channel."""

    __slots__ = (
        "attributes", "capacity", "hands", "idle", "orders", "plans", "profile", "room", "seats", "skills",
        "teams",
    )  # fmt: skip

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.skills = dict(profile.skills)
        self.teams = frozenset(profile.teams)
        self.attributes = frozenset(profile.attributes)
        self.seats: dict[str, SeatTerms] = {}
        for seat in profile.seats:
            self.seats.setdefault(seat.queue_id, SeatTerms(seat.priority, int(seat.delay_s * 1_000_000)))
        self.room = Room(profile)
        self.capacity = self.room.capacity
        self.idle: dict[str, list[IdleKey]] = {channel: [] for channel in self.capacity}
        self.orders: dict[tuple[Selection, str], list[IdleKey]] = {}
        self.hands: set[Hand] = set()
        self.plans: set[object] = set()  # the plans it fits

    def in_order(self, selection: Selection, channel: str) -> list[IdleKey]:
        """Return the idle agents as this strategy ranks them."""
        if selection not in ORDERS:
            return self.idle[channel]
        known = self.orders.get((selection, channel))
        if known is None:
            known = self.orders[selection, channel] = []
            for idle in self.idle[channel]:
                hand: Hand = idle[-1]
                key = hand.ranked[selection, channel] = ORDERS[selection](hand, channel)
                insort(known, key)
        return known


class Hand:
    """One agent: state as told by presence, load as counted by the engine."""

    __slots__ = (
        "agent", "busy", "busy_from_us", "busy_us", "counted", "full", "handled", "held", "home", "id", "id_int",
        "idle_since_us", "listed", "load", "ranked", "routable", "stale", "turn",
    )  # fmt: skip

    def __init__(self, agent: Agent, home: ProfileHands) -> None:
        self.agent = agent
        self.routable = agent.routable
        self.id = agent.id
        self.home = home
        self.id_int = agent.id.int
        self.idle_since_us = to_us(agent.idle_since)
        self.load: dict[str, int] = {}
        self.busy = 0  # contacts in hand
        self.held: set[Held] = set()
        self.handled = 0  # contacts accepted today
        self.turn = 0  # when it was last given one, as a number that only grows
        self.busy_us = 0  # time with something in hand today, up to the last time it had nothing
        self.busy_from_us = 0
        self.full = True  # room for nothing: known after `Hands.refresh`
        self.stale = False  # changed since it was listed
        self.counted = False  # among those a queue can keep for itself
        self.listed: dict[str, IdleKey] = {}  # where it stands in `home.idle`
        self.ranked: dict[tuple[Selection, str], IdleKey] = {}  # where it stands in `home.orders`

    def tell(self, agent: Agent) -> None:
        """Take over what presence says. Tell `Hands.refresh` afterwards."""
        self.agent = agent
        self.routable = agent.routable

    def spare(self, channel: str, default: int = 0) -> bool:
        """Whether one more contact of `channel` may be offered now. `default`: capacity where none is set."""
        return self.routable and self.home.room.left(self.load, channel, default) > 0

    def take(self, channel: str, now_us: int) -> None:
        """Count one more in hand. Tell `Hands.refresh` afterwards."""
        self.load[channel] = self.load.get(channel, 0) + 1
        if not self.busy:
            self.busy_from_us = now_us
        self.busy += 1
        if now_us > self.idle_since_us:
            self.idle_since_us = now_us

    def carry(self, channel: str, now_us: int) -> None:
        """Count one that was in hand before this agent was known."""
        idle_since_us = self.idle_since_us
        self.take(channel, now_us)
        self.idle_since_us = idle_since_us

    def give(self, channel: str, now_us: int) -> None:
        """Count one less in hand. Tell `Hands.refresh` afterwards."""
        self.full = False
        self.load[channel] -= 1
        self.busy -= 1
        if not self.busy:
            self.busy_us += now_us - self.busy_from_us
        if now_us > self.idle_since_us:
            self.idle_since_us = now_us


class Held:
    """A contact in an agent's hands: offered, connected or in wrap-up. `ringing`: offered, not yet answered.

    When several agents ring at once, each has one of these; the first knows all of them (`others`).
    """

    __slots__ = (
        "agent_id", "answered", "channel", "contact", "contact_id", "declined", "entered_us", "forced", "hand",
        "others", "ringing",
    )  # fmt: skip

    def __init__(self, contact_id: Id, agent_id: Id, channel: str, ringing: bool) -> None:
        self.contact_id = contact_id
        self.agent_id = agent_id
        self.channel = channel
        self.ringing = ringing
        self.answered = False  # accepted, as far as told: counted among those handled today
        self.forced = False  # given or taken by hand
        self.hand: Hand | None = None  # None: the agent is not known
        self.contact: WaitingContact | None = None  # whom to queue again when the last one declines
        self.entered_us = 0
        self.others: tuple[Held, ...] = ()
        self.declined: dict[Id, int] | None = None  # who said no while others rang, until when (µs)

    def inherit(self, first: "Held") -> None:
        """Take over what the first of those ringing knows about the contact."""
        self.contact, self.entered_us = first.contact, first.entered_us
        self.declined, self.forced = first.declined, first.forced


class Hands:
    """All agents. Every change of load or presence goes through here, so that the idle lists never lie."""

    def __init__(self) -> None:
        self.by_id: dict[Id, Hand] = {}
        self._profiles: dict[Profile, ProfileHands] = {}
        self._with_idle: dict[str, set[ProfileHands]] = {}  # channel → profiles with an idle agent
        self.reserves: dict[str, int] = {}  # queue → how many idle agents it keeps for itself
        self._idle_for: dict[str, int] = {}  # queue with a reserve → how many are idle
        self.loosened: set[str] = set()  # queues that have more idle agents than before
        self.crowded = CROWDED
        self._crowd: dict[str, list[IdleKey]] = {}  # channel → all idle agents in order, once profiles are many

    def profiles(self) -> Collection[ProfileHands]:
        return self._profiles.values()

    def home(self, profile: Profile) -> tuple[ProfileHands, bool]:
        """Return the group of this profile, and whether it is new."""
        known = self._profiles.get(profile)
        if known is not None:
            return known, False
        made = self._profiles[profile] = ProfileHands(profile)
        return made, True

    def add(self, hand: Hand) -> None:
        self.by_id[hand.id] = hand
        hand.home.hands.add(hand)
        self.refresh(hand)

    def remove(self, hand: Hand) -> ProfileHands | None:
        """Take the agent out; return its profile's group when it was the last of it."""
        self._unlist(hand)
        self._count(hand)
        del self.by_id[hand.id]
        hand.home.hands.remove(hand)
        if hand.home.hands:
            return None
        del self._profiles[hand.home.profile]
        return hand.home

    def refresh(self, hand: Hand) -> None:
        """List the agent as idle on exactly the channels with spare capacity."""
        listed = hand.listed
        if listed:
            self._unlist(hand)
        if hand.routable:
            home, load = hand.home, hand.load
            room = home.room
            key: IdleKey | None = None
            for channel, idle in home.idle.items():
                if (load.get(channel, 0) < room.capacity[channel]) if room.plain else room.left(load, channel) > 0:
                    if key is None:
                        key = (hand.busy, hand.idle_since_us, hand.id_int, hand)
                    if idle:
                        insort(idle, key)
                    else:
                        idle.append(key)
                        self._with_idle.setdefault(channel, set()).add(home)
                    listed[channel] = key
                    if self._crowd and channel in self._crowd:
                        insort(self._crowd[channel], key)
            if home.orders and listed:
                for selection, channel in home.orders:
                    if channel in listed:
                        ranked = hand.ranked[selection, channel] = ORDERS[selection](hand, channel)
                        insort(home.orders[selection, channel], ranked)
        hand.full = not listed
        hand.stale = False
        if self.reserves:
            self._count(hand)

    def _unlist(self, hand: Hand) -> None:
        home = hand.home
        for channel, key in hand.listed.items():
            idle = home.idle[channel]
            del idle[0 if idle[0] is key else bisect_left(idle, key)]
            if not idle:
                self._with_idle[channel].discard(home)
            if self._crowd and channel in self._crowd:
                crowd = self._crowd[channel]
                del crowd[bisect_left(crowd, key)]
        hand.listed.clear()
        if hand.ranked:
            for order, key in hand.ranked.items():
                ranked = home.orders[order]
                del ranked[bisect_left(ranked, key)]
            hand.ranked.clear()

    def idle_among(self, fitting: Collection[ProfileHands], channel: str) -> list[ProfileHands]:
        """Return the fitting profiles that have an idle agent, walking the smaller of the two sets."""
        idle = self._with_idle.get(channel)
        if not idle:
            return []
        smaller, larger = (idle, fitting) if len(idle) < len(fitting) else (fitting, idle)
        return [hands for hands in smaller if hands in larger]

    def crowd(self, fitting: Collection[ProfileHands], channel: str) -> list[IdleKey] | None:
        """Return all idle agents in order where that is quicker to search: many profiles fit and are idle."""
        idle = self._with_idle.get(channel, ())
        if len(idle) < self.crowded or len(fitting) < self.crowded:
            if len(self._profiles) < self.crowded:
                self._crowd.clear()
            return None
        known = self._crowd.get(channel)
        if known is None:
            known = self._crowd[channel] = sorted(key for home in idle for key in home.idle[channel])
        return known

    # --- agents a queue keeps for itself --------------------------------------------------------

    def reserve(self, queue_id: str, count: int) -> None:
        """Keep so many idle agents for this queue's own contacts; 0: none. Looks at every agent once."""
        before = self.reserves.pop(queue_id, 0)
        if count > 0:
            self.reserves[queue_id] = count
        if count < before:
            self.loosened.add(queue_id)
        for hand in self.by_id.values():
            hand.counted = bool(hand.listed)
        self._idle_for = {
            each: sum(hand.counted for hand in self.by_id.values() if each in hand.home.seats)
            for each in self.reserves
        }

    def keeper(self, home: ProfileHands, queue_id: str) -> str | None:
        """Return a queue that keeps this profile's idle agents from contacts of `queue_id`; None: nobody does."""
        for keeper, count in self.reserves.items():
            if keeper != queue_id and keeper in home.seats and self._idle_for[keeper] <= count:
                return keeper
        return None

    def idle_for(self, queue_id: str) -> int:
        """Return how many agents are idle for a queue that keeps some."""
        return self._idle_for.get(queue_id, 0)

    def _count(self, hand: Hand) -> None:
        idle = bool(hand.listed)
        if idle == hand.counted:
            return
        hand.counted = idle
        for queue_id in self.reserves:
            if queue_id in hand.home.seats:
                self._idle_for[queue_id] += 1 if idle else -1
                if idle:
                    self.loosened.add(queue_id)
