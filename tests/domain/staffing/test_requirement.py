"""The fewest agents that keep a promise, and not one fewer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmline.domain.staffing.erlang import erlang_a
from warmline.domain.staffing.requirement import Promise, agents_needed


def test_80_percent_in_20_seconds_for_the_textbook_help_desk():
    assert agents_needed(360 / 1800, 240, Promise(0.8, 20)) == 54
    assert agents_needed(360 / 1800, 240, Promise(0.8, 20, max_occupancy=0.85)) == 57


def test_impatient_customers_need_fewer_unless_few_may_give_up():
    promise = Promise(0.8, 20)
    patient, impatient = agents_needed(0.2, 240, promise), agents_needed(0.2, 240, promise, patience_s=60)
    assert impatient < patient
    strict = Promise(0.8, 20, max_abandon=0.01)
    assert agents_needed(0.2, 240, strict, patience_s=60) > impatient


@settings(deadline=None, max_examples=50)
@given(st.floats(0.001, 0.4), st.floats(30, 900), st.floats(0.1, 0.99), st.floats(5, 600))
def test_one_fewer_breaks_the_promise(arrivals_per_s: float, handle_s: float, share: float, patience_s: float):
    promise = Promise(share, 30)
    agents = agents_needed(arrivals_per_s, handle_s, promise, patience_s)
    assert promise.kept_by(erlang_a(arrivals_per_s, handle_s, patience_s, agents))
    assert agents == 1 or not promise.kept_by(erlang_a(arrivals_per_s, handle_s, patience_s, agents - 1))


def test_without_customers_nobody_is_needed_and_a_promise_without_exception_cannot_be_kept():
    assert agents_needed(0, 240, Promise()) == 0
    with pytest.raises(ValueError, match="less than 100"):
        agents_needed(1, 240, Promise(share=1.0))
