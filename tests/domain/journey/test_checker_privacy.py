"""Personal data keeps its sensitivity wherever it is copied; secrets go nowhere."""

import pytest
from msgspec.structs import replace

from warmline.domain.journey.checker_privacy import RETURNED, is_personal, overlaps, privacy_problems, tainted
from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.document import (
    Ask,
    CallModule,
    DigitsInput,
    End,
    Goto,
    Invoke,
    Journey,
    PhoneInput,
    Return,
    Say,
    Set,
    Step,
    TextInput,
    TransferJourney,
    Var,
    Verify,
)
from warmline.domain.journey.tasks import Tasks, TaskSpec
from warmline.kernel.locale import LOCALES

END = (End("bye"),)
PHONE = Ask("phone", "ask", PhoneInput(), give_up=END, sensitivity="pii")
TEXTS = PromptSource({one: {"bye": "Bye.", "ask": "Please?", "told": "It is {card.cvc}."} for one in LOCALES})


def _journey(name: str, *start: Step, **more: object) -> Journey:
    return replace(Journey(name, END, {"start": start, "agent": END}), **more)


def _codes(*journeys: Journey, tasks: Tasks | None = None) -> list[str]:
    library = {one.id: one for one in journeys}
    return [p.code for one in journeys for p in privacy_problems(one, library, tasks or {}, TEXTS, "webchat")]


def test_personal_data_is_followed_through_copies_modules_and_journeys():
    module = _journey("m", Return(Var("given")), kind="module", parameters=("given",))
    call = CallModule("m", {"given": Var("copy.number")}, into="back")
    main = _journey("main", PHONE, Set("copy.number", Var("phone")), call, TransferJourney("next"))
    found = tainted({one.id: one for one in (module, main, _journey("next", Goto("agent")))})
    assert found["main"] == {"phone", "copy.number", "back"}
    assert found["m"] == {"given", RETURNED}
    assert "back" in found["next"]
    assert is_personal(Var("copy"), found["main"])
    assert not is_personal("phone", found["main"])


def test_a_copy_is_not_asked_for_in_clear():
    ask = Ask("note", "ask", TextInput(), give_up=END)
    assert _codes(_journey("j", PHONE, Set("note", Var("phone")), ask)) == ["personal_in_clear"]
    assert _codes(_journey("j", PHONE, ask)) == []


@pytest.mark.parametrize(
    "step", [Say("told"), Verify("account_pin", Var("card.cvc"), END, END), Set("copy", Var("card"))]
)
def test_a_secret_inside_a_record_is_said_proved_and_copied_nowhere(step: Step):
    secret = Ask("card.cvc", "ask", DigitsInput(3, 3), give_up=END, sensitivity="secret")
    assert _codes(_journey("j", secret, step)) == ["secret_leaks"]


def test_paths_overlap_when_one_lies_within_the_other():
    assert overlaps("card", "card.cvc")
    assert overlaps("card.cvc", "card")
    assert not overlaps("card.name", "card.cvc")
    assert not overlaps("cards", "card")


def test_a_secret_goes_to_a_task_only_in_an_argument_made_for_secrets():
    secret = Ask("card", "ask", DigitsInput(16, 16), give_up=END, sensitivity="secret")
    pay = Invoke("pay", "paid", failed=END, args={"digits": Var("card")})
    journey = _journey("j", secret, pay)
    made_for = TaskSpec(secret=frozenset({"digits"}))
    assert _codes(journey, tasks={"pay": made_for}) == []
    assert _codes(journey, tasks={"pay": TaskSpec()}) == ["secret_leaks"]
    assert _codes(journey) == ["secret_leaks"]
