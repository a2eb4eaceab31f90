"""Values written for people."""

import subprocess
import sys
from datetime import UTC, datetime
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from warmline.domain.journey.faults import BadTemplate
from warmline.domain.journey.formats import FORMATS
from warmline.domain.journey.telling import Between
from warmline.kernel.locale import Locale

SEOUL = ZoneInfo("Asia/Seoul")


def write(form: str, value: object, locale: str, argument: str = "") -> str:
    # CLDR puts special spaces into English times; the eye sees a space.
    return FORMATS[form](value, argument, cast(Locale, locale), SEOUL).replace("\u202f", " ")


@pytest.mark.parametrize(
    ("form", "value", "argument", "ko", "ja", "en"),
    [
        ("number", 12345, "", "12,345", "12,345", "12,345"),
        ("money", 12000, "KRW", "12,000원", "12,000ウォン", "₩12,000"),
        ("money", 980, "JPY", "980엔", "980円", "¥980"),
        ("money", 12.5, "USD", "12.50달러", "12.50ドル", "$12.50"),
        ("percent", 0.25, "", "25%", "25%", "25%"),
        ("date", "2026-11-03", "", "2026년 11월 3일", "2026年11月3日", "November 3, 2026"),
        ("date", "2026-11-03", "30", "2026년 12월 3일", "2026年12月3日", "December 3, 2026"),
        ("day", "2026-11-03", "", "11월 3일 (화)", "11月3日(火)", "Tue, Nov 3"),
        ("time", "2026-11-03T05:30:00+00:00", "", "오후 2:30", "14:30", "2:30 PM"),
        ("datetime", "2026-11-03T05:30Z", "",
         "11월 3일 (화) 오후 2:30", "11月3日(火) 14:30", "Tue, Nov 3 2:30 PM"),
        ("duration", 170, "", "3분", "3分", "3 minutes"),
        ("duration", 20, "", "1분", "1分", "1 minute"),
        ("duration", Between(180, 300), "", "3~5분", "3〜5分", "3 to 5 minutes"),
        ("duration", Between(0, 60), "", "1분", "1分", "1 minute"),
        ("duration", Between(3000, 4200), "", "50분~1시간 10분", "50分〜1時間 10分",
         "50 minutes to 1 hour 10 minutes"),
        ("number", Between(180, 300), "", "300", "300", "300"),
        ("duration", 3660, "", "1시간 1분", "1時間 1分", "1 hour 1 minute"),
        ("phone", "+821012345678", "", "010-1234-5678", "+82 10-1234-5678", "+82 10-1234-5678"),
        ("phone", "+819012345678", "", "+81 90-1234-5678", "090-1234-5678", "+81 90-1234-5678"),
        ("spaced", "ON-1234", "", "O N 1 2 3 4", "O N 1 2 3 4", "O N 1 2 3 4"),
        ("plural", 1, "order/orders", "orders", "orders", "order"),
        ("plural", 2, "order/orders", "orders", "orders", "orders"),
        ("", ["cup", "plate"], "", "cup 및 plate", "cup、plate", "cup and plate"),
        ("", 3.0, "", "3", "3", "3"),
    ],
)  # fmt: skip
def test_each_language_reads_naturally(form: str, value: object, argument: str, ko: str, ja: str, en: str) -> None:
    assert [write(form, value, locale, argument) for locale in ("ko", "ja", "en")] == [ko, ja, en]


def test_moments_are_told_in_the_customers_time() -> None:
    assert write("date", datetime(2026, 11, 3, 16, 0, tzinfo=UTC), "ko") == "2026년 11월 4일"
    assert write("time", "2026-11-03T09:00:00", "en") == "9:00 AM"  # no offset: local already


@pytest.mark.parametrize(
    ("form", "value"),
    [("number", "many"), ("number", True), ("date", "soon"), ("date", 3), ("phone", "none"), ("", True)],
)
def test_a_value_that_does_not_fit_is_a_fault(form: str, value: object) -> None:
    with pytest.raises(BadTemplate):
        write(form, value, "en")


def test_a_process_that_loads_before_its_first_customer_has_all_languages_loaded() -> None:
    code = (
        "import babel.localedata as data; from warmline.domain.journey import formats; formats.load();"
        " print(*sorted(name for name in ('ko', 'ja', 'en') if name in data._cache))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["en", "ja", "ko"]
