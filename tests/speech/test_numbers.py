"""Numbers as each language counts them."""

import pytest

from warmline.speech import numbers


@pytest.mark.parametrize(
    ("number", "ko", "ja", "en"),
    [
        (0, "영", "ゼロ", "zero"),
        (1, "일", "いち", "one"),
        (14, "십사", "じゅうよん", "fourteen"),
        (21, "이십일", "にじゅういち", "twenty-one"),
        (100, "백", "ひゃく", "one hundred"),
        (300, "삼백", "さんびゃく", "three hundred"),
        (680, "육백팔십", "ろっぴゃくはちじゅう", "six hundred eighty"),
        (3_800, "삼천팔백", "さんぜんはっぴゃく", "three thousand eight hundred"),
        (10_000, "만", "いちまん", "ten thousand"),
        (12_500, "만 이천오백", "いちまんにせんごひゃく", "twelve thousand five hundred"),
        (100_000_000, "일억", "いちおく", "one hundred million"),
        (110_010_001, "일억 천일만 일", "いちおくせんいちまんいち",
         "one hundred ten million ten thousand one"),
    ],
)  # fmt: skip
def test_a_number_in_three_languages(number: int, ko: str, ja: str, en: str):
    assert (numbers.korean(number), numbers.japanese(number), numbers.english(number)) == (ko, ja, en)


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "한"), (3, "세"), (5, "다섯"), (11, "열한"), (20, "스무"), (21, "스물한"), (120, "백이십")],
)
def test_koreans_count_things_their_own_way_up_to_ninety_nine(number: int, said: str):
    assert numbers.korean_own(number) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "first"), (2, "second"), (3, "third"), (12, "twelfth"), (20, "twentieth"), (22, "twenty-second"),
     (30, "thirtieth"), (100, "one hundredth"), (9, "ninth"), (4, "fourth")],
)  # fmt: skip
def test_english_ordinals(number: int, said: str):
    assert numbers.english_ordinal(number) == said


@pytest.mark.parametrize(
    ("year", "said"),
    [(2026, "twenty twenty-six"), (1905, "nineteen oh five"), (1900, "nineteen hundred"), (2000, "two thousand"),
     (2009, "two thousand nine"), (850, "eight hundred fifty")],
)  # fmt: skip
def test_english_years(year: int, said: str):
    assert numbers.english_year(year) == said


def test_digits_one_by_one():
    assert numbers.korean_digits("0102") == "공일공이"
    assert numbers.japanese_digits("0120") == "ゼロイチニーゼロ"
    assert numbers.english_digits("007") == "zero zero seven"
