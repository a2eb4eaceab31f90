"""Faults name what is wrong, for people who repair journeys."""

from warmline.domain.journey.faults import MissingPrompt, MissingVariable


def test_a_fault_says_which_variable_or_prompt_is_missing() -> None:
    assert str(MissingVariable("order.status")) == "variable_unset order.status"
    assert str(MissingPrompt("order.greeting", "ja")) == "prompt_missing order.greeting ja"
