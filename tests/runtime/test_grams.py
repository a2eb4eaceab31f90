"""Korean and Japanese words of two syllables are found."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from warmline.runtime.grams import fold, index_bigrams, query_bigrams


def test_half_width_katakana_and_hiragana_are_one_word() -> None:
    assert fold("ｷｬﾝｾﾙ") == fold("キャンセル") == fold("きゃんせる")


def test_decomposed_hangul_from_a_mac_is_composed_first() -> None:
    assert query_bigrams(unicodedata.normalize("NFD", "환불")) == {"환불"}


def test_text_with_a_space_is_found_without_it_and_the_other_way_round() -> None:
    assert query_bigrams("환불요청") <= index_bigrams("환불 요청")
    assert query_bigrams("환불 요청") <= index_bigrams("환불요청")


def test_a_single_letter_standing_alone_is_kept() -> None:
    assert query_bigrams("A 4") == {"a", "4"}


@given(st.text(max_size=40))
def test_every_word_of_a_text_finds_the_text(text: str) -> None:
    for word in text.split():
        assert {g for g in query_bigrams(word) if len(g) == 2} <= index_bigrams(text)
