"""Customers and agents with cards: filling them in, getting them wrong, going without them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from warmline.domain.journey.cards import GUIDE
from warmline.domain.journey.document import (
    Block,
    ChoiceInput,
    DateInput,
    DigitsInput,
    End,
    Field,
    FileInput,
    Journey,
    NumberInput,
    Option,
    Say,
    Show,
    TextInput,
)
from warmline.domain.journey.interface import Collected, Finished, LocaleSwitched, Said
from warmline.domain.journey.steps_show import written_form

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
END = (End("bye"),)
WAYS = ChoiceInput((Option("post", "by_post"), Option("shop", "in_shop")))
CARD = Show(
    "refund.title",
    ("refund.text",),
    (
        Field("order", "refund.order", DigitsInput(3, 8)),
        Field("way", "refund.way", WAYS),
        Field("wish", "refund.wish", TextInput(), required=False),
    ),
    (Option("send", "refund.send", then=(Say("thanks"), *END)), Option("later", "refund.later", then=END)),
    give_up=(Say("by_phone"), *END),
)
TEXTS = {
    "refund.title": "Your refund",
    "refund.text": "A few details, please.",
    "refund.order": "Order number",
    "refund.way": "How do you send it back?",
    "refund.wish": "Anything else?",
    "refund.send": "Send",
    "refund.later": "Later",
    "by_post": "By post",
    "in_shop": "In the shop",
}


@pytest.fixture
def with_card(talk: Callable[..., Any]) -> Callable[..., Any]:
    """Begin a talk in which the first thing is this card."""

    def begin(card: Show, *after: Any, channel: str = "webchat", **given: Any) -> Any:
        steps: Block = (card, *(after or END))
        kind = "guide" if channel == GUIDE else "journey"
        sections: dict[str, Block] = {"start": steps, "agent": (Say("a_person"), *END)}
        journey = Journey(id="r", on_error=(End("sorry"),), sections=sections, kind=kind)
        conversation = talk(journey, channel=channel, texts=TEXTS, **given)
        conversation.opening = conversation.start()
        return conversation

    return begin


def test_a_card_shows_its_title_texts_fields_and_buttons_at_once(with_card: Callable[..., Any]) -> None:
    customer = with_card(CARD)

    assert customer.opening == ["Your refund\nA few details, please."]
    assert customer.replies == ["send", "later"]
    order, way, wish = customer.card.fields
    assert (order.name, order.label, order.kind, order.required) == ("order", "Order number", "digits", True)
    assert [option.label for option in way.options] == ["By post", "In the shop"]
    assert not wish.required


def test_a_filled_card_is_read_like_single_answers_and_its_button_decides(with_card: Callable[..., Any]) -> None:
    customer = with_card(CARD)

    assert customer.fill("send", order="1234 5", way="post", wish="") == ["[thanks]", "[bye]"]
    assert customer.variables == {"order": "12345", "way": "post", "wish": None}
    assert [(one.name, one.value) for one in customer.commands(Collected)] == [("order", "12345"), ("way", "post")]
    assert customer.commands(Finished)


def test_what_does_not_fit_is_marked_at_its_place_and_the_rest_stays(with_card: Callable[..., Any]) -> None:
    customer = with_card(CARD)

    assert customer.fill("send", order="12", way="", wish="gift wrap") == [
        "Almost there. Please check the marked entries."
    ]
    order, way, wish = customer.card.fields
    assert order.problem == "That is a little short. It needs at least 3 digits."
    assert way.problem == "Please fill this in."
    assert (wish.value, wish.problem) == ("gift wrap", "")
    assert customer.variables == {}


def test_after_three_cards_that_do_not_fit_the_journey_goes_another_way(with_card: Callable[..., Any]) -> None:
    customer = with_card(CARD)

    customer.fill("send")
    customer.fill("send")
    assert customer.fill("send") == ["[by_phone]", "[bye]"]


def test_a_button_nobody_offered_asks_for_the_decision(with_card: Callable[..., Any]) -> None:
    customer = with_card(CARD)

    assert customer.fill("gone", order="123", way="post") == ["How would you like to go on?"]
    assert customer.card.fields[0].value == "123"


def test_who_writes_instead_of_filling_in_is_asked_field_by_field(with_card: Callable[..., Any]) -> None:
    customer = with_card(CARD)

    assert customer.say("what is this?") == ["Let us go through it together, one by one.", "Order number"]
    assert customer.say("4711") == ["How do you send it back?"]
    assert customer.say("in the shop") == ["Anything else?"]
    assert customer.replies == ["skip"]
    assert customer.tap("skip") == ["How would you like to go on?"]
    assert customer.say("send") == ["[thanks]", "[bye]"]
    assert customer.variables == {"order": "4711", "way": "shop", "wish": None}


def test_a_caller_hears_the_texts_and_is_asked_field_by_field(with_card: Callable[..., Any]) -> None:
    caller = with_card(CARD, channel="voice")

    assert caller.opening == ["Your refund", "A few details, please.", "Order number"]
    assert "By post" in caller.say("4711")[0]
    assert caller.say("1") == ["Anything else?"]
    decision = caller.silence()
    assert "Send" in decision[0], "what need not be said may be left out by silence"
    assert caller.say("1") == ["[thanks]", "[bye]"]


def test_a_caller_who_cannot_answer_a_field_is_helped_another_way(with_card: Callable[..., Any]) -> None:
    caller = with_card(CARD, channel="voice")

    for _ in range(2):
        caller.silence()
    assert caller.silence() == ["[by_phone]", "[bye]"]


def test_asking_for_a_person_leads_to_one_from_any_place_of_a_card(with_card: Callable[..., Any]) -> None:
    assert with_card(CARD).say("agent") == ["[a_person]", "[bye]"]
    assert with_card(CARD).say("I would rather have a human") == ["[a_person]", "[bye]"]


def test_a_long_silence_is_met_with_patience_and_the_card_stays_open(with_card: Callable[..., Any]) -> None:
    customer = with_card(CARD)

    assert customer.silence() == [
        "Take your time. Whenever you are ready, please fill in the card above, or write to me."
    ]
    assert customer.fill("later", order="123", way="post") == ["[bye]"]


def test_a_change_of_language_shows_the_card_again(with_card: Callable[..., Any]) -> None:
    customer = with_card(CARD)

    customer.event(LocaleSwitched("ko"))
    assert [field.name for field in customer.card.fields] == ["order", "way", "wish"]


def test_a_card_with_buttons_alone_is_answered_by_tap_or_words(with_card: Callable[..., Any]) -> None:
    card = Show("refund.title", options=CARD.options, into="decision")

    customer = with_card(card)
    assert customer.say("send") == ["[thanks]", "[bye]"]
    assert customer.variables == {"decision": "send"}
    caller = with_card(card, channel="voice")
    assert caller.opening[0].startswith("Your refund")
    assert "Send" in caller.opening[0]
    assert caller.say("2") == ["[bye]"]


def test_an_action_list_waits_for_nobody_unless_it_has_a_button(with_card: Callable[..., Any]) -> None:
    plain = Show("refund.title", ("refund.text",))

    assert with_card(plain).opening == ["Your refund\nA few details, please.", "[bye]"]
    with_button = Show("refund.title", next="refund.send")
    customer = with_card(with_button)
    assert customer.opening == ["Your refund"]
    assert customer.tap("next") == ["[bye]"]
    assert with_card(with_button, channel="voice").opening == ["Your refund", "[bye]"]


def test_what_is_known_already_stands_in_its_field(with_card: Callable[..., Any]) -> None:
    customer = with_card(CARD, variables={"order": "4711"})

    assert customer.card.fields[0].value == "4711"


def test_a_secret_on_a_card_is_masked_wherever_it_is_written(with_card: Callable[..., Any]) -> None:
    card = Show("refund.title", fields=(Field("pin", "refund.order", DigitsInput(4, 4), sensitivity="secret"),))
    customer = with_card(card, variables={"pin": "9999"})

    assert customer.card.fields[0].kind == "secret"
    assert customer.card.fields[0].value == ""
    assert customer.last.expects_secret
    said = Said("", "next", {"pin": "1234"})
    assert written_form(customer.session, customer.world, NOW, "webchat", said) == "Order number: ••••\nContinue"
    customer.fill("next", pin="1234")
    assert customer.session.frames[-1].secrets == ("pin",)
    assert not customer.commands(Collected)


def test_the_transcript_shows_a_filled_card_as_labels_and_entries(with_card: Callable[..., Any]) -> None:
    customer = with_card(CARD)

    said = Said("", "send", {"order": "4711", "way": "post", "wish": " "})
    written = written_form(customer.session, customer.world, NOW, "webchat", said)
    assert written == "Order number: 4711\nHow do you send it back?: By post\nSend"
    customer.say("no idea")
    assert written_form(customer.session, customer.world, NOW, "webchat", said) is None


def test_an_agent_in_a_guide_has_no_timer_and_may_be_wrong_as_often_as_they_like(
    with_card: Callable[..., Any],
) -> None:
    agent = with_card(CARD, channel=GUIDE)

    assert agent.timers == set()
    for _ in range(10):
        agent.fill("send", order="x")
    assert agent.card.fields[0].value == "x"
    agent.fill("send", order="4711", way="agent", wish="agent")
    assert agent.card.fields[1].problem, "an agent's words are entries, never wishes"
    assert agent.fill("send", order="4711", way="shop") == ["[thanks]", "[bye]"]


@pytest.mark.parametrize(
    ("field", "entry", "kept"),
    [
        (Field("x", "refund.order", NumberInput(1, 9)), "3", 3),
        (Field("x", "refund.order", DateInput()), "2026-11-03", "2026-11-03"),
    ],
)
def test_every_kind_of_entry_is_kept_as_a_question_would_keep_it(
    with_card: Callable[..., Any], field: Field, entry: str, kept: object
) -> None:
    customer = with_card(Show("refund.title", fields=(field,)))

    assert customer.fill(x=entry) == ["[bye]"]
    assert customer.variables == {"x": kept}


def test_fields_of_a_section_stand_under_its_heading_and_by_telephone_it_is_not_said(
    with_card: Callable[..., Any],
) -> None:
    card = Show(
        "refund.title",
        fields=(
            Field("order", "refund.order", DigitsInput(3, 8)),
            Field("wish", "refund.wish", TextInput(), required=False, group="refund.text"),
        ),
    )
    written = with_card(card)
    assert [(one.name, one.group) for one in written.card.fields] == [
        ("order", ""),
        ("wish", "A few details, please."),
    ]
    assert written.fill("next", order="123") == ["[bye]"]

    spoken = with_card(card, channel="voice")
    assert spoken.say("123") == ["Anything else?"]


WITH_PHOTO = Show(
    "refund.title",
    fields=(
        Field("photo", "refund.way", FileInput(), required=False),
        Field("order", "refund.order", DigitsInput(3, 8)),
    ),
)


def test_files_of_a_card_are_known_by_their_names_when_they_came_along(with_card: Callable[..., Any]) -> None:
    customer = with_card(WITH_PHOTO)
    photo = customer.card.fields[0]
    assert (photo.kind, photo.required) == ("file", False)
    sent = Said("", "next", {"photo": "f1 f2", "order": "123"}, {"f1": "zip.jpg", "f2": "bag.jpg", "f3": "x.jpg"})
    written = written_form(customer.session, customer.world, NOW, "webchat", sent)
    assert written == "How do you send it back?: zip.jpg, bag.jpg\nOrder number: 123\nContinue"
    assert customer.event(sent) == ["[bye]"]
    assert customer.variables == {"photo": "zip.jpg, bag.jpg", "order": "123"}


def test_a_file_that_did_not_come_along_is_not_taken_and_is_chosen_anew(with_card: Callable[..., Any]) -> None:
    customer = with_card(WITH_PHOTO)
    sent = Said("", "next", {"photo": "f9", "order": "123"}, {"f1": "zip.jpg"})
    assert customer.event(sent) == ["Almost there. Please check the marked entries."]
    photo, order = customer.card.fields
    assert photo.problem
    assert (photo.value, order.value) == ("", "123")
    assert "photo" not in customer.variables


def test_by_telephone_and_field_by_field_a_file_is_left_out(with_card: Callable[..., Any]) -> None:
    caller = with_card(WITH_PHOTO, channel="voice")
    assert caller.opening[-1] == "Order number"
    assert caller.say("123") == ["[bye]"]
    assert caller.variables == {"photo": None, "order": "123"}
    writer = with_card(WITH_PHOTO)
    assert writer.say("hello?")[-1] == "Order number"


def test_a_rehearsal_takes_a_name_for_its_file(with_card: Callable[..., Any]) -> None:
    customer = with_card(WITH_PHOTO)
    customer.fill("next", photo="zip.jpg", order="123")
    assert customer.variables["photo"] == "zip.jpg"
