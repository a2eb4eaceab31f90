"""Pages of a customer come and go; the contact learns only what lasts."""

import asyncio
from uuid import UUID

import pytest
from tests.features.contacts.conftest import Another

from house import House
from warmline.domain.contact.commands import CustomerConnection
from warmline.features.contacts.visits import Visits
from warmline.kernel.ids import new_id


@pytest.fixture
def visits(house: House) -> Visits:
    rooms = house.rooms
    return Visits(rooms.service.command, house.hub.tasks, rooms.report, gone_after_s=0.01)


async def without_pages(house: House) -> UUID:
    """Return a contact that no page shows."""
    opened = await house.rooms.service.open(
        "onda", channel="webchat", customer_id=new_id(), conversation_id=new_id(), locale="ko",
        journey_id="front",
    )  # fmt: skip
    return opened.contact.id


async def presence(house: House, contact_id: UUID, wanted: bool) -> bool:
    async with asyncio.timeout(5):
        while (await house.rooms.service.load("onda", contact_id)).customer_present is not wanted:
            await asyncio.sleep(0.01)
    return True


async def test_a_reload_is_not_an_absence_and_a_closed_page_is(house: House, visits: Visits):
    contact_id = await without_pages(house)
    visits.appeared("onda", contact_id)
    visits.appeared("onda", contact_id)
    visits.disappeared("onda", contact_id)
    assert len(visits) == 1, "another tab is still open"
    visits.disappeared("onda", contact_id)
    assert await presence(house, contact_id, False)
    visits.appeared("onda", contact_id)
    assert await presence(house, contact_id, True)


async def test_a_page_objects_when_another_process_thinks_its_customer_gone(house: House, visits: Visits):
    contact_id = await without_pages(house)
    visits.appeared("onda", contact_id)
    await house.rooms.service.command("onda", contact_id, CustomerConnection(False))
    visits.contradicted("onda", contact_id)
    assert await presence(house, contact_id, True)


async def test_a_page_that_comes_back_is_believed_before_the_news_that_its_customer_was_gone(
    house: House, another: Another
):
    contact_id = await without_pages(house)
    assert (await another.rooms.service.load("onda", contact_id)).customer_present
    await house.rooms.service.command("onda", contact_id, CustomerConnection(False))
    there = another.rooms
    Visits(there.service.command, house.hub.tasks, there.report, gone_after_s=5).appeared("onda", contact_id)
    async with asyncio.timeout(5):
        while not (await house.rooms.service.load_anew("onda", contact_id)).customer_present:
            await asyncio.sleep(0.01)


async def test_news_of_a_contact_nobody_knows_harm_nobody(house: House, visits: Visits):
    visits.appeared("onda", UUID(int=3))
    visits.disappeared("onda", UUID(int=3))
    await asyncio.sleep(0.05)
    assert len(visits) == 0
    assert not house.failures
