"""Can this be returned? Walked as customers do, on the help page and in chat, in three languages."""

from datetime import UTC, datetime
from importlib.resources import files

import pytest

from warmline.domain.journey.checker import check
from warmline.domain.journey.checker_static import World
from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.prompts import parse_catalogue
from warmline.domain.journey.simulate_run import Scene, Setting
from warmline.features.help.walk import Way, answer, fresh, view
from warmline.kernel.locale import LOCALES, Locale
from warmline_demo.content import library as demo
from warmline_demo.content.catalogue import HELP_PAGES

LIBRARY = {one.id: one for one in (*demo.JOURNEYS, *HELP_PAGES)}
TEXTS: dict[Locale, dict[str, str]] = {
    locale: {
        **parse_catalogue((files("warmline") / "prompts" / f"{locale}.toml").read_text(encoding="utf-8")),
        **demo.PROMPTS[locale],
    }
    for locale in LOCALES
}
SCENE = Scene(LIBRARY, PromptSource(TEXTS), Setting())
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
Answered = tuple[str, dict[str, str]]


def walked(locale: Locale, *answers: Answered) -> Way:
    way = fresh("w", "returns", 1, locale, {})
    for button, entries in answers:
        way, _ = answer(way, button, entries, SCENE, NOW, locale)
    return way


@pytest.mark.parametrize("page", [one.id for one in HELP_PAGES])
def test_every_path_of_a_help_page_ends_explained(page: str) -> None:
    proved = check(page, LIBRARY, World(frozenset(), frozenset(), demo.TASKS), TEXTS)
    assert proved.ok, "\n".join(proved.lines())
    assert proved.complete


@pytest.mark.parametrize(
    ("locale", "deadline"), [("ko", "2026년 12월 15일"), ("ja", "2026年12月15日"), ("en", "December 15, 2026")]
)
def test_who_tells_the_day_it_arrived_is_told_the_last_day_to_send_it_back(locale: Locale, deadline: str) -> None:
    way = walked(
        locale,
        ("home", {}),
        ("unwanted", {}),
        ("month", {}),
        ("next", {"opened": "no", "arrived_on": "2026-11-15"}),
    )
    there = view(way, SCENE, NOW, locale)
    assert there.over
    (kept,) = there.lists
    assert deadline in kept.title
    assert len(kept.texts) == 4
    assert len(way.answers) == 5


@pytest.mark.parametrize(
    ("locale", "deadline", "else_"),
    [
        ("ko", "2026년 9월 1일", "상담원"),
        ("ja", "2026年9月1日", "担当者"),
        ("en", "September 1, 2026", "a person"),
    ],
)
def test_who_names_a_day_long_past_is_sent_to_people_and_not_to_a_return_that_is_refused(
    locale: Locale, deadline: str, else_: str
) -> None:
    long_ago = {"opened": "no", "arrived_on": "2026-08-02"}
    way = walked(locale, ("home", {}), ("unwanted", {}), ("month", {}), ("next", long_ago))
    (kept,) = view(way, SCENE, NOW, locale).lists
    assert deadline in kept.texts[0]
    assert else_ in kept.texts[0]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ((("home", {}), ("unwanted", {}), ("month", {}), ("next", {"opened": "no"})), "own"),
        ((("electric", {}), ("unwanted", {}), ("month", {}), ("next", {"opened": "yes"})), "used"),
        ((("close", {}), ("unwanted", {}), ("month", {}), ("next", {"opened": "yes"})), "hygiene"),
        ((("close", {}), ("faulty", {}), ("money", {})), "money_back"),
        ((("custom", {}), ("wrong", {}), ("another", {})), "exchange"),
        ((("custom", {}), ("unwanted", {})), "custom_made"),
        ((("home", {}), ("unwanted", {}), ("coming", {})), "coming_told"),
        ((("electric", {}), ("unwanted", {}), ("longer", {})), "late"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_each_case_is_told_its_own_list_of_steps(answers: tuple[Answered, ...], told: str) -> None:
    there = view(walked("en", *answers), SCENE, NOW, "en")
    assert there.over
    assert [one.title for one in there.lists] == [TEXTS["en"][f"returns.{told}"]]
