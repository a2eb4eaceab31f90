"""The grammar all headers share."""

import pytest

from warmline.sip.grammar import (
    BadValue,
    is_token,
    quote,
    read_number,
    read_params,
    split_list,
    unquote,
    write_params,
)


def test_parameters_keep_their_order_and_lose_their_quotes():
    params = read_params(';tag=a ; Lr;q="x \\" , ;y"')
    assert list(params.items()) == [("tag", "a"), ("lr", None), ("q", 'x " , ;y')]
    assert read_params(write_params(params)) == params


@pytest.mark.parametrize("text", [";", ";;a", "a=b", ";a=1;A=2", ';a="open', ";a=b c"])
def test_malformed_parameters_are_refused(text: str):
    with pytest.raises(BadValue):
        read_params(text)


def test_commas_in_quotes_and_brackets_separate_nothing():
    assert split_list('"a, \\" b" <sip:x,y@z>, <sip:q>') == ['"a, \\" b" <sip:x,y@z>', "<sip:q>"]


@pytest.mark.parametrize("text", ["a,,b", 'a,"b', "a,<b", ",", "a,"])
def test_broken_lists_are_refused(text: str):
    with pytest.raises(BadValue):
        split_list(text)


def test_numbers_are_ascii_digits_within_their_range():
    assert read_number("007", 255) == 7
    for text in ("256", "-1", "+1", " 1", "٣", "", "1" * 400):
        with pytest.raises(BadValue):
            read_number(text, 255)


def test_a_quoted_text_cannot_smuggle_in_a_header():
    assert unquote(quote('a "b" \\')[1:-1]) == 'a "b" \\'
    with pytest.raises(BadValue):
        quote("a\r\nX-Admin: yes")


def test_tokens_have_no_spaces():
    assert is_token("z9hG4bK-1.2")
    assert not is_token("a b")
    assert not is_token("")
