"""The way through a guide, card by card."""

from warmline.domain.contact.events import Filled
from warmline.domain.journey.document import End, Journey, Reason, Show
from warmline.domain.journey.interface import Finished, Form, FormField, Reply, Speak
from warmline.domain.journey.machine import begin
from warmline.features.guides.state import (
    GuideState,
    Moment,
    answered,
    decode,
    encode,
    outcome_of,
    serves,
    shown,
    went_back,
    went_on,
)

SESSION = begin("g", 1, "en", {"n": 1})
FIELD = FormField("order", "Order", "digits")
CARD = Speak("card", "Title\nOne\nTwo", (Reply("next", "Go"),), "form", form=Form((FIELD,)))
GUIDE = Journey("g", (End("x"),), {"start": (Reason("refund"), Show("a"), Show("b"), End("x"))}, kind="guide")


def begun() -> GuideState:
    return GuideState((Moment(SESSION, shown([CARD])),))


def test_a_card_has_a_title_texts_fields_and_buttons_and_what_was_said_before_it() -> None:
    seen = shown([Speak("say", "Good to know"), CARD])
    assert (seen.said, seen.title, seen.texts) == (("Good to know",), "Title", ("One", "Two"))
    assert (seen.fields, seen.buttons) == ((FIELD,), (Reply("next", "Go"),))


def test_an_action_list_is_read_on_the_way() -> None:
    assert shown([Speak("list", "Do this\nThen that", form=Form())]).said == ("Do this\nThen that",)


def test_a_card_that_came_back_keeps_its_title_and_no_step_is_counted() -> None:
    wrong = Speak("common.form_unfit", "Please check", CARD.quick_replies, "form", form=Form((FIELD,)))
    state = went_on(begun(), SESSION, [wrong], [Filled("Order", "x")], worked=False)
    assert (state.now.shown.title, state.now.shown.problem) == ("Title", "Please check")
    assert (len(state.moments), state.now.filled) == (1, ())


def test_going_back_forgets_what_was_filled_in_since() -> None:
    state = went_on(begun(), SESSION, [CARD], [Filled("Order", "1")], worked=False)
    assert state.may_go_back
    assert state.now.filled == (Filled("Order", "1"),)
    assert went_back(state).now.filled == ()
    assert went_back(begun()) == begun()


def test_there_is_no_way_back_behind_work_that_was_done_nor_from_the_end() -> None:
    assert not went_on(begun(), SESSION, [CARD], [], worked=True).may_go_back
    over = went_on(begun(), SESSION, [Speak("bye", "Done"), Finished("contained")], [], worked=False)
    assert (over.outcome, over.may_go_back) == ("contained", False)
    assert outcome_of([CARD]) is None


def test_decisions_are_written_down_with_the_entries_and_secrets_are_not() -> None:
    fields = (
        FormField("way", "How", "choice", options=(Reply("post", "By post"),)),
        FormField("pin", "PIN", "secret"),
        FormField("note", "Note", "text"),
    )
    two = Speak("card", "Title", (Reply("yes", "Yes"), Reply("no", "No")), "form", form=Form(fields))
    entries = {"way": "post", "pin": "1234", "note": " "}
    assert list(answered(shown([two]), "no", entries)) == [
        Filled("How", "By post"),
        Filled("PIN", "••••"),
        Filled("Title", "No"),
    ]


def test_a_guide_is_kept_as_text_and_read_back_the_same() -> None:
    state = went_on(begun(), SESSION, [CARD], [Filled("Order", "1")], worked=False)
    assert decode(encode(state)) == state


def test_a_guide_is_for_the_reasons_it_names() -> None:
    assert serves(GUIDE, "refund")
    assert not serves(GUIDE, None)
