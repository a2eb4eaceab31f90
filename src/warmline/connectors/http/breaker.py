"""A circuit breaker: after repeated failures a backend is left alone for a while, then probed by one call."""

from datetime import datetime, timedelta
from typing import Literal

from warmline.ports.connector import Availability

State = Literal["closed", "open", "probing"]


class Breaker:
    """Counts consecutive failures. closed → open after `trip_after`; open → probing after `rest_s` (one call)."""

    def __init__(self, trip_after: int, rest_s: float) -> None:
        self._trip_after = trip_after
        self._rest = timedelta(seconds=rest_s)
        self._opened_at: datetime | None = None
        self._probe_at: datetime | None = None
        self.state: State = "closed"
        self.failures = 0
        self.last_error: str | None = None
        self.since: datetime | None = None
        self._known = False

    def allows(self, now: datetime) -> bool:
        """Return whether a call may go out now; in `probing`, the caller is the one probe."""
        if self.state == "closed":
            return True
        reference = self._probe_at if self.state == "probing" else self._opened_at
        if reference is not None and now - reference >= self._rest:
            self.state, self._probe_at = "probing", now  # a probe that never reported back does not block for ever
            return True
        return False

    def succeeded(self, now: datetime) -> None:
        changed = self.failures > 0 or not self._known
        self.state, self.failures, self.last_error, self._known = "closed", 0, None, True
        if changed:
            self.since = now

    def failed(self, now: datetime, error: str) -> None:
        before = self.availability
        self.failures += 1
        self.last_error, self._known = error, True
        if self.state == "probing" or self.failures >= self._trip_after:
            self.state, self._opened_at = "open", now
        if self.availability != before:
            self.since = now

    @property
    def availability(self) -> Availability:
        if not self._known:
            return "unknown"
        if self.state != "closed":
            return "down"
        return "degraded" if self.failures else "up"
