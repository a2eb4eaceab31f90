"""Sets of characters a pattern reads at one place, exact enough to see which two can never be the same.

ASCII is exact. Beyond it, ranges are exact and the classes of `\\d`, `\\w` and `\\s` are told apart; where a set
would need more, it is taken for larger than it is, so that two sets said to have nothing in common never have.
"""

import re
from collections.abc import Iterable

from msgspec import Struct

_ASCII = 128
_WIDE = 2_000  # a range of more characters is not looked at one by one
DIGIT, WORD, SPACE, OTHER = 1, 2, 4, 8  # classes beyond ASCII; `\\w` is DIGIT | WORD
_ALL_CLASSES = DIGIT | WORD | SPACE | OTHER


class Charset(Struct, frozen=True):
    """`low`: one bit for each ASCII character; `classes` and `ranges` beyond ASCII."""

    low: int = 0
    classes: int = 0
    ranges: tuple[tuple[int, int], ...] = ()

    def overlaps(self, other: "Charset") -> bool:
        """Tell whether some character may be in both; errs only towards yes."""
        if self.low & other.low or self.classes & other.classes:
            return True
        if any(_among(span, other.classes) for span in self.ranges):
            return True
        if any(_among(span, self.classes) for span in other.ranges):
            return True
        return any(a <= d and c <= b for a, b in self.ranges for c, d in other.ranges)


ANY = Charset((1 << _ASCII) - 1, _ALL_CLASSES)


def charset_of(first: int, last: int, flags: int) -> Charset:
    """Return the characters from `first` to `last`; without regard to case when `flags` say so."""
    low = sum(1 << code for code in range(first, min(last, _ASCII - 1) + 1))
    ranges = ((max(first, _ASCII), last),) if last >= _ASCII else ()
    if not flags & re.IGNORECASE:
        return Charset(low, 0, ranges)
    both = low
    for code in range(first, min(last, _ASCII - 1) + 1):
        both |= 1 << ord(chr(code).lower()) | 1 << ord(chr(code).upper())
    # Some letters beyond ASCII are the other case of ASCII ones (the Kelvin sign of k) or of each other.
    letters = any(chr(code).isalpha() for code in range(first, min(last, _ASCII - 1) + 1)) or bool(ranges)
    return Charset(both, WORD if letters else 0, ranges)


def category(name: str, *, ascii_only: bool) -> Charset:
    """Return a class of characters by the name the parser gives it: DIGIT, NOT_DIGIT, SPACE, WORD, …"""
    kind = name.removeprefix("NOT_")
    pattern = re.compile({"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}[kind])
    low = sum(1 << code for code in range(_ASCII) if pattern.match(chr(code)))
    beyond = 0 if ascii_only else {"DIGIT": DIGIT, "SPACE": SPACE, "WORD": DIGIT | WORD}[kind]
    if name.startswith("NOT_"):
        return Charset(ANY.low & ~low, _ALL_CLASSES & ~beyond)
    return Charset(low, beyond)


def inverse(charset: Charset) -> Charset:
    """Return what is not in a set; ranges beyond ASCII are not taken out."""
    beyond = _ALL_CLASSES & ~charset.classes if not charset.ranges else _ALL_CLASSES
    return Charset(ANY.low & ~charset.low, beyond)


def joined(charsets: Iterable[Charset]) -> Charset:
    """Return what is in any of the sets."""
    low, classes = 0, 0
    ranges: list[tuple[int, int]] = []
    for one in charsets:
        low |= one.low
        classes |= one.classes
        ranges += one.ranges
    return Charset(low, classes, tuple(ranges))


def _among(span: tuple[int, int], classes: int) -> bool:
    first, last = span
    if not classes:
        return False
    return last - first > _WIDE or any(_class_of(chr(code)) & classes for code in range(first, last + 1))


def _class_of(character: str) -> int:
    if re.match(r"\d", character):
        return DIGIT
    if re.match(r"\w", character):
        return WORD
    return SPACE if re.match(r"\s", character) else OTHER
