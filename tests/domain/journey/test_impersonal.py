"""Whatever a customer said is said again by nobody: the same way, without their words."""

import pytest
from msgspec.structs import replace
from tests.domain.journey.test_rehearsal import END, MENU, MONDAY, PIN, QUEUE, library

from warmline.domain.journey.document import (
    Ask,
    Callback,
    EmailInput,
    End,
    Field,
    NumberInput,
    PhoneInput,
    Show,
    Step,
    Survey,
    TextInput,
)
from warmline.domain.journey.impersonal import NEUTRAL, Said, impersonal
from warmline.domain.journey.likeness import Likeness
from warmline.domain.journey.rehearsal import Deed, Rehearsal
from warmline.domain.journey.simulate_inputs import NONSENSE
from warmline.domain.journey.stage import Scenery


def instead(step: Step, text: str, value: str | None = None) -> Deed | None:
    known = library(step, End("j.bye"))
    talk = Rehearsal("j", known, Scenery(MONDAY))
    return impersonal(Said(text, value), talk, known, Likeness(3))


@pytest.mark.parametrize(
    ("step", "text", "value", "deed"),
    [
        (MENU, "Orders, this is Minsu Kim", None, Deed(tap="orders")),
        (MENU, "whatever Minsu Kim wants", None, Deed(say=NONSENSE)),
        (MENU, "Other", "other", Deed(tap="other")),
        (MENU, "My number", "+821098765432", Deed(tap="orders")),
        (MENU, "Agent!", None, Deed(say="agent")),
        (PIN, "••••", None, Deed(say="1234")),
        (Ask("story", "j.ask", TextInput(), END), "I am Minsu Kim", None, Deed(say=NEUTRAL["en"])),
        (Ask("n", "j.ask", NumberInput(1, 9), END), "7", None, Deed(say="7")),
        (Survey("j.ask"), "4", None, Deed(say="4")),
        (QUEUE, "hello, Minsu again", None, None),
        (Show("j.ask", fields=(Field("email", "j.one", EmailInput()),), next="j.two", give_up=END), "", "next",
         Deed(fill={"email": "mina.kim@example.com"}, tap="next")),
    ],
)  # fmt: skip
def test_words_become_what_they_led_to(step: Step, text: str, value: str | None, deed: Deed | None):
    assert instead(step, text, value) == deed


@pytest.mark.parametrize("step", [Ask("to", "j.ask", PhoneInput("KR"), END), Callback("orders", END)])
def test_a_number_becomes_another_number_of_the_same_kind(step: Step):
    deed = instead(step, "010-9876-5432")
    assert deed is not None
    assert deed.say is not None
    assert deed.say.startswith("010-")
    assert "9876" not in deed.say
    assert "5432" not in deed.say


def test_a_personal_number_is_replaced_too():
    deed = instead(Ask("income", "j.ask", NumberInput(), END, sensitivity="pii"), "52000")
    assert deed is not None
    assert deed.say not in (None, "52000")


def test_a_number_that_the_journey_calls_personal_is_replaced_though_its_question_does_not_say_so():
    known = library(Ask("income", "j.ask", NumberInput(), END), End("j.bye"))
    declared = replace(known.journeys["j"], pii=("income",))
    known = replace(known, journeys={**known.journeys, "j": declared})
    talk = Rehearsal("j", known, Scenery(MONDAY))
    deed = impersonal(Said("52000"), talk, known, Likeness(3))
    assert deed is not None
    assert deed.say not in (None, "52000")


def test_what_was_tapped_on_a_card_is_one_of_its_buttons_and_never_a_customers_own_value():
    card = Show("j.ask", fields=(Field("email", "j.one", EmailInput()),), next="j.two", give_up=END)
    assert instead(card, "", "+821098765432") == Deed(fill={"email": "mina.kim@example.com"}, tap="next")
