"""Somebody tries a journey before customers do: every word, moment and step is there to look at."""

from datetime import UTC, datetime

import pytest

from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.document import (
    Ask,
    Block,
    CallModule,
    DigitsInput,
    EmailInput,
    End,
    Enqueue,
    Field,
    Goto,
    Invoke,
    Journey,
    Menu,
    Option,
    Return,
    Say,
    Show,
    Voicemail,
)
from warmline.domain.journey.rehearsal import (
    MOST_LINES,
    MOST_WAIT_S,
    SILENT_S,
    Deed,
    Line,
    Rehearsal,
    of_trial,
    place_of,
)
from warmline.domain.journey.session import Frame
from warmline.domain.journey.stage import Library, Scenery
from warmline.features.contacts.settings_store import platform_prompts
from warmline.kernel.locale import LOCALES

MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
END = (End("j.bye", "message_taken"),)
TEXTS = PromptSource(
    {
        locale: {
            **platform_prompts()[locale],
            "j.hi": "Hi", "j.bye": "Bye", "j.ask": "Which?", "j.pin": "PIN?", "j.one": "Orders", "j.two": "Other",
            "j.found": "It is {found.status}.",
        }
        for locale in LOCALES
    }
)  # fmt: skip
QUEUE = Enqueue("orders", END, END, END, overflow_after_s=600)
MENU = Menu("j.ask", (Option("orders", "j.one", then=(Say("j.hi"),)), Option("other", "j.two")), END)
PIN = Ask("pin", "j.pin", DigitsInput(4, 4), END, sensitivity="secret")


def library(*start: object, modules: tuple[Journey, ...] = (), **sections: Block) -> Library:
    steps: Block = start  # pyright: ignore[reportAssignmentType]
    journey = Journey(id="j", on_error=END, sections={"start": steps, "agent": (QUEUE,), **sections})
    answers: dict[str, tuple[dict[str, object], ...]] = {
        "orders.find": ({"status": "shipped"}, {"status": "lost"})
    }
    return Library({one.id: one for one in (journey, *modules)}, TEXTS, answers, lambda calendar, now: "open")


def rehearsed(known: Library, *deeds: Deed, channel: str = "webchat", journey: str = "j", **scenery: object):
    setting = Scenery(MONDAY, channel, **scenery)  # pyright: ignore[reportArgumentType]
    talk = Rehearsal(journey, known, setting)
    talk.play(deeds)
    return talk


def said(talk: Rehearsal) -> list[str]:
    return [line.text for line in talk.record if line.kind == "spoken"]


def test_the_steps_a_customer_passes_are_lit_in_the_order_they_are_reached():
    talk = rehearsed(library(Say("j.hi"), MENU, End("j.bye")), Deed(tap="orders"))
    assert talk.trail == ["j#start", "j#start/0", "j#start/1", "j#start/1/option:orders",
                          "j#start/1/option:orders/0", "j#start/2"]  # fmt: skip
    assert talk.ended == "contained"
    assert [line.place for line in talk.record if line.kind == "spoken"] == [
        "j#start/0", "j#start/1", "j#start/1/option:orders/0", "j#start/2"
    ]  # fmt: skip


def test_fewer_deeds_lead_back_to_an_earlier_moment():
    known = library(MENU, PIN, End("j.bye"))
    whole = rehearsed(known, Deed(tap="other"), Deed(say="1234"))
    earlier = rehearsed(known, Deed(tap="other"))
    assert whole.ended == "contained"
    assert earlier.ended is None
    assert earlier.record == whole.record[: len(earlier.record)]


def test_a_secret_is_seen_neither_in_the_words_nor_in_the_variables():
    talk = rehearsed(library(PIN, MENU, End("j.bye")), Deed(say="4711"))
    assert talk.variables() == {"pin": "••••"}
    assert [line.text for line in talk.record if line.who == "customer"] == ["••••"]
    assert "4711" not in str(talk.record)


def test_time_passes_with_all_that_falls_due_and_the_next_timer_can_be_jumped_to():
    known = library(MENU, End("j.bye"))
    talk = rehearsed(known)
    assert [(one.name, one.in_s) for one in talk.pending()] == [("journey.input", 180.0)]
    assert rehearsed(known, Deed(wait_s=100)).at_s == 100
    later = rehearsed(known, Deed(wait_s=100), Deed(until_next=True))
    assert later.at_s == 180
    assert [line.name for line in later.record if line.kind == "time"] == ["journey.input"]
    assert len(said(later)) > len(said(talk))
    assert rehearsed(known, Deed(wait_s=1_000)).ended == "message_taken"


