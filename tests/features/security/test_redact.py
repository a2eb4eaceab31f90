"""What customers type must not end up in a log."""

import random

import pytest

from warmline.features.security.redact import redact
from warmline.features.security.redact_numbers import is_card_number, is_my_number


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("my card is 4111 1111 1111 1111, thanks", "my card is 411111******1111, thanks"),
        ("카드번호 4111-1111-1111-1111이에요", "카드번호 411111******1111이에요"),
        ("카드번호는 ４１１１１１１１１１１１１１１１ 입니다", "카드번호는 411111******1111 입니다"),
        ("CVV: 123", "CVV: ***"),
        ("보안코드는 987 이에요", "보안코드는 *** 이에요"),
        ("セキュリティコード：4567です", "セキュリティコード：***です"),
        ("주민번호 900101-1234567 맞아요", "주민번호 [resident number] 맞아요"),
        ("マイナンバーは 1234 5678 9018 です", "マイナンバーは [my number] です"),
        ("write to mina.kim+shop@onda.example.kr please", "write to [email] please"),
        ("call 010-1234-5678", "call [phone]"),
        ("電話は 090-1234-5678 まで", "電話は [phone] まで"),
        ("reach me at +82 10 1234 5678", "reach me at [phone]"),
    ],
)
def test_personal_numbers_are_masked_in_three_languages(said: str, written: str):
    assert redact(said) == written


@pytest.mark.parametrize(
    "line",
    [
        "contact 0190f3a2-7b1c-7abc-8def-123456789012 queued",
        "2026-11-21T19:56:02.123456+00:00 batch of 256 in 14 ms",
        "order ON-12345674 not found",
        "listening on 127.0.0.1:8420",
        "waited 1234567890123 ns",
    ],
)
def test_what_operators_need_stays_readable(line: str):
    assert redact(line) == line


def test_of_a_thousand_planted_numbers_none_survives():
    dice = random.Random(7)
    planted: list[str] = []
    while len(planted) < 1000:
        row = "".join(dice.choice("0123456789") for _ in range(dice.choice([12, 16])))
        if is_card_number(row) or is_my_number(row):
            planted.append(row)
    text = redact(" | ".join(planted))
    assert not [row for row in planted if row in text]
