"""Which rows of digits are cards and identity numbers."""

import pytest

from warmline.features.security.redact_numbers import is_card_number, is_my_number


@pytest.mark.parametrize("number", ["4111111111111111", "5555555555554444", "378282246310005", "3530111333300000"])
def test_a_card_of_every_brand_is_known(number: str):
    assert is_card_number(number)


@pytest.mark.parametrize("number", ["4111111111111112", "0000000000000000", "411111111111", "1" * 20])
def test_other_rows_of_digits_are_no_cards(number: str):
    assert not is_card_number(number)


def test_a_japanese_individual_number_is_known_by_its_check_digit():
    right = [last for last in "0123456789" if is_my_number("12345678901" + last)]
    assert right == ["8"]
    assert not is_my_number("1234567890")
