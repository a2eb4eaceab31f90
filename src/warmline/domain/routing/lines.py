"""Lines of waiting contacts: grouped so that only the heads of lines ever need to be looked at.

Contacts that ask for the same form one line. Inside a line everybody has the same priority, so age decides and
never has to be sorted again: under linear ageing the key (arrival, later by a constant for each step of priority)
does not change while a contact waits. Source: Kleinrock, Queueing Systems, volume 2, "Delay-dependent priorities".
"""

from collections.abc import Iterator
from heapq import heappop, heappush
from uuid import UUID

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.hands import ProfileHands
from warmline.domain.routing.model import WaitingContact, to_us


class Needs:
    """A queue with a set of skills: which profiles fit, and after which delays they may be asked."""

    __slots__ = ("_delays_us", "fitting", "key", "queue_id", "skills")

    def __init__(self, queue_id: str, skills: tuple[SkillNeed, ...]) -> None:
        self.key = (queue_id, skills)
        self.queue_id = queue_id
        self.skills = skills
        self.fitting: set[ProfileHands] = set()
        self._delays_us: dict[int, int] = {}  # delay → profiles that have it

    @property
    def delays_us(self) -> tuple[int, ...]:
        """The delays after which further profiles may be asked, zero left out."""
        return tuple(delay_us for delay_us in self._delays_us if delay_us)

    def consider(self, hands: ProfileHands) -> bool:
        """Count this profile among the fitting ones if it is; return whether it is."""
        if self.queue_id not in hands.seats or not hands.meets(self.skills):
            return False
        if hands not in self.fitting:
            self.fitting.add(hands)
            delay_us = hands.seats[self.queue_id].delay_us
            self._delays_us[delay_us] = self._delays_us.get(delay_us, 0) + 1
        return True

    def forget(self, hands: ProfileHands) -> None:
        """Count this profile no longer: its last agent left."""
        if hands in self.fitting:
            self.fitting.remove(hands)
            delay_us = hands.seats[self.queue_id].delay_us
            self._delays_us[delay_us] -= 1
            if not self._delays_us[delay_us]:
                del self._delays_us[delay_us]


class Place:
    """One contact's place in line, and what of its wishes still holds."""

    __slots__ = ("avoid", "contact", "entered_us", "id_int", "key_us", "line", "needs", "preferring")

    def __init__(self, contact: WaitingContact, needs: Needs, key_us: int) -> None:
        self.contact = contact
        self.needs = needs
        self.entered_us = to_us(contact.entered_at)
        self.key_us = key_us
        self.id_int = contact.id.int
        self.preferring = False  # its last agent is asked first
        self.avoid: dict[UUID, int] = {}  # who just declined, missed or passed it on, until when (µs)
        self.line: Line | None = None

    @property
    def order(self) -> tuple[int, int]:
        return (self.key_us, self.id_int)


class Line:
    """Contacts that ask for exactly the same, oldest first. Leaving is lazy: the dead are skipped at the head."""

    __slots__ = ("_heap", "_pushes", "avoid", "channel", "key", "live", "needs", "only_agent_id")

    def __init__(self, key: "LineKey", needs: Needs) -> None:
        self.key = key
        self.needs = needs
        self.channel = key[1]
        self.only_agent_id = key[3]
        self.avoid = key[4]
        self.live = 0
        self._pushes = 0
        self._heap: list[tuple[int, int, int, Place]] = []

    def add(self, place: Place) -> None:
        self._pushes += 1  # unique, so that two places are never compared
        heappush(self._heap, (place.entered_us, place.id_int, self._pushes, place))
        place.line = self
        self.live += 1

    def remove(self, place: Place) -> None:
        place.line = None
        self.live -= 1

    def head(self) -> Place:
        """Return the oldest contact. The line must not be empty."""
        heap = self._heap
        while heap[0][3].line is not self:
            heappop(heap)
        return heap[0][3]

    def places(self) -> Iterator[Place]:
        """Iterate over everybody in line, in no order."""
        return iter({id(entry[3]): entry[3] for entry in self._heap if entry[3].line is self}.values())


# needs, channel, priority, only agent, avoided agents
LineKey = tuple[tuple[str, tuple[SkillNeed, ...]], str, int, UUID | None, frozenset[UUID]]


class Lines:
    """All lines, found by queue or, when only one agent may serve them, by agent."""

    def __init__(self) -> None:
        self._all: dict[LineKey, Line] = {}
        self._shared: dict[str, dict[LineKey, Line]] = {}
        self._private: dict[UUID, dict[LineKey, Line]] = {}
        self.waiting: dict[str, int] = {}  # per queue

    def enter(self, place: Place, only_agent_id: UUID | None, avoid: frozenset[UUID]) -> None:
        """Put `place` at the end of the line of those who ask for the same; its key decides, not the moment."""
        contact = place.contact
        key: LineKey = (place.needs.key, contact.channel, contact.priority, only_agent_id, avoid)
        line = self._all.get(key)
        if line is None:
            line = self._all[key] = Line(key, place.needs)
            self._home(line)[key] = line
        line.add(place)
        self.waiting[contact.queue_id] = self.waiting.get(contact.queue_id, 0) + 1

    def leave(self, place: Place) -> None:
        """Take `place` out of its line; an empty line is dropped."""
        line = place.line
        assert line is not None  # noqa: S101 - only places that stand in line are taken out
        line.remove(place)
        self.waiting[line.needs.queue_id] -= 1
        if line.live == 0:
            del self._all[line.key]
            del self._home(line)[line.key]

    def _home(self, line: Line) -> dict[LineKey, Line]:
        if line.only_agent_id is not None:
            return self._private.setdefault(line.only_agent_id, {})
        return self._shared.setdefault(line.needs.queue_id, {})

    def shared(self, queue_id: str) -> list[Line]:
        return list(self._shared.get(queue_id, {}).values())

    def private(self, agent_id: UUID) -> list[Line]:
        return list(self._private.get(agent_id, {}).values())

    def every(self) -> list[Line]:
        return list(self._all.values())
