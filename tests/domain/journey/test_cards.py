"""What stands on a card, question by question."""

import pytest

from warmline.domain.journey.cards import GUIDE, questions_of, shows_cards
from warmline.domain.journey.document import Ask, DigitsInput, Field, Menu, Option, Say, Show, TextInput

CARD = Show(
    "refund",
    fields=(
        Field("order", "refund.order", DigitsInput()),
        Field("wish", "refund.wish", TextInput(), required=False),
    ),
    options=(Option("send", "refund.send"),),
    give_up=(Say("later"),),
)


def test_a_card_stands_for_its_fields_and_its_decision_in_order() -> None:
    first, second, decision = questions_of(CARD)

    assert isinstance(first, Ask)
    assert (first.into, first.prompt, first.give_up) == (
        "order",
        "refund.order",
        (Say("later"),),
    )
    assert isinstance(second, Ask)
    assert second.into == "wish"
    assert isinstance(decision, Menu)
    assert decision.options == CARD.options


def test_what_may_be_left_empty_is_not_among_what_must_be_answered() -> None:
    assert [one.into for one in questions_of(CARD, required=True)] == ["order", None]


def test_a_step_that_asks_nothing_stands_for_no_question() -> None:
    assert list(questions_of(Say("hello"))) == []


@pytest.mark.parametrize(
    ("channel", "shown"), [("webchat", True), (GUIDE, True), ("voice", False), ("sms", False)]
)
def test_cards_are_shown_in_chat_and_at_the_desk_and_asked_field_by_field_elsewhere(
    channel: str, shown: bool
) -> None:
    assert shows_cards(channel) is shown
