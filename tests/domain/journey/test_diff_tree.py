"""Steps of two documents are recognised as the same one, by what they are and not by where they stand."""

import time
from typing import Any

from warmline.domain.journey.diff_tree import Match, Tree, aligned, as_text, canonical, omitted_when_empty

Json = dict[str, Any]


def document(*steps: Json) -> Json:
    return {"id": "j", "on_error": [], "sections": {"start": list(steps)}}


def say(prompt: str) -> Json:
    return {"step": "say", "prompt": prompt}


def paths(before: Json, after: Json) -> list[tuple[str, str]]:
    match = Match(Tree(before), Tree(after))
    return [(old.path, new.path) for old, new in match.pairs.items()]


def test_equal_steps_find_each_other_before_those_that_are_merely_alike():
    old, new = Tree(document(say("a"), say("b"))), Tree(document(say("x"), say("a"), say("b")))
    pairs = aligned(old.sections["start"].nodes, new.sections["start"].nodes)
    assert [(one.index, same.index) for one, same in pairs] == [(0, 1), (1, 2)]


def test_an_option_is_its_value_and_a_path_names_it():
    one = {"value": "yes", "label": "l", "then": [say("then")]}
    two = {"value": "no", "label": "l"}
    menu: Json = {"step": "menu", "prompt": "m", "give_up": []}
    found = paths(document(menu | {"options": [one, two]}), document(say("x"), menu | {"options": [two, one]}))
    assert ("start/0/option:yes", "start/1/option:yes") in found
    assert ("start/0/option:yes/0", "start/1/option:yes/0") in found


def test_two_alike_in_two_places_are_not_guessed_to_have_moved():
    before = document(say("same"), say("other"), say("same"))
    after = {**document(say("other")), "on_error": [say("same"), say("same")]}
    assert paths(before, after) == [("start/1", "start/0")]


def test_values_are_told_apart_as_json_does():
    assert as_text({"b": 1, "a": True}) == as_text({"a": True, "b": 1})
    assert as_text(True) != as_text(1)


def test_leaving_a_branch_out_is_an_empty_one_only_where_the_document_says_so():
    assert omitted_when_empty("when", "otherwise")
    assert omitted_when_empty("option", "then")
    assert not omitted_when_empty("invoke", "timed_out")
    assert canonical({"id": "no journey"}) == {"id": "no journey"}


def test_three_hundred_steps_rewritten_are_matched_without_a_wait():
    before = document(*(say(f"p{n}") for n in range(300)))
    after = document(*(say(f"q{n}") for n in range(300)))
    began = time.perf_counter()
    assert len(paths(before, after)) == 300
    assert time.perf_counter() - began < 3


def test_whens_within_whens_cost_no_more_the_deeper_they_go():
    asked = {"cond": "compare", "left": {"value": "var", "path": "x"}, "op": "is_set"}
    before, after = say("old"), say("new")
    for _ in range(40):
        before = {"step": "when", "condition": asked, "then": [before], "otherwise": []}
        after = {"step": "when", "condition": asked, "then": [after], "otherwise": []}
    deepest = "start" + "/0/then" * 40 + "/0"
    assert paths(document(before), document(after))[-1] == (deepest, deepest)


def test_thousands_of_rewritten_steps_keep_those_that_stayed():
    before = document(say("first"), *(say(f"p{n}") for n in range(3000)), say("stays"), say("p"))
    after = document(say("new"), *(say(f"q{n}") for n in range(3000)), say("stays"), say("q"))
    assert paths(before, after) == [("start/3001", "start/3001")]
