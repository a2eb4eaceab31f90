"""What callers hear, and what their keys do."""

from collections.abc import Callable
from typing import Any

import pytest

from warmline.domain.journey.document import (
    Ask,
    Callback,
    DateInput,
    DigitsInput,
    End,
    Enqueue,
    Goto,
    Invoke,
    Journey,
    Menu,
    Option,
    OrderNumberInput,
    PhoneInput,
    Say,
    Set,
    Survey,
    Verify,
)
from warmline.domain.journey.interface import PromiseCallback, Scored, Speak, TimedOut, WakeMe
from warmline.domain.journey.spoken import option_lines, patience_s, with_lines

Talk = Callable[..., Any]
LINES = {
    "voice.option": "For {label}, press {n}.",
    "voice.option_last": "For {label}, press {n}.",
    "a": "apples",
    "b": "bread",
}


def prompts(caller: Any) -> list[str]:
    """The keys of what was just said."""
    return [one.prompt for one in caller.commands(Speak)]


def menu(**more: Any) -> Journey:
    options = (Option("a", "a", then=(End("apples"),)), Option("b", "b", then=(End("bread"),)))
    sections = {"start": (Menu("which", options, give_up=(End("bye"),), **more),), "agent": (End("person"),)}
    return Journey("m", (End("sorry"),), sections)


def asking(step: Any) -> Journey:
    return Journey("q", (End("sorry"),), {"start": (step, End("thanks")), "agent": (End("person"),)})


def test_options_are_said_behind_the_question_or_where_they_belong(talk: Talk) -> None:
    caller = talk(menu(), channel="voice", texts={**LINES, "which": "What?"})
    assert caller.start() == ["What? For apples, press 1. For bread, press 2."]
    inside = talk(menu(), channel="voice", texts={**LINES, "which": "{options} Your choice?"})
    assert inside.start() == ["For apples, press 1. For bread, press 2. Your choice?"]
    written = talk(menu(), texts={**LINES, "which": "What?"})
    assert written.start() == ["What?"]


def test_a_choice_is_one_key_and_zero_leads_to_a_person_and_the_star_repeats(talk: Talk) -> None:
    caller = talk(menu(), channel="voice", texts=LINES)
    asked = caller.start()
    assert caller.commands(Speak)[0].keys == (1, 1)
    assert caller.say("*") == asked
    assert caller.say("0") == ["[person]"]
    assert talk(menu(), texts=LINES).start()
    other = talk(menu(), channel="voice", texts=LINES)
    other.start()
    assert other.say("2") == ["[bread]"]


def test_after_silence_the_options_are_said_once_not_twice(talk: Talk) -> None:
    caller = talk(menu(), channel="voice", texts=LINES)
    caller.start()
    said = caller.silence()
    assert prompts(caller) == ["common.no_input", "which"]
    assert [line.count("press 1") for line in said] == [0, 1]
    assert caller.replies == ["a", "b"]


def test_only_what_holds_nobodys_data_is_called_fixed(talk: Talk) -> None:
    def fixed(journey: Journey, **texts: str) -> bool:
        caller = talk(journey, channel="voice", variables={"name": "Kim"}, texts={**LINES, **texts})
        caller.start()
        return caller.commands(Speak)[0].fixed

    assert fixed(menu(), which="What?")
    assert fixed(menu(), which="{options} Your choice?")
    assert not fixed(menu(), which="What, {name}?")
    assert not fixed(menu(), which="What?", a="the order of {name}")
    hello = Journey("hello", (End("sorry"),), {"start": (Say("hi"), End("bye"))})
    assert fixed(hello, hi="Hello.")
    assert not fixed(hello, hi="Hello, {name}.")


def test_the_durable_timer_is_a_net_that_no_caller_waits_in_for_long(talk: Talk) -> None:
    caller = talk(menu(no_input_s=600), channel="voice", texts=LINES)
    caller.start()
    (wake,) = caller.commands(WakeMe)
    assert 20 <= wake.after_s < 60
    written = talk(menu(no_input_s=600), texts=LINES)
    written.start()
    assert written.commands(WakeMe)[0].after_s == 600


@pytest.mark.parametrize(
    ("expect", "keyed", "stored"),
    [
        (DateInput(past_only=True), "19900302", "1990-03-02"),
        (PhoneInput("KR"), "01012345678", "+821012345678"),
        (PhoneInput("JP"), "09012345678", "+819012345678"),
        (OrderNumberInput(r"ON-\d{8}", "luhn", "ON-26113407"), "26113407", "ON-26113407"),
        (DigitsInput(1, 4), "0", "0"),
    ],
)
def test_keys_are_read_as_what_they_mean(talk: Talk, expect: Any, keyed: str, stored: str) -> None:
    caller = talk(asking(Ask("x", "q", expect, give_up=(End("bye"),))), channel="voice", locale="ko")
    caller.start()
    assert caller.say(keyed) == ["[thanks]"]
    assert caller.variables["x"] == stored


