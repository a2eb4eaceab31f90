"""What nobody understood is kept for designers, without anything that tells who said it."""

from collections.abc import Callable
from typing import Any

import pytest

from order_journey import ORDERS, TAKEN, TEXTS
from warmline.domain.journey.document import (
    Ask,
    Callback,
    CallModule,
    ChoiceInput,
    DateInput,
    DigitsInput,
    End,
    Field,
    Journey,
    Menu,
    Option,
    Return,
    Show,
    Step,
    Verify,
)
from warmline.domain.journey.interface import Misunderstood
from warmline.domain.journey.unheard import MOST_LETTERS, masked

Talk = Callable[..., Any]
YES = Option("yes", "l.yes")
NO = Option("no", "l.no")


def after_nonsense(talk: Talk, *start: Step, pii: tuple[str, ...] = ()) -> Misunderstood:
    journey = Journey("j", TAKEN, {"start": (*start, End("bye")), "agent": TAKEN}, pii=pii)
    customer = talk(journey)
    customer.start()
    customer.say("the blue one")
    (missed,) = customer.commands(Misunderstood)
    return missed


def test_words_that_no_option_of_a_menu_knows_are_kept_with_their_place(talk: Talk) -> None:
    customer = talk(ORDERS, texts=TEXTS)
    customer.start()
    customer.say("  my   parcel, please ")
    kept = Misunderstood(1, "orders", 1, "menu/0", "no_match", words="my parcel, please")
    assert customer.commands(Misunderstood) == [kept]
    customer.silence()
    assert customer.commands(Misunderstood) == [Misunderstood(2, "orders", 1, "menu/0", "no_input")]


def test_the_last_straw_says_that_a_person_took_over_and_is_told_where_it_was(talk: Talk) -> None:
    customer = talk(ORDERS, texts=TEXTS, person_after=1)
    customer.start()
    customer.say("parcel")
    assert customer.commands(Misunderstood) == [
        Misunderstood(1, "orders", 1, "menu/0", "no_match", handed=True, words="parcel")
    ]


def test_what_was_understood_or_asked_of_the_platform_is_not_kept(talk: Talk) -> None:
    customer = talk(ORDERS, texts=TEXTS)
    for said in ("repeat", "한국어", "English", "orders"):
        if customer.session.waiting is None:
            customer.start()
        customer.say(said)
        assert not customer.commands(Misunderstood)


def test_a_question_in_a_module_is_told_as_the_module_s(talk: Talk) -> None:
    asked = Ask("x", "ask", ChoiceInput((YES, NO)), (Return(),))
    module = Journey("m", (Return(),), {"start": (asked, Return())}, kind="module")
    customer = talk(Journey("j", TAKEN, {"start": (CallModule("m"), End("bye"))}), module)
    customer.start()
    customer.say("perhaps")
    assert customer.commands(Misunderstood) == [Misunderstood(1, "m", 1, "start/0", "no_match", words="perhaps")]


@pytest.mark.parametrize(
    "step",
    [
        Ask("x", "ask", ChoiceInput((YES, NO)), TAKEN),
        Menu("ask", (YES, NO), TAKEN),
        Show("ask", options=(YES, NO)),
    ],
)
def test_words_are_kept_where_they_can_become_synonyms(talk: Talk, step: Step) -> None:
    assert after_nonsense(talk, step).words == "the blue one"


@pytest.mark.parametrize(
    "step",
    [
        Ask("x", "ask", ChoiceInput((YES, NO)), TAKEN, sensitivity="secret"),
        Ask("x", "ask", ChoiceInput((YES, NO)), TAKEN, sensitivity="pii"),
        Ask("illness", "ask", ChoiceInput((YES, NO)), TAKEN),
        Menu("ask", (YES, NO), TAKEN, into="illness"),
        Ask("x", "ask", DateInput(), TAKEN),
        Ask("x", "ask", DigitsInput(4, 4), TAKEN, sensitivity="secret"),
        Verify("account_pin", "A-1", failed=TAKEN, locked=TAKEN),
        Callback("orders", TAKEN),
    ],
)
def test_of_secrets_and_personal_answers_only_the_misunderstanding_is_kept(talk: Talk, step: Step) -> None:
    missed = after_nonsense(talk, step, pii=("illness",))
    assert (missed.why, missed.words) == ("no_match", None)


def test_a_card_that_was_filled_in_wrongly_leaves_no_entry_behind(talk: Talk) -> None:
    card = Show("title", fields=(Field("pin", "l.pin", DigitsInput(4, 4), sensitivity="secret"),))
    customer = talk(Journey("j", TAKEN, {"start": (card, End("bye")), "agent": TAKEN}))
    customer.start()
    customer.fill(pin="98")
    (missed,) = customer.commands(Misunderstood)
    assert missed.words is None


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("주문 2611-3407 취소해 주세요", "주문 ••• 취소해 주세요"),
        ("２６１１３４０７です", "•••です"),
        ("call 010 1234 5678 back", "call ••• back"),
        ("write to mina@example.com please", "write to ••• please"),
        ("see https://shop.example/orders/77", "see •••"),
        ("the 2nd of 3", "the 2nd of 3"),
        ("a\n b", "a b"),
        ("x" * 500, "x" * (MOST_LETTERS - 1) + "…"),
        ("   ", ""),
    ],
)
def test_numbers_and_addresses_do_not_get_as_far_as_being_stored(said: str, kept: str) -> None:
    assert masked(said) == kept
