"""Calendars any program can read, Korean and Japanese letters whole."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from warmline.domain.staffing.ical import Entry, escaped, folded, stamp, write_calendar

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=9)))
NOW = datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)


def test_a_week_is_a_calendar_of_events_in_universal_time():
    entry = Entry("a@onda", NINE, NINE + timedelta(hours=9), "주문, 환불", "점심 12:00\n휴식; 15:00", 3)
    text = write_calendar("민아의 근무", [entry, Entry("b@onda", NINE, NINE, "x", cancelled=True)], NOW)
    lines = text.split("\r\n")
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "\n" not in text.replace("\r\n", "")
    for line in (
        "UID:a@onda", "DTSTAMP:20261120T010203Z", "DTSTART:20261123T000000Z", "DTEND:20261123T090000Z",
        "SEQUENCE:3", "SUMMARY:주문\\, 환불", "DESCRIPTION:점심 12:00\\n휴식\\; 15:00", "STATUS:CANCELLED",
    ):  # fmt: skip
        assert line in lines
    assert lines.count("STATUS:CONFIRMED") == 1
    assert stamp(NINE) == "20261123T000000Z"


def test_nothing_in_a_text_can_begin_a_line_of_its_own():
    assert escaped("x\r\nEND:VCALENDAR\rDTSTART:1\x00\x0b") == "x\\nEND:VCALENDAR\\nDTSTART:1"
    assert escaped("a\\b") == "a\\\\b"


@given(st.text(st.characters(exclude_characters="\r\n", exclude_categories=("Cs",)), max_size=400))
def test_folding_keeps_every_letter_whole_and_every_line_short(text: str):
    pieces = folded(text).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == text
    assert all(piece.startswith(" ") for piece in pieces[1:])
