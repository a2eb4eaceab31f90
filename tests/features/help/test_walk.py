"""A way through a help page: what it shows, and that showing it again changes nothing."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.features.help.conftest import RETURNS, SHORT, WEIGHT, WORDS

from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.simulate_run import Scene, Setting
from warmline.features.contacts.settings_store import platform_prompts
from warmline.features.help.walk import Answer, Way, answer, fresh, view
from warmline.kernel.locale import LOCALES, Locale

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TEXTS: dict[Locale, dict[str, str]] = {
    locale: {
        **platform_prompts()[locale],
        **{f"h.{word}": f"{word} ({locale})" for word in WORDS},
        "h.order": "Order {order}.",
    }
    for locale in LOCALES
}
FACTS = Scene({one.id: one for one in (RETURNS, WEIGHT, SHORT)}, PromptSource(TEXTS), Setting())


def begun(slug: str = "returns", **given_along: str) -> Way:
    return fresh("0" * 16, slug, 1, "en", given_along)


def step(way: Way, button: str | None, **entries: str) -> Way:
    return answer(way, button, entries, FACTS, NOW, "en")[0]


def test_the_answers_are_told_with_their_labels_as_they_were_shown() -> None:
    way = step(step(begun(), "yes"), "go", why="broken", since="2026-11-20")
    assert way.answers == (
        Answer("opened (en)", "yes (en)"),
        Answer("why (en)", "broken (en)"),
        Answer("since (en)", "2026-11-20"),
        Answer("why (en)", "go (en)"),
    )
    assert view(way, FACTS, NOW, "en").over


def test_an_answer_that_does_not_fit_leaves_the_way_where_it_was_and_says_why() -> None:
    way = step(begun(), "yes")
    same, there = answer(way, "go", {"why": "nonsense"}, FACTS, NOW, "en")
    assert same == way
    assert there.card is not None
    assert (there.card.title, bool(there.card.problem), bool(there.card.fields[0].problem)) == (
        "why (en)",
        True,
        True,
    )
    nothing, _ = answer(way, None, {}, FACTS, NOW, "en")
    assert nothing == way


def test_who_answers_a_page_that_is_over_stays_at_its_end() -> None:
    way = begun("sizes", order="ON-1")
    assert view(way, FACTS, NOW, "en").over
    assert step(way, "next") == way


def test_a_list_without_buttons_is_read_on_the_way() -> None:
    seen = view(begun("sizes", order="ON-1"), FACTS, NOW, "ja")
    assert [(one.title, one.texts) for one in seen.lists] == [("table (ja)", ("row (ja)", "Order ON-1."))]
    assert seen.pieces[-1] == "done (ja)"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_place_can_be_read_in_every_language(locale: Locale) -> None:
    way = step(begun(), "no")
    there = view(way, FACTS, NOW, locale)
    assert there.card is not None
    assert there.card.title == f"parcel ({locale})"


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["yes", "no", "go", "again", "next", None, "?"]),
            st.dictionaries(
                st.sampled_from(["why", "since", "kg", "note", "x"]), st.text(max_size=12), max_size=4
            ),
        ),
        max_size=8,
    )
)
def test_whatever_is_sent_in_whatever_order_the_page_shows_something_and_the_same_again(
    sent: list[tuple[str | None, dict[str, str]]],
) -> None:
    way = begun()
    for button, entries in sent:
        way, there = answer(way, button, entries, FACTS, NOW, "en")
        assert there.problems == ()
        assert there.card is not None or there.over
        assert view(way, FACTS, NOW, "en") == view(way, FACTS, NOW, "en")
