"""The demo's journeys are checked and tested: no path ends without a word, every script comes true."""

import re
from importlib.resources import files

import pytest

from warmline.domain.journey.checker import check
from warmline.domain.journey.checker_static import World
from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.prompts import find, parse_catalogue
from warmline.domain.journey.prompts_used import prompts_of
from warmline.domain.journey.simulate_run import JourneyTest, run_script, run_wanderers
from warmline.domain.journey.walk import steps_of
from warmline.kernel.locale import LOCALES
from warmline_demo.content import library as demo

LIBRARY = {journey.id: journey for journey in demo.JOURNEYS}
TEXTS = {
    locale: parse_catalogue(files("warmline").joinpath(f"prompts/{locale}.toml").read_text(encoding="utf-8"))
    | demo.PROMPTS[locale]
    for locale in LOCALES
}
WORLD = World(frozenset(demo.QUEUES), frozenset(demo.CALENDARS), demo.TASKS, demo.SKILLS)


def test_no_path_through_the_largest_journey_ends_without_an_explanation():
    report = check("front-desk", LIBRARY, WORLD, TEXTS)
    assert report.ok, report.lines()
    assert report.complete
    assert set(report.journeys) == set(LIBRARY) - {"after-contact", "phone"}


def test_no_caller_is_cut_off_without_an_explanation():
    report = check("phone", LIBRARY, WORLD, TEXTS)
    assert report.ok, report.lines()
    assert report.complete
    assert set(report.journeys) == set(LIBRARY) - {"after-contact"}


WRITTEN_ONLY = re.compile(
    r"적어|아래|붙여 넣|ご入力|下から|貼り付け|\btap\b|\bclick\b|\bbelow\b|\bpaste\b|\bwrite\b|chat is",
    re.IGNORECASE,
)


@pytest.mark.parametrize("locale", LOCALES)
def test_no_caller_is_told_to_tap_or_write(locale: str):
    said = {key for journey in LIBRARY.values() for step in steps_of(journey) for key in prompts_of(step)}
    written = {key: find(TEXTS[locale], key, "voice") or "" for key in said - {"after.comment"}}
    wrong = {key: text for key, text in written.items() if ".words." not in key and WRITTEN_ONLY.search(text)}
    assert not wrong


def test_the_survey_holds_together():
    report = check("after-contact", LIBRARY, WORLD, TEXTS)
    assert report.ok, report.lines()


@pytest.mark.parametrize("script", demo.TESTS, ids=lambda script: script.name)
def test_scripted_customer(script: JourneyTest):
    outcome, _ = run_script(script, LIBRARY, PromptSource(TEXTS))
    assert outcome.why is None or outcome.why == "", "\n".join(outcome.lines)


@pytest.mark.parametrize("journey", [j.id for j in demo.JOURNEYS if j.kind != "module"])
def test_random_customers_always_reach_an_explained_end(journey: str):
    tally = run_wanderers(journey, LIBRARY, PromptSource(TEXTS), demo.ANSWERS, 60, 7)
    assert tally.conversations == 60
    assert not tally.failures, tally.failures[0].lines
