"""Which runs of digits are telephone numbers, which are codes, which are amounts."""

import re

import pytest

from warmline.speech.codes import after, codes, grouped, is_phone, masked, phones

NEVER = re.compile(r"(?!)")


def say(digits: str) -> str:
    return "<" + "".join("abcdefghij"[int(digit)] for digit in digits) + ">"


@pytest.mark.parametrize(
    ("digits", "groups"),
    [("4821", ["4821"]), ("48213", ["48213"]), ("482913", ["482", "913"]), ("26113407", ["2611", "3407"])],
)
def test_an_ear_holds_three_or_four_digits(digits: str, groups: list[str]):
    assert grouped(digits) == groups


@pytest.mark.parametrize(
    ("written", "phone"),
    [("010-1234-5678", True), ("+82 10 1234 5678", True), ("1588-0000", True), ("650-253-0000", True),
     ("2026-10-01", False), ("10-15", False), ("1234-5678", False)],
)  # fmt: skip
def test_a_telephone_number_is_told_from_a_range_or_a_date(written: str, phone: bool):
    assert is_phone(written) is phone
    assert ("<" in phones(written, say, " ", "+")) is phone


def test_an_order_number_is_read_sign_by_sign_and_an_amount_is_not():
    won = re.compile("원")
    assert codes("AB-12345", say, str.lower, " ", NEVER) == "ab <bcdef>"
    assert codes("12500원", say, str, " ", won) == "12500원"
    assert codes("12500", say, str, " ", won) == "<bcfaa>"
    assert codes("iPhone 15 and mp3", say, str, " ", NEVER) == "iPhone 15 and mp3"


def test_a_number_after_the_word_code_is_read_digit_by_digit():
    assert after("code", "your code is 4821, 12 left", say, " ") == "your code is <eicb>, 12 left"


def test_the_last_digits_of_a_masked_card_are_named_as_such():
    assert masked("card **** **** 1234", "ending in ", say) == "card ending in <bcde>"
