"""Knowing a customer, whichever way they come."""

import asyncio

import pytest
from tests.features.conftest import People

from warmline.features.customers.model import Profile
from warmline.features.customers.service import Customers
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database

JIWOO = Profile(name="박지우", tier="gold", attributes={"purchases": "12"})


async def test_the_backend_s_customer_is_created_once_even_when_asked_for_at_the_same_time(customers: Customers):
    ids = await asyncio.gather(*(customers.ensure_known("onda", "C-1001", JIWOO) for _ in range(5)))
    assert len(set(ids)) == 1
    view = await customers.view("onda", ids[0])
    assert view.known
    assert view.profile == Profile(name="박지우", reference="C-1001", tier="gold", attributes={"purchases": "12"})


async def test_a_newer_profile_replaces_the_old_one_and_none_keeps_it(customers: Customers):
    one = await customers.ensure_known("onda", "C-1001", JIWOO)
    await customers.ensure_known("onda", "C-1001")
    assert (await customers.view("onda", one)).profile.tier == "gold"
    await customers.ensure_known("onda", "C-1001", Profile(name="박지우", tier="silver"))
    assert (await customers.view("onda", one)).profile.tier == "silver"


async def test_a_customer_is_found_by_email_and_phone_however_they_are_written(customers: Customers):
    one = await customers.create("onda", JIWOO, "ko")
    await customers.add_address("onda", one, "email", "Jiwoo.Park@Example.com", verified=True)
    await customers.add_address("onda", one, "phone", "+82 10-1234-5678")
    assert await customers.find_by_address("onda", "email", "jiwoo.park@example.com") == one
    assert await customers.find_by_address("onda", "phone", "+821012345678") == one
    assert await customers.find_by_address("onda", "phone", "+821012345679") is None
    addresses = (await customers.view("onda", one)).addresses
    assert [(a.kind, a.value, a.verified_at is not None) for a in addresses] == [
        ("email", "Jiwoo.Park@Example.com", True),
        ("phone", "+82 10-1234-5678", False),
    ]


async def test_an_address_belongs_to_one_customer(customers: Customers):
    one, other = await customers.create("onda", JIWOO), await customers.create("onda", Profile(name="佐藤"))
    await customers.add_address("onda", one, "email", "jiwoo@example.com")
    await customers.add_address("onda", one, "email", "jiwoo@example.com", verified=True)
    with pytest.raises(Refused, match="address_taken"):
        await customers.add_address("onda", other, "email", "jiwoo@example.com")
    assert len((await customers.view("onda", one)).addresses) == 1


async def test_a_note_on_the_customer_names_its_author(customers: Customers, people: People):
    one = await customers.create("onda", JIWOO)
    await customers.add_note("onda", one, people["onda", "agent"], "전화보다 채팅을 선호해요")
    notes = (await customers.view("onda", one)).notes
    assert [(n.agent_name, n.text) for n in notes] == [("Agent of Onda", "전화보다 채팅을 선호해요")]


async def test_the_database_itself_cannot_read_a_customer(customers: Customers, database: Database):
    one = await customers.ensure_known("onda", "C-1001", JIWOO)
    await customers.add_address("onda", one, "email", "jiwoo@example.com")
    async with database.tenant("onda") as conn:
        rows = [*await conn.fetch("SELECT * FROM customer"), *await conn.fetch("SELECT * FROM customer_address")]
    raw = str([bytes(v) if isinstance(v, bytes) else v for row in rows for v in row.values()])
    for personal in ("박지우", "C-1001", "jiwoo", str("박지우".encode())):
        assert personal not in raw


async def test_another_company_s_customer_does_not_exist(customers: Customers):
    one = await customers.create("onda", JIWOO)
    with pytest.raises(Refused, match="not_found"):
        await customers.view("rival", one)
    with pytest.raises(Refused, match="not_found"):
        await customers.add_note("rival", one, new_id(), "x")
    assert await customers.names("rival", [one]) == {}


async def test_cards_get_names_in_one_go(customers: Customers):
    one, other = await customers.create("onda", JIWOO), await customers.create("onda", Profile())
    names = await customers.names("onda", [one, other, new_id()])
    assert {n.name for n in names.values()} == {"박지우", None}
    assert len(names) == 2


async def test_a_profile_can_be_corrected(customers: Customers):
    one = await customers.create("onda", JIWOO)
    await customers.describe("onda", one, Profile(name="박지우 (VIP)"))
    assert (await customers.view("onda", one)).profile.name == "박지우 (VIP)"
