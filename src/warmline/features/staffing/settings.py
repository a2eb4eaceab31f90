"""What a company sets about staffing, with defaults that work, and contracts of agents."""

from datetime import date
from uuid import UUID

from msgspec import Struct

from warmline.domain.staffing.needs import Service
from warmline.domain.staffing.requirement import Promise
from warmline.domain.staffing.rules import Worker
from warmline.domain.staffing.shifts import Pattern, Window, problems_of
from warmline.kernel.errors import INVALID, Refused

Names = dict[str, str]
FULL_WEEK_MIN = 40 * 60
PATTERNS_AT_MOST = 12


class ShiftKind(Struct, frozen=True):
    """A shift pattern with its name."""

    name: Names
    pattern: Pattern


class Described(Struct, frozen=True):
    """A usual day of a queue, for companies without history: contacts on a weekday, and how long each takes."""

    per_day: float
    handle_s: float = 300.0
    open_min: int = 9 * 60
    close_min: int = 18 * 60
    weekend_share: float = 0.5


class StaffingSettings(Struct, frozen=True):
    """How a company plans. Shares are 0 to 1, times of day and rest in minutes, costs in paid half hours.

    `patience_s`: None: customers do not give up. `least`: agents wanted whenever customers may come. `at_once`:
    contacts one agent handles at the same time. `gap`: a plan this near to the best possible is good enough.
    """

    pooled: bool = True
    patience_s: float | None = 240.0
    shrinkage: float = 0.2
    at_once: int = 2
    least: int = 1
    quantile: str = "expected"
    under_cost: float = 8.0
    over_cost: float = 0.2
    rest_min: int = 11 * 60
    time_limit_s: float = 20.0
    gap: float = 0.01
    patterns: tuple[ShiftKind, ...] = ()
    described: dict[str, Described] = {}


class Terms(Struct, frozen=True):
    """An agent's contract. Minutes a week are paid ones; days 0 is Monday; `days_off` are dates, ISO.

    `pattern_ids`: the kinds of shift they work; None: all. Times of day bound start and end.
    """

    week_max_min: int = FULL_WEEK_MIN
    week_min_min: int = 0
    days_at_most: int = 5
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    days_off: tuple[str, ...] = ()
    pattern_ids: tuple[str, ...] | None = None
    earliest_min: int = 0
    latest_min: int = 30 * 60


class Person(Struct, frozen=True):
    """An agent with a routing profile: whom staffing plans with."""

    id: UUID
    name: str
    queues: tuple[str, ...]
    terms: Terms
    version: int


class QueueRow(Struct, frozen=True):
    """What staffing needs of a queue."""

    id: str
    name: Names
    share: float
    within_s: float


def default_patterns() -> tuple[ShiftKind, ...]:
    """Return a full day and a half day, as most companies know them."""
    return (
        ShiftKind(
            {"ko": "종일 근무", "ja": "フルタイム", "en": "Full day"},
            Pattern(
                "full", 9 * 60, 7 * 60, 13 * 60, 30,
                (Window("break", 15, 60, 120), Window("lunch", 60, 180, 300), Window("break", 15, 360, 450)),
            ),
        ),
        ShiftKind(
            {"ko": "반일 근무", "ja": "ハーフタイム", "en": "Half day"},
            Pattern("half", 4 * 60, 8 * 60, 18 * 60, 30, (Window("break", 15, 90, 150),)),
        ),
    )  # fmt: skip


def default_settings() -> StaffingSettings:
    """Return what holds until somebody sets something else."""
    return StaffingSettings(patterns=default_patterns())


def check_settings(settings: StaffingSettings) -> None:
    """Raise Refused `invalid` for patterns that cannot be planned."""
    ids = [kind.pattern.id for kind in settings.patterns]
    if len(set(ids)) != len(ids):
        raise Refused(INVALID, field="patterns", reason="two patterns have the same id")
    for kind in settings.patterns:
        wrong = problems_of(kind.pattern)
        if wrong:
            raise Refused(INVALID, field=f"patterns.{kind.pattern.id}.{wrong[0]}", reason="it cannot be planned")


def check_terms(terms: Terms) -> None:
    """Raise Refused `invalid` for a contract that contradicts itself."""
    if terms.week_min_min > terms.week_max_min:
        raise Refused(INVALID, field="week_min_min", reason="it is more than the most")
    if terms.earliest_min >= terms.latest_min:
        raise Refused(INVALID, field="latest_min", reason="it is before the earliest")
    for day in terms.days_off:
        try:
            date.fromisoformat(day)
        except ValueError:
            raise Refused(INVALID, field="days_off", reason="days are written as 2026-12-24") from None


def services_of(settings: StaffingSettings, queues: list[QueueRow]) -> dict[str, Service]:
    """Return how each queue is served: its own promise, the company's patience and shrinkage."""
    return {
        queue.id: Service(
            Promise(share=min(queue.share, 0.99), within_s=queue.within_s),
            settings.patience_s,
            settings.shrinkage,
            settings.at_once,
        )
        for queue in queues
    }


def worker_of(person: Person, late: int = 0, weekend: int = 0) -> Worker:
    """Return an agent as the rules see them."""
    terms = person.terms
    return Worker(
        id=str(person.id),
        name=person.name,
        queues=frozenset(person.queues),
        week_max_min=terms.week_max_min,
        week_min_min=terms.week_min_min,
        days_at_most=terms.days_at_most,
        weekdays=frozenset(terms.weekdays),
        days_off=frozenset(terms.days_off),
        patterns=None if terms.pattern_ids is None else frozenset(terms.pattern_ids),
        earliest_min=terms.earliest_min,
        latest_min=terms.latest_min,
        late=late,
        weekend=weekend,
    )
