"""Which values of which variables can change a journey's way: the finite stand-ins for all values.

A condition compares a variable with constants, so its truth depends only on where the value lies among them.
For each variable (and every variable its value can come from) one value per such place is enough.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator

from warmline.domain.journey.cards import questions_of
from warmline.domain.journey.document import (
    AllOf,
    AnyOf,
    Ask,
    CallModule,
    Compare,
    Condition,
    Journey,
    NotIf,
    NumberInput,
    Return,
    Scalar,
    Set,
    Step,
    Var,
    When,
)
from warmline.domain.journey.walk import places

OTHER_TEXT = "something else"
ANOTHER_TEXT = "another"  # what is compared with another variable may be equal to it or not
ORDERINGS = frozenset({"<", "<=", ">", ">="})
MOST_HELD = 4  # constants that one variable is asked whether it contains, and that are tried in all combinations
DEEPEST = 8  # names in a path; a record copied into itself would go on for ever


def compares(condition: Condition) -> Iterator[Compare]:
    """Yield every comparison inside `condition`."""
    match condition:
        case Compare():
            yield condition
        case AllOf(conditions) | AnyOf(conditions):
            for inner in conditions:
                yield from compares(inner)
        case NotIf(inner):
            yield from compares(inner)


class Decisive:
    """The variables that conditions look at, over all given journeys, with stand-in values for each."""

    def __init__(self, journeys: Iterable[Journey]) -> None:
        self._parent: dict[str, str] = {}
        self._constants: dict[str, set[Scalar]] = defaultdict(set)
        self._copies: list[tuple[str, str]] = []
        self._pairs: list[Compare] = []
        self._ordered: set[str] = set()
        self._held: dict[str, set[Scalar]] = defaultdict(set)
        edges: dict[str, set[Scalar]] = {}
        found: list[tuple[str, set[Scalar]]] = []
        for journey in journeys:
            for step in (place.step for place in places(journey)):
                self._flow(step)
                if isinstance(step, When):
                    for compare in compares(step.condition):
                        found.append((compare.left.path, self._of(compare)))
                for asked in questions_of(step):
                    if isinstance(asked, Ask) and isinstance(asked.expect, NumberInput):
                        edges.setdefault(asked.into, set()).update(_edges(asked.expect))
        self._follow_records({path for path, _ in found} | {path for one in self._pairs for path in _both(one)})
        for path, constants in found:
            self._constants[self._root(path)] |= constants
        self._set_apart(edges)
        self._seen = {self._root(path) for path, _ in found}
        self._matters: dict[str, bool] = {}

    def _flow(self, step: Step) -> None:
        match step:
            case Set(into, Var(path)):
                self._copy(into, path)
            case CallModule(_, args, into):
                for name, value in args.items():
                    if isinstance(value, Var):
                        self._copy(name, value.path)
                if into is not None:
                    self._copy(into, "return")
            case Return(Var(path)):
                self._copy("return", path)
            case _:
                pass

    def _of(self, compare: Compare) -> set[Scalar]:
        right = compare.right
        if compare.op in ORDERINGS:
            self._ordered.add(compare.left.path)
        if isinstance(right, Var):
            self._join(compare.left.path, right.path)
            self._pairs.append(compare)
            return set()
        if compare.op == "is_set":
            return {None}
        if compare.op == "contains" and not isinstance(right, tuple):
            self._held[compare.left.path].add(right)
            return {right} if isinstance(right, str) else set()
        if isinstance(right, str) and compare.op in ORDERINGS:
            return {right[:-1], right, right + "0"}  # one before it and one behind
        return set(right) if isinstance(right, tuple) else {right}

    def _root(self, path: str) -> str:
        while (parent := self._parent.get(path, path)) != path:
            path = parent
        return path

    def _join(self, one: str, other: str) -> None:
        self._parent[self._root(one)] = self._root(other)

    def _copy(self, one: str, other: str) -> None:
        self._copies.append((one, other))
        self._join(one, other)

    def _follow_records(self, paths: set[str]) -> None:
        """A record copied as a whole takes its fields along: join those that conditions look at."""
        waiting = sorted(paths)
        known = set(waiting)
        while waiting:
            path = waiting.pop()
            for pair in self._copies:
                for here, there in (pair, pair[::-1]):
                    twin = there + path[len(here) :]
                    if path.startswith(here + ".") and twin.count(".") < DEEPEST:
                        self._join(path, twin)
                        if twin not in known:
                            known.add(twin)
                            waiting.append(twin)

    def _set_apart(self, edges: dict[str, set[Scalar]]) -> None:
        """Variables compared with each other need values to differ by: numbers where either is one."""
        typed: dict[str, set[Scalar]] = defaultdict(set)
        for into, numbers in edges.items():
            typed[self._root(into)] |= numbers
        for pair in self._pairs:
            root = self._root(pair.left.path)
            if root in typed:
                self._constants[root] |= typed[root]
            elif not self._constants[root]:
                self._constants[root] = {1.0} if pair.op in ORDERINGS else {ANOTHER_TEXT}

    def matters(self, path: str) -> bool:
        """Tell whether the value of `path` can change the way."""
        known = self._matters.get(path)
        if known is None:
            known = self._matters[path] = self._root(path) in self._seen
        return known

    def values(self, path: str) -> list[object]:
        """Return one value per place that comparisons can tell apart; empty when none looks at `path`.

        What is asked whether it contains something also holds some of it, all of it, and nothing.
        """
        if not self.matters(path):
            return []
        root = self._root(path)
        known = self._constants[root]
        held = {one for name, constants in self._held.items() if self._root(name) == root for one in constants}
        if held and not known:
            return _holding(held)
        values: list[object] = [*stand_ins(known, ordered=self._is_ordered(root))]
        return [*values, *(_holding(held) if held else [])]

    def measured(self, path: str) -> bool:
        """Tell whether conditions ask if `path` is more or less than a number: then it is one."""
        root = self._root(path)
        return self._is_ordered(root) and any(_is_number(one) for one in self._constants[root])

    def _is_ordered(self, root: str) -> bool:
        return any(self._root(one) == root for one in self._ordered)


def _both(pair: Compare) -> tuple[str, ...]:
    return (pair.left.path, pair.right.path) if isinstance(pair.right, Var) else (pair.left.path,)


def _holding(constants: set[Scalar]) -> list[object]:
    """Return lists with nothing, some and all of these in them; texts where every one of them is a text."""
    known = sorted(constants, key=repr)
    sizes = range(len(known) + 1) if len(known) <= MOST_HELD else (0, 1, len(known))
    chosen = [list(some) for size in sizes for some in itertools.combinations(known, size)]
    if not all(isinstance(one, str) for one in known):
        return [*chosen]
    return [*(", ".join(str(one) for one in some) for some in chosen if len(some) > 1), "…"]


def _is_number(value: Scalar) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _edges(expect: NumberInput) -> set[Scalar]:
    return {edge for edge in (expect.minimum, expect.maximum) if edge is not None} or {1.0}


def stand_ins(constants: set[Scalar], *, ordered: bool = True) -> list[Scalar]:
    """Return the constants themselves and a value for each gap between and beyond them.

    Not `ordered`: nobody asks which of two values is greater, so one number beyond them stands for all others.
    """
    values: list[Scalar] = []
    if any(isinstance(c, bool) for c in constants):
        values += [True, False]
    numbers = sorted({float(c) for c in constants if isinstance(c, int | float) and _is_number(c)})
    if numbers:
        middles = [(low + high) / 2 for low, high in itertools.pairwise(numbers)]
        beyond = {*middles, numbers[0] - 1, numbers[-1] + 1} if ordered else {numbers[-1] + 1}
        values += sorted({*numbers, *beyond})
    texts = sorted(c for c in constants if isinstance(c, str))
    if texts or not values:
        values += [*texts, OTHER_TEXT]
    if None in constants:
        values.append(None)
    return values
