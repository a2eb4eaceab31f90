"""A telephone number on a shared provider's line belongs to the company that entered it first."""

from ipaddress import ip_network
from typing import Any

import pytest

from warmline.features.admin.number_claims import NUMBER_ELSEWHERE, check_unclaimed, overlap
from warmline.features.admin.resources import PHONE_NUMBERS, TRUNKS
from warmline.features.admin.schemas_telephone import PhoneNumberChange, PhoneNumberNew, TrunkNew
from warmline.features.admin.service import Settings
from warmline.features.security.audit import Actor
from warmline.kernel.errors import Refused
from warmline.runtime.database import Database

ADMIN = Actor("Admin")
NAME = {"ko": "대표", "ja": "代表", "en": "Main"}
HOTLINE = "+82215881234"


def line(*addresses: str, id: str = "carrier", **more: Any) -> TrunkNew:
    return TrunkNew.model_validate(
        {"id": id, "name": NAME, "mode": "address", "host": "sip.carrier.example", "addresses": addresses, **more}
    )


def number(number: str = HOTLINE, **more: Any) -> PhoneNumberNew:
    return PhoneNumberNew.model_validate(
        {"id": "main", "name": NAME, "number": number, "journey_id": "desk", **more}
    )


@pytest.fixture
async def settings(database: Database) -> Settings:
    """Two companies with a journey each; Onda has its hotline on the carrier's line."""

    async def nobody(tenant_id: str, name: str, payload: str) -> None: ...

    for tenant_id in ("onda", "rival"):
        async with database.tenant(tenant_id) as conn:
            await conn.execute(
                "INSERT INTO journey (tenant_id, id, version, document, published_at)"
                " VALUES ($1, 'desk', 1, '{}', now())",
                tenant_id,
            )
    made = Settings(database, nobody)
    await made.create("onda", ADMIN, TRUNKS, line("203.0.113.0/28"))
    await made.create("onda", ADMIN, PHONE_NUMBERS, number())
    return made


async def test_a_rival_on_the_same_carrier_cannot_enter_another_company_s_number(settings: Settings):
    await settings.create("rival", ADMIN, TRUNKS, line("203.0.113.5/32"))
    with pytest.raises(Refused) as refusal:
        await settings.create("rival", ADMIN, PHONE_NUMBERS, number())
    assert refusal.value.code == NUMBER_ELSEWHERE
    assert "onda" not in str(refusal.value.details).lower()
    assert await settings.all("rival", PHONE_NUMBERS) == []


async def test_nor_a_line_that_would_bring_it_its_calls(settings: Settings):
    await settings.create("rival", ADMIN, TRUNKS, line("198.51.100.0/28", id="other"))
    await settings.create("rival", ADMIN, PHONE_NUMBERS, number())
    with pytest.raises(Refused):
        await settings.create("rival", ADMIN, TRUNKS, line("203.0.113.8/32"))
    with pytest.raises(Refused):
        await settings.create("rival", ADMIN, TRUNKS, line(mode="registration", username="rival"))


async def test_nor_by_changing_a_number_it_has(settings: Settings):
    await settings.create("rival", ADMIN, TRUNKS, line("203.0.113.0/24"))
    row = await settings.create("rival", ADMIN, PHONE_NUMBERS, number("+82215889999"))
    change = PhoneNumberChange.model_validate({**number().model_dump(exclude={"id"}), "version": row["version"]})
    with pytest.raises(Refused):
        await settings.change("rival", ADMIN, PHONE_NUMBERS, "main", change)


async def test_short_numbers_and_what_one_has_already_stay_one_s_own(settings: Settings, database: Database):
    await settings.create("onda", ADMIN, PHONE_NUMBERS, number("100", id="inside"))
    await settings.create("rival", ADMIN, TRUNKS, line("203.0.113.5/32"))
    await settings.create("rival", ADMIN, PHONE_NUMBERS, number("100"))
    async with database.tenant("rival") as conn:  # as it may lie in an installation of before
        await conn.execute("UPDATE phone_number SET number = $1 WHERE tenant_id = 'rival'", HOTLINE)
    assert await check_unclaimed(database, "onda", "phone_number", "main", number().model_dump()) is None
    assert [row["number"] for row in await settings.all("rival", PHONE_NUMBERS)] == [HOTLINE]


def test_lines_meet_where_a_call_may_belong_to_both():
    wide, inside, apart = (ip_network(one) for one in ("203.0.113.0/24", "203.0.113.7/32", "198.51.100.0/28"))
    assert overlap([wide], [inside])
    assert not overlap([wide], [apart])
    assert not overlap([wide], [ip_network("2001:db8::/32")])
    assert overlap([], [apart])
