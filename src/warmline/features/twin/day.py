"""One day of an installation as plain data that travels as JSON: who waited, who was there, by which rules."""

import datetime as dt
from datetime import UTC, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from warmline.domain.contact.model import SkillNeed
from warmline.domain.hours.calendar import Calendar
from warmline.domain.routing.model import Media, Seat
from warmline.domain.routing.rules import MediaRules, QueueRules

Ending = Literal["answered", "gave_up", "sent_away", "moved", "called", "open"]
PresenceSource = Literal["presence", "shifts", "work", "everybody"]


class QueueTerms(Struct, frozen=True):
    """A queue and its promise: `target_share` (0 to 1) of contacts answered within `target_s`."""

    id: str
    name: dict[str, str]
    target_s: float
    target_share: float
    max_waiting: int
    rules: QueueRules = QueueRules()
    calendar: Calendar | None = None


class AgentTerms(Struct, frozen=True):
    """What an agent may take."""

    id: str
    seats: tuple[Seat, ...]
    skills: dict[str, int]
    capacity: dict[str, int]
    team: str | None = None
    attributes: dict[str, str] = {}
    media: MediaRules = MediaRules()

    @property
    def alike(self) -> tuple[object, ...]:
        """What agents have in common who may take the same."""
        return (
            self.seats, tuple(sorted(self.skills.items())), tuple(sorted(self.capacity.items())), self.team,
            tuple(sorted(self.attributes.items())), Media.of(self.media),
        )  # fmt: skip


class Present(Struct, frozen=True, array_like=True):
    """An agent at work from `from_s` to `until_s` after the day's midnight; `resting`: on a break."""

    agent_id: str
    from_s: float
    until_s: float
    resting: bool = False


class Stay(Struct, frozen=True, array_like=True):
    """One wait in one queue and what came of it. Seconds after the day's midnight; `until_s` ends the wait.

    `handle_s` from the agent's coming to going, `wrap_up_s` after it; None while that is not over. `called`: a
    call was promised instead, and an agent worked on it from `called_at_s` on. `opened_s`: when the contact
    opened, of its first wait. `wished_id`: the agent it was to get for `wished_s`, `alone` or else anybody.
    """

    at_s: float
    queue_id: str
    channel: str
    ending: Ending
    until_s: float | None = None
    agent_id: str | None = None
    handle_s: float | None = None
    wrap_up_s: float | None = None
    skills: tuple[SkillNeed, ...] = ()
    priority: int = 5
    opened_s: float | None = None
    wished_id: str | None = None
    wished_s: float = 0.0
    alone: bool = False
    called_at_s: float | None = None
    called_by: Literal["customer", "system"] | None = None

    @property
    def work_s(self) -> float | None:
        """Handle time and wrap-up."""
        return None if self.handle_s is None else self.handle_s + (self.wrap_up_s or 0.0)

    @property
    def work_at_s(self) -> float | None:
        """When an agent began; None: nobody did."""
        return self.until_s if self.ending == "answered" else self.called_at_s


class Contained(Struct, frozen=True, array_like=True):
    """A contact that never asked for a person: the journey helped, or the customer left before."""

    channel: str
    at_s: float
    until_s: float


class Expected(Struct, frozen=True):
    """Contacts expected in each half hour of the day, and the mean handle time with wrap-up where it is known."""

    queue_id: str
    per_half_hour: tuple[float, ...]
    handle_s: float | None = None


class Day(Struct, frozen=True):
    """Everything the twin needs to know. `expected` is there when the day is a forecast or a described scenario.

    `stays` are those of the day and those still open at its midnight, or of the days a forecast learned from.
    `answer_s`: how long accepted offers rang; `no_answer`: share of offers that rang in vain. `reached`: share of
    promised calls' attempts, `attempt_s`: what those in vain took. `left_out`: what the twin cannot play of it.
    """

    date: dt.date
    time_zone: str
    queues: tuple[QueueTerms, ...]
    agents: tuple[AgentTerms, ...]
    stays: tuple[Stay, ...] = ()
    presence: tuple[Present, ...] = ()
    presence_source: PresenceSource = "work"
    answer_s: tuple[float, ...] = ()
    no_answer: float = 0.0
    expected: tuple[Expected, ...] = ()
    seen_until_s: float | None = None  # the day is under way: nothing is known of what comes later
    contained: tuple[Contained, ...] = ()
    reached: float = 1.0
    attempt_s: tuple[float, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def start_at(self) -> datetime:
        """The day's midnight, in UTC."""
        return datetime.combine(self.date, time(), ZoneInfo(self.time_zone)).astimezone(UTC)

    @property
    def length_s(self) -> float:
        """Seconds until the next midnight, or until now on a day under way."""
        end = datetime.combine(self.date + timedelta(days=1), time(), ZoneInfo(self.time_zone)).astimezone(UTC)
        whole_s = (end - self.start_at).total_seconds()
        return whole_s if self.seen_until_s is None else min(self.seen_until_s, whole_s)

    def local_time(self, seconds: float) -> str:
        """Return what clocks on the wall show so many seconds after midnight, as HH:MM."""
        at = self.start_at + timedelta(seconds=seconds)
        return at.astimezone(ZoneInfo(self.time_zone)).strftime("%H:%M")

    def seconds_at(self, wall: str) -> float:
        """Return how long after midnight clocks show `wall` (HH:MM; 24:00 is the next midnight)."""
        hours, _, minutes = wall.partition(":")
        minute = int(hours) * 60 + int(minutes)
        days, minute = divmod(minute, 24 * 60)
        local = datetime.combine(
            self.date + timedelta(days=days), time(minute // 60, minute % 60), ZoneInfo(self.time_zone)
        )
        return (local.astimezone(UTC) - self.start_at).total_seconds()
