"""Reading what customers type."""

from datetime import date

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
from warmline.domain.journey.faults import Fault
from warmline.domain.journey.inputs import (
    Accepted,
    Ear,
    Rejected,
    kind_of,
    luhn_valid,
    mod97_valid,
    read_input,
)
from warmline.kernel.locale import Locale

ORDER = OrderNumberInput(r"ON-\d{8}", "luhn")


def read(expect: Input, text: str, locale: Locale = "en", value: str | None = None) -> object:
    reading = read_input(expect, text, value, Ear(locale, date(2026, 11, 23), str))
    return reading.value if isinstance(reading, Accepted) else reading


@pytest.mark.parametrize(
    ("expect", "text", "locale", "stored"),
    [
        (TextInput(), "  hello ", "en", "hello"),
        (DigitsInput(4, 8), "１２ ３４-５６", "ja", "123456"),
        (DigitsInput(4, 8), "1234이에요", "ko", "1234"),
        (NumberInput(), "3만 5천원", "ko", 35000),
        (NumberInput(), "1.5", "en", 1.5),
        (DateInput(), "令和8年11月3日です", "ja", "2026-11-03"),
        (PhoneInput("KR"), "010-1234-5678입니다", "ko", "+821012345678"),
        (PhoneInput("KR"), "０９０ー１２３４ー５６７８", "ja", "+819012345678"),  # Japanese form, Korean default
        (PhoneInput("KR"), "+1 212 555 0142", "en", "+12125550142"),
        (EmailInput(), "메일은 Mina.Kim@Example.COM 입니다", "ko", "Mina.Kim@example.com"),
        (ORDER, "주문번호는 on-12345674 이에요", "ko", "ON-12345674"),
        (ORDER, "ＯＮ－１２３４ ５６７４", "ja", "ON-12345674"),
        (ChoiceInput((Option("a", "Orders"),)), "orders", "en", "a"),
    ],
)
def test_valid_input_is_stored_in_one_form(expect: Input, text: str, locale: Locale, stored: object) -> None:
    assert read(expect, text, locale) == stored


@pytest.mark.parametrize(
    ("expect", "text", "problem"),
    [
        (TextInput(5), "too long for it", "too_long"),
        (TextInput(), "   ", ""),
        (DigitsInput(4, 8), "123", "too_short"),
        (DigitsInput(4, 8), "123456789", "too_long"),
        (DigitsInput(), "12a", ""),
        (NumberInput(minimum=1), "0", "too_small"),
        (NumberInput(maximum=5), "6", "too_large"),
        (NumberInput(), "some", ""),
        (DateInput(past_only=True), "2030-01-01", "date_in_future"),
        (DateInput(), "2026-02-30", "date_impossible"),
        (DateInput(), "soon", ""),
        (PhoneInput("KR"), "12", ""),
        (PhoneInput("KR"), "call me", ""),
        (PhoneInput("KR"), "060-700-1234", "phone_costly"),
        (PhoneInput("KR"), "+881612345678", "phone_costly"),
        (PhoneInput("JP"), "0570-012-345", "phone_costly"),
        (PhoneInput("US"), "+1 900 555 1234", "phone_costly"),
        (PhoneInput("KR"), "119", "phone_emergency"),
        (PhoneInput("KR"), "+82 119", "phone_emergency"),
        (EmailInput(), "a@b", ""),
        (EmailInput(), "a@b.co or c@d.co", ""),
        (ORDER, "ON-12345675", "checksum"),
        (ORDER, "12345674", ""),
        (TextInput(9999), "x" * 4001, "too_long"),
        (ChoiceInput((Option("a", "Orders"),)), "what?", ""),
        (FileInput(), "photo.jpg", ""),
    ],
)
def test_input_that_does_not_fit_says_why_where_a_reason_helps(expect: Input, text: str, problem: str) -> None:
    assert read(expect, text) == Rejected(problem)


def test_checksums_catch_one_wrong_digit() -> None:
    assert luhn_valid("4539 1488 0343 6467")
    assert not luhn_valid("4539 1488 0343 6468")
    assert not luhn_valid("none")
    assert mod97_valid("3214282912345698765432161182")
    assert mod97_valid("794") == (794 % 97 == 1)
    assert not mod97_valid("795")


def test_kinds_are_named_for_the_widget() -> None:
    assert kind_of(ORDER) == "order_number"
    assert kind_of(DigitsInput()) == "digits"


@pytest.mark.parametrize("pattern", [r"(\d|\d\d)*X", r"(a+)+b", r"(\d+)*-", r"(?=\d)\d+", "ON-("])
def test_a_pattern_from_before_the_rule_is_not_run_on_what_a_customer_types(pattern: str):
    with pytest.raises(Fault, match="pattern_"):
        read_input(OrderNumberInput(pattern), "1" * 60, None, Ear("en", date(2026, 11, 23), str))


def test_a_quick_pattern_reads_the_longest_text_at_once():
    assert read(OrderNumberInput(r"(?:ON-?)?\d{8}"), "1" * 4000) == Rejected()
