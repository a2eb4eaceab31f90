"""A failed case reads like the conversation it was, in the language of whoever reads it."""

import pytest

from warmline.domain.journey.case import Failure, Verdict
from warmline.domain.journey.case_words import WHY, report, told, why
from warmline.domain.journey.rehearsal import Line
from warmline.kernel.locale import LOCALES, Locale

LINES = (
    Line("bot", "spoken", 0, "Which?", "j.ask", options=("Orders", "Other")),
    Line("customer", "tapped", 2, "Orders", "orders"),
    Line("aside", "task", 2.2, "failed", "orders.find"),
    Line("aside", "time", 180, name="journey.input"),
    Line("aside", "time", 180, name="journey.wait"),
    Line("customer", "language", 181, name="ko"),
    Line("aside", "queue", 182, name="orders"),
    Line("aside", "unqueued", 183, name="orders"),
    Line("aside", "voicemail", 184, "recorded"),
    Line("aside", "callback", 185, name="orders"),
    Line("aside", "problem", 186, "fell_through"),
    Line("customer", "left", 187),
    Line("aside", "person", 188),
    Line("customer", "said", 189, "hm"),
    Line("aside", "ended", 190, name="contained"),
)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_line_of_a_conversation_can_be_read(locale: Locale):
    lines = list(told(LINES, locale))
    assert len(lines) == len(LINES)
    assert "Which? [Orders] [Other]" in lines[0]
    assert not any("{" in line for line in lines)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_reason_has_its_sentence(locale: Locale):
    kinds = ("fault", "ended", "not_said", "said", "variable", "not_visited")
    sentences = {why(Failure(kind, "a", "b"), locale) for kind in kinds}
    assert len(sentences) == 6
    assert why(Failure("ended", "person"), locale) == WHY["not_ended"][locale].format(wanted="person")


def test_a_report_names_the_case_and_one_that_passed_needs_none():
    failed = Verdict("a lost order", Failure("ended", "person", "left"), LINES, frozenset(), 190)
    assert report(failed, "en")[0] == "✗ a lost order: it ended with `left`, not with `person`"
    assert len(report(failed, "en")) == len(LINES) + 1
    assert report(Verdict("fine", None, LINES, frozenset(), 190), "en") == []
