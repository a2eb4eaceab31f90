"""A colleague at their desk phone greets first, answers in turn, thanks for holding, and hangs up last."""

from tests.warmline_demo.callers.telephone_wire import Person, run, talk

from warmline_demo.callers.attendant import AttendantMind
from warmline_demo.callers.dialogues import ANY_MATTER, GOODBYE, GREETING, THANKS_FOR_HOLDING, dialogue_of

LATE = dialogue_of("en", "late_parcel")


def test_the_colleague_greets_by_name_as_soon_as_the_receiver_is_up():
    one = Person(AttendantMind("en", "Emma", LATE))
    run(one, lambda _: False, until_s=3.0)
    assert one.said == [GREETING["en"].format(name="Emma")]


def test_somebody_unknown_is_helped_with_whatever_they_ask_and_wished_a_good_day():
    one = Person(AttendantMind("ja", "ささき", None))
    run(one, lambda at_s: at_s % 10 > 8, until_s=120.0)
    assert tuple(one.said[1:-1]) == ANY_MATTER["ja"]
    assert one.said[-1] == GOODBYE["ja"]
    assert one.hung_up


def test_a_hello_is_no_answer_while_a_dialogue_goes_on():
    one = Person(AttendantMind("en", "Emma", LATE))
    run(one, lambda at_s: 6 <= at_s < 6.6, until_s=9.0)
    assert len(one.said) == 1


def test_who_was_on_hold_is_thanked_for_it():
    one = Person(AttendantMind("en", "Emma", LATE))
    run(one, lambda at_s: at_s >= 30 and at_s % 8 < 3, until_s=60.0)
    assert one.said[1].startswith(THANKS_FOR_HOLDING["en"])


def test_nobody_holds_the_line_for_ever():
    one = Person(AttendantMind("ko", "김서윤", LATE))
    other = Person(AttendantMind("ko", "김서윤", LATE))
    assert talk(one, other, until_s=400.0) < 300
