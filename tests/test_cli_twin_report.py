import pytest
from msgspec.structs import replace
from tests.features.twin.conftest import busy_day, tiny

from warmline.cli_twin_report import columns_of, report_lines, value
from warmline.cli_twin_texts import LEFT_OUT, TEXTS
from warmline.features.twin.changes import Changes
from warmline.features.twin.request import AnyQuestion, Replay, Staff, WhatIf, Work, carry_out
from warmline.features.twin.running import never_stop
from warmline.kernel.locale import LOCALES, Locale

DATE = tiny().date
QUESTIONS: list[AnyQuestion] = [
    Replay(DATE, 2), WhatIf(DATE, 2, changes=Changes(agents=1)), Staff(DATE, 2),
]  # fmt: skip


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: type(one).__name__)
def test_every_report_can_be_read_in_every_language(question: AnyQuestion, locale: Locale):
    report = carry_out(Work(question, busy_day()), never_stop)
    assert report is not None
    short, long = (report_lines(report, locale, half_hours=wide) for wide in (False, True))
    assert "2026-11-02" in short[0]
    assert len(long) >= len(short)
    assert not any("{" in line for line in long)


def test_a_tiny_day_reads_as_it_was_counted():
    report = carry_out(Work(Replay(DATE, 2, exact=True), tiny()), never_stop)
    assert report is not None
    lines = report_lines(report, "en", half_hours=False)
    (level,) = [line for line in lines[:10] if line.startswith("Service level")]
    assert level.split()[2:6] == ["50.0", "%", "50.0", "%"]
    assert "The twin agrees with the real day: all 5 figures of the day lie within chance." in lines


def test_every_language_has_every_text():
    assert all(TEXTS[locale].keys() == TEXTS["en"].keys() for locale in LOCALES)
    assert all(LEFT_OUT[locale].keys() == LEFT_OUT["en"].keys() for locale in LOCALES)


def test_figures_read_as_people_write_them():
    assert [value("service_level", 0.834), value("wait_p90_s", 61.27), value("came", 1_200.0)] == [
        "83.4 %", "61.3 s", "1,200",
    ]  # fmt: skip
    assert value("abandonment", None) == "–"


def test_korean_and_japanese_columns_line_up():
    first, second = columns_of([("지표", "1"), ("ab", "22")])
    assert (first, second) == ("지표    1", "ab     22")


@pytest.mark.parametrize("locale", LOCALES)
def test_a_patience_that_is_assumed_is_named_with_its_queue(locale: Locale):
    day = replace(tiny(), stays=tuple(stay for stay in tiny().stays if stay.ending == "answered"))
    for question in QUESTIONS:
        report = carry_out(Work(question, day), never_stop)
        assert report is not None
        assert any("help 240.0 s" in line for line in report_lines(report, locale, half_hours=False))
