"""A pattern that a customer's text could keep busy for ever is refused; usual ones are not."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmline.domain.journey.checker_patterns import parser, reads_quickly, sre
from warmline.domain.journey.document import Ask, OrderNumberInput
from warmline.domain.journey.walk import steps_of
from warmline_demo.content.library import JOURNEYS


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+b", "(a|a)+b", "(a|ab|b)*c", "(a*)*b", "(a?){30}a", "(a|a){30}b", "a*a*b", r"\w+\d+x",
        "(a|aa)+b", "(?:a+b?)+c", r"(\d!|\w!)+-", "(?i:ax|AX)+b", "(?i)(?:ax|Ax)+b", "(.x|ax)+b", r"(a+)\1",
        "(?=a+)b",
        "(?:a?b?)*c", "([^a]x|bx)+c", "(a{1,200}){1,200}", "(?:(?:ax|bx)|(?:bx|cx))+d", "a{300}", "(?>a+)b",
    ],
)  # fmt: skip
def test_a_pattern_that_can_be_read_in_many_ways_is_refused(pattern: str):
    assert not reads_quickly(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:ON-?)?\d{8}", r"ON-\d{8}", "[A-Z]+", r"[A-Z]{2,3}[A-Z0-9]{5}", r"\d{3}-\d{4}", r"(?:주문|환불)-?\d+",
        r"[A-Z]+\d*", r"(?:[A-Z]\d)+", r"\d{1,3}\d{1,3}", r"^\d+$", "(?:ab|cd)+e", r"\s*\d+\s*", "a+?b",
        r"\d+(?:-\d+)*", "(?:a|[ab])+c",
    ],
)  # fmt: skip
def test_usual_patterns_are_welcome(pattern: str):
    assert reads_quickly(pattern)


def test_what_is_no_pattern_is_said_to_be_none():
    with pytest.raises(re.error):
        reads_quickly("(")


def test_the_shipped_journeys_patterns_are_quick():
    asked = [step.expect for journey in JOURNEYS for step in steps_of(journey) if isinstance(step, Ask)]
    patterns = [expect.pattern for expect in asked if isinstance(expect, OrderNumberInput)]
    assert patterns
    assert all(map(reads_quickly, patterns))


class _Plodder:
    """A matcher that tries every way, as a backtracking engine does at worst, and counts its steps."""

    def __init__(self) -> None:
        self.steps = 0

    def ends(self, items: Any, text: str, at: int) -> Iterator[int]:
        if not items:
            yield at
            return
        for middle in self._item(items[0], text, at):
            yield from self.ends(items[1:], text, middle)

    def _item(self, item: Any, text: str, at: int) -> Iterator[int]:
        self.steps += 1
        kind, given = item
        if kind in (sre.LITERAL, sre.NOT_LITERAL, sre.IN, sre.ANY):
            if at < len(text) and _reads(item, text[at]):
                yield at + 1
        elif kind is sre.BRANCH:
            for branch in given[1]:
                yield from self.ends(list(branch), text, at)
        elif kind is sre.SUBPATTERN:
            yield from self.ends(list(given[3]), text, at)
        else:
            least, most, inner = given
            yield from self._repeat(least, most, list(inner), text, at)

    def _repeat(self, least: int, most: Any, inner: Any, text: str, at: int) -> Iterator[int]:
        if most > 0:
            for end in self.ends(inner, text, at):
                if end > at or least > 0:
                    onward = most if most is sre.MAXREPEAT else most - 1
                    yield from self._repeat(max(least - 1, 0), onward, inner, text, end)
        if least <= 0:
            yield at


def _reads(item: Any, character: str) -> bool:
    kind, given = item
    if kind is sre.LITERAL:
        return given == ord(character)
    if kind is sre.NOT_LITERAL:
        return given != ord(character)
    if kind is sre.ANY:
        return True
    assert all(one[0] is sre.LITERAL or one[0] is sre.RANGE for one in given)
    return any(
        _reads(one, character) if one[0] is sre.LITERAL else one[1][0] <= ord(character) <= one[1][1]
        for one in given
    )


atoms = st.sampled_from(["a", "b", "[ab]", ".", "[^a]", "aa", "ab", "c"]).filter(lambda atom: "^" not in atom)
patterns = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{0,2}", "+?"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
    ),
    max_leaves=6,
)
texts = st.text("ab", min_size=0, max_size=3).map(lambda unit: unit * 8)


@settings(max_examples=400, deadline=None)
@given(patterns, texts, st.sampled_from(["", "c", "!"]))
def test_whatever_is_typed_an_accepted_pattern_is_read_in_few_steps(pattern: str, text: str, end: str):
    if not reads_quickly(pattern):
        return
    plodder = _Plodder()
    tree = list(parser.parse(pattern))
    found = any(reached == len(text + end) for reached in plodder.ends(tree, text + end, 0))
    assert found == (re.fullmatch(pattern, text + end) is not None)
    assert plodder.steps <= 40 * (len(text) + 2) * (len(pattern) + 1)
