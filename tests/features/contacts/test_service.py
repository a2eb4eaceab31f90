"""The one door to contacts."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from tests.features.contacts.conftest import Another

from house import House
from warmline.domain.contact.commands import AcceptOffer, CustomerEnds, LinkCustomer
from warmline.domain.contact.model import ContactStatus
from warmline.features.contacts import service
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id


async def opened(house: House, conversation_id: UUID):
    return await house.rooms.service.open(
        "onda", channel="webchat", customer_id=UUID(int=1), conversation_id=conversation_id, locale="ko",
        journey_id="front",
    )  # fmt: skip


async def test_the_next_contact_continues_the_case_and_prefers_its_agent(house: House):
    conversation = new_id()
    first = (await opened(house, conversation)).contact
    await house.rooms.service.command("onda", first.id, _wish())
    offer = await house.offer(str(first.id))
    mina = house.agents["mina"].agent_id
    await house.rooms.service.command("onda", first.id, AcceptOffer(mina, "Mina", offer))
    await house.rooms.service.command("onda", first.id, CustomerEnds())
    second = (await opened(house, conversation)).contact
    story = await house.rooms.chat.history("onda", second.id, 0)
    assert story[0].event.continues == first.id
    waiting = (await house.rooms.service.command("onda", second.id, _wish())).contact
    assert waiting.queue.preferred_agent_id == mina
    assert waiting.queue.preferred_until > datetime.now(UTC)


async def test_who_comes_back_the_same_day_is_the_same_customer_but_has_to_prove_it_again(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    conversation, known = new_id(), UUID(int=7)
    first = (await opened(house, conversation)).contact
    await house.rooms.service.command("onda", first.id, LinkCustomer(known))
    await house.rooms.service.command("onda", first.id, CustomerEnds())
    second = (await opened(house, conversation)).contact
    assert (second.customer_id, second.assurance) == (known, 0)
    await house.rooms.service.command("onda", second.id, CustomerEnds())
    monkeypatch.setattr(service, "SAME_CASE_WITHIN", timedelta(seconds=-1))
    third = (await opened(house, conversation)).contact
    assert third.customer_id == UUID(int=1)


async def test_a_conversation_has_one_open_contact(house: House):
    conversation = new_id()
    first, again = await opened(house, conversation), await opened(house, conversation)
    assert again.contact.id == first.contact.id
    assert again.duplicate_of is not None


async def test_who_comes_back_before_the_news_of_the_end_begins_anew(house: House, another: Another):
    conversation = new_id()
    first = (await opened(house, conversation)).contact
    await another.rooms.service.load("onda", first.id)
    await house.rooms.service.command("onda", first.id, CustomerEnds())
    again = await another.rooms.service.open(
        "onda", channel="webchat", customer_id=UUID(int=1), conversation_id=conversation, locale="ko",
        journey_id="front",
    )  # fmt: skip
    assert again.contact.id != first.id
    assert again.contact.status is not ContactStatus.ENDED


async def test_a_timer_of_nobody_is_nobodys_business(house: House):
    await house.rooms.service.timer_fired("onda", new_id(), "idle")
    with pytest.raises(Refused):
        await house.rooms.service.load("onda", new_id())


async def test_those_who_wait_are_told_when_everybody_has_gone_home(house: House):
    contact = (await opened(house, new_id())).contact
    await house.rooms.service.command("onda", contact.id, _wish())
    house.rooms.facts.queues_told("onda", '{"queue_id":"orders","epoch":2,"turn":1,"waiting":1,"staffed":0}')
    await house.rooms.service.queue_changed("onda", "orders")
    ended = await house.rooms.service.load("onda", contact.id)
    assert ended.status is ContactStatus.ENDED
    assert ended.disconnect_reason == "message_taken"
    assert ended.ended_at - ended.opened_at < timedelta(minutes=1)


def _wish():
    from warmline.domain.contact.commands import CustomerMessage

    return CustomerMessage("wish", "agent", "agent")
