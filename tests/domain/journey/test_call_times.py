"""Half hours in which a call may be made, and times as people type them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from warmline.domain.journey.call_times import half_hours, meant, shown, soon

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 11, 2, 1, 10, tzinfo=UTC)  # 10:10 in Seoul


def working(at: datetime) -> bool:
    return 9 <= at.astimezone(SEOUL).hour < 18


def test_only_whole_half_hours_from_now_on_in_which_somebody_is_there():
    starts = half_hours(working, NOW)
    assert starts[0].astimezone(SEOUL).time().isoformat() == "10:30:00"
    assert all(working(at) for at in starts)
    assert max(starts) - NOW <= timedelta(hours=48)
    assert half_hours(lambda at: False, NOW) == []


def test_the_next_ones_are_shown_and_then_some_wider_apart():
    starts = half_hours(working, NOW)
    few = shown(starts)
    assert few[:3] == starts[:3]
    assert few[3] == starts[3]
    assert few[4] - few[3] == timedelta(hours=2)
    assert len(few) == 6


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("15:30", "15:30"), ("15:45", "15:30"), ("오후 3시 반", "15:30"), ("오후 3:30이요", "15:30"),
        ("3시", "15:00"),
        ("午後3時半です", "15:30"), ("15時", "15:00"), ("3:30 pm", "15:30"), ("11 AM", "11:00"), ("14", "14:00"),
        ("１５：３０", "15:30"), ("오후 3시쯤", "15:00"), ("오후 세시", "15:00"),
        ("3시에 전화 주세요", "15:00"),
        ("午後3時ごろ", "15:00"), ("午後三時半にお願いします", "15:30"), ("at 3:30 pm", "15:30"),
        ("3:30 p.m.", "15:30"),
        ("3 o'clock", "15:00"), ("half past three", "15:30"), ("call me at 5, please", "17:00"),
        ("noon", "12:00"),
        ("정오", "12:00"), ("正午", "12:00"), ("오늘 저녁 5시 반", "17:30"),
        ("3시면 돼요", "15:00"),
    ],
)  # fmt: skip
def test_a_time_of_day_is_read_however_it_is_written(text: str, clock: str):
    found = meant(text, half_hours(working, NOW), SEOUL, NOW)
    assert found is not None
    assert found.astimezone(SEOUL).strftime("%H:%M") == clock


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "25:00",
        "10:75",
        "13 pm",
        "오후",
        "22:00",
        "in 3 hours",
        "",
        "3시간 뒤",
        "3시나 4시",
        "3시 말고 4시",
        "not at 3",
        "after 5",
        "3時間後",
        "tomorrow",
    ],
)
def test_what_is_no_time_or_no_time_of_ours_is_nobodys_wish(text: str):
    assert meant(text, half_hours(working, NOW), SEOUL, NOW) is None


def test_without_morning_or_afternoon_the_next_that_fits_is_meant():
    every = half_hours(lambda at: True, NOW)
    found = meant("9:00", every, SEOUL, NOW)
    assert found is not None
    assert found.astimezone(SEOUL).strftime("%d %H:%M") == "02 21:00"
    assert found - NOW < timedelta(hours=12)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("내일 오후 3시", "03 15:00"), ("明日の15時", "03 15:00"), ("tomorrow at 3pm", "03 15:00"),
        ("내일 정오", "03 12:00"), ("오늘 오후 5시", "02 17:00"), ("tomorrow at 4", "03 16:00"),
        ("내일 9시", "03 09:00"), ("모레 오전 9시 반", "04 09:30"), ("明日15時頃でお願いします", "03 15:00"),
    ],
)  # fmt: skip
def test_a_time_of_a_named_day_is_that_days(text: str, when: str):
    found = meant(text, half_hours(working, NOW), SEOUL, NOW)
    assert found is not None
    assert found.astimezone(SEOUL).strftime("%d %H:%M") == when


def test_tomorrow_at_three_is_not_at_night_even_where_somebody_is_there():
    found = meant("내일 3시", half_hours(lambda at: True, NOW), SEOUL, NOW)
    assert found is not None
    assert found.astimezone(SEOUL).strftime("%d %H:%M") == "03 15:00"


def test_as_soon_as_possible_may_be_typed_too():
    assert all(soon(text) for text in ("지금 바로요", "今すぐです", "ASAP", "right now!"))
    assert not soon("now or never")
