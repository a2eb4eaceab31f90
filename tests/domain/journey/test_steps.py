"""Which step answers for what, and answers while a backend works."""

from collections.abc import Callable
from typing import Any

import msgspec

from warmline.domain.journey.document import End, Enqueue, Goto, Invoke, Journey
from warmline.domain.journey.interface import Said, TaskDone, TimedOut
from warmline.domain.journey.session import Waiting

Talk = Callable[..., Any]
BUSY = Journey("j", (End("sorry"),), {"start": (Invoke("t", "x", failed=(End("failed"),)), End("done"))})


def test_a_customer_who_speaks_while_a_backend_works_is_answered_once(talk: Talk) -> None:
    customer = talk(BUSY)
    customer.start()
    assert "One moment" in customer.say("hello?")[0]
    assert customer.say("hello??") == []
    assert customer.task() == ["[done]"]


def test_a_language_change_while_a_backend_works_waits_for_the_next_line(talk: Talk) -> None:
    customer = talk(BUSY)
    customer.start()
    assert customer.say("日本語") == []
    assert customer.session.locale == "ja"


def test_a_session_waiting_at_a_step_that_never_waits_is_rescued(talk: Talk) -> None:
    """As after a repair by hand: the stored place and the document do not fit."""
    for kind, event in (
        ("input", Said("x")),
        ("input", TimedOut("journey.input")),
        ("task", TaskDone("t", "ok")),
        ("survey", Said("repeat")),
    ):
        customer = talk(Journey("j", (End("sorry"),), {"start": (Goto("start"),)}))
        waiting = Waiting(kind, task_id="t")
        customer.session = msgspec.structs.replace(customer.session, waiting=waiting, history=(("j", "start"),))
        assert customer.event(event) == ["[sorry]"]
        assert customer.last.problems == ("waiting_lost",)


def test_news_for_a_queue_reach_the_step_that_queues(talk: Talk) -> None:
    closed = (End("closed", "message_taken"),)
    customer = talk(Journey("j", (End("sorry"),), {"start": (Enqueue("orders", closed, closed, closed),)}))
    customer.start()
    assert customer.queue_moves() == []
    customer.world.line = msgspec.structs.replace(customer.world.line, staffed=False)
    assert customer.queue_moves() == ["[closed]"]
