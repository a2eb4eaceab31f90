"""Which messages wait for somebody, which led further by themselves, and how many there are."""

from tests.features.messages.conftest import Shop

from warmline.domain.contact.commands import HearMessage, SettleMessage
from warmline.features.messages.store import PAGE, Counts, MessageStore
from warmline.kernel.ids import new_id


async def test_a_message_that_led_nowhere_waits_and_one_that_is_called_back_does_not(shop: Shop):
    store = MessageStore(shop.house.database)
    _, waits = await shop.message()
    _, promised = await shop.message(promised=True)
    [open_one] = await store.page("onda", None)
    assert (open_one.id, open_one.stage, open_one.locale, open_one.journey_id) == (waits, "open", "ko", "front")
    [handled] = await store.page("onda", None, "handled")
    assert (handled.id, handled.stage) == (promised, "promised")
    assert [one.id for one in await store.page("onda", None, "all")] == [promised, waits], "the newest first"
    assert await store.counts("onda", None) == Counts(1, 1)


async def test_messages_wait_in_the_order_they_came_a_page_at_a_time(shop: Shop):
    store = MessageStore(shop.house.database)
    ids = [(await shop.message())[1] for _ in range(3)]
    everything = await store.page("onda", None)
    assert [one.id for one in everything] == ids
    first = everything[0]
    rest = await store.page("onda", None, after=(first.left_at, first.id))
    assert [one.id for one in rest] == ids[1:]
    newest = await store.page("onda", None, "all", after=(everything[-1].left_at, everything[-1].id))
    assert [one.id for one in newest] == [ids[1], ids[0]]
    assert len(everything) <= PAGE


async def test_who_heard_it_first_and_who_is_done_with_it_are_named(shop: Shop):
    store = MessageStore(shop.house.database)
    contact_id, id = await shop.message()
    mina, yuki = shop.house.agents["mina"].agent_id, shop.house.agents["yuki"].agent_id
    await shop.do(contact_id, HearMessage(mina, "Mina", id))
    assert await store.counts("onda", None) == Counts(1, 0), "it waits, but was heard"
    await shop.do(contact_id, SettleMessage(yuki, "Yuki", id))
    assert await store.counts("onda", None) == Counts()
    found = await store.find("onda", id)
    assert found is not None
    assert found.heard is not None
    assert found.done is not None
    assert (found.stage, found.heard.name, found.done.by) == ("done", "Mina", yuki)
    await shop.do(contact_id, SettleMessage(yuki, "Yuki", id, open=True))
    again = await store.find("onda", id)
    assert again is not None
    assert (again.stage, again.done) == ("open", None)


async def test_an_agent_sees_the_messages_of_their_queues_and_those_of_no_queue(shop: Shop):
    store = MessageStore(shop.house.database)
    _, orders = await shop.message(queue="orders")
    _, general = await shop.message(queue="general")
    _, nobodys = await shop.message()
    seen = await store.page("onda", frozenset({"orders"}))
    assert [one.id for one in seen] == [orders, nobodys]
    assert [one.id for one in await store.page("onda", None, queue_id="general")] == [general]
    assert await store.counts("onda", frozenset()) == Counts(1, 1)


async def test_what_can_be_heard_no_longer_is_not_in_the_list(shop: Shop):
    store = MessageStore(shop.house.database)
    _, id = await shop.message()
    async with shop.house.database.tenant("onda") as conn:
        await conn.execute("UPDATE recording SET deleted_at = now() WHERE id = $1", id)
    assert await store.page("onda", None, "all") == []
    assert await store.find("onda", id) is None
    assert await store.find("onda", new_id()) is None
