"""Waiting for a person."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from warmline.domain.journey.document import End, Enqueue, Goto, Journey, Say
from warmline.domain.journey.interface import (
    AskAgain,
    EnterQueue,
    LeaveQueue,
    QueueFacts,
    WakeMe,
    Wanted,
)

Talk = Callable[..., Any]


def queueing(**more: Any) -> Journey:
    enqueue = Enqueue(
        "orders",
        nobody_staffed=(End("nobody", "message_taken"),),
        queue_full=(End("full", "message_taken"),),
        overflow=(Say("overflow"), End("overflowed", "message_taken")),
        callback=(End("called", "callback_promised"),),
        **more,
    )
    return Journey("j", (End("sorry"),), {"start": (enqueue,), "agent": (Goto("start"),)})


def test_a_customer_enters_the_queue_knowing_place_and_wait(talk: Talk) -> None:
    customer = talk(queueing(priority=3, skills={"ja": 2}), locale="en")
    [line] = customer.start()
    assert "number 2 in line" in line
    assert "about 3 to 5 minutes" in line
    assert customer.commands(EnterQueue) == [EnterQueue("orders", 3, {"ja": 2})]
    assert customer.commands(WakeMe) == [WakeMe("journey.wait", 60), WakeMe("journey.overflow", 900)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (QueueFacts(staffed=True, waiting=3, position=2), "number 2 in line."),
        (QueueFacts(staffed=True, waiting=3), "connecting people in order"),
    ],
)
def test_what_is_not_known_is_not_made_up(talk: Talk, line: QueueFacts, said: str) -> None:
    customer = talk(queueing())
    customer.start()
    customer.world.line = line
    assert said in customer.silence("journey.wait")[0]
    assert "None" not in customer.silence("journey.wait")[0]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (QueueFacts(staffed=False, waiting=0), "[nobody]"),
        (QueueFacts(staffed=True, waiting=500, full=True), "[full]"),
    ],
)
def test_nobody_there_and_a_full_queue_are_explained_at_once(talk: Talk, line: QueueFacts, said: str) -> None:
    customer = talk(queueing())
    customer.world.line = line
    assert customer.start() == [said]
    assert customer.commands(EnterQueue) == []


def test_what_a_waiting_customer_writes_is_for_the_agent(talk: Talk) -> None:
    customer = talk(queueing())
    customer.start()
    for text in ("my order is ON-1", "agent", "repeat", "yes"):
        assert customer.say(text) == []
        assert customer.last.commands == ()


def test_a_waiting_customer_may_change_the_language(talk: Talk) -> None:
    customer = talk(queueing())
    customer.start()
    assert "2번째" in customer.say("한국어")[0]
    assert "2番目" in customer.speak("ja")[0]


@pytest.mark.parametrize("answer", ["yes please", "Sure", "네, 부탁해요", "はい、お願いします"])
def test_a_callback_is_offered_and_taken_in_the_customers_words(talk: Talk, answer: str) -> None:
    locale = "ko" if "네" in answer else "ja" if "はい" in answer else "en"
    customer = talk(queueing(callback_after_s=120), locale=locale)
    customer.start()
    assert WakeMe("journey.callback", 120) in customer.last.commands
    customer.silence("journey.callback")
    assert customer.replies == ["callback:accept", "callback:decline"]
    assert customer.say(answer) == ["[called]"]
    assert customer.commands(LeaveQueue) == [LeaveQueue()]
    assert not customer.timers


def test_a_declined_offer_keeps_the_place_and_may_be_taken_up_later(talk: Talk) -> None:
    customer = talk(queueing(callback_after_s=120))
    customer.start()
    customer.silence("journey.callback")
    assert "keep your place" in customer.say("no thanks")[0]
    assert customer.say("yes") == []
    assert customer.tap("callback:accept") == ["[called]"]


def test_a_story_with_a_yes_in_it_is_a_story(talk: Talk) -> None:
    customer = talk(queueing(callback_after_s=120))
    customer.start()
    customer.silence("journey.callback")
    assert customer.say("yes I ordered it on Monday and it has still not arrived") == []
    assert "call you back" in customer.speak("ko")[0] or customer.replies  # the offer stands


def test_waiting_too_long_leads_to_the_overflow(talk: Talk) -> None:
    customer = talk(queueing())
    customer.start()
    assert customer.silence("journey.overflow") == ["[overflow]", "[overflowed]"]
    assert customer.commands(LeaveQueue)
    assert not customer.timers


def test_when_everybody_goes_home_the_customer_hears_it(talk: Talk) -> None:
    customer = talk(queueing())
    customer.start()
    customer.world.line = msgspec.structs.replace(customer.world.line, staffed=False)
    assert customer.queue_moves() == ["[nobody]"]
    other = talk(queueing())
    other.start()
    other.world.line = customer.world.line
    assert other.silence("journey.wait") == ["[nobody]"]


def test_after_an_interruption_an_offered_callback_is_offered_again_and_else_nothing_is_asked(talk: Talk) -> None:
    customer = talk(queueing(callback_after_s=30))
    customer.start()
    assert customer.event(AskAgain()) == []
    offer = customer.silence("journey.callback")
    assert customer.event(AskAgain()) == offer
    assert customer.replies == ["callback:accept", "callback:decline"]


def test_the_queue_is_asked_for_people_who_can_help_this_customer(talk: Talk) -> None:
    customer = talk(queueing(skills={"refunds": 3}), locale="ja")
    customer.start()
    assert customer.world.wanted == Wanted("ja", {"refunds": 3})
    customer.speak("ko")
    assert customer.world.wanted == Wanted("ko", {"refunds": 3})
