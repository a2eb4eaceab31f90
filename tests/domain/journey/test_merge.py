"""Two designers change one journey; the result has both changes, or names what they disagree about."""

import copy
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warmline.domain.journey.codec import write_journey
from warmline.domain.journey.diff_tree import canonical
from warmline.domain.journey.document import Journey
from warmline.domain.journey.merge import merge

SLOW_MACHINE = [HealthCheck.too_slow, HealthCheck.data_too_large]
Journeys = st.SearchStrategy[Journey]
Json = dict[str, Any]
Edit = Callable[[Json], None]


def say(prompt: str) -> Json:
    return {"step": "say", "prompt": prompt}


def when(prompt: str, *then: Json) -> Json:
    condition = {"cond": "compare", "left": {"value": "var", "path": prompt}, "op": "is_set", "right": None}
    return {"step": "when", "condition": condition, "then": list(then)}


def menu(*values: str) -> Json:
    options = [{"value": v, "label": f"o.{v}", "then": [say(f"chosen.{v}")]} for v in values]
    return {"step": "menu", "prompt": "m", "options": options, "give_up": [{"step": "goto", "section": "agent"}]}


END: Json = {"step": "end", "prompt": "bye"}


def base() -> Json:
    start = [say("one"), say("two"), when("order", say("inner"), say("inner.two")), menu("a", "b"), say("last")]
    return {"id": "j", "on_error": [END], "sections": {"start": start, "agent": [END]}, "title": "j.title"}


def edited(*edits: Edit) -> Json:
    document = copy.deepcopy(base())
    for edit in edits:
        edit(document)
    return document


def start(document: Json) -> list[Json]:
    return document["sections"]["start"]


def put(prompt: str, at: int) -> Edit:
    return lambda d: start(d).insert(at, say(prompt))


def drop(at: int) -> Edit:
    return lambda d: start(d).pop(at) and None


def reword(prompt: str, at: int) -> Edit:
    return lambda d: start(d)[at].update(prompt=prompt)


def shift(origin: int, to: int) -> Edit:
    return lambda d: start(d).insert(to, start(d).pop(origin))


def wrap(first: int, last: int) -> Edit:
    def edit(document: Json) -> None:
        steps = start(document)
        steps[first : last + 1] = [when("new", *steps[first : last + 1])]

    return edit


def add_option(value: str) -> Edit:
    return lambda d: start(d)[3]["options"].extend(menu(value)["options"])


def reword_option(d: Json) -> None:
    start(d)[3]["options"][0]["then"] = [say("chosen.other")]


def new_section(d: Json) -> None:
    d["sections"]["more"] = [say("more"), END]


def retitle(d: Json) -> None:
    d["title"] = "j.other"


def reword_inner(d: Json) -> None:
    start(d)[2]["then"][0]["prompt"] = "inner.changed"


def drop_when(d: Json) -> None:
    start(d).pop(2)


def lines(document: Json) -> str:
    return msgspec.json.encode(document, order="sorted").decode()


DISJOINT: list[tuple[str, Edit, Edit]] = [
    ("a step put in before one, a step put in behind another", put("new", 1), put("newer", 4)),
    ("one step reworded, another removed", reword("changed", 0), drop(4)),
    ("a step put in, its neighbour reworded", put("new", 1), reword("changed", 1)),
    ("steps wrapped into a branch, one of them reworded", wrap(0, 1), reword("changed", 1)),
    ("a step moved, the same step reworded", shift(0, 4), reword("changed", 0)),
    ("a whole branch moved, something in it reworded", shift(2, 0), reword_inner),
    ("an option added, another option's way changed", add_option("c"), reword_option),
    ("a section added, the title changed", new_section, retitle),
]


