"""Pages as they are written: everything escaped, headings in order, languages and labels for everybody."""

from datetime import date

import httpx
import pytest
from msgspec.structs import replace
from tests.features.help.conftest import read
from tests.features.help.test_walk import FACTS, NOW, begun, step

from warmline.domain.journey.interface import FormField, Reply
from warmline.features.help.page import (
    Entry,
    Shown,
    Site,
    describe,
    failed_page,
    help_page,
    index_page,
    kept_list,
    told_along,
)
from warmline.features.help.walk import Answer, Card, View, Way, fresh, view
from warmline.features.help.words import WORDS
from warmline.kernel.locale import LOCALES, Locale

HOSTILE = '"><script>alert(1)</script>&'
SITE = Site({"en": "Shop"}, "https://shop.example", "k", hosts=frozenset({"shop.example"}))


def seen(text: str):
    return read(httpx.Response(200, text=text))


def shown(way: Way) -> Shown:
    return Shown("returns", "Can I return this?", view(way, FACTS, NOW, "en"), way, "TOKEN", at_start=False)


def test_nothing_of_what_is_shown_can_become_markup() -> None:
    fields = (
        FormField(HOSTILE, HOSTILE, "text", True, (), HOSTILE, HOSTILE),
        FormField("c", HOSTILE, "choice", True, (Reply(HOSTILE, HOSTILE),), HOSTILE),
        FormField("m", HOSTILE, "choice", False, tuple(Reply(f"{n}{HOSTILE}", HOSTILE) for n in range(9)), ""),
        FormField("d", HOSTILE, "digits", True, (), HOSTILE),
    )
    card = Card(HOSTILE, (HOSTILE,), fields, (Reply(HOSTILE, HOSTILE),), HOSTILE)
    way = begun()
    both = View("en", (HOSTILE, Card(HOSTILE, (HOSTILE, HOSTILE))), card, False, way.session)
    told = Way("x", "returns", 1, way.session, answers=(Answer(HOSTILE, HOSTILE),), field=HOSTILE)
    site = Site({"en": HOSTILE}, "https://shop.example", HOSTILE, HOSTILE, phones=(({"en": HOSTILE}, HOSTILE),))
    for talk in (False, True):
        written = help_page(site, "en", Shown(HOSTILE, HOSTILE, both, told, HOSTILE, True, HOSTILE, "yes", talk))
        assert "<script>" not in written
        assert written.count("alert(1)") > 5
    assert "<script>" not in index_page(site, "en", [Entry("s", HOSTILE, HOSTILE)], words=HOSTILE)
    assert "<script>" not in failed_page(site, "en", HOSTILE, HOSTILE)


def test_only_the_companys_own_addresses_become_links() -> None:
    text = "See https://shop.example/sizes. Not https://shop.example.evil.example/ or http://evil.example/?https://shop.example"
    page = seen(
        help_page(
            SITE, "en", Shown("s", "T", View("en", (text,), None, True, begun().session), begun(), "T", True)
        )
    )
    assert [link for link in page.links if link.startswith("http") and "help" not in link] == [
        "https://shop.example/sizes"
    ]
    assert text in page.text.replace(" . ", ". ")


@pytest.mark.parametrize("text", ["Put it as https://[order].", "https://[", "http://a\u2100b.example/ is none"])
def test_what_only_looks_like_an_address_is_shown_as_it_was_written(text: str) -> None:
    view_of = View("en", (text,), None, True, begun().session)
    page = seen(help_page(SITE, "en", Shown("s", "T", view_of, begun(), "T", True)))
    assert text in page.text


def test_a_title_that_is_the_pages_own_is_not_said_twice_and_headings_are_in_order() -> None:
    way = step(begun(), "no")
    page = seen(help_page(SITE, "en", shown(way)))
    assert [level for level, _ in page.headings] == [1, 2]
    same = Shown("returns", "parcel (en)", view(way, FACTS, NOW, "en"), way, "TOKEN", at_start=False)
    assert [text for _, text in seen(help_page(SITE, "en", same)).headings] == ["parcel (en)"]


