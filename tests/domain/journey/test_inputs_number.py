"""Numbers as people write them."""

from decimal import Decimal

import pytest

from warmline.domain.journey.inputs_number import read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", "3"), ("-5", "-5"), ("1,234.5", "1234.5"), ("₩12,000", "12000"), ("3만 5천원", "35000"),
        ("1만2000", "12000"), ("2千円", "2000"), ("十万", "100000"), ("만원", "10000"), ("삼만", "30000"),
        ("십이만3400", "123400"), ("1.5k", "1500"), ("2 thousand", "2000"), ("3個", "3"), ("5 items", "5"),
        ("1억 2천만", "120000000"), ("삼십오", "35"), ("20%", "20"),
    ],
)  # fmt: skip
def test_korean_japanese_and_english_forms(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "many", "1,23", "3 4 5x", "12만만x", "오케이", "1 2"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_number(text) is None
