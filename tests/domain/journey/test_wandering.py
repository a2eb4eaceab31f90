"""Random customers come where nobody thought of going, and can be kept as cases."""

from typing import Literal

import pytest
from tests.domain.journey.test_rehearsal import END, MENU, QUEUE, library

from warmline.domain.journey.case import judged
from warmline.domain.journey.document import (
    Compare,
    End,
    Goto,
    Invoke,
    Journey,
    Option,
    Return,
    Say,
    Show,
    Var,
    When,
)
from warmline.domain.journey.stage import Library
from warmline.domain.journey.wandering import wanderers

FIND = Invoke("orders.find", "found", END, result=("status",))
KNOWN = library(MENU, FIND, Say("j.found"), Goto("agent"))


def test_who_is_kept_came_where_nobody_had_been_and_comes_there_again():
    found = list(wanderers("j", KNOWN, 60, seed=7))
    assert 2 <= len(found) < 40
    seen: set[str] = set()
    for one in found:
        assert one.fresh
        assert not seen & set(one.fresh)
        seen |= set(one.fresh)
        again = judged(one.case, KNOWN)
        assert again.failure is None, (one.case, again.failure)
        assert again.entered == one.verdict.entered
    assert {"j#start/0/option:orders", "j#start/0/option:other"} <= seen
    assert any("failed" in block for block in seen)


def test_the_seed_decides_all_and_a_channel_can_be_asked_for():
    assert list(wanderers("j", KNOWN, 20, seed=3)) == list(wanderers("j", KNOWN, 20, seed=3))
    callers = list(wanderers("j", KNOWN, 20, seed=3, channel="voice"))
    assert {one.case.scenery.channel for one in callers} == {"voice"}
    everything = frozenset(block for one in callers for block in one.verdict.entered)
    assert not list(wanderers("j", KNOWN, 20, seed=3, channel="voice", known=everything))


@pytest.mark.parametrize("kind", ["guide", "help"])
def test_guides_and_help_pages_are_walked_card_by_card_and_never_asked_for_a_person(
    kind: Literal["guide", "help"],
):
    card = Show("j.bye", options=(Option("yes", "j.bye"), Option("no", "j.bye", then=(Goto("more"),))))
    sections = {"start": (card, End("j.bye")), "more": (Say("j.bye"), End("j.bye"))}
    page = Journey("page", (End("j.bye"),), sections, kind=kind)
    known = Library({"page": page}, KNOWN.texts, {}, KNOWN.hours)
    found = list(wanderers("page", known, 60, seed=1))
    assert {one.verdict.failure for one in found} == {None}
    assert {one.case.scenery.channel for one in found} == {kind}
    assert any("page#more" in one.fresh for one in found)


def test_who_meets_a_fault_is_always_kept():
    broken = library(Say("j.found"), QUEUE, End("j.bye"))
    found = list(wanderers("j", broken, 5, seed=1))
    assert len(found) == 5
    assert all(one.verdict.failure is not None for one in found)


def test_a_module_is_tried_with_each_value_that_it_asks_of_its_parameters():
    ways = When(Compare(Var("topic"), "==", "returns"), then=(Say("j.bye"), Return(1)))
    module = Journey("m", (Return(),), {"start": (ways, Return())}, kind="module", parameters=("topic",))
    known = Library({**KNOWN.journeys, "m": module}, KNOWN.texts, KNOWN.stand_ins, KNOWN.hours)
    found = list(wanderers("m", known, 20, seed=2))
    assert {str(one.case.scenery.given["topic"]) for one in found} == {"returns", "something else"}
    assert any("m#start/0/then" in one.fresh for one in found)
    assert all(judged(one.case, known).failure is None for one in found)