@pytest.mark.parametrize(("mine", "theirs"), [one[1:] for one in DISJOINT], ids=[one[0] for one in DISJOINT])
def test_what_does_not_touch_is_put_together_whoever_comes_first(mine: Edit, theirs: Edit):
    first = merge(base(), edited(mine), edited(theirs))
    second = merge(base(), edited(theirs), edited(mine))
    assert first.conflicts == second.conflicts == ()
    assert lines(first.document) == lines(second.document)
    assert lines(first.document) not in {lines(base()), lines(edited(mine)), lines(edited(theirs))}


def test_a_step_reworded_inside_what_another_wrapped_is_reworded_there():
    merged = merge(base(), edited(wrap(0, 1)), edited(reword("changed", 1))).document
    assert start(merged)[0] == when("new", say("one"), say("changed"))
    moved = merge(base(), edited(shift(0, 4)), edited(reword("changed", 0))).document
    assert [one.get("prompt") for one in start(moved)] == ["two", None, "m", "last", "changed"]


CLASHES: list[tuple[str, Edit, Edit, str, str]] = [
    ("field", reword("mine", 1), reword("theirs", 1), "start/1", "prompt"),
    ("field", lambda d: d.update(title="m"), lambda d: d.update(title="t"), "", "title"),
    ("removed", drop_when, reword_inner, "start/2", ""),
    ("added", put("mine", 2), put("theirs", 2), "start/2", ""),
    ("moved", shift(2, 0), shift(2, 4), "start/0", ""),
]


@pytest.mark.parametrize(("kind", "mine", "theirs", "path", "field"), CLASHES)
def test_a_disagreement_is_named_and_decided_by_people(kind: str, mine: Edit, theirs: Edit, path: str, field: str):
    mine_doc, theirs_doc = edited(mine), edited(theirs)
    open_ = merge(base(), mine_doc, theirs_doc)
    (conflict,) = open_.conflicts
    assert (conflict.kind, conflict.path, conflict.field or "") == (kind, path, field)
    for choice, wanted in (("mine", mine_doc), ("theirs", theirs_doc)):
        decided = merge(base(), mine_doc, theirs_doc, {conflict.id: choice})
        assert decided.conflicts == ()
        assert lines(decided.document) == lines(canonical(wanted))
    assert lines(open_.document) == lines(canonical(mine_doc))


def test_of_two_things_added_at_one_place_both_can_be_kept():
    mine, theirs = edited(put("mine", 2)), edited(put("theirs", 2))
    (conflict,) = merge(base(), mine, theirs).conflicts
    both = merge(base(), mine, theirs, {conflict.id: "both"})
    assert [one.get("prompt") for one in start(both.document)[1:5]] == ["two", "mine", "theirs", None]


def test_moves_that_exclude_each_other_lose_nothing():
    twice = base()
    start(twice)[0:2] = [when("x", say("in.x")), when("y", say("in.y"))]

    def into(outer: int, inner: int) -> Json:
        document = copy.deepcopy(twice)
        moved = start(document)[inner]
        start(document)[outer]["then"].append(moved)
        start(document).remove(moved)
        return document

    mine, theirs = into(0, 1), into(1, 0)
    open_ = merge(twice, mine, theirs)
    assert [one.kind for one in open_.conflicts] == ["tangled"]
    for choice, wanted in (("mine", mine), ("theirs", theirs)):
        assert lines(merge(twice, mine, theirs, {"tangled": choice}).document) == lines(canonical(wanted))


def test_the_same_change_by_both_is_made_once():
    for _, mine, theirs in DISJOINT:
        for one in (mine, theirs):
            merged = merge(base(), edited(one), edited(one))
            assert merged.conflicts == ()
            assert lines(merged.document) == lines(canonical(edited(one)))


def plain(journey: Journey) -> Json:
    return canonical(msgspec.json.decode(write_journey(journey)))


