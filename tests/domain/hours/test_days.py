"""Days begin at midnight where the company is."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from warmline.domain.hours.days import day_start, next_day

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def test_the_day_begins_at_midnight_where_the_tenant_is():
    assert day_start(NOON, "Asia/Seoul") == datetime(2026, 11, 1, 15, tzinfo=UTC)
    assert day_start(NOON, "UTC") == datetime(2026, 11, 2, tzinfo=UTC)
    assert next_day(NOON, "Asia/Seoul") == datetime(2026, 11, 2, 15, tzinfo=UTC)


def test_the_day_of_a_clock_change_is_an_hour_longer_or_shorter():
    autumn = datetime(2026, 11, 1, 12, tzinfo=UTC)
    assert next_day(autumn, "America/New_York") - day_start(autumn, "America/New_York") == timedelta(hours=25)


@given(
    st.integers(0, 6 * 365 * 24 * 60).map(lambda minutes: NOON - timedelta(minutes=minutes)),
    st.sampled_from(["UTC", "Asia/Seoul", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo"]),
)
def test_now_lies_in_its_own_day(now: datetime, zone: str):
    assert day_start(now, zone) <= now < next_day(now, zone)
