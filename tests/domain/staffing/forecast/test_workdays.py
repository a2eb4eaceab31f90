"""What a date is: a holiday, the day after one, the first working day of a month."""

from datetime import date, timedelta

import pytest

from warmline.domain.staffing.forecast.workdays import Workdays

OFFICE = frozenset(range(5))
ALWAYS = frozenset(range(7))


def never(_day: date) -> bool:
    return False


@pytest.mark.parametrize(
    ("country", "day"), [("KR", date(2025, 10, 6)), ("JP", date(2026, 9, 22)), ("US", date(2026, 11, 26))]
)
def test_public_holidays_of_three_countries_are_known(country: str, day: date):
    assert "holiday" in Workdays(country).traits(day, OFFICE, never)
    assert "holiday" not in Workdays().traits(day, OFFICE, never)


def test_a_substitute_holiday_is_the_holiday_it_stands_for():
    assert Workdays("KR").holiday(date(2025, 3, 3)) == "Independence Movement Day"
    assert Workdays("US").holiday(date(2026, 7, 3)) == "Independence Day"
    assert Workdays("JP").holiday(date(2025, 2, 24)) == "Substitute Holiday"


def test_the_first_open_day_after_a_holiday_is_known_across_a_weekend():
    us = Workdays("US")
    assert "after:weekend" in us.traits(date(2026, 7, 6), OFFICE, never)  # Friday the 3rd was off
    assert "after:day" in us.traits(date(2026, 11, 27), OFFICE, never)
    assert "after:second" in us.traits(date(2026, 11, 30), OFFICE, never)
    assert "after:long" in Workdays("KR").traits(date(2025, 10, 10), OFFICE, never)
    assert "before" in us.traits(date(2026, 11, 25), OFFICE, never)


def test_a_holiday_on_a_weekend_disturbs_no_monday():
    traits = Workdays("KR").traits(date(2025, 3, 4), OFFICE, never)
    assert "after" in traits  # the substitute on Monday
    assert "after" not in Workdays("US").traits(date(2026, 7, 7), OFFICE, never)
    assert Workdays("KR").traits(date(2025, 3, 1), ALWAYS, never)[0] == "holiday:weekend"


def test_without_a_country_days_that_were_off_are_followed_by_a_day_after():
    off = date(2026, 5, 5)
    assert "after:day" in Workdays().traits(off + timedelta(days=1), OFFICE, off.__eq__)


def test_the_turn_of_the_month_counts_working_days():
    assert "month:first 1" in Workdays("US").traits(date(2026, 1, 2), OFFICE, never)
    assert "month:last 1" in Workdays("US").traits(date(2026, 1, 30), OFFICE, never)
    assert "dom:25" in Workdays().traits(date(2026, 6, 25), OFFICE, never)


def test_an_unknown_country_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="KR, JP, US"):
        Workdays("FR")
