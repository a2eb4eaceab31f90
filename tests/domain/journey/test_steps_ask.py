"""Ask and Menu."""

from collections.abc import Callable
from typing import Any

from warmline.domain.journey.document import Ask, ChoiceInput, DigitsInput, End, Goto, Journey, Menu, Option, Say
from warmline.domain.journey.interface import Collected, Speak

Talk = Callable[..., Any]
YES_NO = (
    Option("yes", "common.yes", words="common.words.yes"),
    Option("no", "common.no", words="common.words.no"),
)


def one(*steps: Any, **more: Any) -> Journey:
    return Journey("j", (End("sorry"),), {"start": (*steps, End("done")), "agent": (End("agent"),)}, **more)


def test_an_answer_is_stored_and_shown_to_the_agent(talk: Talk) -> None:
    customer = talk(one(Ask("order.number", "ask", DigitsInput(), ())))
    customer.start()
    customer.say("12 34")
    assert customer.variables == {"order": {"number": "1234"}}
    assert customer.commands(Collected) == [Collected("order.number", "1234", pii=False)]


def test_personal_answers_are_marked_and_secret_ones_never_shown(talk: Talk) -> None:
    ask = Ask("birthday", "ask", DigitsInput(), (), sensitivity="pii")
    customer = talk(one(ask, Ask("phone", "p", DigitsInput(), ()), pii=("phone",)))
    customer.start()
    customer.say("1990")
    assert customer.commands(Collected)[0].pii
    customer.say("010")
    assert customer.commands(Collected)[0].pii
    secret = talk(one(Ask("pin", "ask", DigitsInput(), (), sensitivity="secret")))
    secret.start()
    assert secret.last.expects_secret
    assert secret.commands(Speak)[0].input_kind == "secret"
    secret.say("x")
    assert secret.last.expects_secret
    secret.say("1234")
    assert not secret.last.expects_secret
    assert secret.commands(Collected) == []


def test_a_choice_is_taken_by_words_of_the_language(talk: Talk) -> None:
    for locale, text in (("ko", "네네"), ("ja", "お願いします"), ("en", "Sure!")):
        customer = talk(one(Ask("ok", "sure", ChoiceInput(YES_NO), ())), locale=locale)
        customer.start()
        assert customer.replies == ["yes", "no"]
        customer.say(text)
        assert customer.variables == {"ok": "yes"}


def test_a_menu_runs_the_options_block_and_then_goes_on(talk: Talk) -> None:
    menu = Menu("m", (Option("a", "l.a", then=(Say("chosen"),)), Option("b", "l.b")), (Say("gave_up"),), into="c")
    customer = talk(one(menu), texts={"l.a": "Alpha", "l.b": "Beta"})
    customer.start()
    assert customer.say("1") == ["[chosen]", "[done]"]
    assert customer.variables == {"c": "a"}
    other = talk(one(menu), texts={"l.a": "Alpha", "l.b": "Beta"})
    other.start()
    assert other.say("beta") == ["[done]"]


def test_three_answers_that_fit_nothing_lead_to_giving_up(talk: Talk) -> None:
    menu = Menu("m", (Option("a", "l.a"),), give_up=(Goto("agent"),))
    customer = talk(one(menu), texts={"l.a": "Alpha"})
    customer.start()
    assert "choose below" in customer.say("?")[0]
    assert customer.replies == ["a"]
    customer.silence()
    assert customer.silence() == ["[agent]"]
    assert not customer.timers
