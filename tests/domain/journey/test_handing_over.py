"""Customers who are not understood come to a person after as many tries as their contact reason allows."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from order_journey import ORDERS, TAKEN, TEXTS
from warmline.domain.journey.checker_world import NOW, PromptSource
from warmline.domain.journey.document import (
    Ask,
    Callback,
    CallModule,
    DigitsInput,
    End,
    Enqueue,
    Goto,
    Journey,
    Return,
    TextInput,
    Var,
    Verify,
)
from warmline.domain.journey.interface import EnterQueue, Finished, HandedOver
from warmline.domain.journey.rehearsal import Deed, Rehearsal
from warmline.domain.journey.stage import Library, Scenery
from warmline.domain.journey.stand_ins import stand_in_answers
from warmline.domain.journey.wandering import wanderers
from warmline.features.contacts.settings_store import platform_prompts
from warmline.kernel.locale import LOCALES
from warmline_demo.content import library as demo

Talk = Callable[..., Any]
WHY = "Sorry, I have not understood you well enough. Let me bring you to a person."


def test_misunderstandings_of_several_questions_add_up_and_the_customer_hears_why_a_person_comes(
    talk: Talk,
) -> None:
    customer = talk(ORDERS, texts=TEXTS, person_after=3)
    customer.start()
    customer.say("hmm")
    customer.tap("orders")
    customer.silence()
    said = customer.say("no idea")
    assert said[0] == WHY
    assert customer.commands(HandedOver) == [HandedOver(3)]
    assert customer.commands(EnterQueue)
    assert customer.waiting.kind == "queue"
    assert "journey.input" not in customer.timers


def test_without_a_limit_of_the_reason_each_question_keeps_to_its_own_attempts(talk: Talk) -> None:
    customer = talk(ORDERS, texts=TEXTS)
    customer.start()
    for _ in range(2):
        customer.say("hmm")
        assert not customer.commands(HandedOver)
        assert customer.waiting.kind == "input"
    assert customer.session.misunderstood == 2


def test_answers_that_fit_do_not_count_nor_do_words_of_the_platform(talk: Talk) -> None:
    customer = talk(ORDERS, texts=TEXTS, person_after=1)
    customer.start()
    customer.say("repeat")
    customer.speak("ko")
    customer.speak("en")
    customer.tap("orders")
    customer.say("1234")
    assert customer.session.misunderstood == 0
    assert customer.tasks


@pytest.mark.parametrize(("locale", "word"), [("ko", "상담원"), ("ja", "担当者"), ("en", "person")])
def test_the_reason_is_told_in_the_customers_language(talk: Talk, locale: str, word: str) -> None:
    customer = talk(ORDERS, texts=TEXTS, locale=locale, person_after=1)
    customer.start()
    assert word in customer.say("???")[0]


def test_a_companys_own_sentence_is_said_and_one_that_cannot_be_said_gives_way_to_ours(talk: Talk) -> None:
    for own, said in (("Over to Mina.", "Over to Mina."), ("Over to {nobody}.", WHY)):
        customer = talk(ORDERS, texts={**TEXTS, "common.handing_over": own}, person_after=1)
        customer.start()
        assert customer.say("???")[0] == said
        assert customer.last.problems == ()


def test_out_of_a_module_the_customer_comes_where_the_word_agent_leads(talk: Talk) -> None:
    module = Journey(
        "m",
        (Return(),),
        {"start": (Ask("name", "who", DigitsInput(), (Return(),)), Return(Var("name")))},
        kind="module",
    )
    caller = replace(ORDERS, sections={**ORDERS.sections, "start": (CallModule("m", {}, "name"), Goto("menu"))})
    customer = talk(caller, module, texts=TEXTS, person_after=1)
    customer.start()
    customer.silence()
    assert customer.waiting.kind == "queue"
    assert [frame.journey_id for frame in customer.session.frames] == ["orders"]


def test_with_nobody_there_it_ends_as_the_word_agent_ends_and_nobody_goes_round_in_circles(talk: Talk) -> None:
    nobody = Enqueue("orders", (Goto("number"),), TAKEN, TAKEN)
    journey = replace(
        ORDERS,
        sections={**ORDERS.sections, "agent": (nobody,), "number": (Callback("orders", TAKEN),)},
    )
    customer = talk(journey, texts=TEXTS, person_after=1)
    customer.world.line = replace(customer.world.line, staffed=False)
    customer.start()
    assert customer.say("???")[0] == WHY
    assert customer.waiting.kind == "input", "nobody is there, so a number is asked for"
    for _ in range(2):
        assert WHY not in customer.say("???")
        assert not customer.commands(HandedOver)
    customer.say("???")
    assert customer.commands(Finished) == [Finished("message_taken")]


def test_who_asked_for_a_person_before_is_not_led_there_again(talk: Talk) -> None:
    journey = replace(ORDERS, sections={**ORDERS.sections, "agent": (Goto("number"),),
                                        "number": (Callback("orders", TAKEN),)})  # fmt: skip
    customer = talk(journey, texts=TEXTS, person_after=1)
    customer.start()
    customer.say("agent")
    customer.say("???")
    assert not customer.commands(HandedOver)


def test_codes_that_were_not_typed_as_codes_count_too(talk: Talk) -> None:
    proof = Verify("account_pin", "A-1", failed=TAKEN, locked=TAKEN)
    journey = replace(ORDERS, sections={**ORDERS.sections, "start": (proof, Goto("menu"))})
    customer = talk(journey, texts=TEXTS, person_after=2)
    customer.start()
    customer.say("my dog's name")
    customer.say("still my dog's name")
    assert customer.waiting.kind == "queue"
    assert customer.last.expects_secret is False


def test_silence_of_a_caller_counts_and_the_caller_is_told_why(talk: Talk) -> None:
    customer = talk(ORDERS, texts=TEXTS, channel="voice", person_after=2)
    customer.start()
    customer.silence()
    assert customer.silence()[0] == WHY
    assert customer.waiting.kind == "queue"


def test_a_limit_that_is_reached_before_the_reason_is_known_acts_at_the_next_misunderstanding(talk: Talk) -> None:
    customer = talk(ORDERS, texts=TEXTS)
    customer.start()
    customer.say("hmm")
    customer.say("hmm")
    customer.person_after = 1
    customer.say("hmm")
    assert customer.commands(HandedOver) == [HandedOver(3)]


def test_a_free_text_is_never_misunderstood(talk: Talk) -> None:
    journey = Journey("j", TAKEN, {"start": (Ask("x", "ask", TextInput(), TAKEN), End("ok")), "agent": TAKEN})
    customer = talk(journey, person_after=1)
    customer.start()
    customer.say("something nobody thought of")
    assert customer.commands(Finished) == [Finished("contained")]


def shipped(person_after: dict[str, int]) -> Library:
    journeys = {journey.id: journey for journey in demo.JOURNEYS}
    platform = platform_prompts()
    texts = PromptSource({locale: {**platform[locale], **demo.PROMPTS[locale]} for locale in LOCALES})
    stand_ins = stand_in_answers(journeys, demo.TASKS)
    return Library(journeys, texts, stand_ins, lambda calendar, now: "open", person_after)


@pytest.mark.parametrize("journey_id", ["front-desk", "phone"])
def test_random_customers_of_the_shipped_journeys_meet_no_fault_however_short_the_patience(
    journey_id: str,
) -> None:
    reasons = {"order_status": 1, "refund": 2, "password_reset": 1, "callback": 1}
    found = list(wanderers(journey_id, shipped(reasons), 150, seed=5))
    assert found
    assert [one.verdict.failure for one in found if one.verdict.failure is not None] == []
    assert any(line.name == "common.handing_over" for one in found for line in one.verdict.lines)


def test_a_rehearsal_knows_the_limit_of_the_reason_the_journey_declared() -> None:
    impatient = Rehearsal("order-status", shipped({"order_status": 1}), Scenery(NOW))
    patient = Rehearsal("order-status", shipped({"refund": 1}), Scenery(NOW))
    for talk in (impatient, patient):
        talk.play([Deed(say="???")])
    assert impatient.reason == patient.reason == "order_status"
    assert "common.handing_over" in impatient.prompts
    assert "common.handing_over" not in patient.prompts
