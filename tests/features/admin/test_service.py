"""What counts as a change."""

from warmline.features.admin.schemas_hours import CalendarBody
from warmline.features.admin.service import changed_fields, values_of

NAME = {"ko": "서울", "ja": "ソウル", "en": "Seoul"}


def test_a_calendar_read_back_and_saved_again_has_not_changed():
    document = {"name": NAME, "time_zone": "Asia/Seoul", "country": "KR", "weekly": {"mon": [["09:00", "18:00"]]},
                "exceptions": [{"date": "2026-12-24", "name": NAME, "spans": []}], "emergency": False}  # fmt: skip
    assert changed_fields(document, values_of(CalendarBody.model_validate(document))) == []


def test_a_changed_field_is_named_and_a_password_never():
    assert changed_fields({"a": 1, "b": 2}, {"a": 1, "b": 3, "password": "x", "version": 7}) == ["b"]
