"""Which option a customer means."""

import pytest

from warmline.domain.journey.document import Option
from warmline.domain.journey.inputs_choice import choose, choose_exactly

TEXTS = {
    "l.orders": "주문 조회", "l.refund": "환불", "l.hours": "Store hours",
    "w.orders": "주문, 배송, order, 注文", "w.refund": "환불, 반품, refund, 返金",
}  # fmt: skip
OPTIONS = (
    Option("orders", "l.orders", words="w.orders"),
    Option("refund", "l.refund", words="w.refund"),
    Option("hours", "l.hours"),
)


def chosen(text: str, value: str | None = None) -> str | None:
    option = choose(OPTIONS, text, value, TEXTS.__getitem__)
    return option.value if option else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("주문 조회", "orders"), ("２", "refund"), ("2번이요", "refund"), ("②", "refund"), ("두 번째", "refund"),
        ("3番", "hours"), ("The first", "orders"), ("store HOURS!", "hours"), ("배송이 어떻게 되나요?", "orders"),
        ("返金をお願いします", "refund"), ("I'd like a refund, please", "refund"), ("4", None), ("hello", None),
        ("", None), ("환불이요", "refund"), ("어제 시킨 거 반품하고 싶어요", "refund"),
    ],
)  # fmt: skip
def test_taps_numbers_labels_and_words_all_lead_to_an_option(text: str, expected: str | None) -> None:
    assert chosen(text) == expected


def test_a_tap_wins_over_the_words_around_it_and_a_stale_tap_does_not() -> None:
    assert chosen("환불", value="hours") == "hours"
    assert chosen("환불", value="from an older menu") == "refund"


def test_two_options_named_equally_long_leave_it_open_and_the_longer_word_decides() -> None:
    assert chosen("주문 환불") is None
    assert chosen("order, I mean refund") == "refund"


def test_only_the_whole_text_names_an_option_exactly() -> None:
    assert choose_exactly(OPTIONS, "I want my order", None, TEXTS.__getitem__) is None
    assert choose_exactly(OPTIONS, "order", None, TEXTS.__getitem__) == OPTIONS[0]
