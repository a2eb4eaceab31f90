"""A long text is split where a speaker would take a breath."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmline.speech.sentences import parts


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("Your order has shipped. It arrives on Monday.", ["Your order has shipped.", "It arrives on Monday."]),
        ("네. 주문을 확인했어요.", ["네. 주문을 확인했어요."]),
        ("주문하신 상품을 확인했어요. 월요일에 도착해요!", ["주문하신 상품을 확인했어요.", "월요일에 도착해요!"]),
        ("ご注文を確認いたしました。月曜日に届きます。", ["ご注文を確認いたしました。", "月曜日に届きます。"]),
        ("Please ask Dr. Lee about version 3.5 today.", ["Please ask Dr. Lee about version 3.5 today."]),
        ("One line of a list\nAnother line of it", ["One line of a list", "Another line of it"]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_a_text_is_split_at_its_sentences(text: str, split: list[str]):
    assert parts(text) == split


def test_a_sentence_without_end_is_split_at_its_commas():
    made = parts("and then something happened, " * 40)
    assert len(made) > 3
    assert all(len(part) <= 260 for part in made)


@given(st.text(alphabet="ab 1.,!?。、\n가あ", max_size=400))
def test_nothing_is_lost_but_white_space(text: str):
    assert "".join("".join(parts(text)).split()) == "".join(text.split())
