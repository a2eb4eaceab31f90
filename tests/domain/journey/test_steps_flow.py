"""Steps that never wait."""

from collections.abc import Callable
from typing import Any

import pytest

from warmline.domain.journey.document import (
    Announce,
    Ask,
    CallModule,
    Compare,
    DigitsInput,
    End,
    Goto,
    Hours,
    Journey,
    Reason,
    Return,
    Say,
    Set,
    TransferJourney,
    Var,
    When,
)
from warmline.domain.journey.interface import AnnouncementText, Finished, Moved, Recognised, Speak

Talk = Callable[..., Any]


def one(*steps: Any, **more: Any) -> Journey:
    return Journey("j", (End("sorry"),), {"start": (*steps, End("done"))}, **more)


def test_a_greeting_by_name_and_the_reason(talk: Talk) -> None:
    customer = talk(one(Reason("order_status"), Set("name", "미나"), Say("hi")), texts={"hi": "{name}님"})
    assert customer.start() == ["미나님", "[done]"]
    assert customer.commands(Recognised) == [Recognised("order_status")]


@pytest.mark.parametrize(
    ("state", "said"),
    [("open", "[open]"), ("closed", "[closed]"), ("holiday", "[closed]"), ("emergency", "[emergency]")],
)
def test_hours_branch_and_default_to_closed(talk: Talk, state: str, said: str) -> None:
    hours = Hours("seoul", closed=(Say("closed"),), emergency=(Say("emergency"),), open=(Say("open"),))
    customer = talk(one(hours))
    customer.world.state = state
    assert customer.start() == [said, "[done]"]


def test_announcements_of_the_slot_are_said_and_none_is_fine(talk: Talk) -> None:
    customer = talk(one(Announce("emergency")))
    customer.world.announced = [AnnouncementText("7", "Snow.")]
    customer.start()
    assert customer.commands(Speak)[0] == Speak("announcement:7", "Snow.", fixed=True)
    assert talk(one(Announce("promotion"))).start() == ["[done]"]


def test_goto_drops_the_branch_and_keeps_what_was_collected(talk: Talk) -> None:
    inside = When(Compare(Var("x"), "is_set"), (Set("y", Var("x")), Goto("next"), Say("never")))
    journey = Journey("j", (End("sorry"),), {"start": (Set("x", 1), inside), "next": (Say("next"), End("done"))})
    customer = talk(journey, texts={"next": "{y}"})
    assert customer.start() == ["1", "[done]"]
    assert customer.session.frames[0].path == (1,)


def test_a_module_gets_its_parameters_only_and_gives_its_result(talk: Talk) -> None:
    module = Journey(
        "double", (Return(),), {"start": (Set("r", Var("n")), Return(Var("r")))}, kind="module", parameters=("n",)
    )
    main = one(Set("hidden", 1), CallModule("double", {"n": 21}, "out"), Say("say"))
    customer = talk(main, module, texts={"say": "{out}"})
    assert customer.start() == ["21", "[done]"]
    assert customer.variables == {"hidden": 1, "out": 21}
    assert [moved.journey_id for moved in customer.commands(Moved)] == ["j", "double"]


def test_a_module_that_reaches_its_end_returns_nothing(talk: Talk) -> None:
    module = Journey("m", (Return(),), {"start": (Say("inside"),)}, kind="module")
    assert talk(one(CallModule("m")), module).start() == ["[inside]", "[done]"]


def test_a_module_without_its_parameter_is_not_entered(talk: Talk) -> None:
    module = Journey("m", (Return(),), {"start": (Return(),)}, kind="module", parameters=("n",))
    customer = talk(one(CallModule("m")), module)
    customer.start()
    assert customer.last.problems == ("argument_missing m.n",)


def test_another_journey_takes_the_variables_over_but_no_secrets(talk: Talk) -> None:
    pin = Ask("pin", "ask", DigitsInput(), (), sensitivity="secret")
    customer = talk(
        Journey("j", (End("sorry"),), {"start": (Set("n", 5), pin, TransferJourney("other"))}),
        Journey("other", (End("sorry"),), {"start": (Say("say"), End("bye", "message_taken"))}),
        texts={"say": "{n}"},
    )
    customer.start()
    assert customer.say("1234") == ["5", "[bye]"]
    assert customer.variables == {"n": 5}
    assert customer.commands(Finished) == [Finished("message_taken")]


def test_back_inside_a_returned_module_leads_to_the_callers_question(talk: Talk) -> None:
    module = Journey("m", (Return(),), {"start": (Ask("n", "in", DigitsInput(), ()), Return())}, kind="module")
    ask = Ask("a", "ask", DigitsInput(), ())
    main = Journey(
        "j", (End("sorry"),), {"start": (ask, Goto("next")), "next": (CallModule("m"), ask, End("done"))}
    )
    customer = talk(main, module)
    customer.start()
    assert customer.say("1") == ["[in]"]
    assert customer.say("2") == ["[ask]"]
    assert customer.say("back") == ["[ask]"]
    assert customer.session.frames[0].section == "start"
