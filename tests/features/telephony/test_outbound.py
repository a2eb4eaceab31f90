"""The gate of calls to the outside, in a real database."""

import asyncio
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from warmline.domain.outbound.gate import OutboundRules, Price
from warmline.features.telephony.calls import Calls
from warmline.features.telephony.outbound import OutboundGate
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SHOP = OutboundRules(
    allowed=("+82",), calls_per_minute=3, daily_spend_cap_milli=1_000, prices=(Price("+82", 100),)
)  # 300 are reserved for a call


async def allow_calls(database: Database, rules: OutboundRules, tenant_id: str = "onda") -> OutboundGate:
    async with database.tenant(tenant_id) as conn:
        await conn.execute(
            "INSERT INTO outbound_policy (tenant_id, id, rules) VALUES ($1, 'default', $2)",
            tenant_id,
            msgspec.to_builtins(rules),
        )
    return OutboundGate(database)


async def refused(gate: OutboundGate, dialled: str, now: datetime = NOON, tenant_id: str = "onda") -> str:
    with pytest.raises(Refused) as refusal:
        await gate.allow(tenant_id, dialled, "agent", now=now)
    return refusal.value.code


async def test_a_company_without_settings_calls_nobody(database: Database) -> None:
    assert await refused(OutboundGate(database), "010-1234-5678") == "outbound.not_allowed"


async def test_an_allowed_call_is_dialled_in_international_form(database: Database) -> None:
    gate = await allow_calls(database, SHOP)
    assert (await gate.allow("onda", "010-1234-5678", "callback", now=NOON)).number == "+821012345678"


async def test_every_kind_of_refusal_has_a_code_of_its_own(database: Database) -> None:
    gate = await allow_calls(database, replace(SHOP, allowed=("+82", "+979"), blocked=("+8250",)))
    found = {
        one: await refused(gate, one) for one in ("119", "x", "+14155552671", "050-7123-4567", "060-700-1234")
    }
    assert found == {
        "119": "outbound.emergency",
        "x": "outbound.not_a_number",
        "+14155552671": "outbound.not_allowed",
        "050-7123-4567": "outbound.blocked",
        "060-700-1234": "outbound.costly",
    }


async def test_no_more_calls_are_begun_in_a_minute_than_allowed_also_all_at_once(database: Database) -> None:
    gate = await allow_calls(database, SHOP)

    async def try_once() -> str:
        try:
            await gate.allow("onda", "010-1234-5678", "agent", now=NOON)
        except Refused as refusal:
            return refusal.code
        return "allowed"

    outcomes = await asyncio.gather(*(try_once() for _ in range(10)))
    assert sorted(set(outcomes)) == ["allowed", "outbound.too_many"]
    assert outcomes.count("allowed") == 3
    later = NOON + timedelta(seconds=61)
    assert await refused(gate, "010-1234-5678", NOON + timedelta(seconds=59)) == "outbound.too_many"
    with pytest.raises(Refused) as capped:  # three reservations of 300 leave no room in 1,000
        await gate.allow("onda", "010-1234-5678", "agent", now=later)
    assert capped.value.code == "outbound.spend_cap"


async def test_what_a_call_did_not_use_is_free_again_and_midnight_begins_anew(
    database: Database,
) -> None:
    gate = await allow_calls(database, replace(SHOP, calls_per_minute=100))
    passes = [await gate.allow("onda", "010-1234-5678", "agent", now=NOON) for _ in range(3)]
    assert await refused(gate, "010-1234-5678") == "outbound.spend_cap"
    await gate.settle(passes[0], 0.0)
    await gate.settle(passes[1], 30.0)
    for _ in range(2):  # 0 + 100 + 300 used, 300 and 300 more
        await gate.allow("onda", "010-1234-5678", "agent", now=NOON)
    assert await refused(gate, "010-1234-5678") == "outbound.spend_cap"
    await gate.allow("onda", "010-1234-5678", "agent", now=NOON + timedelta(hours=12))


async def test_a_call_that_goes_on_counts_for_as_long_as_it_has_lasted(database: Database) -> None:
    gate = await allow_calls(database, replace(SHOP, calls_per_minute=100))
    calls, contact_id = Calls(database), new_id()
    await calls.began("onda", new_id(), contact_id, "node", "outbound")
    await gate.allow("onda", "010-1234-5678", "agent", contact_id=contact_id, now=NOON)

    assert (await gate.look("onda", "010-1234-5678", now=NOON + timedelta(minutes=6, seconds=50))).why is None
    assert await refused(gate, "010-1234-5678", NOON + timedelta(minutes=7, seconds=1)) == "outbound.spend_cap"
    assert await refused(gate, "010-1234-5678", NOON + timedelta(hours=5)) == "outbound.spend_cap"
    just_after_midnight = NOON + timedelta(hours=12, minutes=6)
    assert (await gate.look("onda", "010-1234-5678", now=just_after_midnight)).why is None
    assert await refused(gate, "010-1234-5678", NOON + timedelta(hours=12, minutes=9)) == "outbound.spend_cap"


async def test_a_call_whose_end_nobody_told_costs_what_was_reserved(database: Database) -> None:
    gate = await allow_calls(database, replace(SHOP, calls_per_minute=100))
    calls, call_id, contact_id = Calls(database), new_id(), new_id()
    await calls.began("onda", call_id, contact_id, "node", "outbound")
    await gate.allow("onda", "010-1234-5678", "agent", contact_id=contact_id, now=NOON)
    await calls.ended("onda", call_id, "lost")

    hour_later = NOON + timedelta(hours=1)
    for _ in range(2):
        await gate.allow("onda", "010-1234-5678", "agent", now=hour_later)
    assert await refused(gate, "010-1234-5678", hour_later) == "outbound.spend_cap"


async def test_the_calls_of_one_company_do_not_count_against_another(database: Database) -> None:
    gate = await allow_calls(database, SHOP)
    await allow_calls(database, SHOP, "rival")
    for _ in range(3):
        await gate.allow("rival", "010-1234-5678", "agent", now=NOON)
    assert await refused(gate, "010-1234-5678", tenant_id="rival") in ("outbound.too_many", "outbound.spend_cap")
    assert (await gate.allow("onda", "010-1234-5678", "agent", now=NOON)).tenant_id == "onda"


async def test_who_may_be_called_is_told_before_anybody_is_put_on_hold_and_nothing_is_reserved(
    database: Database,
) -> None:
    gate = await allow_calls(database, replace(SHOP, calls_per_minute=1))
    for _ in range(3):
        assert await gate.permitted("onda", "010-1234-5678") == "+821012345678"
    for dialled, why in (
        ("119", "outbound.emergency"),
        ("+1 650 253 0000", "outbound.not_allowed"),
        ("x", "outbound.not_a_number"),
    ):
        with pytest.raises(Refused, match=why):
            await gate.permitted("onda", dialled)


async def test_a_look_says_what_the_gate_would_and_reserves_nothing(database: Database) -> None:
    gate = await allow_calls(database, replace(SHOP, calls_per_minute=1))
    for _ in range(3):
        seen = await gate.look("onda", "010-1234-5678", now=NOON)
        assert (seen.number, seen.why, seen.per_minute_milli) == ("+821012345678", None, 100)
    assert (await gate.look("onda", "119", now=NOON)).why == "emergency"
    abroad = await gate.look("onda", "+1 650 253 0000", now=NOON)
    assert (abroad.number, abroad.why) == ("+16502530000", "prefix_not_allowed")
    await gate.allow("onda", "010-1234-5678", "agent", now=NOON)
    assert (await gate.look("onda", "010-1234-5678", now=NOON)).why == "too_many"
