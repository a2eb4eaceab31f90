"""Names and addresses."""

import pytest

from warmline.sip.address import NameAddr, read_name_addr
from warmline.sip.grammar import BadValue
from warmline.sip.uri import read_uri


def test_a_caller_with_a_quoted_name_is_read_and_written():
    caller = read_name_addr('"Kim \\"M\\", Seoul" <sip:+8210@gw;user=phone>;tag=ab')
    assert caller.display == 'Kim "M", Seoul'
    assert caller.tag == "ab"
    assert caller.uri.user_text == "+8210"
    assert read_name_addr(str(caller)) == caller


def test_without_brackets_parameters_belong_to_the_header():
    bare = read_name_addr("sip:a@b;tag=1")
    assert bare.tag == "1"
    assert bare.uri.params == ()
    inside = read_name_addr("<sip:a@b;tag=1>")
    assert inside.tag is None
    assert inside.uri.param("tag") == "1"


def test_a_name_of_several_words_needs_no_quotes_and_no_space():
    assert read_name_addr("caller one<sip:a@b>").display == "caller one"


@pytest.mark.parametrize(
    "text",
    [
        '"open <sip:a@b>', "Bell, Alexander <sip:a@b>", "A < sip:a@b >", "sip:a@b?Route=x", "<sip:a@b", "sip:a@b>",
        "<sip:a@b>;;", "<sip:a@b> x", "", "김 <sip:a@b>",
    ],
)  # fmt: skip
def test_malformed_addresses_are_refused(text: str):
    with pytest.raises(BadValue):
        read_name_addr(text)


def test_tags_are_added_and_taken_away_on_copies():
    plain = NameAddr(read_uri("sip:a@b"))
    assert plain.with_tag("x").tag == "x"
    assert plain.tag is None
    assert plain.with_tag("x").without_tag() == plain


@pytest.mark.parametrize(("text", "seconds"), [("60", 60), ("9" * 40, 2**32 - 1), ("soon", 3600), ("-5", 3600)])
def test_a_contact_says_how_long_it_lives(text: str, seconds: int):
    assert read_name_addr(f"<sip:a@b>;expires={text}").expires_s == seconds
    assert read_name_addr("<sip:a@b>").expires_s is None


def test_a_display_name_cannot_smuggle_in_a_header():
    with pytest.raises(BadValue):
        str(NameAddr(read_uri("sip:a@b"), "x\r\nX-Admin: 1"))
