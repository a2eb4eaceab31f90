"""What a call says itself, in every language."""

from warmline.channels.voice.words import WORDS, with_options, word
from warmline.kernel.locale import LOCALES


def test_every_sentence_is_there_in_korean_japanese_and_english():
    assert all(set(texts) == set(LOCALES) and all(texts.values()) for texts in WORDS.values())
    assert word("voice.promised", "ko").startswith("전화번호")


def test_choices_are_said_behind_the_question_or_where_they_belong():
    assert with_options("Which?", ("one", "two"), "en") == "Which? For one, press 1. For two, press 2."
    assert with_options("Hello. {options} Please.", ("one",), "ja") == "Hello. oneは、1を押してください。 Please."