@settings(max_examples=30, deadline=None, suppress_health_check=SLOW_MACHINE)
@given(st.data())
def test_who_changed_nothing_gets_the_other_s_journey(journeys: Journeys, data: st.DataObject):
    one, other = plain(data.draw(journeys)), plain(data.draw(journeys))
    for mine, theirs in ((one, other), (other, one)):
        merged = merge(one, mine, theirs)
        assert merged.conflicts == ()
        assert lines(merged.document) == lines(other)
    assert lines(merge(one, other, other).document) == lines(other)


@settings(max_examples=30, deadline=None, suppress_health_check=SLOW_MACHINE)
@given(st.data())
def test_taking_one_side_everywhere_leaves_nothing_open(journeys: Journeys, data: st.DataObject):
    base_doc, mine, theirs = (plain(data.draw(journeys)) for _ in range(3))
    choices: dict[str, Any] = {}
    for _ in range(20):
        merged = merge(base_doc, mine, theirs, choices)
        if not merged.conflicts:
            break
        choices |= {one.id: data.draw(st.sampled_from(one.choices)) for one in merged.conflicts}
    assert merged.conflicts == ()
    assert plain(msgspec.convert(merged.document, Journey)) == merged.document


def _places(document: Json) -> list[list[Json]]:
    """The blocks of a journey in which edits are made: its sections, and the branches of their steps."""
    return [*document["sections"].values(), document["on_error"]]


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW_MACHINE)
@given(st.data())
def test_edits_in_different_sections_never_meet(journeys: Journeys, data: st.DataObject):
    common = plain(data.draw(journeys))
    sides: list[Json] = []
    for at in (0, -1):
        document = copy.deepcopy(common)
        blocks = _places(document)
        if len(blocks) > 1:
            block = blocks[at]
            block.insert(data.draw(st.integers(0, len(block))), say(f"only here {at}"))
        sides.append(document)
    merged, swapped = merge(common, *sides), merge(common, *reversed(sides))
    assert merged.conflicts == swapped.conflicts == ()
    assert lines(merged.document) == lines(swapped.document)
    for side in sides:
        for block, now in zip(_places(side), _places(merged.document), strict=True):
            assert lines({"": block}) == lines({"": now}) or block in _places(common)


@settings(max_examples=200, deadline=None, suppress_health_check=SLOW_MACHINE)
@given(st.sampled_from(range(5)), st.sampled_from(range(5)), st.booleans())
def test_there_is_a_conflict_if_and_only_if_both_changed_the_same_field_differently(
    one: int, other: int, alike: bool
):
    steps = [{"step": "ask", "into": f"v{n}", "prompt": f"p{n}", "expect": {"input": "text"}, "give_up": []}
             for n in range(5)]  # fmt: skip
    common = base() | {"sections": {"start": steps, "agent": [END]}}
    mine, theirs = copy.deepcopy(common), copy.deepcopy(common)
    start(mine)[one]["attempts"] = 7
    start(theirs)[other]["attempts"] = 7 if alike else 9
    merged = merge(common, mine, theirs)
    assert [c.id for c in merged.conflicts] == (
        [f"field:start/{one}:attempts"] if one == other and not alike else []
    )
    assert start(merged.document)[one]["attempts"] == 7


class GivenUp(Exception):
    """Nobody waits any more."""


def test_a_merge_that_nobody_waits_for_any_more_ends_wherever_it_is():
    documents = [base() for _ in range(3)]
    for number, one in enumerate(documents):
        one["sections"]["start"] = [say(f"{number}.{n}") for n in range(40)]
    old, mine, theirs = documents
    asked = 0

    def patient() -> None:
        nonlocal asked
        asked += 1

    assert merge(old, mine, theirs, watch=patient) == merge(old, mine, theirs)
    assert asked > 5 * 40

    for most in (0, asked // 2, asked - 1):
        left = most

        def hurried() -> None:
            nonlocal left
            if left == 0:
                raise GivenUp
            left -= 1

        with pytest.raises(GivenUp):
            merge(old, mine, theirs, watch=hurried)
