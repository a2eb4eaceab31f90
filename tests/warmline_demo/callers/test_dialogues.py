"""What is said on the telephone is there in three languages, in turns, and can be read aloud."""

import re

import pytest

from warmline.speech.readings_ja import kana
from warmline.speech.wording import spoken
from warmline_demo.callers.dialogues import (
    ANY_MATTER,
    DIALOGUES,
    GREETING,
    LOCALES,
    Locale,
    dialogue_of,
    every_line,
)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_matter_is_talked_about_in_every_language(locale: Locale):
    assert [one.topic for one in DIALOGUES[locale]] == [one.topic for one in DIALOGUES["en"]]
    assert "{name}" in GREETING[locale]
    assert len(ANY_MATTER[locale]) == 3


def test_the_customer_has_the_last_word_before_the_goodbye():
    for locale in LOCALES:
        for one in DIALOGUES[locale]:
            assert len(one.customer) == len(one.colleague) + 1


def test_a_small_japanese_voice_can_read_everything():
    for text, locale in every_line():
        if locale == "ja":
            assert not re.search(r"[一-鿿]", kana(spoken(text, "ja")))


def test_every_line_is_there_once_for_its_language():
    lines = every_line()
    assert len(set(lines)) == len(lines)
    assert (dialogue_of("ko", "gift").customer[0], "ko") in lines
