"""The journey machine: a customer's way from greeting to end, the platform's own words, and rescue."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from order_journey import AGENT, ORDERS, TAKEN, TEXTS
from warmline.domain.journey.document import (
    Ask,
    CallModule,
    Compare,
    DigitsInput,
    End,
    Enqueue,
    Goto,
    Hours,
    Invoke,
    Journey,
    Menu,
    Option,
    Return,
    Say,
    Set,
    TextInput,
    Var,
    When,
)
from warmline.domain.journey.interface import (
    EnterQueue,
    Finished,
    JourneyEvent,
    LeaveQueue,
    LocaleSwitched,
    Moved,
    NoWake,
    QueueMoved,
    Said,
    Started,
    TaskDone,
    TimedOut,
)
from warmline.domain.journey.machine import advance, begin

Talk = Callable[..., Any]


def test_self_service_solves_the_customers_question(talk: Talk) -> None:
    customer = talk(ORDERS, texts=TEXTS)
    assert customer.start() == ["[hello]", "[what]"]
    assert customer.replies == ["orders", "bye"]
    assert customer.say("where are my orders?") == ["[ask_number]"]
    assert customer.say("１２３４") == []
    assert customer.tasks[0].args == {"number": "1234"}
    assert customer.task(status="shipped") == ["It is shipped.", "[bye]"]
    assert customer.commands(Finished) == [Finished("contained")]
    assert customer.ended
    assert not customer.timers


def test_the_way_is_left_as_breadcrumbs_and_branches(talk: Talk) -> None:
    customer = talk(ORDERS, texts=TEXTS)
    customer.start()
    assert customer.commands(Moved) == [Moved("orders", 1, "start"), Moved("orders", 1, "menu")]
    customer.tap("orders")
    assert customer.last.entered == ("orders#menu/0/option:orders", "orders#find")


@pytest.mark.parametrize("words", ["agent", "Can I talk to a real person?", "상담원", "担当者"])
def test_a_person_is_a_word_away_in_the_middle_of_a_question(talk: Talk, words: str) -> None:
    customer = talk(ORDERS, texts=TEXTS)
    customer.start()
    customer.tap("orders")
    customer.say(words)
    assert customer.commands(EnterQueue)
    assert customer.waiting.kind == "queue"


def test_a_person_is_a_word_away_while_a_backend_is_slow_and_its_late_answer_changes_nothing(talk: Talk) -> None:
    customer = talk(ORDERS, texts=TEXTS)
    customer.start()
    customer.tap("orders")
    customer.say("1234")
    task_id = customer.waiting.task_id
    customer.say("agent")
    assert NoWake("journey.task") in customer.last.commands
    before = customer.session
    assert customer.event(TaskDone(task_id, "ok", {"status": "shipped"})) == []
    assert customer.session is before


def test_repeat_says_everything_since_the_last_answer_again(talk: Talk) -> None:
    customer = talk(ORDERS, texts=TEXTS)
    customer.start()
    assert customer.say("say that again") == ["[hello]", "[what]"]
    customer.tap("orders")
    assert customer.say("repeat") == ["[ask_number]"]
    assert customer.waiting.attempt == 1


def test_back_leads_to_the_last_place_with_a_question(talk: Talk) -> None:
    customer = talk(ORDERS, texts=TEXTS)
    customer.start()
    customer.tap("orders")
    assert customer.say("go back") == ["[what]"]  # not to the greeting that only passes through
    nothing, question = customer.say("back")
    assert "no earlier step" in nothing
    assert question == "[what]"


def test_another_language_repeats_the_question_in_it_by_word_or_by_button(talk: Talk) -> None:
    customer = talk(ORDERS)
    customer.start()
    customer.tap("orders")
    customer.say("x")
    assert customer.say("日本語でお願いします") == ["[ask_number]"]
    assert customer.session.locale == "ja"
    assert customer.waiting.attempt == 2
    assert "数字だけ" in customer.say("x")[0]
    customer.speak("ko")
    assert customer.session.locale == "ko"
    assert customer.speak("ko") == []


def test_an_option_that_is_named_like_a_platform_word_stays_an_option(talk: Talk) -> None:
    journey = Journey(
        "j", (End("sorry"),), {"start": (Menu("m", (Option("x", "l.x", then=(End("chosen"),)),), (End("no"),)),)}
    )
    customer = talk(journey, texts={"l.x": "Back"})
    customer.start()
    assert customer.say("back") == ["[chosen]"]


def test_free_text_holding_the_word_agent_is_free_text(talk: Talk) -> None:
    journey = Journey(
        "j",
        (Goto("agent"),),
        {"start": (Ask("story", "tell", TextInput(), give_up=()), End("thanks")), "agent": AGENT},
    )
    customer = talk(journey)
    customer.start()
    assert customer.say("the agent told me to write here") == ["[thanks]"]
    other = talk(journey)
    other.start()
    other.say("agent")
    assert other.waiting.kind == "queue"


def test_in_the_section_for_people_the_word_agent_is_not_asked_in_circles(talk: Talk) -> None:
    journey = Journey(
        "j", (End("sorry"),), {"start": (Goto("agent"),), "agent": (Ask("n", "ask", DigitsInput(), AGENT), *AGENT)}
    )
    customer = talk(journey)
    customer.start()
    for _ in range(3):
        customer.say("agent")
    assert customer.waiting.kind == "queue"


def test_agent_leaves_modules_behind_for_the_outermost_journey(talk: Talk) -> None:
    module = Journey("m", (Return(),), {"start": (Ask("n", "ask", DigitsInput(), (Return(),)),)}, kind="module")
    main = Journey("main", (Goto("agent"),), {"start": (CallModule("m"), End("bye")), "agent": AGENT})
    customer = talk(main, module)
    customer.start()
    assert len(customer.session.frames) == 2
    customer.say("human")
    assert [frame.section for frame in customer.session.frames] == ["agent"]


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        (Say("unwritten"), "prompt_missing unwritten en"),
        (Say("found"), "variable_unset order.status"),
        (Goto("nowhere"), "section_unknown nowhere"),
        (CallModule("nobody"), "journey_unknown nobody"),
        (Hours("moon", closed=()), "calendar_unknown moon"),
        (Enqueue("nobody", TAKEN, TAKEN, TAKEN), "queue_unknown nobody"),
        (Set("x", Var("y")), "variable_unset y"),
        (Return(), "nothing_to_return_to"),
        (When(Compare(Var("n"), "<", 3), ()), "values_incomparable n"),
        (Say("passing"), "fell_through"),
    ],
)
def test_whatever_goes_wrong_runs_on_error_once(talk: Talk, broken: Any, problem: str) -> None:
    journey = Journey("j", (Say("sorry"), Goto("agent")), {"start": (Set("n", "x"), broken), "agent": AGENT})
    customer = talk(journey, texts=TEXTS)
    customer.world.missing.add("unwritten")
    lines = customer.start()
    assert "[sorry]" in lines
    assert customer.waiting.kind == "queue"
    assert customer.last.problems == (problem,)
    assert customer.session.errors == 1


def test_a_runaway_is_caught_and_rescued(talk: Talk) -> None:
    journey = Journey("j", (End("sorry", "message_taken"),), {"start": (Goto("start"),)})
    customer = talk(journey)
    assert customer.start() == ["[sorry]"]
    assert customer.last.problems == ("runaway",)


def test_a_loop_over_a_failing_backend_is_a_runaway_too(talk: Talk) -> None:
    again = (Goto("start"),)
    journey = Journey("j", (End("sorry"),), {"start": (Invoke("t", "x", failed=again, retries=0),)})
    customer = talk(journey)
    customer.start()
    for _ in range(300):
        if customer.ended:
            break
        customer.task("failed")
    assert customer.last.problems == ("runaway",)


@pytest.mark.parametrize("locale", ["ko", "ja", "en"])
def test_when_on_error_fails_too_the_platform_has_the_last_word(talk: Talk, locale: str) -> None:
    customer = talk(Journey("j", (Goto("nowhere"),), {"start": (Goto("nowhere"),)}), locale=locale)
    [explanation] = customer.start()
    assert len(explanation) > 30
    assert customer.commands(Finished) == [Finished("message_taken")]
    customer.world.missing.add("common.last_resort")
    bare = talk(Journey("j", (), {"start": ()}), locale=locale)
    bare.world.missing.add("common.last_resort")
    assert bare.start() == [explanation]


def test_an_error_in_the_queue_leaves_the_queue(talk: Talk) -> None:
    customer = talk(Journey("j", (End("sorry", "message_taken"),), {"start": AGENT}))
    customer.start()
    customer.world.missing.add("queue.offer_callback")
    assert customer.silence("journey.callback") == ["[sorry]"]
    assert customer.commands(LeaveQueue)


def test_a_journey_that_vanished_still_ends_explained(talk: Talk) -> None:
    customer = talk(ORDERS, texts=TEXTS)
    customer.start()
    del customer.world.journeys["orders"]
    assert len(customer.say("hello?")) == 1
    assert customer.commands(Finished) == [Finished("message_taken")]


def test_a_journey_that_keeps_failing_is_not_rescued_for_ever(talk: Talk) -> None:
    journey = Journey(
        "j", (Goto("start"),), {"start": (Ask("n", "ask", DigitsInput(), ()), Say("found"), End("bye"))}
    )
    customer = talk(journey, texts=TEXTS)
    customer.start()
    for _ in range(9):
        if customer.ended:
            break
        customer.say("1")
    assert customer.commands(Finished) == [Finished("message_taken")]


@pytest.mark.parametrize(
    "event",
    [
        Started(),
        TimedOut("journey.task"),
        TimedOut("idle"),
        TaskDone("x", "ok"),
        QueueMoved(),
        LocaleSwitched("en"),
    ],
)
def test_events_that_do_not_concern_the_waiting_step_change_nothing(talk: Talk, event: JourneyEvent) -> None:
    customer = talk(ORDERS, texts=TEXTS)
    customer.start()
    before = customer.session
    assert customer.event(event) == []
    assert customer.session is before
    assert customer.last.commands == ()


def test_after_the_end_nothing_moves(talk: Talk) -> None:
    customer = talk(ORDERS, texts=TEXTS)
    customer.start()
    customer.tap("bye")
    assert customer.ended
    for event in (Said("hello?"), Started(), TimedOut("journey.input")):
        customer.event(event)
        assert customer.last.commands == ()
    customer.speak("ja")
    assert customer.session.locale == "ja"


def test_ten_thousand_conversations_a_minute_fit_on_one_core(talk: Talk) -> None:
    world = talk(ORDERS, texts=TEXTS).world
    now = datetime(2026, 11, 23, tzinfo=UTC)
    script = (
        Started(),
        Said("my orders"),
        Said("??"),
        Said("1234"),
        TaskDone("orders.1", "ok", {"status": "shipped"}),
    )
    started = time.process_time()
    for _ in range(300):
        session = begin("orders", 1, "ko")
        for event in script:
            session = advance(session, event, world, now, channel="webchat").session
        assert session.waiting is None
    assert time.process_time() - started < 300 / 10_000 * 60


@pytest.mark.parametrize("text", ["\u200b", "Sorry, {who}."])
def test_a_last_word_that_cannot_be_said_as_written_is_said_in_the_platform_s_own(talk: Talk, text: str) -> None:
    broken = Journey("j", (Say("gone"),), {"start": (Say("gone"),)})
    customer = talk(broken, texts={"common.last_resort": text})
    customer.world.missing = {"gone"}
    (said,) = customer.start()
    assert said.startswith("We are sorry")
    assert customer.ended


def test_a_text_that_comes_out_empty_is_a_fault_and_not_silence(talk: Talk) -> None:
    journey = Journey("j", (End("sorry"),), {"start": (Set("x", "\u3164"), Say("bare"), End("bye"))})
    customer = talk(journey, texts={"bare": "{x}"})
    assert customer.start() == ["[sorry]"]
    assert customer.last.problems == ("prompt_blank bare en",)
