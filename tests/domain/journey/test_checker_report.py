"""A refusal reads like a sentence, with the conversation that proves it."""

from warmline.domain.journey.checker_report import Problem, Report
from warmline.domain.journey.checker_words import Cause


def test_a_good_journey_says_how_much_was_covered():
    report = Report("refund", (), 120, 400, 60, ("refund", "identify"), complete=True)
    assert report.ok
    assert report.lines() == [
        "refund: every path ends explained (120 states, 400 steps, 60 ends over 2 journeys)."
    ]


def test_a_refused_journey_names_place_remedy_and_conversation():
    problem = Problem(Cause("fell_through"), "refund", "start", transcript=("Bot: Hello.",))
    lines = Report("refund", (problem,), 1, 2, 3, ("refund",), complete=True).lines()
    assert lines[0].startswith("refund: cannot be published, 1 problem(s)")
    assert lines[1:] == [
        "1. [fell_through] refund › start: The path ends here with nothing after it.",
        "   Finish with `End`, `Go to`, `Queue` or `Return`.",
        "   │ Bot: Hello.",
    ]


def test_what_is_worth_knowing_is_told_behind_and_refuses_nothing():
    warning = Problem(Cause("long_menu", {"name": "menu", "count": "6", "most": "5"}), "phone", "start")
    report = Report("phone", (), 1, 2, 3, ("phone",), complete=True, warnings=(warning,))
    assert report.ok
    assert report.lines()[1].startswith("[long_menu] phone › start: Worth knowing: `menu` has 6 options.")
