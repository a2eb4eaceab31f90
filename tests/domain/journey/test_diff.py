"""A reviewer reads what changed in a journey: every difference, each once, at its place."""

import copy
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warmline.domain.journey.codec import write_journey
from warmline.domain.journey.diff import Change, FieldChange, diff
from warmline.domain.journey.diff_tree import as_text, canonical
from warmline.domain.journey.document import Journey

SLOW_MACHINE = [HealthCheck.too_slow, HealthCheck.data_too_large]
Journeys = st.SearchStrategy[Journey]
Json = dict[str, Any]
END: Json = {"step": "end", "prompt": "bye"}


def say(prompt: str) -> Json:
    return {"step": "say", "prompt": prompt}


def base() -> Json:
    ask = {"step": "ask", "into": "n", "prompt": "ask.n", "expect": {"input": "text"}, "give_up": [END]}
    options = [{"value": one, "label": f"o.{one}", "then": [say(f"chosen.{one}")]} for one in ("a", "b")]
    menu = {"step": "menu", "prompt": "m", "options": options, "give_up": [{"step": "goto", "section": "agent"}]}
    task = {"step": "invoke", "task": "find", "into": "order", "failed": [say("sorry")]}
    return {
        "id": "j",
        "on_error": [END],
        "sections": {"start": [say("one"), ask, menu, task], "agent": [END], "old": [say("old"), END]},
    }


def test_each_change_is_named_once_at_its_place():
    after = copy.deepcopy(base())
    start = after["sections"]["start"]
    start[1]["attempts"] = 5
    start[1]["prompt"] = "ask.other"
    start[2]["options"].append({"value": "c", "label": "o.c", "then": [say("chosen.c")]})
    start[2]["options"][0]["then"].insert(0, say("first"))
    start[3]["timed_out"] = [say("slow")]
    start.append(start.pop(0))
    del after["sections"]["old"]
    after["sections"]["new"] = [say("new"), END]
    after["title"] = "j.title"
    assert diff(base(), after) == [
        Change("changed", "journey", "", "", fields=(FieldChange("title", None, "j.title"),)),
        Change(
            "changed", "step", "start/0", "start/1", "ask",
            (FieldChange("prompt", "ask.n", "ask.other"), FieldChange("attempts", None, 5)),
        ),
        Change("added", "step", "start/1/option:a/0", None, "say"),
        Change("added", "option", "start/1/option:c", None, "option"),
        Change("added", "step", "start/2/timed_out/0", None, "say"),
        Change("moved", "step", "start/3", "start/0", "say"),
        Change("added", "section", "new", None, "new"),
        Change("removed", "section", None, "old", "old"),
    ]  # fmt: skip


def test_what_was_removed_is_told_with_what_stands_before_its_place_now():
    after = copy.deepcopy(base())
    start = after["sections"]["start"]
    start[0:1] = [{"step": "tag", "intent": "late"}, {"step": "tag", "intent": "lost"}]  # the others slide down
    start[2]["give_up"] = []
    start[3]["options"] = [{**start[3]["options"][0], "then": []}]
    start[4]["failed"] = []
    gone = {change.before: change.near for change in diff(base(), after) if change.kind == "removed"}
    assert gone == {
        "start/0": "start",
        "start/1/give_up/0": "start/2/give_up",
        "start/2/option:a/0": "start/3/option:a",
        "start/2/option:b": "start/3/option:a",
        "start/3/failed/0": "start/4/failed",
    }


def test_of_a_whole_branch_and_a_step_behind_it_each_is_told_behind_what_stayed():
    after = copy.deepcopy(base())
    after["sections"]["start"] = [*after["sections"]["start"][:2], say("new")]
    gone = [change for change in diff(base(), after) if change.kind == "removed"]
    assert [(change.before, change.near) for change in gone] == [("start/2", "start/1"), ("start/3", "start/1")]


def test_a_step_that_only_slid_down_is_no_change_of_its_own():
    after = copy.deepcopy(base())
    after["sections"]["start"].insert(0, say("zero"))
    assert diff(base(), after) == [Change("added", "step", "start/0", None, "say")]
    gone = Change("removed", "step", None, "start/0", "say", own={"prompt": "zero"}, near="start")
    assert diff(after, base()) == [gone]


def test_what_was_wrapped_into_a_branch_has_moved_and_is_not_new():
    after = copy.deepcopy(base())
    start = after["sections"]["start"]
    condition = {"cond": "compare", "left": {"value": "var", "path": "n"}, "op": "is_set", "right": None}
    after["sections"]["start"] = [start[0], start[1], {"step": "when", "condition": condition, "then": start[2:]}]
    told = [(one.kind, one.path, one.before) for one in diff(base(), after)]
    assert told == [
        ("added", "start/2", None),
        ("moved", "start/2/then/0", "start/2"),
        ("moved", "start/2/then/1", "start/3"),
    ]


def test_an_empty_branch_is_not_the_same_as_none():
    after = copy.deepcopy(base())
    after["sections"]["start"][3]["timed_out"] = []
    (change,) = diff(base(), after)
    assert (change.path, change.fields) == ("start/3", (FieldChange("timed_out", None, []),))


def test_a_default_written_out_is_no_change_and_a_half_drawn_step_can_be_compared():
    after = copy.deepcopy(base())
    after["sections"]["start"][1]["attempts"] = 3
    assert diff(base(), after) == []
    del after["sections"]["start"][1]["prompt"]
    (change,) = [one for one in diff(base(), after) if one.path == "start/1"]
    assert FieldChange("prompt", "ask.n", None) in change.fields


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW_MACHINE)
@given(st.data())
def test_nothing_is_told_exactly_when_nothing_changed(journeys: Journeys, data: st.DataObject):
    one, other = (canonical(msgspec.json.decode(write_journey(data.draw(journeys)))) for _ in range(2))
    assert diff(one, one) == []
    assert bool(diff(one, other)) == (as_text(one) != as_text(other))


class GivenUp(Exception):
    """Nobody waits any more."""


class Patience:
    """Counts how often it is asked whether somebody still waits, and is at an end after `most` times."""

    def __init__(self, most: int | None = None) -> None:
        self.asked = 0
        self._most = most

    def __call__(self) -> None:
        self.asked += 1
        if self._most is not None and self.asked > self._most:
            raise GivenUp


def test_a_comparison_that_nobody_waits_for_any_more_ends_wherever_it_is():
    before, after = base(), base()
    before["sections"]["start"] = [say(f"old{n}") for n in range(60)]
    after["sections"]["start"] = [say(f"new{n}") for n in range(60)]
    whole = Patience()
    assert diff(before, after, whole) == diff(before, after)
    assert whole.asked > 5 * 60, "for every step, and all along while the steps of both are put beside each other"
    for most in (0, whole.asked // 2, whole.asked - 1):
        with pytest.raises(GivenUp):
            diff(before, after, Patience(most))
