"""What is told to whom, and until when."""

import pytest
from pydantic import ValidationError

from warmline.features.admin.schemas_telling import AlertLimits, AnnouncementBody, EmergencyStart

NAME = {"ko": "주문", "ja": "注文", "en": "Orders"}


def test_an_announcement_always_expires_and_within_a_year():
    good = {
        "slot": "holiday",
        "texts": NAME,
        "starts_at": "2026-01-01T00:00:00Z",
        "ends_at": "2026-01-02T00:00:00Z",
    }
    assert AnnouncementBody.model_validate(good).enabled
    for ends_at in ("2026-01-01T00:00:00Z", "2027-06-01T00:00:00Z"):
        with pytest.raises(ValidationError):
            AnnouncementBody.model_validate(good | {"ends_at": ends_at})


def test_an_emergency_cannot_be_started_without_an_end():
    texts = {"ko": "가", "ja": "あ", "en": "a"}
    with pytest.raises(ValidationError):
        EmergencyStart.model_validate({"id": "00000000-0000-0000-0000-000000000001", "texts": texts})


def test_limits_that_nobody_knows_are_refused():
    with pytest.raises(ValidationError):
        AlertLimits.model_validate({"mood": {"warn": 1}})
