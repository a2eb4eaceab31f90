import datetime as dt

from msgspec.structs import replace
from tests.features.twin.conftest import NINE_S, answered, gone, tiny


def test_a_day_begins_at_the_company_s_own_midnight():
    day = tiny()
    assert day.start_at == dt.datetime(2026, 11, 1, 15, 0, tzinfo=dt.UTC)
    assert (day.local_time(NINE_S), day.seconds_at("09:00"), day.seconds_at("24:00")) == ("09:00", NINE_S, 86_400)


def test_the_day_clocks_go_back_has_an_hour_more():
    day = replace(tiny(), date=dt.date(2026, 10, 25), time_zone="Europe/London")
    assert day.length_s == 25 * 3_600
    assert day.seconds_at("09:00") == 10 * 3_600


def test_a_day_under_way_ends_now():
    assert replace(tiny(), seen_until_s=NINE_S).length_s == NINE_S


def test_work_is_handle_time_and_wrap_up_and_unknown_for_those_who_left():
    assert replace(answered(0, 5, 60), wrap_up_s=12.0).work_s == 72
    assert gone(0, 5).work_s is None
