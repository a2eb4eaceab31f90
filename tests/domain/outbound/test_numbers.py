"""Numbers as they are typed and dialled."""

import pytest

from warmline.domain.outbound.numbers import is_emergency, not_called, read_number


@pytest.mark.parametrize(
    ("typed", "region", "e164"),
    [
        ("02-312-3456", "KR", "+8223123456"),
        ("010 1234 5678", "KR", "+821012345678"),
        ("03-1234-5678", "JP", "+81312345678"),
        ("+1 (415) 555-2671", "KR", "+14155552671"),
        ("０３−１２３４−５６７８", "JP", "+81312345678"),
    ],
)
def test_numbers_are_read_as_people_write_them(typed: str, region: str, e164: str) -> None:
    number = read_number(typed, region)
    assert number is not None
    assert (number.e164, number.costly) == (e164, False)


@pytest.mark.parametrize(
    "typed", ["+979123456789", "+881612345678", "060-700-1234", "+870773111632", "+82607001234"]
)
def test_premium_and_satellite_numbers_are_recognised_as_costly(typed: str) -> None:
    number = read_number(typed, "KR")
    assert number is not None
    assert number.costly


def test_nobody_is_called_at_a_number_that_costs_or_brings_help() -> None:
    reasons = [
        not_called(number)
        for typed in ("+979123456789", "+82119", "010-1234-5678")
        if (number := read_number(typed, "KR")) is not None
    ]
    assert reasons == ["costly", "emergency", None]


def test_japanese_premium_numbers_are_costly_in_national_form_too() -> None:
    for typed in ("0990-123-456", "0570-012-345"):
        number = read_number(typed, "JP")
        assert number is not None
        assert number.costly


@pytest.mark.parametrize("typed", ["", "abc", "12", "+", "+0000000000", "9" * 40])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert read_number(typed, "KR") is None


def test_emergency_numbers_are_those_of_the_country() -> None:
    assert is_emergency("119", "KR")
    assert is_emergency("1-1-0", "JP")
    assert is_emergency("911", "US")
    assert not is_emergency("02-312-3456", "KR")
    assert not is_emergency("", "KR")


@pytest.mark.parametrize(
    "typed",
    ["+82 001 881 612345678", "+82 00 60 7001234", "0060 700 1234", "+81 184 0570 012345", "0 0 8821 0012345678"],
)
def test_a_code_for_abroad_behind_a_country_code_is_no_number(typed: str) -> None:
    assert read_number(typed, "KR") is None


def test_help_is_recognised_behind_its_country_code() -> None:
    for dialled in ("+82119", "+82 112", "+81110"):
        number = read_number(dialled, "KR")
        assert number is not None
        assert number.emergency


def test_islands_that_share_a_country_code_are_told_from_the_mainland() -> None:
    overseas = {one: read_number(one, "KR") for one in ("+1 876 555 1234", "+1 242 365 1234", "+1 415 555 2671")}
    assert [number is not None and number.overseas for number in overseas.values()] == [True, True, False]
    assert (free := read_number("+1 800 555 1234", "KR")) is not None
    assert not free.overseas