@pytest.mark.parametrize(
    ("fault", "outcome", "slow"), [("down", "timed_out", 5.0), ("failing", "failed", 0.2), ("slow", "ok", 4.0)]
)
def test_a_backend_with_a_fault_chosen_behaves_that_way(fault: str, outcome: str, slow: float):
    find = Invoke(
        "orders.find", "found", END, retries=0, timeout_s=5, result=("status",), slow_prompt="common.one_moment"
    )
    talk = rehearsed(library(find, End("j.found")), faults={"orders.find": fault})
    (task,) = [line for line in talk.record if line.kind == "task"]
    assert (task.name, task.text, task.at_s) == ("orders.find", outcome, slow)
    assert ("common.one_moment" in talk.prompts) == (slow > 2)


def test_an_answer_can_be_chosen_for_a_backend():
    find = Invoke("orders.find", "found", END, result=("status",))
    known = library(find, End("j.found"))
    assert said(rehearsed(known)) == ["It is shipped."]
    assert said(rehearsed(known, choices={"orders.find": 1})) == ["It is lost."]
    assert rehearsed(known).stage.played["orders.find"][0].result == {"status": "shipped"}


def test_a_waiting_customer_meets_a_person_or_learns_that_nobody_is_there():
    met = rehearsed(library(Goto("agent")), Deed(wait_s=60))
    assert (met.ended, met.record[-1].kind) == ("person", "person")
    alone = rehearsed(library(Goto("agent")), queues={"*": "unstaffed"})
    assert alone.ended == "message_taken"


def test_a_caller_presses_keys_and_is_asked_again_after_seven_seconds_of_silence():
    talk = rehearsed(library(MENU, End("j.bye")), Deed(silent=True), Deed(press="1"), channel="voice")
    assert [line.at_s for line in talk.record if line.kind == "time"] == [SILENT_S]
    assert talk.ended == "contained"
    assert [(line.text, line.name) for line in talk.record if line.kind == "pressed"] == [("1", "orders")]
    keyed = rehearsed(library(PIN, End("j.bye")), Deed(press="1234#"), channel="voice")
    assert keyed.ended == "contained"
    assert "1234" not in str(keyed.record)


def test_a_caller_leaves_a_message_after_the_beep():
    talk = rehearsed(library(Voicemail("j.ask", END, END)), Deed(until_next=True), channel="voice")
    assert talk.ended == "message_taken"
    assert [line.text for line in talk.record if line.kind == "voicemail"] == ["recorded"]


def test_the_language_can_be_changed_and_who_leaves_has_left():
    talk = rehearsed(library(MENU, End("j.bye")), Deed(speak="ko"), Deed(leave=True), Deed(tap="orders"))
    assert talk.ended == "left"
    assert talk.session.locale == "ko"
    assert [line.kind for line in talk.record][-2:] == ["spoken", "left"]


def test_a_card_is_filled_in_and_sent_by_its_button():
    card = Show("j.ask", fields=(Field("email", "j.one", EmailInput()),), next="j.two", give_up=END)
    talk = rehearsed(library(card, End("j.bye")), Deed(fill={"email": "mina@example.com"}, tap="next"))
    assert talk.ended == "contained"
    assert [line.text for line in talk.record if line.kind == "filled"] == ["mina@example.com"]
    assert talk.variables()["email"] == "mina@example.com"


def test_a_module_is_tried_by_being_called():
    module = Journey(id="m", kind="module", on_error=(Return(),), parameters=("who",), sections={"start": (PIN,)})
    caller = library(CallModule("m", {"who": "x"}), End("j.bye"), modules=(module,))
    talk = rehearsed(caller, Deed(say="1234"), journey="m")
    assert not talk.problems
    assert [one for one in talk.trail if not of_trial(one)] == ["m#start", "m#start/0"]
    assert talk.ended is not None


def test_a_fault_is_told_with_the_step_it_happened_at():
    talk = rehearsed(library(Say("j.found"), End("j.bye")))
    (problem,) = [line for line in talk.record if line.kind == "problem"]
    assert "found" in problem.text
    assert talk.ended == "message_taken"


def test_a_place_is_named_as_everywhere():
    assert place_of(Frame("j", 1, "start", (2, "then", 0))) == "j#start/2/then/0"
    assert place_of(Frame("j", 1, "start")) == "j#start/0"
    assert isinstance(Line("bot", "spoken", 0.0), Line)


def test_a_conversation_that_fills_books_stops_where_nobody_would_read_on() -> None:
    chatter = (Say("j.hi"),) * 400
    known = library(*chatter, Ask("pin", "j.pin", DigitsInput(4, 4), (Goto("start"),), no_input_s=5))
    talk = Rehearsal("j", known, Scenery(MONDAY))
    talk.play([Deed(wait_s=MOST_WAIT_S)] * 20)
    assert talk.is_full
    assert talk.ended is None
    assert len(talk.record) + len(talk.trail) < MOST_LINES + 2_000, "one event goes a few hundred steps at most"
