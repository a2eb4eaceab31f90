"""What changed between two documents of a journey, step by step, as a designer would say it."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct

from warmline.domain.journey.diff_tree import OPTION, Json, Match, Node, Row, Tree, Watch, as_text, unwatched

What = Literal["step", "option", "section", "journey"]


class FieldChange(Struct, frozen=True):
    """A field with what it was and what it is; None also stands for a field that is not there."""

    field: str
    old: Any
    new: Any


class Change(Struct, frozen=True):
    """One difference. `path` is where it stands in the newer document, `before` where it stood in the older one.

    What came or went with a step or section that is named is not named again, except what moved in or out.
    `near`: what stands before the place of something removed in the newer document; at its beginning, the block.
    """

    kind: Literal["added", "removed", "moved", "changed"]
    what: What
    path: str | None
    before: str | None
    step: str = ""  # the kind of step; the name of a section
    fields: tuple[FieldChange, ...] = ()
    own: Json = {}  # what was removed, without its branches
    near: str | None = None


def diff(before: Mapping[str, Any], after: Mapping[str, Any], watch: Watch = unwatched) -> list[Change]:
    """Return the changes from one document to another as the newer is read; what is gone follows its section.

    `watch` is called all along; what it raises ends the work and comes out here.
    """
    old, new = Tree(before, watch), Tree(after, watch)
    match = Match(old, new, watch)
    changes: list[Change] = []
    fields = changed_fields(old.fields, new.fields)
    if fields:
        changes.append(Change("changed", "journey", "", "", fields=fields))
    for name in [*new.sections, *(name for name in old.sections if name not in new.sections)]:
        row, was = new.sections.get(name), old.sections.get(name)
        if row is not None:
            if was is None:
                changes.append(Change("added", "section", name, None, step=name))
            for node in row.nodes:
                watch()
                changes += _in_newer(node, match, named=was is None)
        if was is not None:
            if row is None:
                changes.append(Change("removed", "section", None, name, step=name))
            changes += _gone(was, match, None if row is None else name)
    return changes


def changed_fields(old: Json, new: Json) -> tuple[FieldChange, ...]:
    """Return the fields that differ, in the order of the newer."""
    names = [*new, *(name for name in old if name not in new)]
    return tuple(
        FieldChange(name, old.get(name), new.get(name))
        for name in names
        if (name in old) != (name in new) or as_text(old.get(name)) != as_text(new.get(name))
    )


def _in_newer(node: Node, match: Match, *, named: bool) -> Iterator[Change]:
    was = match.back.get(node)
    what: What = OPTION if node.kind == OPTION else "step"
    if was is None:
        if not named:
            yield Change("added", what, node.path, None, node.kind)
    else:
        fields = (*changed_fields(was.own, node.own), *_changed_presence(was, node))
        if was not in match.here:
            yield Change("moved", what, node.path, was.path, node.kind, fields)
        elif fields:
            yield Change("changed", what, node.path, was.path, node.kind, fields)
    for row in node.blocks.values():
        for inner in row.nodes:
            yield from _in_newer(inner, match, named=was is None)


def _changed_presence(was: Node, node: Node) -> Iterator[FieldChange]:
    """Name blocks that came or went without a step in them: an empty branch is not the same as none."""
    for name in [*node.blocks, *(name for name in was.blocks if name not in node.blocks)]:
        old, new = was.blocks.get(name), node.blocks.get(name)
        present = [row for row in (old, new) if row is not None]
        if len(present) == 1 and not present[0].nodes:
            yield FieldChange(name, None if old is None else [], None if new is None else [])


def _gone(row: Row, match: Match, near: str | None) -> Iterator[Change]:
    """Yield what is gone from a row; `near`: where the row is now, None for one that went with its step."""
    named = near is None
    for node in row.nodes:
        same = match.pairs.get(node)
        if same is not None and node in match.here:
            near = same.path
        elif same is None and not named:
            yield Change(
                "removed",
                OPTION if node.kind == OPTION else "step",
                None,
                node.path,
                node.kind,
                own=node.own,
                near=near,
            )
        for name, inner in node.blocks.items():
            now = None if same is None else same.blocks.get(name)
            yield from _gone(inner, match, None if same is None else same.path if now is None else now.path)
