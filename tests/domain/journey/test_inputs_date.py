"""Dates as people write them."""

from datetime import date

import pytest

from warmline.domain.journey.inputs_date import IMPOSSIBLE, UNREADABLE, read_date
from warmline.kernel.locale import Locale

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("2026년 11월 3일", "ko", (2026, 11, 3)), ("26년 11월 3일", "ko", (2026, 11, 3)),
        ("2026年11月3日", "ja", (2026, 11, 3)), ("令和8年11月3日", "ja", (2026, 11, 3)),
        ("平成元年1月8日", "ja", (1989, 1, 8)), ("昭和55年3月2日生まれ", "ja", (1980, 3, 2)),
        ("R8.11.3", "ja", (2026, 11, 3)), ("3 Nov 2026", "en", (2026, 11, 3)),
        ("Nov 3, 2026", "en", (2026, 11, 3)), ("3rd of November 2026", "en", (2026, 11, 3)),
        ("2026-11-03", "en", (2026, 11, 3)), ("2026. 11. 3", "ko", (2026, 11, 3)),
        ("20261103", "ko", (2026, 11, 3)),
        ("11/3/2026", "en", (2026, 11, 3)), ("25/12/2026", "en", (2026, 12, 25)), ("11/3/26", "en", (2026, 11, 3)),
        ("26/11/3", "ko", (2026, 11, 3)), ("어제", "ko", (2026, 11, 22)), ("明日", "ja", (2026, 11, 24)),
        ("today", "en", (2026, 11, 23)),
    ],
)  # fmt: skip
def test_the_usual_forms_of_three_languages(text: str, locale: Locale, expected: tuple[int, int, int]) -> None:
    assert read_date(text, locale, TODAY, past_only=False) == date(*expected)


@pytest.mark.parametrize(
    ("text", "past", "coming"),
    [
        ("11/3", date(2026, 11, 3), date(2027, 11, 3)),
        ("12월 25일", date(2025, 12, 25), date(2026, 12, 25)),
        ("2월 29일", date(2024, 2, 29), date(2028, 2, 29)),
        ("900102", date(1990, 1, 2), date(2090, 1, 2)),
        ("it's on Nov 3rd", UNREADABLE, UNREADABLE),
        ("It's Nov 3rd", date(2026, 11, 3), date(2027, 11, 3)),
    ],
)
def test_the_missing_year_or_century_is_the_nearest_that_fits(
    text: str, past: date | str, coming: date | str
) -> None:
    assert read_date(text, "ko", TODAY, past_only=True) == past
    assert read_date(text, "ko", TODAY, past_only=False) == coming


def test_days_that_do_not_exist_differ_from_texts_that_are_no_dates() -> None:
    assert read_date("2026-02-30", "en", TODAY, past_only=False) == IMPOSSIBLE
    assert read_date("2월 31일", "ko", TODAY, past_only=False) == IMPOSSIBLE
    assert read_date("next week", "en", TODAY, past_only=False) == UNREADABLE
    assert read_date("3 foo 2026", "en", TODAY, past_only=False) == UNREADABLE
