"""What the router knows of agents: where they sit, what they can and may take at once."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from warmline.domain.routing.ids import Id
from warmline.domain.routing.rules import MediaRules

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DAY_US = 86_400_000_000


def to_us(moment: datetime) -> int:
    """Return whole microseconds since 1970, exactly: keys are compared as integers, never as floats."""
    since = moment - _EPOCH
    return since.days * _DAY_US + since.seconds * 1_000_000 + since.microseconds


def from_us(us: int) -> datetime:
    """Return the moment `us` microseconds after 1970, in UTC."""
    return _EPOCH + timedelta(microseconds=us)


class Seat(Struct, frozen=True):
    """A queue an agent serves: priority 1 is served first; contacts show after waiting `delay_s`."""

    queue_id: str
    priority: int = 1
    delay_s: float = 0


class Media(Struct, frozen=True):
    """`MediaRules` in the one canonical, hashable order."""

    weights: tuple[tuple[str, int], ...] = ()
    total: int | None = None
    exclusive: tuple[str, ...] = ()
    interrupts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, rules: MediaRules) -> "Media":
        """Put the rules in order; what changes nothing is left out."""
        return cls(
            tuple(sorted((channel, weight) for channel, weight in rules.weights.items() if weight != 1)),
            rules.total,
            tuple(sorted(set(rules.exclusive))),
            tuple(sorted({(by, what) for by, what in rules.interrupts if by != what})),
        )


NO_RULES = Media()


class Profile(Struct, frozen=True, cache_hash=True):
    """All that decides which contacts fit; agents with equal profiles are interchangeable but for idle time."""

    seats: tuple[Seat, ...] = ()
    skills: tuple[tuple[str, int], ...] = ()  # (skill, level 1 to 5), sorted
    capacity: tuple[tuple[str, int], ...] = ()  # (channel, contacts at once), sorted
    teams: tuple[str, ...] = ()  # sorted
    attributes: tuple[tuple[str, str], ...] = ()  # sorted
    media: Media = NO_RULES

    @classmethod
    def of(
        cls, seats: tuple[Seat, ...] = (), skills: Mapping[str, int] | None = None,
        capacity: Mapping[str, int] | None = None, teams: Iterable[str] = (),
        attributes: Mapping[str, str] | None = None, media: MediaRules | Media = NO_RULES,
    ) -> "Profile":  # fmt: skip
        """Build a profile from look-up tables, in the one canonical order."""
        return cls(
            tuple(sorted(seats, key=lambda seat: (seat.priority, seat.queue_id))),
            tuple(sorted((skills or {}).items())),
            tuple(sorted((capacity or {}).items())),
            tuple(sorted(set(teams))),
            tuple(sorted((attributes or {}).items())),
            Media.of(media) if isinstance(media, MediaRules) else media,
        )


class Agent(Struct, frozen=True):
    """An agent as presence tells: `routable` may be offered contacts now, `on_shift` will be back soon."""

    id: Id
    profile: Profile
    routable: bool
    idle_since: datetime
    on_shift: bool = True
