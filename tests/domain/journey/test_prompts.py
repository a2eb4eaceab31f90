"""Prompt templates and catalogues, and the platform's own texts."""

from importlib.resources import files
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from warmline.domain.journey.faults import BadTemplate, MissingVariable
from warmline.domain.journey.prompts import (
    compile_template,
    find,
    fixed_text,
    parse_catalogue,
    placeholders,
    render,
)
from warmline.domain.journey.values import read
from warmline.kernel.locale import LOCALES, Locale

VARIABLES: dict[str, object] = {
    "order": {"total": 12000, "currency": "JPY", "eta": "2026-11-03", "note": None},
    "name": "미나",
    "wait": 170,
}


def fill(template: str, locale: str = "ko") -> str:
    return render(template, lambda path: read(VARIABLES, path), cast(Locale, locale), ZoneInfo("Asia/Seoul"))


@pytest.mark.parametrize(
    ("template", "locale", "text"),
    [
        ("{name}님", "ko", "미나님"),
        ("{order.total:money:KRW|이/가} 결제됐어요", "ko", "12,000원이 결제됐어요"),
        ("{order.total:money:order.currency}", "ja", "12,000円"),
        ("{order.eta:date}", "en", "November 3, 2026"),
        ("about {wait:duration}", "en", "about 3 minutes"),
        ("{{not}} a variable", "en", "{not} a variable"),
        ("plain", "en", "plain"),
    ],
)
def test_variables_are_written_as_the_language_writes_them(template: str, locale: str, text: str) -> None:
    assert fill(template, locale) == text


@pytest.mark.parametrize("template", ["{missing}", "{order.note}", "{order.total:money:order.nothing}"])
def test_a_missing_value_is_an_error_never_a_gap_in_the_sentence(template: str) -> None:
    with pytest.raises(MissingVariable):
        fill(template)


@pytest.mark.parametrize(
    "template", ["{", "a } b", "{}", "{9x}", "{n:shout}", "{n:money}", "{n|이}", "{a{b}}", "{d:date:x}"]
)
def test_a_template_that_cannot_be_read_is_refused(template: str) -> None:
    with pytest.raises(BadTemplate):
        compile_template(template)


def test_a_template_names_the_variables_it_reads() -> None:
    assert placeholders("{a.b:money:order.currency} {c|을/를} {d:money:KRW}") == {
        "a.b",
        "order.currency",
        "c",
        "d",
    }


def test_a_catalogue_is_flat_and_its_faults_name_the_key() -> None:
    assert parse_catalogue('[queue]\nenter = "hi {n}"\n"enter@spoken" = "hello"') == {
        "queue.enter": "hi {n}",
        "queue.enter@spoken": "hello",
    }
    with pytest.raises(ValueError, match=r"Prompt a\.b must be a text"):
        parse_catalogue("[a]\nb = 1")
    with pytest.raises(ValueError, match="Prompt a: "):
        parse_catalogue('a = "{"')


def test_voices_say_the_spoken_text_and_fall_back_to_the_written_one() -> None:
    texts = {"a": "written", "a@spoken": "spoken", "b": "written only"}
    assert find(texts, "a", "webchat") == "written"
    assert find(texts, "a", "voice") == "spoken"
    assert find(texts, "b", "voice") == "written only"
    assert find(texts, "c", "voice") is None


def test_the_platform_says_the_same_things_with_the_same_variables_in_three_languages() -> None:
    platform = {
        locale: parse_catalogue((files("warmline") / "prompts" / f"{locale}.toml").read_text(encoding="utf-8"))
        for locale in LOCALES
    }
    assert platform["ko"].keys() == platform["ja"].keys() == platform["en"].keys()
    for key, text in platform["en"].items():
        assert text.strip(), key
        for locale in ("ko", "ja"):
            assert placeholders(platform[locale][key]) == placeholders(text), f"{key} in {locale}"


def test_a_text_in_which_nothing_is_filled_in_is_always_the_same():
    assert fixed_text("Welcome {{dear}} guest") == "Welcome {dear} guest"
    assert fixed_text("") == ""
    assert fixed_text("Hello {name}") is None
    with pytest.raises(BadTemplate):
        fixed_text("Hello {")
