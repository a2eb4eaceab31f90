"""A customer on the telephone goes through the menu, waits in music, talks in turn, rates, and leaves in time."""

import random
from dataclasses import replace

import pytest
from tests.warmline_demo.callers.telephone_wire import Person, run, talk

from warmline_demo.callers.attendant import AttendantMind
from warmline_demo.callers.caller import CallerMind
from warmline_demo.callers.dialogues import HELLO, dialogue_of
from warmline_demo.callers.people import Caller, Wish, caller_at, numbers_of


def customer(wish: Wish = "talk", **changes: object) -> Caller:
    who = caller_at(numbers_of("ko")[0], "ko", wish, random.Random(3))
    return replace(who, regular=False, patience_s=100.0, **changes)


def person(who: Caller, *, rung: bool = False) -> tuple[Person, CallerMind]:
    mind = CallerMind(who, dialogue_of(who.locale, who.topic), rung=rung)
    return Person(mind), mind


def prompts(*, music_from_s: float = 1e9, music_until_s: float = 1e9, greeting_s: float = 0.0):
    """Two prompts of 5 s, then quiet; music; then perhaps somebody's greeting."""

    def sounds(at_s: float) -> bool:
        if 1 <= at_s < 6 or 8 <= at_s < 13 or music_from_s <= at_s < music_until_s:
            return True
        return music_until_s + 1 <= at_s < music_until_s + 1 + greeting_s

    return sounds


def test_keys_are_pressed_when_a_prompt_has_been_heard_out():
    one, mind = person(customer())
    run(one, prompts(), until_s=7.0)
    assert one.done == []
    run(one, prompts(music_from_s=15), until_s=20.0)
    assert one.done == ["1", "0"]
    assert mind.phase == "queue"


def test_who_knows_the_menu_presses_while_it_speaks_but_hears_out_that_calls_are_recorded():
    def notice_greeting_menu(at_s: float) -> bool:
        return 1 <= at_s < 5 or 5.5 <= at_s < 15 or 17 <= at_s < 30

    pressed_by: dict[float, list[str]] = {}
    for until_s in (9.0, 10.0, 21.0):
        one, _ = person(replace(customer(), regular=True))
        run(one, notice_greeting_menu, until_s=until_s)
        pressed_by[until_s] = one.done
    assert pressed_by == {9.0: [], 10.0: ["1"], 21.0: ["1", "0"]}


def test_music_is_waited_through_and_a_greeting_after_it_is_answered():
    one, mind = person(customer())
    run(one, prompts(music_from_s=15, music_until_s=60, greeting_s=3), until_s=60.0)
    assert mind.phase == "queue"
    one, mind = person(customer())
    run(one, prompts(music_from_s=15, music_until_s=60, greeting_s=3), until_s=66.5)
    assert one.said == [dialogue_of("ko", customer().topic).customer[0]]


def test_where_music_stops_and_nobody_speaks_the_customer_says_hello():
    one, mind = person(customer())
    run(one, prompts(music_from_s=15, music_until_s=40), until_s=45.0)
    assert one.said == [HELLO["ko"]]
    assert mind.phase == "talk"


def test_who_said_hello_to_a_pause_in_the_music_waits_on():
    def sounds(at_s: float) -> bool:
        return prompts(music_from_s=15, music_until_s=40)(at_s) or at_s >= 44

    one, mind = person(customer())
    run(one, sounds, until_s=60.0)
    assert one.said == [HELLO["ko"]]
    assert mind.phase == "queue"


def test_nobody_waits_longer_than_their_patience():
    one, _ = person(replace(customer(), patience_s=20.0))
    run(one, prompts(music_from_s=15), until_s=40.0)
    assert one.hung_up


@pytest.mark.parametrize("hold", [(0.0, 0.0), (14.0, 22.0)])
def test_both_sides_talk_in_turn_to_the_end(hold: tuple[float, float]):
    who = customer()
    dialogue = dialogue_of("ko", who.topic)
    one, mind = person(who)
    mind.tick(0.0, one.ear)
    one, mind = person(replace(who, keys=("1",)))
    run(one, lambda at_s: 1 <= at_s < 3 or at_s >= 6, until_s=12.0)  # the menu, then music
    assert mind.phase == "queue"
    other = Person(AttendantMind("ko", "김서윤", dialogue))
    ended_s = talk(one, other, until_s=200.0, hold=hold)
    assert other.hung_up
    assert [text for text in one.said if text != HELLO["ko"]] == list(dialogue.customer)
    assert len(other.said) == len(dialogue.colleague) + 2
    assert ended_s < 150


def test_after_the_goodbye_the_call_is_rated():
    who = customer(score=4)
    one, mind = person(who, rung=True)
    run(one, lambda at_s: at_s % 12 > 8, until_s=110.0)
    assert mind.phase in ("rating", "over")
    assert "4" in one.done


def test_who_is_called_answers_first():
    one, _ = person(customer(), rung=True)
    run(one, lambda _: False, until_s=2.0)
    assert one.said == [HELLO["ko"]]


def test_a_message_is_said_after_every_prompt_and_ended_with_the_pound_key():
    one, mind = person(customer("message"))
    run(one, lambda at_s: at_s % 14 < 4, until_s=80.0)
    assert one.done[:2] == ["1", "5"]
    assert one.done.count("#") >= 2
    assert mind.phase == "message"


@pytest.mark.parametrize("wish", ["hours", "callback"])
def test_who_wants_no_person_says_nothing_and_leaves_when_all_is_said(wish: Wish):
    one, mind = person(customer(wish))
    run(one, lambda at_s: at_s < 60 and at_s % 6 < 4, until_s=100.0)
    assert one.said == []
    assert one.done == list(customer(wish).keys)
    assert mind.phase == "over"


def test_a_dead_line_is_left():
    one, _ = person(customer())
    run(one, lambda _: False, until_s=100.0)
    assert one.hung_up
