"""The checker speaks Korean, Japanese and English, about every kind of problem."""

import json
import re
from pathlib import Path
from string import Formatter

import pytest

from warmline.domain.journey.checker_words import SENTENCES, Cause, cause_of_fault, sentence
from warmline.domain.journey.checker_words_paths import REPORT, TALK
from warmline.kernel.locale import LOCALES, Locale

ROOT = Path(__file__).parents[3]
SCRIPT = {"ko": r"[가-힣]", "ja": r"[ぁ-んァ-ヶ]", "en": r"[A-Za-z]"}


def _names(*texts: str) -> set[str]:
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("kind", SENTENCES)
def test_every_problem_has_a_sentence_and_a_remedy_in_three_languages(kind: str):
    assert set(SENTENCES[kind]) == set(LOCALES)
    for locale in LOCALES:
        for part in SENTENCES[kind][locale]:
            assert re.search(SCRIPT[locale], part)
            assert part.endswith("。" if locale == "ja" else ".")
        assert _names(*SENTENCES[kind][locale]) == _names(*SENTENCES[kind]["en"])


@pytest.mark.parametrize("word", [*REPORT, *TALK])
def test_every_word_of_a_report_is_in_three_languages_with_the_same_details(word: str):
    texts = {**REPORT, **TALK}[word]
    assert set(texts) == set(LOCALES)
    assert len({frozenset(_names(text)) for text in texts.values()}) == 1


@pytest.mark.parametrize("locale", LOCALES)
def test_a_problem_is_told_with_its_details(locale: Locale):
    text, fix = sentence(Cause("skill_nobody_has", {"skill": "gold", "level": "4", "highest": "2"}), locale)
    assert all(detail in text for detail in ("`gold`", "4", "2"))
    assert "{" not in text + fix


@pytest.mark.parametrize(
    ("problem", "code", "about"),
    [
        ("variable_unset order.total", "variable_unset", "order.total"),
        ("prompt_missing a.b en", "prompt_missing", "a.b"),
        ("argument_missing m.x", "argument_missing", "`x`"),
        ("journey_unknown j", "journey_unknown", "j"),
        ("bug TypeError", "bug", "bug TypeError"),
        ("A single { stands alone; write {{ for a brace.", "cannot_go_on", "A single"),
    ],
)
def test_what_the_machine_says_becomes_a_problem(problem: str, code: str, about: str):
    cause = cause_of_fault(problem)
    assert cause.code == code
    assert any(about in detail for detail in cause.details.values())
    assert all(sentence(cause, locale)[0] for locale in LOCALES)


def test_every_problem_has_a_name_on_the_journeys_screen():
    named = json.loads((ROOT / "web/src/i18n/en/journeys.json").read_text())
    kinds = {kind.partition(".")[0] for kind in SENTENCES}
    assert {kind for kind in kinds if f"problem.{kind}" not in named} == set()


def test_a_remedy_calls_steps_and_languages_as_the_designer_does():
    dead = Cause("dead_step", {"place": "3", "step": "goto", "after": "end"})
    assert "이동" in sentence(dead, "ko")[0]
    assert "`終了`" in sentence(dead, "ja")[1]
    assert sentence(Cause("prompt_missing", {"prompt": "a.b", "locale": "ja"}), "ko")[0].startswith(
        "`a.b` 문구가 일본어로"
    )
    assert sentence(Cause("return_outside_module"), "en")[1] == "Use `End` or `Go to` here."
