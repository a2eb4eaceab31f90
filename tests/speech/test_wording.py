"""What an eye reads and an ear cannot: marks, faces, links and addresses."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import warmline
from warmline.kernel.locale import LOCALES, Locale
from warmline.speech.wording import spoken


@pytest.mark.parametrize(
    ("locale", "written", "said"),
    [
        ("en", "**Important** _now_ `code`", "Important now code"),
        ("en", "## Returns\n- one\n- two 🙂", "Returns. one. two"),
        ("en", "See [our page](https://onda.example/returns?x=1).", "See our page."),
        ("en", "See https://onda.example/returns.", "See onda dot example slash returns."),
        ("en", "See https://www.onda.example:8443/a/7f3?token=abc now", "See onda dot example now"),
        ("en", "Mail help_2@onda.example", "Mail help underscore two at onda dot example"),
        ("en", "Thanks!! 👍🏽👨‍👩‍👧 :) ", "Thanks!!"),
        ("en", "<b>Bold</b> and <br/> break", "Bold and break"),
        ("en", "| a | b |\n|---|---|\n| c | d |", "a, b, c, d,"),
        ("en", "Full width: １２ items", "Full width: twelve items"),
        ("en", "[[p_h]] is not a phoneme", "p h is not a phoneme"),
        ("ko", "**중요** 😀 확인해 주세요 ㅎㅎ", "중요 확인해 주세요"),
        ("ko", "help@onda.example로 보내 주세요", "help 골뱅이 onda 점 example로 보내 주세요"),
        ("ko", "- 하나\n- 둘", "하나. 둘"),
        ("ja", "**重要**😀 https://onda.example/a をご覧ください。", "重要 onda ドット example をご覧ください。"),
        ("ja", "- 一つ\n- 二つ", "一つ。二つ"),
        ("ja", "お待ちください（笑）", "お待ちください(笑)"),
        ("en", "😀", ""),
        ("ko", " \n\t ", ""),
        ("ja", "…", ""),
    ],
)  # fmt: skip
def test_only_what_can_be_said_is_said(locale: Locale, written: str, said: str):
    assert spoken(written, locale) == said


def texts(tree: dict[str, object]) -> list[str]:
    return [t for v in tree.values() for t in (texts(v) if isinstance(v, dict) else [str(v)])]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_platform_prompt_can_be_said_and_keeps_no_sign_that_a_voice_would_spell(locale: Locale):
    prompts = Path(warmline.__file__).parent / "prompts" / f"{locale}.toml"
    for text in texts(tomllib.loads(prompts.read_text())):
        said = spoken(text.replace("{", "").replace("}", ""), locale)
        assert said, text
        assert not set(said) & set("*#_`[]<>{}|~\n"), said


@given(st.text(max_size=200), st.sampled_from(LOCALES))
def test_whatever_a_customer_typed_is_said_in_one_clean_line(text: str, locale: Locale):
    said = spoken(text, locale)
    assert "\n" not in said
    assert "[[" not in said
    assert all(ord(character) >= 32 for character in said)


@given(
    st.integers(0, 10**18),
    st.sampled_from(["", "원", "-", ".5", "円", "%", ":30", "일 (월)", ","]),
    st.sampled_from(LOCALES),
)
def test_no_number_is_too_odd_to_be_said(number: int, tail: str, locale: Locale):
    said = spoken(f"{number}{tail}", locale)
    assert said
    assert locale == "ja" or not any(character.isdigit() for character in said)


def test_a_very_long_text_is_cut_and_done_quickly():
    assert 0 < len(spoken("1-" * 50_000, "en")) < 100_000
