"""Two sets of characters said to have nothing in common never have."""

import re

from hypothesis import given
from hypothesis import strategies as st

from warmline.domain.journey.checker_charsets import ANY, category, charset_of, inverse, joined

CHARACTERS = [*map(chr, range(0x20, 0x7F)), "\u00a0", "é", "K", "٣", "가", "나", "注", "文", "—", "０", "\u3000"]
CLASSES = ["DIGIT", "SPACE", "WORD", "NOT_DIGIT", "NOT_SPACE", "NOT_WORD"]
SPELLED = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"} | {
    "NOT_DIGIT": r"\D",
    "NOT_SPACE": r"\S",
    "NOT_WORD": r"\W",
}


def test_letters_digits_and_words_are_told_apart():
    digit, space, word = (category(name, ascii_only=False) for name in CLASSES[:3])
    assert digit.overlaps(word)
    assert not digit.overlaps(space)
    assert not space.overlaps(word)
    assert not charset_of(ord("가"), ord("가"), 0).overlaps(charset_of(ord("나"), ord("나"), 0))
    assert charset_of(ord("가"), ord("가"), 0).overlaps(word)
    assert not charset_of(ord("가"), ord("가"), 0).overlaps(category("WORD", ascii_only=True))
    assert not inverse(digit).overlaps(digit)
    assert inverse(charset_of(ord("a"), ord("a"), 0)).overlaps(ANY)


def test_the_other_case_counts_when_case_does_not():
    upper, lower = charset_of(ord("K"), ord("K"), re.I), charset_of(ord("k"), ord("k"), re.I)
    assert upper.overlaps(lower)
    assert lower.overlaps(charset_of(ord("K"), ord("K"), re.I))  # the Kelvin sign
    assert not charset_of(ord("K"), ord("K"), 0).overlaps(charset_of(ord("k"), ord("k"), 0))


@given(st.sampled_from(CLASSES), st.sampled_from(CLASSES))
def test_classes_that_share_a_character_overlap(one: str, other: str):
    shared = any(re.match(SPELLED[one], c) and re.match(SPELLED[other], c) for c in CHARACTERS)
    assert not shared or category(one, ascii_only=False).overlaps(category(other, ascii_only=False))


@given(st.sampled_from(CHARACTERS), st.sampled_from(CLASSES), st.sampled_from(CHARACTERS))
def test_a_set_overlaps_each_of_its_characters(character: str, name: str, other: str):
    letter = charset_of(ord(character), ord(character), 0)
    both = joined([charset_of(ord(other), ord(other), 0), category(name, ascii_only=False)])
    if character == other or re.match(SPELLED[name], character):
        assert both.overlaps(letter)
    elif not (character != other and re.match(SPELLED[name], character)):
        assert inverse(both).overlaps(letter)
