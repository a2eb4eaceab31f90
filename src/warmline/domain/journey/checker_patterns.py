"""Whether a pattern can be read quickly, whatever is typed: refused is all that can be read in two ways.

A backtracking matcher takes for ever when one and the same text leads to the same place of the pattern along many
paths, and fails behind it. So we build the automaton of the pattern's positions, count the ways between them, and
ask for two different paths over one text that meet again. If there are none, every beginning of a text has at most
one path to each position, and reading takes time proportional to its length.
Source: V. M. Glushkov, The abstract theory of automata (1961); R. Book et al.,
Ambiguity in graphs and expressions (1971).
"""

import importlib
from collections import Counter, deque
from collections.abc import Iterable
from itertools import combinations
from re import ASCII
from typing import Any

from msgspec import Struct

from warmline.domain.journey.checker_charsets import ANY, Charset, category, charset_of, inverse, joined

# What `re` itself compiles: the pattern taken apart. Not typed, and not public, but as old as `re`.
parser: Any = importlib.import_module("re._parser")
sre: Any = importlib.import_module("re._constants")

MOST_POSITIONS = 256
MOST_PAIRS = 100_000
_START = -1
Ways = Counter[int]


class Unreadable(Exception):
    """The pattern holds something whose reading time cannot be bounded."""


class Part(Struct, frozen=True):
    """A piece of a pattern: in how many ways it matches nothing, and where it may begin and end."""

    empty: int
    first: Ways
    last: Ways


_NOTHING = Part(1, Counter(), Counter())


def reads_quickly(pattern: str) -> bool:
    """Tell whether a full match of `pattern` takes time proportional to the text. Raises re.error."""
    parsed: Any = parser.parse(pattern)
    try:
        automaton = _Automaton(parsed.state.flags)
        whole = automaton.sequence(parsed, parsed.state.flags)
        return not automaton.ambiguous(whole)
    except Unreadable:
        return False


class _Automaton:
    """The positions of one pattern, what each reads, and in how many ways one may follow another."""

    def __init__(self, flags: int) -> None:
        self._reads: list[Charset] = []
        self._follow: dict[int, Ways] = {}
        self._overlaps: dict[tuple[int, int], bool] = {}
        self._flags = flags

    def sequence(self, items: Iterable[Any], flags: int) -> Part:
        part = _NOTHING
        for item in items:
            part = self._then(part, self._item(item, flags))
        return part

    def _item(self, item: Any, flags: int) -> Part:
        kind, given = item
        if kind is sre.LITERAL:
            return self._position(charset_of(given, given, flags))
        if kind is sre.NOT_LITERAL:
            return self._position(inverse(charset_of(given, given, flags)))
        if kind is sre.ANY:
            return self._position(ANY)
        if kind is sre.IN:
            return self._position(_set(given, flags))
        if kind is sre.AT:
            return _NOTHING  # holds or not: taken for holding, more paths are tried than there are
        if kind is sre.SUBPATTERN:
            _, add, drop, inner = given
            return self.sequence(inner, (flags | add) & ~drop)
        if kind is sre.BRANCH:
            return self._either([self.sequence(branch, flags) for branch in given[1]])
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            least, most, inner = given
            return self._repeat(least, most, inner, flags)
        raise Unreadable(str(kind))  # looking around, going back to what was read, and the like

    def _position(self, reads: Charset) -> Part:
        if len(self._reads) >= MOST_POSITIONS:
            raise Unreadable("too long")
        self._reads.append(reads)
        here = len(self._reads) - 1
        self._follow[here] = Counter()
        return Part(0, Counter({here: 1}), Counter({here: 1}))

    def _then(self, one: Part, other: Part) -> Part:
        self._connect(one.last, other.first)
        return Part(
            one.empty * other.empty,
            one.first + _times(other.first, one.empty),
            other.last + _times(one.last, other.empty),
        )

    def _connect(self, ends: Ways, beginnings: Ways) -> None:
        for end, ways in ends.items():
            self._follow[end].update(_times(beginnings, ways))

    def _either(self, parts: list[Part]) -> Part:
        first: Ways = Counter()
        last: Ways = Counter()
        for part in parts:
            first.update(part.first)
            last.update(part.last)
        return Part(sum(part.empty for part in parts), first, last)

    def _repeat(self, least: int, most: Any, inner: Any, flags: int) -> Part:
        if least > MOST_POSITIONS:
            raise Unreadable("too long")
        part = _NOTHING
        for _ in range(least):
            part = self._then(part, self.sequence(inner, flags))
        if most is sre.MAXREPEAT:
            return self._then(part, self._star(self.sequence(inner, flags)))
        if most - least > MOST_POSITIONS:
            raise Unreadable("too long")
        tail = _NOTHING
        for _ in range(most - least):
            # From the back: once more and the tail, or nothing of it.
            body = self._then(self.sequence(inner, flags), tail)
            tail = Part(body.empty + 1, body.first, body.last)
        return self._then(part, tail)

    def _star(self, body: Part) -> Part:
        if body.empty:
            raise Unreadable("nothing, again and again")
        self._connect(body.last, body.first)
        return Part(1, body.first, body.last)

    def ambiguous(self, whole: Part) -> bool:
        """Tell whether two different paths over the same text end at the same position."""
        self._follow[_START] = whole.first
        if any(ways > 1 for following in self._follow.values() for ways in following.values()):
            return True
        apart: deque[tuple[int, int]] = deque()
        seen: set[tuple[int, int]] = set()

        def visit(one: int, other: int) -> None:
            pair = (min(one, other), max(one, other))
            if pair not in seen and self._overlap(*pair):
                seen.add(pair)
                apart.append(pair)

        for following in self._follow.values():
            for one, other in combinations(following, 2):
                visit(one, other)
        while apart:
            if len(seen) > MOST_PAIRS:
                raise Unreadable("too many choices")
            one, other = apart.popleft()
            if not self._follow[one].keys().isdisjoint(self._follow[other].keys()):
                return True
            for onward in self._follow[one]:
                for beside in self._follow[other]:
                    visit(onward, beside)
        return False

    def _overlap(self, one: int, other: int) -> bool:
        known = self._overlaps.get((one, other))
        if known is None:
            known = self._overlaps[one, other] = self._reads[one].overlaps(self._reads[other])
        return known


def _times(ways: Ways, factor: int) -> Ways:
    return Counter({position: min(count * factor, 2) for position, count in ways.items() if factor})


def _set(items: Iterable[Any], flags: int) -> Charset:
    found: list[Charset] = []
    negated = False
    for kind, given in items:
        if kind is sre.NEGATE:
            negated = True
        elif kind is sre.LITERAL:
            found.append(charset_of(given, given, flags))
        elif kind is sre.RANGE:
            first, last = given
            found.append(charset_of(int(first), int(last), flags))
        elif kind is sre.CATEGORY:
            found.append(category(str(given).removeprefix("CATEGORY_"), ascii_only=bool(flags & ASCII)))
        else:
            raise Unreadable(str(kind))
    return inverse(joined(found)) if negated else joined(found)
