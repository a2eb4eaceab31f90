"""What stands for a customer's words has their form, their validity, and nothing else of them."""

from datetime import date

import pytest

from warmline.domain.journey.document import (
    DateInput,
    DigitsInput,
    EmailInput,
    Input,
    OrderNumberInput,
    PhoneInput,
)
from warmline.domain.journey.inputs import Accepted, Ear, Reading, read_input
from warmline.domain.journey.likeness import DASHES, KEPT_OF_DATE, KEPT_OF_PHONE, Likeness

EAR = Ear("ko", date(2026, 11, 23), lambda key: key)
ORDER = OrderNumberInput(r"ON-\d{8}", "mod97", "ON-26113407")


def fake(text: str, expect: Input, keep: int = 0, fallback: str | None = None) -> tuple[str, Reading]:
    def reads(one: str) -> Reading:
        return read_input(expect, one, None, EAR)

    made = Likeness(7).of(text, reads, fallback, keep)
    return made, reads(made)


@pytest.mark.parametrize(
    ("text", "expect", "keep"),
    [
        ("010-9876-5432", PhoneInput("KR"), KEPT_OF_PHONE),
        ("０９０ー１２３４ー５６７８", PhoneInput("JP"), KEPT_OF_PHONE),
        ("Minsu.Park@shop.co.kr", EmailInput(), 0),
        ("1987-03-21", DateInput(past_only=True), KEPT_OF_DATE),
        ("4711 0815", DigitsInput(8, 8), 0),
    ],
)
def test_a_valid_answer_becomes_another_valid_one(text: str, expect: Input, keep: int):
    made, reading = fake(text, expect, keep)
    assert isinstance(reading, Accepted)
    assert made != text
    assert len(made) == len(text) or "@" in made
    letters = [(one, other) for one, other in zip(text, made, strict=False) if one.isalnum() and one not in DASHES]
    assert "@" in made or all(one != other for one, other in letters[keep:])
    assert reading != read_input(expect, text, None, EAR)


def test_an_order_number_keeps_its_form_and_its_check_digits():
    reads = [number for number in range(10_000_000, 10_000_300) if _checks(f"ON-{number}")]
    made, reading = fake(f"ON-{reads[0]}", ORDER, fallback=ORDER.example)
    assert isinstance(reading, Accepted) or made == ORDER.example
    assert made != f"ON-{reads[0]}"


def _checks(text: str) -> bool:
    return isinstance(read_input(ORDER, text, None, EAR), Accepted)


def test_what_was_refused_is_refused_again_and_the_same_words_have_the_same_fake():
    made, reading = fake("제 이름은 김민수예요", DigitsInput(4, 4))
    assert not isinstance(reading, Accepted)
    assert made != "제 이름은 김민수예요"
    assert not any(part in made for part in ("김민수", "이름"))
    one = Likeness(1)
    phone = PhoneInput("KR")
    twice = {one.of("010-9876-5432", lambda t: read_input(phone, t, None, EAR), None, 3) for _ in range(3)}
    assert len(twice) == 1
