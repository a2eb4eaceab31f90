"""What a call says itself, in every language."""

from warmline.channels.voice.words import OWN, platform_words, with_options, word
from warmline.features.contacts.settings_store import platform_prompts
from warmline.kernel.locale import LOCALES


def test_every_sentence_is_there_in_korean_japanese_and_english():
    assert all(set(texts) == set(LOCALES) and all(texts.values()) for texts in platform_words().values())
    assert word("voice.promised", "ko").startswith("전화번호")


def test_every_sentence_is_a_prompt_of_the_platform_that_a_company_finds_in_its_list():
    listed = platform_prompts()
    assert {(key, locale): listed[locale][key] for key in OWN for locale in LOCALES} == {
        (key, locale): word(key, locale) for key in OWN for locale in LOCALES
    }


def test_choices_are_said_behind_the_question_or_where_they_belong():
    assert with_options("Which?", ("one", "two"), "en") == "Which? For one, press 1. For two, press 2."
    assert with_options("Hello. {options} Please.", ("one",), "ja") == "Hello. oneは、1を押してください。 Please."
