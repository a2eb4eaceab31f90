"""The speaking queue: order, repeating, and what a key cuts off."""

from uuid import UUID

from warmline.channels.voice.asking import Question
from warmline.channels.voice.lips import Lips, Utterance

ASK = Question("text", "en")


def lips(*ones: Utterance) -> Lips:
    made = Lips(UUID(int=1))
    for one in ones:
        made.add(one)
    return made


def test_the_end_of_an_older_utterance_is_not_taken_for_the_end_of_this_one():
    one = lips(Utterance("a", "en"), Utterance("b", "en"))
    one.begin()
    first = one.play
    assert one.ended(first) == Utterance("a", "en")
    one.begin()
    assert one.ended(first) is None
    assert one.current == Utterance("b", "en")


def test_a_question_further_on_is_found_unless_something_must_be_heard_before():
    assert lips(Utterance("a", "en"), Utterance("b", "en", question=ASK)).ahead() is ASK
    assert lips(Utterance("notice", "en", firm=True), Utterance("b", "en", question=ASK)).ahead() is None


def test_hushing_keeps_what_must_be_heard():
    one = lips(Utterance("a", "en"), Utterance("b", "en"), Utterance("notice", "en", firm=True))
    one.begin()
    assert one.hush()
    assert [left.text for left in one.queue] == ["notice"]


def test_everything_since_the_last_answer_is_said_again_in_order():
    one = lips(Utterance("a", "en"), Utterance("b", "en", question=ASK))
    for _ in range(2):
        one.begin()
        one.ended(one.play)
    one.again()
    assert [left.text for left in one.queue] == ["a", "b"]
    one.answered()
    assert one.heard == []


def test_skipping_to_the_question_says_whether_a_sound_must_stop():
    one = lips(Utterance("a", "en"), Utterance("b", "en", question=ASK))
    assert not one.skip_to_question()
    assert one.silent
