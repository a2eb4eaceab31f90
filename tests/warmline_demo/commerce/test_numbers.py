"""Order numbers survive how people write them, and catch one wrong digit."""

import pytest

from warmline_demo.commerce.numbers import (
    is_card_number,
    is_document_number,
    is_good_pin,
    luhn_digit,
    normal_order_number,
    order_number,
)


def test_the_check_digit_is_the_published_one():
    assert luhn_digit("7992739871") == "3"  # the example number used in descriptions of the algorithm


@pytest.mark.parametrize(
    "written", ["ON-26113407", "on26113407", "26113407", "ＯＮ－２６１１３４０７", "#ON-2611 3407"]
)
def test_a_customer_may_write_the_number_in_many_ways(written: str):
    assert normal_order_number(written) == "ON-26113407"


@pytest.mark.parametrize("wrong", ["ON-26113408", "ON-2611340", "call 26113407", "", "ON-"])
def test_a_typing_mistake_is_not_an_order_number(wrong: str):
    assert normal_order_number(wrong) is None


def test_every_single_wrong_digit_is_noticed():
    number = order_number("2611340")
    for place in range(3, len(number)):
        for digit in "0123456789":
            changed = number[:place] + digit + number[place + 1 :]
            assert changed == number or normal_order_number(changed) is None


@pytest.mark.parametrize(
    ("keyed", "right"),
    [("4111111111111111", True), ("4111111111111112", False), ("42", False), ("", False), ("４１" * 8, False)],
)  # fmt: skip
def test_a_card_number_has_the_length_and_the_check_digit_of_one(keyed: str, right: bool):
    assert is_card_number(keyed) is right


@pytest.mark.parametrize(
    ("keyed", "good"),
    [("4821", True), ("90517264", True), ("1111", False), ("1234", False), ("8765", False), ("123", False),
     ("123456789", False), ("12a4", False), ("", False)],
)  # fmt: skip
def test_a_pin_is_four_to_eight_digits_that_nobody_guesses_first(keyed: str, good: bool):
    assert is_good_pin(keyed) is good


@pytest.mark.parametrize(
    ("keyed", "right"), [("7", True), ("0" * 24, True), ("0" * 25, False), ("", False), ("1-2", False)]
)
def test_the_number_of_a_document_is_any_row_of_digits_that_fits_one(keyed: str, right: bool):
    assert is_document_number(keyed) is right
