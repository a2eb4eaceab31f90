"""Steps behind the end of their block are dead, and said to be so with their place."""

import pytest

from warmline.domain.journey.checker_flow import dead_steps, goes_on
from warmline.domain.journey.document import (
    Block,
    Callback,
    Compare,
    End,
    Enqueue,
    Goto,
    Hours,
    Journey,
    Menu,
    Option,
    Return,
    Say,
    Step,
    TransferJourney,
    Var,
    When,
)
from warmline_demo.content.library import JOURNEYS

BYE: Block = (End("bye"),)
ON: Block = (Say("hello"),)
IS = Compare(Var("a"), "==", 1)


def _dead(*start: Step, on_error: Block = BYE) -> list[tuple[str, str, str, str]]:
    journey = Journey(id="j", on_error=on_error, sections={"start": start})
    return [
        (section, cause.details["place"], cause.details["step"], cause.details["after"])
        for section, cause in dead_steps(journey)
    ]


@pytest.mark.parametrize("last", [End("bye"), Goto("a"), TransferJourney("b"), Return()])
def test_nothing_runs_behind_a_step_that_never_goes_on(last: Step):
    after = str(last.__struct_config__.tag)
    assert _dead(Say("hello"), last, Say("hello"), Say("hello")) == [("start", "3", "say", after)]


def test_a_dead_step_is_found_in_any_block_and_named_by_its_place():
    inner = When(IS, then=ON, otherwise=(Goto("a"), Say("hello")))
    assert _dead(Say("hello"), inner) == [("start", "2 › otherwise › 2", "say", "goto")]
    assert _dead(End("bye"), on_error=(End("bye"), Say("hello"))) == [("@on_error", "2", "say", "end")]


@pytest.mark.parametrize(
    ("step", "on"),
    [
        (When(IS, then=BYE), True),
        (When(IS, then=BYE, otherwise=BYE), False),
        (Menu("m", (Option("a", "a", then=BYE),), give_up=BYE), False),
        (Menu("m", (Option("a", "a", then=BYE), Option("b", "b")), give_up=BYE), True),
        (Hours("h", closed=BYE, open=BYE), False),
        (Hours("h", closed=BYE, open=BYE, holiday=()), True),
        (Enqueue("q", BYE, BYE, BYE), False),
        (Enqueue("q", BYE, BYE, ON), True),
        (Enqueue("q", BYE, BYE, BYE, callback_after_s=1, callback=ON), True),
        (Callback("q", give_up=BYE), False),
        (Callback("q", give_up=ON), True),
    ],
)
def test_a_step_goes_on_if_one_of_its_ways_does(step: Step, on: bool):
    assert goes_on(step) is on


def test_nothing_in_the_shipped_journeys_is_dead():
    assert [found for journey in JOURNEYS for found in dead_steps(journey)] == []
