"""Values that one format can write and another cannot are told apart."""

import pytest

from warmline.domain.journey.checker_kinds import STAND_INS, fits, fitting, shape


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (True, "flag"),
        ([1, 2], "list"),
        (3.5, "set number"),
        ("hello", "set "),
        ("12", "set number"),
        ("2026-11-26", "set date time"),
        ("+821023456789", "set number phone"),
    ],
)
def test_a_value_is_known_by_the_formats_it_fits(value: object, name: str):
    assert shape(value) == name


def test_a_declared_kind_has_a_stand_in_that_fits_its_formats():
    assert fits("date", STAND_INS["date"])
    assert fits("time", STAND_INS["datetime"])
    assert fits("phone", STAND_INS["phone"])
    assert fitting(str(STAND_INS["text"])) == ()
    assert not fits("", STAND_INS["flag"])
