"""Refusals say what, which, and what to do."""

import pytest

from warmline.kernel.errors import CATALOGUE, NOT_FOUND, TOO_MANY, Refused, declare


def test_a_refusal_names_the_thing_and_the_remedy():
    refusal = Refused(NOT_FOUND, what="queue")
    assert refusal.text == "There is no such queue."
    assert refusal.spec.status == 404
    assert "Check the identifier" in str(refusal)


def test_the_remedy_names_its_details_too():
    assert Refused(TOO_MANY, retry_after_s=3).fix == "Wait 3 seconds and try again."


def test_a_code_cannot_mean_two_things():
    with pytest.raises(ValueError, match="declared twice"):
        declare(NOT_FOUND, 404, "x.", "y.")
    assert CATALOGUE[NOT_FOUND].text.startswith("There is no such")
