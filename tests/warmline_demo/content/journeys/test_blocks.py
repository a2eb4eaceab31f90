"""What the journeys share keeps its promises: a way to a person, proof before data, nothing carried over."""

from warmline.domain.journey.document import Callback, CallModule, Enqueue, Goto, Set
from warmline.domain.journey.inputs import luhn_valid
from warmline_demo.content.journeys.blocks import (
    EVERYBODY,
    LEFTOVERS,
    OPENING,
    ORDER_NUMBER,
    ask_order_number,
    identify,
    more_section,
    person_sections,
)  # fmt: skip


def test_every_queue_overflows_to_everybody_and_ends_in_a_callback():
    sections = person_sections("refunds")
    first, wider = sections["agent"][-1], sections["everybody"][0]
    assert isinstance(first, Enqueue)
    assert isinstance(wider, Enqueue)
    assert first.nobody_staffed == (Goto("everybody"),)
    assert wider.queue == EVERYBODY
    assert wider.overflow == (Goto("too_long"),)
    assert isinstance(sections["callback"][0], Callback)
    assert "everybody" not in person_sections(EVERYBODY)


def test_a_section_settles_what_was_open_before_it_goes_on():
    settle = (Set("order", ""),)
    assert person_sections("orders", settle)["agent"][0] == settle[0]
    assert more_section(settle)[0] == settle[0]


def test_the_example_of_an_order_number_is_a_valid_one():
    assert luhn_valid(ORDER_NUMBER.example)
    assert ask_order_number("x").expect == ORDER_NUMBER


def test_a_new_matter_begins_with_empty_hands_but_keeps_who_was_proven():
    emptied = [step.into for step in OPENING if isinstance(step, Set)]
    assert set(LEFTOVERS) <= set(emptied)
    assert "customer_id" not in emptied


def test_identification_passes_on_who_is_known_already():
    call = next(step for step in identify("number", strong=True) if isinstance(step, CallModule))
    assert set(call.args) == {"subject", "known", "strong"}
