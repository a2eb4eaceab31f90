"""Promising to call back."""

from collections.abc import Callable
from typing import Any

from warmline.domain.journey.document import Callback, End, Enqueue, Journey, Set, Value, Var
from warmline.domain.journey.interface import Collected, EnterQueue, Finished, PromiseCallback

Talk = Callable[..., Any]
TAKEN = (End("taken", "message_taken"),)


def promising(phone: Value = None, *before: Any) -> Journey:
    callback = Callback("orders", give_up=TAKEN, phone=phone)
    agent = (Enqueue("orders", TAKEN, TAKEN, TAKEN),)
    return Journey("j", (End("sorry"),), {"start": (*before, callback), "agent": agent})


def test_a_known_number_is_promised_at_once(talk: Talk) -> None:
    customer = talk(promising(Var("phone"), Set("phone", "010-1234-5678")), locale="ko")
    [line] = customer.start()
    assert line.startswith("010-1234-5678로 전화드리겠습니다")
    assert customer.commands(PromiseCallback) == [PromiseCallback("orders", "+821012345678")]
    assert customer.commands(Finished) == [Finished("callback_promised")]


def test_an_unknown_or_broken_number_is_asked_for(talk: Talk) -> None:
    for journey in (promising(), promising(Var("unset")), promising("12")):
        customer = talk(journey, locale="ja")
        customer.start()
        assert "電話番号" in customer.say("あとで")[0]
        customer.say("090-1234-5678です")
        assert customer.commands(PromiseCallback) == [PromiseCallback("orders", "+819012345678")]
        assert customer.commands(Collected)[0].pii


def test_without_a_number_the_message_is_taken(talk: Talk) -> None:
    customer = talk(promising())
    customer.start()
    customer.silence()
    customer.say("no")
    assert customer.silence() == ["[taken]"]
    assert customer.commands(Finished) == [Finished("message_taken")]
    assert not customer.timers


def test_somebody_who_would_rather_wait_for_a_person_may(talk: Talk) -> None:
    customer = talk(promising())
    customer.start()
    customer.say("I'd rather talk to a person")
    assert customer.commands(EnterQueue)