def test_a_caller_scores_with_the_key_of_the_score_and_is_asked_for_no_words(talk: Talk) -> None:
    caller = talk(asking(Survey("how", comment_prompt="why")), channel="voice", texts={"how": "How was it?"})
    caller.start()
    assert prompts(caller) == ["how", "survey.keys_csat"]
    assert caller.replies == ["1", "2", "3", "4", "5"]
    assert caller.say("4") == ["[thanks]"]
    assert caller.commands(Scored) == [Scored("csat", 4)]


def test_zero_is_a_score_where_scores_begin_at_zero(talk: Talk) -> None:
    caller = talk(asking(Survey("how", "nps")), channel="voice")
    caller.start()
    assert caller.commands(Speak)[-1].keys == (1, 2)
    caller.say("0")
    assert caller.commands(Scored) == [Scored("nps", 0)]


def test_another_code_is_asked_for_by_nine(talk: Talk) -> None:
    step = Verify("one_time_code", "A-1", failed=(End("no"),), locked=(End("no"),))
    caller = talk(asking(step), channel="voice")
    caller.start()
    caller.task()
    assert caller.commands(Speak)[-1].keys == (1, 6)
    assert caller.replies == []
    caller.say("9")
    assert [task.task for task in caller.tasks] == ["identity.send_code"]


def test_no_task_is_silent_for_long(talk: Talk) -> None:
    step = Invoke("orders.find", "order", failed=(End("no"),), timeout_s=20)
    caller = talk(asking(step), channel="voice")
    caller.start()
    assert ("journey.slow", 2.0) in [(wake.name, wake.after_s) for wake in caller.commands(WakeMe)]
    caller.silence("journey.slow")
    assert prompts(caller) == ["common.one_moment"]
    caller.silence("journey.slow")
    assert prompts(caller) == ["voice.still_checking"]
    assert caller.task() == ["[thanks]"]


CALL = Callback("orders", give_up=(End("bye"),))


def test_a_caller_is_offered_the_number_they_call_from_first(talk: Talk) -> None:
    caller = talk(asking(CALL), channel="voice", locale="ko", variables={"caller_number": "+821012345678"})
    caller.start()
    assert prompts(caller) == ["callback.ask_own"]
    caller.say("1")
    assert caller.commands(PromiseCallback)[0].phone == "+821012345678"


def test_another_number_is_keyed_in(talk: Talk) -> None:
    caller = talk(asking(CALL), channel="voice", locale="ko", variables={"caller_number": "+821012345678"})
    caller.start()
    caller.say("2")
    assert prompts(caller) == ["callback.ask_phone"]
    caller.say("0212345678")
    assert caller.commands(PromiseCallback)[0].phone == "+82212345678"


@pytest.mark.parametrize("number", ["", "anonymous", None])
def test_a_caller_without_a_number_is_asked_for_one(talk: Talk, number: str | None) -> None:
    caller = talk(asking(CALL), channel="voice", variables={"caller_number": number})
    caller.start()
    assert prompts(caller) == ["callback.ask_phone"]


def test_in_writing_nobody_is_asked_about_the_number_of_a_call(talk: Talk) -> None:
    customer = talk(asking(CALL), variables={"caller_number": "+821012345678"})
    customer.start()
    assert prompts(customer) == ["callback.ask_phone"]


def test_a_waiting_caller_takes_the_call_back_by_key(talk: Talk) -> None:
    line = Enqueue(
        "orders", nobody_staffed=(End("none"),), queue_full=(End("full"),), overflow=(End("late"),),
        callback_after_s=60, callback=(End("called"),),
    )  # fmt: skip
    caller = talk(asking(line), channel="voice")
    caller.start()
    caller.event(TimedOut("journey.callback"))
    assert caller.say("1") == ["[called]"]


def test_the_language_is_chosen_by_key(talk: Talk) -> None:
    options = (
        Option("ko", "ko", then=(Set("language", "ko"), Goto("on"))),
        Option("ja", "ja", then=(Set("language", "ja"), Goto("on"))),
    )
    journey = Journey(
        "l",
        (End("sorry"),),
        {"start": (Menu("language", options, give_up=(Goto("on"),)),), "on": (Say("hello"), End("bye"))},
    )
    caller = talk(journey, channel="voice", locale="ko")
    caller.start()
    caller.say("2")
    assert caller.session.locale == "ja"


def test_lines_follow_a_text_that_has_no_place_for_them() -> None:
    assert with_lines("What?", "1. 2.", lambda more: "What?") == "What? 1. 2."
    assert option_lines([], lambda key, values: key) == ""


@pytest.mark.parametrize(("wanted_s", "letters", "after_s"), [(10, 1000, 10), (180, 0, 20), (180, 100, 45)])
def test_patience_is_what_is_being_said_and_a_while(wanted_s: float, letters: int, after_s: float) -> None:
    assert patience_s(wanted_s, letters) == after_s
