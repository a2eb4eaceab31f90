"""Numbers that would make a customer wait never or for ever are refused before any path is walked."""

import pytest
from msgspec.structs import replace

from warmline.domain.journey.checker_bounds import bounds_problems
from warmline.domain.journey.document import (
    Ask,
    ChoiceInput,
    DigitsInput,
    End,
    Enqueue,
    Input,
    Invoke,
    Menu,
    NumberInput,
    Option,
    OrderNumberInput,
    Step,
    Survey,
    TextInput,
    Verify,
)

BYE = (End("bye"),)
YES = (Option("yes", "yes"),)


def _ask(expect: Input, **more: object) -> Ask:
    return replace(Ask("n", "ask", expect, give_up=BYE), **more)


def _enqueue(**more: object) -> Enqueue:
    return replace(Enqueue("orders", BYE, BYE, BYE), **more)


def _codes(step: Step) -> list[str]:
    return [cause.code for cause in bounds_problems(step)]


@pytest.mark.parametrize(
    "step",
    [
        _ask(TextInput(), no_input_s=-5),
        _ask(TextInput(), no_input_s=1e300),
        _ask(TextInput(), attempts=0),
        Menu("ask", YES, give_up=BYE, attempts=0),
        Survey("ask", no_input_s=0),
        Verify("account_pin", "a", failed=BYE, locked=BYE, attempts=0),
        Verify("account_pin", "a", failed=BYE, locked=BYE, level=9),
        Invoke("find", into="x", failed=BYE, timeout_s=0),
        Invoke("find", into="x", failed=BYE, timeout_s=1e9),
        Invoke("find", into="x", failed=BYE, retries=1_000_000),
        Invoke("find", into="x", failed=BYE, retry_wait_s=1e300),
        _enqueue(wait_every_s=0),
        _enqueue(overflow_after_s=0),
        _enqueue(overflow_after_s=float("inf")),
        _enqueue(callback_after_s=-1, callback=BYE),
        _enqueue(priority=99),
        _enqueue(skills={"ko": 9}),
    ],
)
def test_a_number_out_of_range_is_refused_with_the_range(step: Step):
    (found,) = bounds_problems(step)
    assert found.code == "out_of_range"
    assert {"low", "high"} <= found.details.keys()


def test_a_customer_must_have_something_to_choose_and_each_choice_its_own_value():
    assert _codes(Menu("ask", (), give_up=BYE)) == ["no_options"]
    assert _codes(_ask(ChoiceInput(()))) == ["no_options"]
    assert _codes(Menu("ask", (*YES, Option("yes", "no", then=BYE)), give_up=BYE)) == ["option_twice"]


@pytest.mark.parametrize("expect", [NumberInput(10, 5), DigitsInput(9, 3), TextInput(0)])
def test_some_answer_must_be_possible(expect: Input):
    assert _codes(_ask(expect)) == ["nothing_fits"]


def test_the_pattern_of_a_number_must_be_one_that_reads_quickly_and_its_example_must_fit():
    assert _codes(_ask(OrderNumberInput("(", example="A"))) == ["pattern_wrong"]
    for slow in ("(a+)+b", "(a|a)+b", "(a|ab|b)*"):
        assert _codes(_ask(OrderNumberInput(slow, example="aab"))) == ["pattern_wrong"]
    assert _codes(_ask(OrderNumberInput("[A-Z]+"))) == ["example_missing"]
    assert _codes(_ask(OrderNumberInput("[A-Z]+", example="12"))) == ["example_wrong"]
    assert _codes(_ask(OrderNumberInput("[0-9]+", checksum="luhn", example="12"))) == ["example_wrong"]
    assert _codes(_ask(OrderNumberInput("[0-9]+", checksum="luhn", example="18"))) == []


def test_usual_steps_are_within_bounds():
    usual = (_ask(TextInput()), _enqueue(), Menu("ask", YES, give_up=BYE), Invoke("find", into="x", failed=BYE))
    assert [code for step in usual for code in _codes(step)] == []
