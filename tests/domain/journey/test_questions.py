"""Questions that escalate."""

from collections.abc import Callable
from typing import Any

import pytest

from warmline.domain.journey.document import (
    Ask,
    DigitsInput,
    EmailInput,
    End,
    Input,
    Journey,
    NumberInput,
    OrderNumberInput,
    TextInput,
)
from warmline.domain.journey.interface import WakeMe

Talk = Callable[..., Any]


def asking(expect: Input, **more: Any) -> Journey:
    return Journey(
        "j", (End("sorry"),), {"start": (Ask("x", "ask", expect, (End("gave_up"),), **more), End("ok"))}
    )


def test_each_failure_says_the_next_prompt_and_the_last_prompt_repeats(talk: Talk) -> None:
    customer = talk(asking(DigitsInput(), attempts=4, no_match=("m1", "m2"), no_input=("i1", "i2", "i3")))
    customer.start()
    assert customer.say("x") == ["[m1]"]
    assert customer.silence() == ["[i2]"]
    assert customer.say("x") == ["[m2]"]
    assert customer.say("x") == ["[gave_up]"]
    assert not customer.timers


def test_the_time_to_answer_starts_afresh_with_each_prompt(talk: Talk) -> None:
    customer = talk(asking(DigitsInput(), no_input_s=30))
    customer.start()
    assert customer.commands(WakeMe) == [WakeMe("journey.input", 30)]
    customer.say("x")
    assert customer.commands(WakeMe) == [WakeMe("journey.input", 30)]


@pytest.mark.parametrize(
    ("expect", "text", "hint"),
    [
        (DigitsInput(4, 8), "12", "at least 4 digits"),
        (DigitsInput(4, 8), "x", "for example 1234"),
        (TextInput(3), "long", "up to 3 characters"),
        (NumberInput(minimum=2), "1", "2 or more"),
        (NumberInput(maximum=2), "3", "2 or less"),
        (OrderNumberInput(r"ON-\d{8}", "luhn", "ON-12345674"), "x", "for example ON-12345674"),
        (OrderNumberInput(r"ON-\d{8}"), "x", "from your order confirmation."),
        (EmailInput(), "me", "mina@example.com"),
    ],
)
def test_the_hint_says_what_was_wrong_or_what_a_good_answer_looks_like(
    talk: Talk, expect: Input, text: str, hint: str
) -> None:
    customer = talk(asking(expect))
    customer.start()
    assert hint in customer.say(text)[0]


def test_a_voice_asks_again_because_nothing_stays_to_be_read(talk: Talk) -> None:
    customer = talk(asking(DigitsInput(), no_match=("m",)), channel="voice")
    customer.start()
    assert customer.say("x") == ["[m]", "[ask]"]


def test_a_caller_hears_the_digits_of_an_example_and_no_letters_that_no_key_has(talk: Talk) -> None:
    customer = talk(asking(OrderNumberInput(r"ON-\d{8}", "luhn", "ON-12345674")), channel="voice")
    customer.start()
    assert "1 2 3 4 5 6 7 4" in customer.say("1")[0]
    assert "O N" not in customer.say("1")[0]


def test_without_prompts_of_its_own_a_failure_repeats_the_question(talk: Talk) -> None:
    customer = talk(asking(DigitsInput(), no_match=()))
    customer.start()
    assert customer.say("x") == ["[ask]"]
