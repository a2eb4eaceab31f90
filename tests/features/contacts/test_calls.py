"""Contacts for calls: found again by the number, opened once, dialled by agents."""

import pytest_asyncio
from tests.features.contacts.conftest import Another

from house import House
from warmline.domain.contact.commands import CustomerEnds
from warmline.domain.contact.model import ContactStatus
from warmline.features.contacts.calls import HouseCalls
from warmline.kernel.ids import new_id
from warmline.ports.calls import Opening

NUMBER = "+821012345678"


@pytest_asyncio.fixture
async def calls(house: House, database, keyring, feed) -> HouseCalls:
    rooms = house.rooms
    return HouseCalls(
        rooms.service, feed, rooms.uploads,
        facts=rooms.facts, store=rooms.store, database=database, keyring=keyring,
    )  # fmt: skip


def opening(number: str | None = NUMBER, **more) -> Opening:
    return Opening("onda", new_id(), "front", "ko", number, "+82215880000", **more)


async def test_a_call_opens_a_contact_whose_journey_speaks_at_once(calls: HouseCalls):
    contact = await calls.open_call(opening())
    assert (contact.channel, contact.status, contact.locale) == ("voice", ContactStatus.JOURNEY, "ko")
    assert contact.attributes["from"] == NUMBER


async def test_the_same_call_asking_twice_opens_one_contact(calls: HouseCalls):
    asked = opening()
    assert (await calls.open_call(asked)).id == (await calls.open_call(asked)).id


async def test_who_calls_again_from_the_same_number_continues_their_case(calls: HouseCalls):
    first = await calls.open_call(opening())
    await calls.command("onda", first.id, CustomerEnds())
    second = await calls.open_call(opening())
    assert second.conversation_id == first.conversation_id
    assert second.customer_id == first.customer_id
    assert second.assurance == 0, "a number proves nothing"


async def test_who_hangs_up_and_calls_at_once_at_another_process_continues_their_case(
    calls: HouseCalls, another: Another, database, keyring, feed
):
    elsewhere = HouseCalls(
        another.rooms.service, feed, another.rooms.uploads,
        facts=another.rooms.facts, store=another.rooms.store, database=database, keyring=keyring,
    )  # fmt: skip
    first = await calls.open_call(opening())
    await elsewhere.load("onda", first.id)
    await calls.command("onda", first.id, CustomerEnds())
    second = await elsewhere.open_call(opening())
    assert second.conversation_id == first.conversation_id
    assert second.customer_id == first.customer_id


async def test_two_calls_from_one_number_at_once_are_two_contacts(calls: HouseCalls):
    one, two = await calls.open_call(opening()), await calls.open_call(opening())
    assert one.id != two.id
    assert one.conversation_id != two.conversation_id


async def test_callers_who_hide_their_number_share_nothing(calls: HouseCalls):
    one, two = await calls.open_call(opening(None)), await calls.open_call(opening(None))
    assert one.customer_id != two.customer_id


async def test_a_call_an_agent_makes_is_theirs_at_once(calls: HouseCalls, house: House):
    mina = house.agents["mina"].agent_id
    contact = await calls.open_call(opening(agent_id=mina, agent_name="Mina"))
    assert (contact.status, contact.agent_id) == (ContactStatus.CONNECTED, mina)
