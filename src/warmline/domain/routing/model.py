"""What the router knows: a contact that waits, an agent and what that agent may take, and a match of both."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from msgspec import Struct

from warmline.domain.contact.model import SkillNeed

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_us(moment: datetime) -> int:
    """Return whole microseconds since 1970, exactly: keys are compared as integers, never as floats."""
    return (moment - _EPOCH) // _MICROSECOND


def from_us(us: int) -> datetime:
    """Return the moment `us` microseconds after 1970, in UTC."""
    return _EPOCH + timedelta(microseconds=us)


class WaitingContact(Struct, frozen=True):
    """A contact in line. `entered_at` is its age key; priority 1 (most urgent) to 9."""

    id: UUID
    queue_id: str
    channel: str
    entered_at: datetime
    priority: int = 5
    skills: tuple[SkillNeed, ...] = ()
    preferred_agent_id: UUID | None = None
    preferred_until: datetime | None = None
    only_agent_id: UUID | None = None
    passed_on_by: UUID | None = None  # the agent who passed it on; not asked before `passed_on_until`
    passed_on_until: datetime | None = None


class Seat(Struct, frozen=True):
    """A queue an agent serves: priority 1 is served first; contacts show after waiting `delay_s`."""

    queue_id: str
    priority: int = 1
    delay_s: float = 0


class Profile(Struct, frozen=True):
    """All that decides which contacts fit; agents with equal profiles are interchangeable but for idle time."""

    seats: tuple[Seat, ...] = ()
    skills: tuple[tuple[str, int], ...] = ()  # (skill, level 1 to 5), sorted
    capacity: tuple[tuple[str, int], ...] = ()  # (channel, contacts at once), sorted

    @classmethod
    def of(
        cls, seats: tuple[Seat, ...] = (), skills: Mapping[str, int] | None = None,
        capacity: Mapping[str, int] | None = None,
    ) -> "Profile":  # fmt: skip
        """Build a profile from look-up tables, in the one canonical order."""
        ordered = tuple(sorted(seats, key=lambda seat: (seat.priority, seat.queue_id)))
        return cls(ordered, tuple(sorted((skills or {}).items())), tuple(sorted((capacity or {}).items())))


class Agent(Struct, frozen=True):
    """An agent as presence tells: `routable` may be offered contacts now, `on_shift` will be back soon."""

    id: UUID
    profile: Profile
    routable: bool
    idle_since: datetime
    on_shift: bool = True


class Match(Struct, frozen=True):
    """Offer this contact to this agent; `reason` says in one sentence why."""

    contact_id: UUID
    agent_id: UUID
    queue_id: str
    reason: str
