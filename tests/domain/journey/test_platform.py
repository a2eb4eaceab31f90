"""Words that work everywhere, in three languages."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from warmline.domain.journey.document import Announce, Ask, DigitsInput, End, Goto, Journey, Say
from warmline.domain.journey.interface import AnnouncementText
from warmline.domain.journey.platform import LOCALE_WISHES, asks_for_person, listed, wish
from warmline.domain.journey.run import Run

Talk = Callable[..., Any]
JOURNEY = Journey(
    "j",
    (End("sorry"),),
    {
        "start": (Announce("emergency"), Say("hi"), Ask("n", "ask", DigitsInput(), ()), Goto("next")),
        "next": (Ask("m", "ask_more", DigitsInput(), ()), End("bye")),
        "agent": (End("agent"),),
    },
)


def bench(talk: Talk, locale: str) -> Run:
    customer = talk(JOURNEY, locale=locale)
    return Run(customer.session, customer.world, datetime(2026, 11, 23, tzinfo=UTC), "webchat", None)


@pytest.mark.parametrize(
    ("locale", "text", "meant"),
    [
        ("ko", "상담원 연결해 주세요", "agent"), ("ja", "担当者", "agent"), ("en", "Agent!", "agent"),
        ("ko", "다시 말해 주세요", "repeat"), ("ja", "もう一度", "repeat"), ("en", "Pardon?", "repeat"),
        ("ko", "이전으로", "back"), ("ja", "戻る", "back"), ("en", "go back", "back"),
        ("ko", "English", "en"), ("ja", "한국어", "ko"), ("en", "日本語", "ja"),
        ("ko", "안녕하세요", None), ("en", "", None), ("en", "back to the shop I went", None),
    ],
)  # fmt: skip
def test_the_whole_text_is_a_wish(talk: Talk, locale: str, text: str, meant: str | None) -> None:
    assert wish(bench(talk, locale), text) == meant


def test_in_a_queue_only_languages_are_wishes(talk: Talk) -> None:
    run = bench(talk, "en")
    assert wish(run, "agent", LOCALE_WISHES) is None
    assert wish(run, "한국어", LOCALE_WISHES) == "ko"


def test_a_wish_for_a_person_is_understood_inside_a_sentence(talk: Talk) -> None:
    assert asks_for_person(bench(talk, "ko"), "그냥 상담원이랑 얘기할래요")
    assert asks_for_person(bench(talk, "ja"), "すみません、オペレーターにつないで")
    assert not asks_for_person(bench(talk, "en"), "reagent bottle")


def test_missing_word_lists_are_no_fault(talk: Talk) -> None:
    run = bench(talk, "en")
    run.facts.missing.add("common.words.agent")  # type: ignore[attr-defined]
    assert listed(run, "common.words.agent") == ()


def test_repeat_brings_the_announcements_again_too(talk: Talk) -> None:
    customer = talk(JOURNEY)
    customer.world.announced = [AnnouncementText("1", "Deliveries are late.")]
    assert customer.start() == ["Deliveries are late.", "[hi]", "[ask]"]
    assert customer.say("repeat") == ["Deliveries are late.", "[hi]", "[ask]"]
    customer.world.missing.add("hi")
    assert customer.say("repeat") == ["Deliveries are late.", "[ask]"]


def test_back_goes_step_by_step_through_the_questions(talk: Talk) -> None:
    customer = talk(JOURNEY)
    customer.start()
    assert customer.say("1") == ["[ask_more]"]
    assert customer.say("back") == ["[hi]", "[ask]"]
    assert customer.say("2") == ["[ask_more]"]
    assert customer.variables["n"] == "2"


def test_an_announcement_for_others_is_not_said_and_a_caller_hears_it_spoken(talk: Talk) -> None:
    customer = talk(JOURNEY, channel="voice")
    customer.world.announced = [
        AnnouncementText("1", "Snow.", spoken="Snow, spoken."),
        AnnouncementText("2", "For chats.", channels=frozenset({"webchat"})),
        AnnouncementText("3", "For a queue.", queues=frozenset({"orders"})),
        AnnouncementText("4", "For this journey.", journeys=frozenset({"j"})),
        AnnouncementText("5", "For another.", journeys=frozenset({"k"})),
    ]
    assert customer.start()[:2] == ["Snow, spoken.", "For this journey."]
