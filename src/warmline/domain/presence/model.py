"""An agent's presence, what can happen to it, and what follows."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct


class Status(StrEnum):
    """Whether the agent may be offered contacts. Load is not presence: it is counted from contacts."""

    AVAILABLE = "available"
    AWAY = "away"
    OFFLINE = "offline"


NO_ANSWER = "no_answer"  # away because offers rang unanswered
DESK_LOST = "desk_lost"  # offline because the desk gave no sign of life
FINISHING = "finishing"  # away, offline once the contacts in hand are done
# An agent's own, for away, where a company has set none (table pause_reason).
REASONS = ("break", "lunch", "meeting", "training", "admin", "other")
OWN_REASONS = frozenset(REASONS)


class Presence(Struct, frozen=True, omit_defaults=True):
    """One agent's row. `next_status` takes effect when no contact is in hand any more."""

    agent_id: UUID
    status: Status
    since_at: datetime
    idle_since_at: datetime
    reason: str | None = None
    next_status: Status | None = None
    next_reason: str | None = None
    misses: int = 0
    seen_at: datetime | None = None
    version: int = 0

    @property
    def routable(self) -> bool:
        """Whether new contacts may be offered. An announced break already keeps new ones away."""
        return self.status is Status.AVAILABLE and self.next_status is None

    @property
    def on_shift(self) -> bool:
        """Whether a waiting customer may count on this agent: at work, or on a break that will end."""
        if self.status is Status.OFFLINE:
            return False
        leaving = self.next_status is Status.OFFLINE
        return not leaving and not (self.status is Status.AWAY and self.reason == NO_ANSWER)


# --- what can happen ---------------------------------------------------------------------------


class Change(Struct, frozen=True, omit_defaults=True):
    """The agent (or a supervisor) chooses. `after_work`: once the contacts in hand are done; `busy`: there are."""

    status: Status
    reason: str | None = None
    after_work: bool = False
    busy: bool = False


class Reviewed(Struct, frozen=True):
    """What the tables say now: contacts in hand, and offers in a row that rang unanswered."""

    busy: bool
    misses: int
    misses_allowed: int | None = None  # by the agent's profile; None: as everywhere


class Seen(Struct, frozen=True):
    """The agent's desk gave a sign of life."""


class DeskClosed(Struct, frozen=True):
    """The last desk of this agent was closed; it may come back within the grace period."""


class TimePassed(Struct, frozen=True):
    """It is time to look whether the desk is still there."""


PresenceEvent = Change | Reviewed | Seen | DeskClosed | TimePassed


# --- what follows ------------------------------------------------------------------------------


class StatusChanged(Struct, frozen=True):
    """Tell router, desks and board."""

    before: Status
    after: Status


class NextChanged(Struct, frozen=True):
    """What comes after the current work has changed (or been taken back)."""


class WentMissing(Struct, frozen=True):
    """The desk is gone for good: offers are withdrawn, connected customers told and queued again."""


PresenceFact = StatusChanged | NextChanged | WentMissing
