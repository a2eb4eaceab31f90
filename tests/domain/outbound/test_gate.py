"""Which calls may be made: everything is forbidden that nobody allowed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from warmline.domain.outbound.gate import (
    Allowed,
    Denied,
    OutboundRules,
    OutboundUse,
    Price,
    day_of,
    decide,
    price,
    running_milli,
    settled_milli,
)

SHOP = OutboundRules(
    region="KR", allowed=("+82", "+81"), blocked=("+8250",), prices=(Price("+82", 50_000), Price("+8210", 90_000))
)
NOTHING = OutboundUse()


def test_a_company_that_has_allowed_nothing_calls_nobody() -> None:
    assert decide(OutboundRules(), NOTHING, "010-1234-5678") == Denied("prefix_not_allowed")


def test_a_number_in_an_allowed_country_may_be_called_in_its_national_form() -> None:
    assert decide(SHOP, NOTHING, "010-1234-5678") == Allowed("+821012345678", 90_000, 270_000)


@pytest.mark.parametrize(
    ("dialled", "why"),
    [
        ("+1 415 555 2671", "prefix_not_allowed"),
        ("+979 1234 56789", "prefix_not_allowed"),
        ("060-700-1234", "costly"),
        ("+81990123456", "costly"),
        ("050-7123-4567", "prefix_blocked"),
        ("119", "emergency"),
        ("+82119", "emergency"),
        ("+81 110", "emergency"),
        ("hello", "not_a_number"),
        ("+82 001 881 612345678", "not_a_number"),
        ("+82 00 60 7001234", "not_a_number"),
    ],
)
def test_what_is_not_allowed_is_denied_with_its_reason(dialled: str, why: str) -> None:
    assert decide(SHOP, NOTHING, dialled) == Denied(why)  # pyright: ignore[reportArgumentType]


def test_satellite_numbers_stay_blocked_even_when_the_prefix_is_allowed() -> None:
    careless = replace(SHOP, allowed=("+",))
    for dialled in ("+881612345678", "+979123456789", "+870773111632"):
        assert decide(careless, NOTHING, dialled) == Denied("costly")


def test_allowing_the_united_states_does_not_allow_the_islands_that_share_their_code() -> None:
    abroad = replace(SHOP, allowed=("+1",))
    assert isinstance(decide(abroad, NOTHING, "+1 415 555 2671"), Allowed)
    assert decide(abroad, NOTHING, "+1 876 555 1234") == Denied("prefix_not_allowed")
    assert isinstance(decide(replace(abroad, allowed=("+1", "+1876")), NOTHING, "+1 876 555 1234"), Allowed)


def test_british_personal_numbers_cost_too_much() -> None:
    assert decide(replace(SHOP, allowed=("+44",)), NOTHING, "+44 70 1234 5678") == Denied("costly")


def test_a_longer_allowed_prefix_opens_a_blocked_range() -> None:
    opened = replace(SHOP, allowed=("+82", "+82507"))
    assert isinstance(decide(opened, NOTHING, "050-7123-4567"), Allowed)


def test_the_rate_and_the_daily_cap_end_a_fraud_soon() -> None:
    assert decide(SHOP, OutboundUse(calls_last_minute=30), "010-1234-5678") == Denied("too_many")
    nearly = OutboundUse(spent_today_milli=SHOP.daily_spend_cap_milli - 269_999)
    assert decide(SHOP, nearly, "010-1234-5678") == Denied("spend_cap")


def test_calling_can_be_switched_off_altogether() -> None:
    assert decide(replace(SHOP, enabled=False), NOTHING, "010-1234-5678") == Denied("off")


def test_a_number_without_a_price_is_taken_for_dear() -> None:
    assert price(SHOP, "+81312345678") == SHOP.unknown_price_milli
    assert price(SHOP, "+821012345678") == 90_000


def test_minutes_begun_count_whole_and_unanswered_calls_nothing() -> None:
    assert [settled_milli(50, seconds) for seconds in (0, 0.5, 60, 60.2, 119, 121)] == [0, 50, 50, 100, 100, 150]


def test_the_cap_begins_anew_at_midnight_utc() -> None:
    assert day_of(datetime(2026, 11, 22, 23, 59, tzinfo=UTC)) == "2026-11-22"


@given(st.text(max_size=30))
def test_whatever_is_dialled_only_allowed_prefixes_are_called(dialled: str) -> None:
    decision = decide(SHOP, NOTHING, dialled)
    if isinstance(decision, Allowed):
        assert decision.number.startswith(("+82", "+81"))
        assert not decision.number.startswith("+8250")


def test_a_running_call_counts_what_was_reserved_and_then_every_minute_begun() -> None:
    began = datetime(2026, 11, 22, 23, 50, tzinfo=UTC)
    reserved = 300_000  # three minutes at 100
    found = [running_milli(SHOP, reserved, began, began + timedelta(seconds=s)) for s in (0, 180, 181, 599)]
    assert found == [300_000, 300_000, 400_000, 1_000_000]


def test_after_midnight_only_the_minutes_of_the_new_day_count() -> None:
    began = datetime(2026, 11, 22, 23, 50, tzinfo=UTC)
    assert running_milli(SHOP, 300_000, began, began + timedelta(minutes=11)) == 100_000
    assert running_milli(SHOP, 300_000, began, began + timedelta(minutes=15)) == 500_000


def test_without_an_expected_length_a_running_call_counts_nothing_more() -> None:
    rules = replace(SHOP, expected_minutes=0.0)
    began = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert running_milli(rules, 0, began, began + timedelta(hours=1)) == 0
