"""Typed text in one form."""

import pytest

from warmline.domain.journey.textform import contains, core, folded, hyphens, normal, words


def test_full_width_letters_and_odd_spaces_become_plain() -> None:
    assert normal("  ＯＮ－１２３\u3000 ４ ") == "ON-123 4"
    assert folded("「Yes!」") == "yes"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("3월 2일이에요.", "3월 2일"),
        ("5番です。", "5番"),
        ("네요", "네"),
        ("12345입니다", "12345"),
        ("です", "です"),
    ],
)
def test_polite_endings_are_not_part_of_the_answer(text: str, meant: str) -> None:
    assert core(text) == meant


def test_every_dash_is_a_hyphen() -> None:
    assert hyphens("090‐1234—5678ー9") == "090-1234-5678-9"


def test_word_lists_hold_folded_words() -> None:
    assert words("주문, 注文、Order ,") == ("주문", "注文", "order")


def test_latin_words_count_whole_and_others_anywhere() -> None:
    assert contains("talk to an agent please", "agent")
    assert not contains("reagents", "agent")
    assert contains("상담원 연결해주세요", "상담원연결")
    assert not contains("네덜란드", "네")
