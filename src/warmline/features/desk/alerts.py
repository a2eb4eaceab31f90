"""When a queue's numbers call for a supervisor: limits, and a calm hand so that nothing flaps.

An alert is raised once its number stays beyond the limit for a moment, and is over only when the number has been
clearly better for a while.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

RAISE = timedelta(seconds=3)
CALM = timedelta(seconds=20)
MARGIN = 0.1  # how much better than the limit a number must be before its alert may end
LEVELS = ("", "warn", "alarm")
FALLING = frozenset({"service_level", "available"})  # bad when low; all others are bad when high
METRICS = (
    "waiting", "longest_wait_s", "expected_wait_s", "service_level", "abandonment", "occupancy", "available",
)  # fmt: skip

Limits = Mapping[str, Mapping[str, int | None] | None]  # metric → {"warn", "alarm"}
Values = Mapping[str, float | None]


class Ack(Struct, frozen=True):
    """Somebody has seen to it."""

    level: str
    agent_id: UUID
    name: str
    at: datetime


class Alert(Struct, frozen=True):
    """One number of one queue beyond its limit. Shares are percent, times are seconds."""

    queue_id: str
    metric: str
    level: str  # "warn" or "alarm"
    value: float | None
    limit: int | None
    since_at: datetime
    acknowledged: Ack | None = None


class _State(Struct):
    level: int = 0
    since_at: datetime | None = None
    next_level: int = 0
    next_since: datetime | None = None


def usual_limits(target_s: int) -> dict[str, dict[str, int]]:
    """Return the limits of a queue for which nobody has set any."""
    return {"longest_wait_s": {"warn": 2 * target_s, "alarm": 5 * target_s}}


class AlertBook:
    """The alerts of one company as they develop, in the one process that looks after them."""

    def __init__(self) -> None:
        self._states: dict[tuple[str, str], _State] = {}

    def resume(self, queue_id: str, metric: str, level: str, since_at: datetime) -> None:
        """Go on with an alert that was on when another process looked after it."""
        self._states[queue_id, metric] = _State(LEVELS.index(level), since_at)

    def look(self, queue_id: str, values: Values, limits: Limits, now: datetime) -> list[Alert]:
        """Take in a queue's numbers of this moment; return its alerts."""
        found: list[Alert] = []
        for metric in METRICS:
            limit = limits.get(metric) or {}
            value = values.get(metric)
            state = self._states.setdefault((queue_id, metric), _State())
            _move(state, _level(metric, value, limit, 0.0), _level(metric, value, limit, MARGIN), now)
            if state.level and state.since_at is not None:
                level = LEVELS[state.level]
                found.append(Alert(queue_id, metric, level, value, limit.get(level), state.since_at))
        return found


def _level(metric: str, value: float | None, limit: Mapping[str, int | None], margin: float) -> int:
    """Return 0, 1 (warn) or 2 (alarm); `margin` makes the limit stricter, to stay where one is."""
    if value is None:
        return 0
    for level in (2, 1):
        bound = limit.get(LEVELS[level])
        if bound is None:
            continue
        beyond = value <= bound * (1 + margin) if metric in FALLING else value >= max(bound * (1 - margin), 1)
        if beyond:
            return level
    return 0


def _move(state: _State, raw: int, held: int, now: datetime) -> None:
    target = raw if raw > state.level else min(held, state.level)
    if target == state.level:
        state.next_since = None
        return
    rising = target > state.level
    if state.next_since is None or rising != (state.next_level > state.level):
        state.next_since = now
    state.next_level = target
    if now - state.next_since >= (RAISE if rising else CALM):
        state.level, state.since_at, state.next_since = target, now, None
