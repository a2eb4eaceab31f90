"""Hours as people write them."""

import pytest
from pydantic import ValidationError

from warmline.features.admin.schemas_hours import CalendarBody, minutes

NAME = {"ko": "서울", "ja": "ソウル", "en": "Seoul"}
BASE = {"name": NAME, "time_zone": "Asia/Seoul", "country": "KR"}


def test_times_are_read_to_the_minute():
    assert [minutes(t) for t in ("00:00", "09:30", "24:00")] == [0, 570, 1440]
    for wrong in ("9:30", "24:01", "12:60", "noon", "１２:００"):
        with pytest.raises(ValueError, match="use times"):
            minutes(wrong)


@pytest.mark.parametrize(
    "spans", [[["09:00", "12:00"], ["13:00", "18:00"]], [["22:00", "06:00"]], [["00:00", "24:00"]], []]
)
def test_split_shifts_and_nights_are_fine(spans: list[list[str]]):
    assert CalendarBody.model_validate(BASE | {"weekly": {"mon": spans}}).weekly["mon"] == spans


@pytest.mark.parametrize(
    "spans",
    [[["09:00", "09:00"]], [["09:00"]], [["24:00", "06:00"]], [["09:00", "12:00"], ["11:59", "13:00"]],
     [["22:00", "02:00"], ["23:00", "23:30"]]],
)  # fmt: skip
def test_empty_and_overlapping_spans_are_refused(spans: list[list[str]]):
    with pytest.raises(ValidationError):
        CalendarBody.model_validate(BASE | {"weekly": {"mon": spans}})


def test_a_date_is_exceptional_only_once():
    day = {"date": "2026-12-24", "name": NAME}
    with pytest.raises(ValidationError, match="twice"):
        CalendarBody.model_validate(BASE | {"weekly": {}, "exceptions": [day, day]})


def test_a_line_that_never_rests_follows_no_countrys_holidays():
    always = CalendarBody.model_validate(BASE | {"country": "", "weekly": {"sun": [["00:00", "24:00"]]}})
    assert always.country == ""
    with pytest.raises(ValidationError):
        CalendarBody.model_validate(BASE | {"country": "FR", "weekly": {}})
