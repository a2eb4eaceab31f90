"""When somebody is there: shifts, holidays, nights, clock changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmline.domain.hours.calendar import (
    Calendar,
    Exceptional,
    day_off_name,
    next_change,
    next_opening,
    public_holidays,
    state,
)

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
SPLIT = {day: (("09:00", "12:00"), ("13:00", "18:00")) for day in WEEKDAYS}
SEOUL = Calendar("Asia/Seoul", "KR", SPLIT)
TOKYO = Calendar("Asia/Tokyo", "JP", SPLIT)
NEW_YORK = Calendar("America/New_York", "US", SPLIT)


def at(zone: str, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2026-11-23T08:59", "closed"),
        ("2026-11-23T09:00", "open"),
        ("2026-11-23T12:00", "closed"),  # lunch
        ("2026-11-23T13:00", "open"),
        ("2026-11-23T18:00", "closed"),
        ("2026-11-22T10:00", "closed"),  # Sunday
        ("2026-12-25T10:00", "holiday"),
        ("2026-10-05T10:00", "holiday"),  # substitute day of National Foundation Day
    ],
)
def test_a_customer_in_seoul_meets_split_shifts_and_korean_holidays(when: str, expected: str) -> None:
    assert state(SEOUL, at("Asia/Seoul", when)) == expected


def test_the_same_instant_is_a_holiday_in_japan_and_an_ordinary_day_in_korea() -> None:
    now = at("Asia/Tokyo", "2026-11-23T10:00")  # Labour Thanksgiving Day
    assert state(TOKYO, now) == "holiday"
    assert state(SEOUL, now) == "open"


def test_the_emergency_switch_overrides_everything_and_has_no_known_end() -> None:
    calendar = msgspec.structs.replace(SEOUL, emergency=True)
    now = at("Asia/Seoul", "2026-11-23T10:00")
    assert state(calendar, now) == "emergency"
    assert next_change(calendar, now) is None
    assert next_opening(calendar, now) is None


def test_a_night_shift_is_open_after_midnight_even_into_a_holiday() -> None:
    nights = Calendar("Asia/Seoul", "KR", {"thu": (("22:00", "02:00"),), "fri": (("22:00", "02:00"),)})
    assert state(nights, at("Asia/Seoul", "2026-12-24T23:00")) == "open"
    assert state(nights, at("Asia/Seoul", "2026-12-25T01:59")) == "open"  # Christmas began at midnight
    assert state(nights, at("Asia/Seoul", "2026-12-25T02:00")) == "holiday"
    assert state(nights, at("Asia/Seoul", "2026-12-25T22:30")) == "holiday"


def test_an_exceptional_day_replaces_the_week_and_the_holiday() -> None:
    calendar = msgspec.structs.replace(
        SEOUL,
        exceptions=(
            Exceptional(date(2026, 12, 25), {"en": "Christmas sale"}, (("10:00", "15:00"),)),
            Exceptional(date(2026, 12, 31), {"ko": "창립기념일", "ja": "創立記念日", "en": "Founding day"}),
        ),
    )
    assert state(calendar, at("Asia/Seoul", "2026-12-25T14:00")) == "open"
    assert state(calendar, at("Asia/Seoul", "2026-12-25T16:00")) == "closed"
    assert state(calendar, at("Asia/Seoul", "2026-12-31T10:00")) == "holiday"
    assert day_off_name(calendar, date(2026, 12, 31), "ja") == "創立記念日"
    assert day_off_name(calendar, date(2026, 12, 25), "en") is None


def test_the_change_after_opening_is_lunch_and_the_opening_after_friday_is_monday() -> None:
    assert next_change(SEOUL, at("Asia/Seoul", "2026-11-26T10:00")) == at("Asia/Seoul", "2026-11-26T12:00")
    assert next_opening(SEOUL, at("Asia/Seoul", "2026-11-27T19:00")) == at("Asia/Seoul", "2026-11-30T09:00")


def test_a_holiday_begins_at_midnight() -> None:
    assert next_change(SEOUL, at("Asia/Seoul", "2026-12-24T19:00")) == at("Asia/Seoul", "2026-12-25T00:00")


def test_around_the_clock_without_holidays_never_changes() -> None:
    always = Calendar("Asia/Seoul", "", {day: (("00:00", "24:00"),) for day in (*WEEKDAYS, "sat", "sun")})
    now = at("Asia/Seoul", "2026-12-25T10:00")
    assert state(always, now) == "open"
    assert next_change(always, now) is None


def test_opening_follows_the_wall_clock_when_american_clocks_change() -> None:
    before, after = at("America/New_York", "2026-03-06T09:00"), at("America/New_York", "2026-03-09T09:00")
    assert before.hour == 14
    assert after.hour == 13
    assert state(NEW_YORK, before) == "open"
    assert state(NEW_YORK, after) == "open"
    assert state(NEW_YORK, after - timedelta(seconds=1)) == "closed"


def test_a_shift_into_the_skipped_hour_ends_an_hour_later_on_the_clock() -> None:
    sunday = Calendar("America/New_York", "US", {"sun": (("01:00", "02:30"),)})
    assert state(sunday, datetime(2026, 3, 8, 6, 59, tzinfo=UTC)) == "open"  # 01:59 EST
    assert state(sunday, datetime(2026, 3, 8, 7, 29, tzinfo=UTC)) == "open"  # 03:29 EDT
    assert state(sunday, datetime(2026, 3, 8, 7, 30, tzinfo=UTC)) == "closed"


def test_the_repeated_hour_belongs_to_the_shift_twice() -> None:
    sunday = Calendar("America/New_York", "US", {"sun": (("00:30", "01:30"),)})
    assert state(sunday, datetime(2026, 11, 1, 5, 45, tzinfo=UTC)) == "open"  # 01:45 EDT, the first time round
    assert state(sunday, datetime(2026, 11, 1, 6, 15, tzinfo=UTC)) == "open"  # 01:15 EST
    assert state(sunday, datetime(2026, 11, 1, 6, 30, tzinfo=UTC)) == "closed"


def test_holidays_carry_their_names_where_the_country_has_them() -> None:
    korean = public_holidays("KR", 2026)[date(2026, 12, 25)]
    assert korean["ko"] == "기독탄신일"
    assert korean["ja"] == korean["en"] == "Christmas Day"
    assert public_holidays("JP", 2026)[date(2026, 11, 23)]["ja"] == "勤労感謝の日"
    assert day_off_name(NEW_YORK, date(2026, 11, 26), "ko") == "Thanksgiving Day"


def test_a_settings_row_becomes_a_calendar() -> None:
    row = {
        "id": "seoul", "time_zone": "Asia/Seoul", "country": "KR", "emergency": False,
        "weekly": {"mon": [["09:00", "12:00"], ["13:00", "18:00"]]},
        "exceptions": [{"date": "2026-12-31", "name": {"ko": "창립기념일"}, "spans": []}],
    }  # fmt: skip
    calendar = msgspec.convert(row, Calendar)
    assert calendar.exceptions[0].date == date(2026, 12, 31)
    assert state(calendar, at("Asia/Seoul", "2026-11-23T10:00")) == "open"


@given(
    calendar=st.sampled_from(
        [SEOUL, TOKYO, NEW_YORK, Calendar("Asia/Seoul", "KR", {"fri": (("22:00", "09:00"),)})]
    ),
    now=st.integers(0, 3 * 366 * 24 * 60).map(lambda n: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=n)),
)
def test_nothing_changes_before_the_next_change_and_something_does_then(calendar: Calendar, now: datetime) -> None:
    change = next_change(calendar, now)
    assert change is not None
    assert state(calendar, change) != state(calendar, now)
    span = (change - now) / 7
    assert {state(calendar, now + span * n) for n in range(7)} == {state(calendar, now)}
    assert state(calendar, change - timedelta(microseconds=1)) == state(calendar, now)
