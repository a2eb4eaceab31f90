"""Simulated customers type what inputs accept, and what they refuse."""

from datetime import date

import pytest

from warmline.domain.journey.document import (
    ChoiceInput,
    DateInput,
    DigitsInput,
    EmailInput,
    Input,
    NumberInput,
    Option,
    OrderNumberInput,
    PhoneInput,
    TextInput,
)
from warmline.domain.journey.inputs import Ear, Rejected, read_input
from warmline.domain.journey.simulate_inputs import invalid_input, valid_inputs

EAR = Ear("en", date(2026, 11, 24), lambda key: key)
INPUTS: list[Input] = [
    ChoiceInput((Option("red", "l.red"), Option("blue", "l.blue"))),
    DigitsInput(4, 6),
    NumberInput(5, 10),
    NumberInput(),
    DateInput(past_only=True),
    PhoneInput("KR"),
    PhoneInput("JP"),
    PhoneInput("US"),
    EmailInput(),
    OrderNumberInput(r"ON-\d{8}", "luhn", example="ON-12345674"),
]


@pytest.mark.parametrize("expect", INPUTS, ids=lambda e: type(e).__name__)
def test_what_is_called_valid_is_accepted_and_what_is_called_invalid_refused(expect: Input):
    assert valid_inputs(expect)
    for text in valid_inputs(expect):
        assert not isinstance(read_input(expect, text, None, EAR), Rejected), text
    refused = invalid_input(expect)
    assert refused is not None
    assert isinstance(read_input(expect, refused, None, EAR), Rejected)


def test_free_text_accepts_anything():
    assert invalid_input(TextInput()) is None
    assert valid_inputs(OrderNumberInput("x")) == []
