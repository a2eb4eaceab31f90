"""Two people's changes to one journey put together. What both changed differently is a conflict with a name.

A step is followed by its identity (`diff_tree.Match`): one person's change to a step meets another's moving it.
The result holds every step that both kept exactly once; where that cannot be, the whole journey is one conflict.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from warmline.domain.journey.diff_tree import (
    OPTION,
    Json,
    Match,
    Node,
    Row,
    Tree,
    Watch,
    as_text,
    omitted_when_empty,
    unwatched,
)
from warmline.domain.journey.walk import ON_ERROR

Choice = Literal["mine", "theirs", "both"]
Side = Literal["mine", "theirs"]
Kind = Literal["field", "removed", "added", "moved", "tangled"]
_SIDES: tuple[Side, Side] = ("mine", "theirs")
_OTHER: dict[Side, Side] = {"mine": "theirs", "theirs": "mine"}


class Conflict(Struct, frozen=True):
    """What both changed, each in another way. `path` is where it stands in mine, else in theirs.

    field: both gave `field` another value. removed: one removed (None) what the other changed or moved. added:
    both added something at the same place. moved: both moved it, to different places. tangled: moves that exclude
    each other; one whole journey has to be taken.
    """

    id: str
    kind: Kind
    path: str
    step: str
    choices: tuple[Choice, ...]
    field: str | None = None
    base: Any = None
    mine: Any = None
    theirs: Any = None


class Merged(Struct, frozen=True):
    """A document with the changes of both. While there are `conflicts`, mine stands at their places."""

    document: Json
    conflicts: tuple[Conflict, ...]


def merge(
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    choices: Mapping[str, Choice] | None = None,
    watch: Watch = unwatched,
) -> Merged:
    """Return both changes to `base` together; `choices` decide conflicts by their id.

    `watch` is called all along; what it raises ends the work and comes out here.
    """
    trees = Tree(base, watch), Tree(mine, watch), Tree(theirs, watch)
    return _Merge(*trees, choices or {}, watch).result()


class _Merge:
    def __init__(self, base: Tree, mine: Tree, theirs: Tree, choices: Mapping[str, Choice], watch: Watch) -> None:
        self._watch = watch
        self.base = base
        self.trees: dict[Side, Tree] = {"mine": mine, "theirs": theirs}
        self.matches: dict[Side, Match] = {"mine": Match(base, mine, watch), "theirs": Match(base, theirs, watch)}
        self.choices = choices
        self.conflicts: dict[str, Conflict] = {}
        self.placed: Counter[Node] = Counter()

    def result(self) -> Merged:
        own = self.trees["mine"].fields, self.trees["theirs"].fields
        document = self._fields("", "journey", self.base.fields, *own)
        sections: Json = {}
        mine, theirs = self.trees["mine"].sections, self.trees["theirs"].sections
        for name in dict.fromkeys([*self.base.sections, *mine, *theirs]):
            steps = self._rows(self.base.sections.get(name), mine.get(name), theirs.get(name), name, name)
            if steps is not None:
                sections[name] = steps
        document["on_error"] = sections.pop(ON_ERROR, [])
        document["sections"] = sections
        if self._lost():
            return self._tangled()
        return Merged(document, tuple(self.conflicts.values()))

    def _lost(self) -> bool:
        """Tell whether a step that both kept is missing, or any is there twice."""
        kept = [
            node
            for node in self.base.all()
            if node in self.matches["mine"].pairs and node in self.matches["theirs"].pairs
        ]
        return any(self.placed[node] != 1 for node in kept) or any(count > 1 for count in self.placed.values())

    def _tangled(self) -> Merged:
        taken = self.choices.get("tangled")
        conflict = Conflict("tangled", "tangled", "", "journey", ("mine", "theirs"))
        document = _document(self.trees["theirs" if taken == "theirs" else "mine"])
        return Merged(document, () if taken else (conflict,))

    # --- values --------------------------------------------------------------------------------

    def _conflict(self, conflict: Conflict) -> Choice:
        """Note a conflict nobody has decided yet; return what is taken at its place."""
        taken = self.choices.get(conflict.id)
        if taken in conflict.choices:
            return taken
        self.conflicts[conflict.id] = conflict
        return "mine"

    def _fields(self, path: str, step: str, base: Json, mine: Json, theirs: Json, at: str = "") -> Json:
        """Merge own fields one by one, in the order of mine."""
        merged: Json = {}
        for name in dict.fromkeys([*mine, *theirs, *base]):
            values = [one.get(name) for one in (base, mine, theirs)]
            texts = [as_text(one[name]) if name in one else "" for one in (base, mine, theirs)]
            source = mine
            if texts[1] != texts[2] and texts[0] != texts[2]:
                source = theirs
                if texts[0] != texts[1]:
                    conflict = Conflict(
                        f"field:{path}:{name}", "field", at or path, step, ("mine", "theirs"), name, *values
                    )
                    source = theirs if self._conflict(conflict) == "theirs" else mine
            if name in source:
                merged[name] = source[name]
        return merged

    # --- rows ----------------------------------------------------------------------------------

    def _rows(
        self, base: Row | None, mine: Row | None, theirs: Row | None, path: str, step: str
    ) -> list[Json] | None:
        """Merge a block of which some may not be there; None: it is not there."""
        if base is None:
            if mine is None or theirs is None:
                row = mine or theirs
                return None if row is None else self._all(row, "mine" if row is mine else "theirs")
            return self._steps(None, mine, theirs, path)
        if mine is None and theirs is None:
            return None
        if mine is not None and theirs is not None:
            return self._steps(base, mine, theirs, path)
        side: Side = "theirs" if mine is None else "mine"
        row = mine or theirs
        if row is None or row.whole == base.whole:
            return None
        whole = {"base": _plain(base), "mine": _plain(mine), "theirs": _plain(theirs)}
        conflict = Conflict(f"removed:{path}", "removed", row.path, step, ("mine", "theirs"), None, **whole)
        return self._all(row, side) if self._conflict(conflict) == side else None

    def _all(self, row: Row, side: Side, *, alike: bool = False) -> list[Json]:
        """Take a whole row of one side, with the other's changes to steps that came into it."""
        return [item for node in row.nodes for item in self._taken(node, side, alike=alike)]

    def _steps(self, base: Row | None, mine: Row, theirs: Row, path: str) -> list[Json]:
        """Merge a row by its gaps: what was added before each step, then the step."""
        nodes = base.nodes if base is not None else []
        added: dict[Side, list[list[Node]]] = {}
        for side in _SIDES:
            row = mine if side == "mine" else theirs
            added[side] = [[] for _ in range(len(nodes) + 1)]
            for node in row.nodes:
                if not self._stayed(node, side, base):
                    added[side][self._gap(node, side, base)].append(node)
        merged: list[Json] = []
        for gap in range(len(nodes) + 1):
            merged += self._added(added["mine"][gap], added["theirs"][gap], f"{path}/{gap}")
            if gap < len(nodes):
                merged += self._kept(nodes[gap])
        return merged

    def _stayed(self, node: Node, side: Side, base: Row | None) -> bool:
        match = self.matches[side]
        was = match.back.get(node)
        return was is not None and was in match.here and was.parent is base

    def _gap(self, node: Node, side: Side, base: Row | None) -> int:
        """Return which gap of the base's row a node stands in: behind the last step before it that stayed."""
        self._watch()
        for other in reversed(node.parent.nodes[: node.index]):
            if self._stayed(other, side, base):
                return self.matches[side].back[other].index + 1
        return 0

    def _added(self, mine: list[Node], theirs: list[Node], path: str) -> list[Json]:
        if [node.whole for node in mine] == [node.whole for node in theirs]:
            return [item for node in mine for item in self._taken(node, "mine", alike=True)]
        fresh: dict[Side, list[Node]] = {
            "mine": [node for node in mine if node not in self.matches["mine"].back],
            "theirs": [node for node in theirs if node not in self.matches["theirs"].back],
        }
        drop: frozenset[Node] = frozenset()
        if fresh["mine"] and fresh["theirs"]:
            conflict = Conflict(
                f"added:{path}", "added", fresh["mine"][0].path, fresh["mine"][0].kind, ("mine", "theirs", "both"),
                mine=[_json(node) for node in fresh["mine"]], theirs=[_json(node) for node in fresh["theirs"]],
            )  # fmt: skip
            taken = self._conflict(conflict)
            if taken != "both":
                drop = frozenset(fresh[_OTHER[taken]])
        items: list[Json] = []
        for side in _SIDES:
            for node in mine if side == "mine" else theirs:
                if node not in drop:
                    items += self._taken(node, side)
        return items

    # --- steps ---------------------------------------------------------------------------------

    def _kept(self, base: Node) -> list[Json]:
        """Return a step of the base where it stood, if it still stands there."""
        here = {side: base in match.here for side, match in self.matches.items()}
        gone = {side: base not in match.pairs for side, match in self.matches.items()}
        if here["mine"] and here["theirs"]:
            return [self._both(base)]
        for side, other in _OTHER.items():
            if gone[side] and here[other]:
                now = self.matches[other].pairs[base]
                if now.whole == base.whole or self._removal(base, side) == side:
                    return []
                return [self._one(now, other)]
        return []  # gone for both, or moved: then it is where it was moved to

    def _removal(self, base: Node, side: Side) -> Choice:
        """Ask about a step that `side` removed and the other changed or moved."""
        now = self.matches[_OTHER[side]].pairs[base]
        values = {side: None, _OTHER[side]: _json(now)}
        return self._conflict(
            Conflict(
                f"removed:{base.path}", "removed", now.path if side == "theirs" else base.path, base.kind,
                ("mine", "theirs"), None, _json(base), values["mine"], values["theirs"],
            )
        )  # fmt: skip

    def _taken(self, node: Node, side: Side, *, alike: bool = False) -> list[Json]:
        """Return a step as it stands in one side's row: a new one, or one that side moved here.

        `alike`: the other side's row is the same.
        """
        match, other = self.matches[side], self.matches[_OTHER[side]]
        base = match.back.get(node)
        if base is None:
            return [self._one(node, side, alike=alike)]
        if base not in other.pairs:
            if base in match.here:  # in a row that only this side has; that was asked about there
                return [self._one(node, side)]
            return [self._one(node, side)] if self._removal(base, _OTHER[side]) == side else []
        if base in other.here:
            # It stands where this side moved it; had both left it in place, its row would still be the base's.
            return [self._both(base)] if base not in match.here else []
        if base in match.here:
            return []  # the other side moved it
        if alike or self._place(base, "mine") == self._place(base, "theirs"):
            return [self._both(base)] if side == "mine" else []
        where = {one: self.matches[one].pairs[base].path for one in _OTHER}
        conflict = Conflict(
            f"moved:{base.path}", "moved", where["mine"], base.kind, ("mine", "theirs"), None, base.path,
            where["mine"], where["theirs"],
        )  # fmt: skip
        return [self._both(base)] if self._conflict(conflict) == side else []

    def _place(self, base: Node, side: Side) -> tuple[object, ...]:
        """Return the place a side moved a step to, equal for both sides only if it is the same place."""
        node = self.matches[side].pairs[base]
        row = node.parent
        holder = None if row.holder is None else self.matches[side].back.get(row.holder)
        if row.holder is not None and holder is None:
            return (side, node.path)  # in something new
        was = self.base.sections.get(row.name) if holder is None else holder.blocks.get(row.name)
        if was is None:
            return ("new", row.path, node.index)
        return (was.path, row.name, self._gap(node, side, was))

    def _one(self, node: Node, side: Side, *, alike: bool = False) -> Json:
        """Return a step of one side, with the other's changes to steps that came into it."""
        self._watch()
        base = self.matches[side].back.get(node)
        if base is not None:
            self.placed[base] += 1
        made = dict(node.own) if node.kind == OPTION else {"step": node.kind, **node.own}
        for name, row in node.blocks.items():
            _put(made, node.kind, name, self._all(row, side, alike=alike))
        return made

    def _both(self, base: Node) -> Json:
        """Return a step of the base with both sides' changes."""
        self._watch()
        self.placed[base] += 1
        mine, theirs = self.matches["mine"].pairs[base], self.matches["theirs"].pairs[base]
        own = self._fields(base.path, base.kind, base.own, mine.own, theirs.own, mine.path)
        made = own if base.kind == OPTION else {"step": base.kind, **own}
        for name in dict.fromkeys([*mine.blocks, *theirs.blocks, *base.blocks]):
            rows = (base.blocks.get(name), mine.blocks.get(name), theirs.blocks.get(name))
            steps = self._rows(*rows, f"{base.path}/{name}", base.kind)
            if steps is not None:
                _put(made, base.kind, name, steps)
        return made


def _put(made: Json, kind: str, name: str, steps: list[Json]) -> None:
    if steps or not omitted_when_empty(kind, name):
        made[name] = steps


def _json(node: Node) -> Json:
    made = dict(node.own) if node.kind == OPTION else {"step": node.kind, **node.own}
    for name, row in node.blocks.items():
        _put(made, node.kind, name, _plain(row) or [])
    return made


def _plain(row: Row | None) -> list[Json] | None:
    return None if row is None else [_json(node) for node in row.nodes]


def _document(tree: Tree) -> Json:
    sections = {name: _plain(row) or [] for name, row in tree.sections.items()}
    return {**tree.fields, "on_error": sections.pop(ON_ERROR, []), "sections": sections}
