"""Korean particles after words, digits and Latin letters."""

import pytest

from warmline.domain.journey.particles import attach, ending


@pytest.mark.parametrize(
    ("word", "pair", "expected"),
    [
        ("주문", "이/가", "주문이"),
        ("배송지", "이/가", "배송지가"),
        ("12,000원", "을/를", "12,000원을"),
        ("서울", "(으)로", "서울로"),  # ㄹ counts as a vowel here
        ("부산", "(으)로", "부산으로"),
        ("서울", "이/가", "서울이"),
        ("010-1234-5678", "(으)로", "010-1234-5678로"),  # 팔
        ("3", "은/는", "3은"),  # 삼
        ("2", "은/는", "2는"),
        ("10", "이/가", "10이"),
        ("SMS", "을/를", "SMS를"),
        ("URL", "이/가", "URL이"),  # 엘
        ("Tom", "과/와", "Tom과"),
        ("Mike", "과/와", "Mike와"),
        ("King", "은/는", "King은"),
        ("Kim (Mina)", "이/가", "Kim (Mina)가"),
        ("田中", "이/가", "田中이(가)"),
        ("田中", "(으)로", "田中(으)로"),
        ("50%", "을/를", "50%를"),
    ],
)
def test_the_particle_follows_the_sound(word: str, pair: str, expected: str) -> None:
    assert attach(word, pair) == expected


def test_nothing_has_no_sound() -> None:
    assert ending("…") is None
