"""Every text a step may say is known without running it."""

from warmline.domain.journey.document import (
    Ask,
    Callback,
    ChoiceInput,
    DigitsInput,
    End,
    Enqueue,
    Field,
    Goto,
    Menu,
    Option,
    Say,
    Show,
    Survey,
)
from warmline.domain.journey.prompts_used import prompts_of

END = (End("bye"),)


def test_questions_name_their_retries_labels_and_words():
    expect = ChoiceInput((Option("a", "label.a", words="words.a"), Option("b", "label.b")))
    ask = Ask("x", "ask", expect, give_up=END, no_input=("n1", "n2"), no_match=("m1",))
    assert prompts_of(ask) == ["ask", "n1", "n2", "m1", "label.a", "words.a", "label.b"]
    menu = Menu("menu", (Option("a", "label.a"),), give_up=END, no_input=("n",), no_match=("m",))
    assert prompts_of(menu) == ["menu", "n", "m", "label.a"]


def test_a_card_names_its_labels_and_the_heading_of_a_section_once():
    more = [Field(name, f"label.{name}", DigitsInput(), required=False, group="more") for name in ("a", "b")]
    assert prompts_of(Show("card", fields=(Field("x", "label.x", DigitsInput()), *more))) == [
        "card", "label.x", "label.a", "label.b", "more", "common.form_no_input", "common.no_match"
    ]  # fmt: skip


def test_a_callback_offer_is_a_text_only_where_one_is_made():
    quiet = Enqueue("q", END, END, END)
    offering = Enqueue("q", END, END, END, callback_after_s=60)
    assert "queue.offer_callback" not in prompts_of(quiet)
    assert "queue.offer_callback" in prompts_of(offering)


def test_steps_that_say_nothing_have_no_prompts():
    assert prompts_of(Goto("x")) == []
    assert prompts_of(Say("hello")) == ["hello"]
    assert prompts_of(Survey("rate", comment_prompt="why")) == ["rate", "why"]
    assert prompts_of(Callback("q", give_up=END)) == ["callback.ask_phone", "callback.promised"]
