"""Looking contacts up."""

from uuid import UUID

from house import House
from warmline.features.contacts.store import ContactFilter


async def test_a_contact_is_found_by_conversation_queue_and_agent(house: House):
    customer, welcome, opened = await house.customer()
    contact_id = UUID(opened["contact"]["id"])
    store = house.rooms.store
    conversation = (await house.rooms.service.load("onda", contact_id)).conversation_id
    assert await store.latest_of("onda", conversation) == await store.open_of("onda", conversation) == contact_id
    assert await store.latest_of("rival", conversation) is None
    customer.send(t="say", cid="w", text="agent", value="agent")
    await customer.take("ack")
    assert list(await store.waiting_in("onda", "orders", 10)) == [contact_id]
    await house.offer(str(contact_id))
    assert list(await store.of_agent("onda", house.agents["mina"].agent_id)) == [contact_id]
    assert list(await store.waiting_in("onda", "orders", 10)) == []
    customer.send(t="end")
    await customer.event("contact_ended")
    assert await store.open_of("onda", conversation) is None
    (line,) = await store.page("onda", ContactFilter(status="ended"))
    assert (line.id, line.disconnect_reason) == (contact_id, "customer_left")
    assert welcome["visitor"]
