"""The presence machine: one agent, `handle(presence, event, now)` gives the next presence and what follows.

| status    | available         | away             | offline              | desk gone          | N misses        |
|-----------|-------------------|------------------|----------------------|--------------------|-----------------|
| available | (next taken back) | away             | offline or finishing | offline, desk_lost | away, no_answer |
| away      | available         | away, new reason | offline or finishing | offline, desk_lost | (not offered)   |
| offline   | available         | away             | –                    | –                  | –               |

"Finishing": whoever signs out with contacts in hand stays away until they are done, then goes offline.
A desk that was lost comes back to what it was.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from msgspec.structs import replace

from warmline.domain.presence.model import (
    DESK_LOST,
    FINISHING,
    NO_ANSWER,
    OWN_REASONS,
    Change,
    DeskClosed,
    NextChanged,
    Presence,
    PresenceEvent,
    PresenceFact,
    Reviewed,
    Seen,
    Status,
    StatusChanged,
    TimePassed,
    WentMissing,
)
from warmline.domain.presence.refusals import UNKNOWN_REASON
from warmline.kernel.errors import Refused

MISSES_ALLOWED = 3  # the third offer in a row without an answer sends the agent away
GRACE_S = 30.0  # of silence before a desk counts as gone

Outcome = tuple[Presence, list[PresenceFact]]


def handle(
    presence: Presence,
    event: PresenceEvent,
    now: datetime,
    *,
    misses_allowed: int = MISSES_ALLOWED,
    grace_s: float = GRACE_S,
    own_reasons: Collection[str] = OWN_REASONS,
) -> Outcome:
    """Return the presence after `event` and what follows. Raises Refused for a reason nobody knows.

    The version rises by one when people or the router must learn of the change; a mere sign of life leaves it.
    """
    match event:
        case Change():
            return _change(presence, event, now, own_reasons)
        case Reviewed():
            return _reviewed(presence, event, now, event.misses_allowed or misses_allowed)
        case Seen():
            return _seen(presence, now)
        case DeskClosed():
            return replace(presence, seen_at=now), []
        case TimePassed():
            return _time_passed(presence, now, grace_s)


def lost_at(presence: Presence, grace_s: float = GRACE_S) -> datetime | None:
    """Return when the desk counts as gone unless it is heard before; None when offline."""
    if presence.status is Status.OFFLINE:
        return None
    return (presence.seen_at or presence.since_at) + timedelta(seconds=grace_s)


def _change(presence: Presence, event: Change, now: datetime, own_reasons: Collection[str]) -> Outcome:
    reason = event.reason if event.status is Status.AWAY else None
    if reason is not None and reason not in own_reasons:
        raise Refused(UNKNOWN_REASON, reason=reason, known=", ".join(sorted(own_reasons)))
    working = event.busy and presence.status is not Status.OFFLINE
    if working and event.after_work and event.status is not Status.AVAILABLE:
        return _announce(presence, event.status, reason)
    if working and event.status is Status.OFFLINE:
        finishing = (presence.status, presence.reason) == (Status.AWAY, FINISHING)
        if finishing and presence.next_status is Status.OFFLINE:
            return presence, []  # asked twice
        away, facts = _enter(presence, Status.AWAY, FINISHING, now)
        return _announce(away, Status.OFFLINE, None, facts)
    return _enter(presence, event.status, reason, now)


def _announce(
    presence: Presence, status: Status, reason: str | None, facts: list[PresenceFact] | None = None
) -> Outcome:
    """Remember what comes after the current work."""
    before = facts or []
    if (presence.next_status, presence.next_reason) == (status, reason):
        return presence, before
    version = presence.version if before else presence.version + 1
    return replace(presence, next_status=status, next_reason=reason, version=version), [*before, NextChanged()]


def _enter(presence: Presence, status: Status, reason: str | None, now: datetime) -> Outcome:
    """Go to `status` at once; whatever was announced is void."""
    announced = presence.next_status is not None
    cleared = replace(presence, next_status=None, next_reason=None)
    if (presence.status, presence.reason) == (status, reason):
        if not announced:
            return presence, []
        return replace(cleared, version=presence.version + 1), [NextChanged()]
    becomes_idle = status is Status.AVAILABLE
    changed = replace(
        cleared,
        status=status,
        reason=reason,
        since_at=now,
        idle_since_at=now if becomes_idle else presence.idle_since_at,
        seen_at=now if presence.status is Status.OFFLINE else presence.seen_at,
        misses=0 if becomes_idle else presence.misses,
        version=presence.version + 1,
    )
    facts: list[PresenceFact] = [StatusChanged(presence.status, status)]
    if announced:
        facts.append(NextChanged())
    return changed, facts


def _reviewed(presence: Presence, event: Reviewed, now: datetime, misses_allowed: int) -> Outcome:
    if presence.status is Status.AVAILABLE and event.misses >= misses_allowed:
        away, facts = _enter(presence, Status.AWAY, NO_ANSWER, now)
        return replace(away, misses=event.misses), facts
    if presence.next_status is not None and not event.busy and presence.status is not Status.OFFLINE:
        return _enter(presence, presence.next_status, presence.next_reason, now)
    return replace(presence, misses=event.misses), []


def _seen(presence: Presence, now: datetime) -> Outcome:
    seen = replace(presence, seen_at=now)
    if presence.status is Status.OFFLINE and presence.reason == DESK_LOST and presence.next_status is not None:
        return _enter(seen, presence.next_status, presence.next_reason, now)
    return seen, []


def _time_passed(presence: Presence, now: datetime, grace_s: float) -> Outcome:
    gone_at = lost_at(presence, grace_s)
    if gone_at is None or now < gone_at:
        return presence, []
    back, back_reason = presence.next_status, presence.next_reason
    if back is None:
        back, back_reason = presence.status, presence.reason
    lost, _ = _enter(presence, Status.OFFLINE, DESK_LOST, now)
    if back is not Status.OFFLINE:
        lost = replace(lost, next_status=back, next_reason=back_reason)
    return lost, [StatusChanged(presence.status, Status.OFFLINE), WentMissing()]
