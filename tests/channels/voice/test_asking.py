"""An open question: which keys are its answer, and how long one is waited for."""

from uuid import UUID

from warmline.channels.voice.asking import Answer, Asked, Choice, Question
from warmline.domain.contact.commands import CustomerMessage

CHOICES = tuple(Choice(f"v{n}", f"choice {n}") for n in range(1, 13))


def test_one_of_twelve_choices_takes_two_keys():
    asked = Asked(Question("choice", "en", CHOICES))
    assert asked.press("1", 0) == "more"
    assert asked.press("2", 1) == Answer("choice 12", "v12")


def test_a_choice_that_is_not_there_is_given_to_the_journey_as_it_was_pressed():
    asked = Asked(Question("choice", "en", CHOICES[:3]))
    assert asked.press("7", 0) == Answer("7")


def test_the_hash_key_ends_a_number_that_is_long_enough_and_no_shorter_one():
    asked = Asked(Question("digits", "en", least=3, most=6))
    asked.press("1", 0)
    assert asked.press("#", 0) == "nothing"
    asked.press("2", 0)
    asked.press("3", 0)
    assert asked.press("#", 0) == Answer("123")


def test_a_question_for_words_takes_no_key_but_zero_for_a_person_and_star_to_repeat():
    asked = Asked(Question("text", "ko"))
    assert asked.press("5", 0) == "nothing"
    assert asked.press("0", 0) == "person"
    assert asked.person() == Answer("0")  # what the caller did, not words put into their mouth
    assert asked.press("*", 0) == "repeat"


def test_silence_is_due_seven_seconds_after_the_question_and_later_while_somebody_speaks():
    asked = Asked(Question("text", "en"))
    assert asked.due(100) == "later"
    asked.spoken(100)
    assert asked.due(106.9) == "later"
    asked.speaking(True, 106)
    assert asked.due(107) == "later"
    asked.speaking(False, 110)
    assert asked.due(114.1) is None


def test_an_answer_sent_twice_counts_once():
    call = UUID(int=3)
    assert Answer("x").command(call, 1) == Answer("x").command(call, 1) == CustomerMessage(f"{call}:1", "x")
