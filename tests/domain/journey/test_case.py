"""A conversation kept as a case comes out the same every time, and says what differs when it does not."""

import msgspec
import pytest
from msgspec.structs import replace
from tests.domain.journey.test_rehearsal import END, MENU, MONDAY, PIN, library

from warmline.domain.journey.case import Case, Expectation, coverage, failure_of, held, judged, kept
from warmline.domain.journey.document import End, Goto, Invoke, Say, Set
from warmline.domain.journey.rehearsal import Deed
from warmline.domain.journey.stage import Scenery

FIND = Invoke("orders.find", "found", END, result=("status",))
KNOWN = library(MENU, Set("kind", "gift"), FIND, End("j.found"))
SCENERY = Scenery(MONDAY)
ORDERS = (Deed(tap="orders"),)


def case(*deeds: Deed, **expect: object) -> Case:
    return Case("a customer asks for orders", "j", SCENERY, deeds, Expectation(**expect))  # pyright: ignore[reportArgumentType]


def test_a_conversation_just_held_can_be_kept_and_comes_again_to_the_letter():
    chosen = replace(SCENERY, choices={"orders.find": 1})
    talk = held(Case("", "j", chosen, ORDERS), KNOWN)
    one = kept("a lost order", "j", chosen, ORDERS, talk)
    assert one.expect.ends == "contained"
    assert one.expect.said == ("j.ask", "j.hi", "j.found")
    assert one.scenery.answers["orders.find"][0].result == {"status": "lost"}
    again = msgspec.json.decode(msgspec.json.encode(one, enc_hook=str), type=Case)
    assert judged(again, KNOWN).failure is None
    assert [line.text for line in judged(again, KNOWN).lines if line.kind == "spoken"][-1] == "It is lost."


@pytest.mark.parametrize(
    ("expect", "why"),
    [
        ({"ends": "person"}, "ended"),
        ({"said": ("j.hi", "j.ask")}, "not_said"),
        ({"unsaid": ("j.hi",)}, "said"),
        ({"variables": {"kind": "book"}}, "variable"),
        ({"variables": {"found.colour": "red"}}, "variable"),
        ({"visited": ("j#start/0/give_up",)}, "not_visited"),
    ],
)
def test_what_did_not_come_as_expected_is_named(expect: dict[str, object], why: str):
    verdict = judged(case(*ORDERS, **expect), KNOWN)
    assert verdict.failure is not None
    assert verdict.failure.why == why
    assert verdict.lines


def test_what_came_as_expected_passes():
    expect = {
        "ends": "contained",
        "said": ("j.ask", "j.found"),
        "unsaid": ("j.bye",),
        "variables": {"kind": "gift"},
        "visited": ("j#start/0/option:orders", "j#start/0/option:orders/0"),
    }
    assert judged(case(*ORDERS, **expect), KNOWN).failure is None


def test_time_goes_on_until_the_end_that_is_expected_and_stands_still_where_none_is():
    assert judged(case(ends="message_taken"), KNOWN).failure is None
    assert judged(case(), KNOWN).seconds == 0


def test_a_fault_fails_every_case():
    verdict = judged(case(), library(Say("j.found"), Goto("agent")))
    assert verdict.failure is not None
    assert verdict.failure.why == "fault"
    talk = held(case(), library(PIN, End("j.bye")))
    assert failure_of(Expectation(), talk) is None


def test_branches_nobody_took_are_named():
    found = coverage(KNOWN.journeys["j"], [judged(case(*ORDERS), KNOWN)])
    assert "start/0/option:orders" in found.entered
    assert "start/0/option:other" in found.missing
    assert "start/2/failed" in found.missing
    assert 0 < found.share < 1
