"""A journey's document as a tree of steps, and which steps of two documents are the same one.

Plain JSON goes in, so that half-drawn drafts can be compared, too; what fits the document is read first, so that a
default that is written out is no difference.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, cast, get_args

import msgspec

from warmline.domain.journey.codec import BadJourney, read_plain, write_journey
from warmline.domain.journey.document import Step
from warmline.domain.journey.walk import ON_ERROR, option_block

OPTION = "option"
OPTIONS = "options"
Json = dict[str, Any]
Watch = Callable[[], None]
"""Called again and again while two documents are compared; what it raises ends the work."""

_BLOCK_TYPES = (tuple[Step, ...], tuple[Step, ...] | None)
_STEPS: dict[str, type[msgspec.Struct]] = {kind.__struct_config__.tag: kind for kind in get_args(Step)}
# By kind of step: its blocks, each with whether leaving it out means an empty one.
_BLOCKS: dict[str, dict[str, bool]] = {
    tag: {
        field.name: field.default == ()
        for field in msgspec.structs.fields(kind)
        if field.type in _BLOCK_TYPES or field.name == OPTIONS
    }
    for tag, kind in _STEPS.items()
} | {OPTION: {"then": True}}
# A jump moved elsewhere says nothing; two of them are alike by chance.
_FACELESS = frozenset({"goto", "return", "end", OPTION})
_LIKE_NOTHING = 0
_EQUAL = 1000
MOST_COMPARED = 250_000  # pairs of steps of two blocks; where there are more, only equal steps are the same one


def unwatched() -> None:
    """Let the work take as long as it takes."""


class Node:
    """A step, or an option of one. Compared by identity: two equal steps are two."""

    __slots__ = ("blocks", "index", "kind", "own", "parent", "shape", "size", "whole")

    def __init__(self, kind: str, own: Json, parent: "Row", index: int) -> None:
        self.kind = kind
        self.own = own
        self.parent = parent
        self.index = index
        self.blocks: dict[str, Row] = {}
        self.shape = ""  # its own fields as text
        self.whole = ""  # a digest of all of it: its text would double with every level of nesting
        self.size = 1

    @property
    def path(self) -> str:
        """Where it stands: `start/2/failed/0`, an option `start/2/option:yes`."""
        if self.kind == OPTION:
            return f"{self.parent.path}/{option_block(str(self.own.get('value')))}"
        return f"{self.parent.path}/{self.index}"

    def all(self) -> Iterator["Node"]:
        """Yield it and everything in it, outer before inner."""
        yield self
        for row in self.blocks.values():
            yield from row.all()


class Row:
    """A block of steps, or the options of a step, in order."""

    __slots__ = ("holder", "name", "nodes")

    def __init__(self, name: str, holder: Node | None) -> None:
        self.name = name
        self.holder = holder
        self.nodes: list[Node] = []

    @property
    def path(self) -> str:
        if self.holder is None:
            return self.name
        if self.name == OPTIONS or self.holder.kind == OPTION:
            return self.holder.path
        return f"{self.holder.path}/{self.name}"

    @property
    def whole(self) -> str:
        return "\n".join(node.whole for node in self.nodes)

    def all(self) -> Iterator[Node]:
        for node in self.nodes:
            yield from node.all()


class Tree:
    """A whole journey: its own fields, and its sections, `@on_error` last."""

    def __init__(self, document: Mapping[str, Any], watch: Watch = unwatched) -> None:
        plain = canonical(document)
        self.fields: Json = {k: v for k, v in plain.items() if k not in ("sections", "on_error")}
        self.sections: dict[str, Row] = {}
        sections = cast(Json, plain.get("sections") or {})
        blocks: Json = {**sections, ON_ERROR: plain.get("on_error") or []}
        for name, steps in blocks.items():
            self.sections[name] = _row(name, None, cast(list[Json], steps), watch)

    def all(self) -> Iterator[Node]:
        for row in self.sections.values():
            yield from row.all()


def canonical(document: Mapping[str, Any]) -> Json:
    """Return a document as publishing writes it; one that does not fit comes back as it is."""
    try:
        return msgspec.json.decode(write_journey(read_plain(document)))
    except BadJourney:
        return dict(document)


def as_text(value: object) -> str:
    """Return a JSON value as text that is equal for equal values only."""
    return msgspec.json.encode(value, order="sorted").decode()


def omitted_when_empty(kind: str, block: str) -> bool:
    """Tell whether a step of this kind without this block means the same as with an empty one."""
    return _BLOCKS.get(kind, {}).get(block, False)


def _row(name: str, holder: Node | None, items: Sequence[Json], watch: Watch) -> Row:
    row = Row(name, holder)
    for index, item in enumerate(items):
        row.nodes.append(_node(item, OPTION if name == OPTIONS else str(item.get("step")), row, index, watch))
    return row


def _node(item: Json, kind: str, parent: Row, index: int, watch: Watch) -> Node:
    watch()
    node = Node(kind, {}, parent, index)
    blocks = _BLOCKS.get(kind, {})
    for name, value in item.items():
        if name == "step" and kind != OPTION:
            continue
        if name in blocks and _is_row(name, value):
            node.blocks[name] = _row(name, node, value, watch)
        else:
            node.own[name] = value
    for name, omitted in blocks.items():
        if omitted and name not in item:
            node.blocks[name] = Row(name, node)
    node.size += sum(inner.size for row in node.blocks.values() for inner in row.nodes)
    node.shape = as_text([kind, node.own])
    inner = [[name, [one.whole for one in row.nodes]] for name, row in sorted(node.blocks.items())]
    node.whole = sha256(as_text([node.shape, inner]).encode()).hexdigest()
    return node


def _is_row(name: str, value: object) -> bool:
    key = "value" if name == OPTIONS else "step"
    if not isinstance(value, list):
        return False
    return all(
        isinstance(one, dict) and isinstance(cast(Json, one).get(key), str) for one in cast(list[Any], value)
    )


class Match:
    """Which nodes of `other` are nodes of `base`. `here`: those of `base` that stayed in their row and order."""

    def __init__(self, base: Tree, other: Tree, watch: Watch = unwatched) -> None:
        self._watch = watch
        self.pairs: dict[Node, Node] = {}
        self.back: dict[Node, Node] = {}
        self.here: set[Node] = set()
        for name, row in base.sections.items():
            if name in other.sections:
                self._rows(row, other.sections[name])
        self._moved(base, other, whole=True)
        self._moved(base, other, whole=False)

    def _rows(self, base: Row, other: Row) -> None:
        for one, same in aligned(base.nodes, other.nodes, self._watch):
            self._pair(one, same, here=True)
        if base.name == OPTIONS:  # an option is its value, wherever it stands in its menu
            left = {str(n.own.get("value")): n for n in reversed(other.nodes) if n not in self.back}
            for one in base.nodes:
                same = left.pop(str(one.own.get("value")), None) if one not in self.pairs else None
                if same is not None:
                    self._pair(one, same, here=False)

    def _pair(self, base: Node, other: Node, *, here: bool) -> None:
        self._watch()
        self.pairs[base] = other
        self.back[other] = base
        if here:
            self.here.add(base)
        for name, row in base.blocks.items():
            if name in other.blocks:
                self._rows(row, other.blocks[name])

    def _moved(self, base: Tree, other: Tree, *, whole: bool) -> None:
        """Pair what is left and looks alike in exactly one place of each: wholly, else by its own fields."""
        old, new = self._left(base, self.pairs, whole=whole), self._left(other, self.back, whole=whole)
        for text, nodes in sorted(old.items(), key=lambda item: -item[1][0].size):
            self._watch()
            fresh = new.get(text, [])
            if len(nodes) == 1 and len(fresh) == 1 and nodes[0] not in self.pairs and fresh[0] not in self.back:
                if any(inner in self.pairs for inner in nodes[0].all()):
                    continue
                if any(inner in self.back for inner in fresh[0].all()):
                    continue
                self._pair(nodes[0], fresh[0], here=False)

    def _left(self, tree: Tree, taken: Mapping[Node, Node], *, whole: bool) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = {}
        for node in tree.all():
            self._watch()
            if node not in taken and node.kind not in _FACELESS and (whole or node.size > 1):
                found.setdefault(node.whole if whole else node.shape, []).append(node)
        return found


def aligned(base: Sequence[Node], other: Sequence[Node], watch: Watch = unwatched) -> list[tuple[Node, Node]]:
    """Return pairs in the order of both: equal steps first of all, then the most alike of one kind."""
    start = 0
    while start < min(len(base), len(other)) and base[start].whole == other[start].whole:
        start += 1
    end = 0
    while end < min(len(base), len(other)) - start and base[-1 - end].whole == other[-1 - end].whole:
        end += 1
    middle = _best(base[start : len(base) - end], other[start : len(other) - end], watch)
    head = list(zip(base[:start], other[:start], strict=True))
    tail = list(zip(base[len(base) - end :], other[len(other) - end :], strict=True))
    return [*head, *middle, *tail]


def _best(base: Sequence[Node], other: Sequence[Node], watch: Watch) -> list[tuple[Node, Node]]:
    if not base or not other:
        return []
    if len(base) * len(other) > MOST_COMPARED:
        return _equal_in_order(base, other)
    features = {node: _features(node, watch) for node in (*base, *other)}
    like = [_likenesses(one, other, features, watch) for one in base]
    # scores[i][j]: the best that base[i:] and other[j:] can come to
    scores = [[0] * (len(other) + 1) for _ in range(len(base) + 1)]
    for i in range(len(base) - 1, -1, -1):
        watch()
        for j in range(len(other) - 1, -1, -1):
            paired = like[i][j] + scores[i + 1][j + 1] if like[i][j] else 0
            scores[i][j] = max(paired, scores[i + 1][j], scores[i][j + 1])
    pairs: list[tuple[Node, Node]] = []
    i = j = 0
    while i < len(base) and j < len(other):
        if like[i][j] and scores[i][j] == like[i][j] + scores[i + 1][j + 1]:
            pairs.append((base[i], other[j]))
            i, j = i + 1, j + 1
        elif scores[i][j] == scores[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _equal_in_order(base: Sequence[Node], other: Sequence[Node]) -> list[tuple[Node, Node]]:
    """Return equal steps of long blocks in the order of both, each paired with the next one that is like it."""
    places: dict[str, list[int]] = {}
    for index, node in enumerate(other):
        places.setdefault(node.whole, []).append(index)
    pairs: list[tuple[Node, Node]] = []
    last = -1
    for node in base:
        known = places.get(node.whole, [])
        position = bisect_right(known, last)
        if position < len(known):
            last = known[position]
            pairs.append((node, other[last]))
    return pairs


def _features(node: Node, watch: Watch) -> frozenset[str]:
    watch()
    own = [as_text([name, value]) for name, value in node.own.items()]
    return frozenset([*own, *(inner.shape for inner in node.all() if inner is not node)])


def _likenesses(
    one: Node, others: Sequence[Node], features: Mapping[Node, frozenset[str]], watch: Watch
) -> list[int]:
    watch()
    return [_likeness(one, other, features) for other in others]


def _likeness(one: Node, other: Node, features: Mapping[Node, frozenset[str]]) -> int:
    """Return how alike two nodes are: 0 when they cannot be the same, `_EQUAL` when they are equal."""
    if one.kind != other.kind or (one.kind == OPTION and one.own.get("value") != other.own.get("value")):
        return _LIKE_NOTHING
    if one.whole == other.whole:
        return _EQUAL
    mine, theirs = features[one], features[other]
    return 10 + 800 * len(mine & theirs) // max(1, len(mine | theirs))
