"""Days as a company counts them: from midnight to midnight in its own time zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def day_start(now: datetime, time_zone: str) -> datetime:
    """Return the beginning of the day that `now` belongs to in `time_zone`, in UTC."""
    local = now.astimezone(ZoneInfo(time_zone))
    return local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def next_day(now: datetime, time_zone: str) -> datetime:
    """Return the beginning of the day after, in UTC; days of 23 and 25 hours included."""
    zone = ZoneInfo(time_zone)
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, datetime.min.time(), zone).astimezone(UTC)
