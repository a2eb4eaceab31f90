"""Asking how it was."""

from collections.abc import Callable
from typing import Any

import pytest

from warmline.domain.journey.document import End, Journey, Survey
from warmline.domain.journey.interface import Finished, Scored

Talk = Callable[..., Any]


def surveying(**more: Any) -> Journey:
    return Journey("s", (End("sorry"),), {"start": (Survey("how", **more), End("thanks"))}, kind="survey")


@pytest.mark.parametrize(
    ("locale", "text", "score"), [("ko", "5점이요", 5), ("ja", "４です", 4), ("en", "★★★", 3)]
)
def test_a_score_is_taken_as_people_write_it(talk: Talk, locale: str, text: str, score: int) -> None:
    customer = talk(surveying(), locale=locale)
    customer.start()
    assert customer.replies == ["5", "4", "3", "2", "1"]
    assert customer.say(text) == ["[thanks]"]
    assert customer.commands(Scored) == [Scored("csat", score)]


def test_words_follow_the_score_and_replace_nothing_but_the_comment(talk: Talk) -> None:
    customer = talk(surveying(metric="nps", comment_prompt="why"))
    customer.start()
    assert customer.tap("10") == ["[why]"]
    assert customer.commands(Scored) == [Scored("nps", 10)]  # safe at once, should the customer leave now
    assert customer.say("  Mina was kind, my agent  ") == ["[thanks]"]
    assert customer.commands(Scored) == [Scored("nps", 10, "Mina was kind, my agent")]


@pytest.mark.parametrize("skip", ["survey:skip", "no"])
def test_a_comment_may_be_skipped(talk: Talk, skip: str) -> None:
    customer = talk(surveying(comment_prompt="why"))
    customer.start()
    customer.tap("4")
    assert (customer.tap(skip) if ":" in skip else customer.say(skip)) == ["[thanks]"]
    assert customer.commands(Scored) == []


def test_silence_is_an_answer(talk: Talk) -> None:
    customer = talk(surveying(comment_prompt="why"))
    customer.start()
    assert customer.silence("journey.survey") == ["[thanks]"]
    assert customer.commands(Scored) == []
    assert customer.commands(Finished) == [Finished("contained")]
    scored = talk(surveying(comment_prompt="why"))
    scored.start()
    scored.tap("2")
    assert scored.silence("journey.survey") == ["[thanks]"]


def test_somebody_who_does_not_score_is_asked_once_more_and_let_go(talk: Talk) -> None:
    customer = talk(surveying())
    customer.start()
    assert "from 1 (very dissatisfied) to 5" in customer.say("great")[0]
    assert customer.say("really great") == ["[thanks]"]


def test_the_question_is_repeated_in_another_language(talk: Talk) -> None:
    customer = talk(surveying(comment_prompt="why"))
    customer.start()
    assert customer.speak("ja") == ["[how]"]
    customer.tap("5")
    assert customer.speak("ko") == ["[why]"]