def test_inside_a_frame_the_addresses_stay_inside_and_the_whole_page_is_one_link_away() -> None:
    framed = Site(SITE.company, SITE.root, "k", "k", embed=True)
    page = seen(help_page(framed, "en", shown(begun())))
    assert page.links[1] == "/help/en/returns?key=k"
    assert str(page.form("/returns")["action"]) == "/help/en/returns?key=k&embed=1"
    assert page.heads["robots"] == "noindex"
    assert "canonical" not in page.heads


@pytest.mark.parametrize("locale", LOCALES)
def test_in_a_frame_on_a_site_without_a_chat_talking_to_us_leads_to_the_page_that_has_one(
    locale: Locale,
) -> None:
    wish = replace(shown(begun()), talk=True)
    framed = Site(SITE.company, SITE.root, "k", embed=True)
    page = seen(help_page(framed, locale, wish))
    assert f"/help/{locale}/returns?key=k&at=TOKEN&talk=1" in page.links
    assert WORDS[locale].talk_window in page.text
    alone = seen(help_page(SITE, locale, wish))
    assert WORDS[locale].talk_window not in alone.text, "here the chat opens by itself"
    assert not any("talk=1" in link for link in alone.links)


@pytest.mark.parametrize("locale", LOCALES)
def test_more_pages_than_fit_one_list_are_in_the_next_and_the_words_looked_for_stay(locale: Locale) -> None:
    site = Site(SITE.company, SITE.root, "k", "k")
    entries = [Entry("s", "Sizes", "")]
    first = seen(index_page(site, locale, entries, words="size", found=250, number=1, lists=3))
    assert first.links[-1] == f"/help/{locale}?key=k&q=size&page=2"
    assert "250" in first.text, "as many were found, not as many as are shown"
    middle = seen(index_page(site, locale, entries, number=2, lists=3))
    assert middle.links[-2:] == [f"/help/{locale}?key=k", f"/help/{locale}?key=k&page=3"]
    assert middle.heads["robots"] == "noindex"
    assert WORDS[locale].list_of.format(number=2, lists=3) in middle.text
    last = seen(index_page(site, locale, entries, number=3, lists=3))
    assert last.links[-1] == f"/help/{locale}?key=k&page=2"
    assert "rel=" not in index_page(site, locale, entries, found=1).split("<main")[1]


def test_who_begins_again_gives_along_what_the_form_gave() -> None:
    way = fresh("x", "sizes", 1, "en", {"order": "ON-1", "size": ""}, "Why?")
    again = Shown("sizes", "Sizes", view(way, FACTS, NOW, "en"), way, "TOKEN", at_start=False)
    assert seen(help_page(SITE, "en", again)).links[-1] == "/help/en/sizes?field=Why%3F&p.order=ON-1"


def test_the_chat_is_told_what_was_answered_where_and_never_more_than_it_takes() -> None:
    way = Way(
        "x",
        "returns",
        1,
        begun().session,
        answers=(Answer("Opened?", "No"), Answer("Note", "y" * 900)),
        field="Why",
    )
    told = told_along(shown(way))
    assert told["help_page"] == "Can I return this?"
    assert told["help_field"] == "Why"
    assert told["help_answers"].startswith("Opened?: No\nNote: yyy")
    assert max(len(value) for value in told.values()) == 500
    assert told_along(shown(begun())) == {"help_page": "Can I return this?"}


def test_what_is_kept_says_when_it_was_true_and_where_it_is_from() -> None:
    way = step(step(begun(), "no"), "next", kg="25")
    kept = kept_list(SITE, "en", shown(way), date(2026, 11, 22))
    assert "Shop · As of 2026-11-22." in kept
    assert "1. pack (en)\n2. send (en)" in kept
    assert kept.rstrip().endswith("https://shop.example/help/en/returns")


def test_a_description_is_the_first_thing_said_and_fits_a_list_of_results() -> None:
    assert describe(view(begun(), FACTS, NOW, "en")) == "intro (en)"
    long = View("en", ("", "word " * 100), None, True, begun().session)
    assert len(describe(long)) <= 160
    assert describe(long).endswith("…")
    assert describe(View("en", (), None, True, begun().session)) == ""
