"""Answers by telephone keys."""

import pytest

from warmline.domain.journey.document import (
    ChoiceInput,
    DateInput,
    DigitsInput,
    EmailInput,
    FileInput,
    Input,
    NumberInput,
    Option,
    OrderNumberInput,
    PhoneInput,
    TextInput,
)
from warmline.domain.journey.keys import Keys, keyed_number, keys_of, takes_zero

ORDER = OrderNumberInput(r"(?:ON-?)?\d{8}", "luhn", "ON-26113407")


@pytest.mark.parametrize(
    ("expect", "keys"),
    [
        (ChoiceInput(tuple(Option(str(n), "l") for n in range(9))), (1, 1)),
        (ChoiceInput(tuple(Option(str(n), "l") for n in range(10))), None),
        (DigitsInput(4, 12), (4, 12)),
        (NumberInput(), (1, 9)),
        (NumberInput(0, 120), (1, 3)),
        (NumberInput(-5, -1), None),
        (DateInput(), (8, 8)),
        (PhoneInput(), (8, 15)),
        (ORDER, (8, 8)),
        (OrderNumberInput("[A-Z]+", example="ABC"), None),
        (TextInput(), None),
        (EmailInput(), None),
        (FileInput(), None),
    ],
)
def test_every_question_knows_how_many_keys_answer_it(expect: Input, keys: Keys | None) -> None:
    assert keys_of(expect) == keys


def test_digits_alone_take_the_shape_of_the_shops_numbers() -> None:
    assert keyed_number("26113407", "ON-12345678") == "ON-26113407"
    assert keyed_number("2611340", "ON-12345678") is None
    assert keyed_number("ON-26113407", "ON-12345678") is None


@pytest.mark.parametrize(
    ("expect", "taken"),
    [
        (DigitsInput(1, 4), True),
        (DigitsInput(4, 8), False),
        (NumberInput(0, 9), True),
        (NumberInput(1, 9), False),
        (ChoiceInput((Option("a", "b"),)), False),
        (DateInput(), False),
    ],
)
def test_zero_asks_for_a_person_unless_it_is_an_answer(expect: Input, taken: bool) -> None:
    assert takes_zero(expect) is taken
