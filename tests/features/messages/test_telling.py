"""Desks hear of messages at once."""

import asyncio

from tests.features.messages.conftest import Shop

from warmline.features.messages.telling import SIGNAL, Telling
from warmline.runtime.feed import Feed


async def test_a_message_that_is_left_or_settled_is_news_on_every_desk_of_the_company(shop: Shop, feed: Feed):
    Telling(shop.committer, feed)
    feed.on_signal(SIGNAL, lambda tenant_id, _: shop.house.hub.on_messages(tenant_id))
    desk = await shop.house.desk("mina")
    await desk.take("welcome")
    _, id = await shop.message()
    assert await desk.take("messages") == {"t": "messages"}
    await shop.messages.settle(shop.house.agents["sora"], id, open=False)
    assert await desk.take("messages") == {"t": "messages"}


async def test_messages_of_one_moment_are_one_piece_of_news_and_a_plain_call_is_none(shop: Shop, feed: Feed):
    told: list[str] = []
    all_told = asyncio.Event()

    def heard(tenant_id: str, _: str) -> None:
        told.append(tenant_id)
        all_told.set()

    feed.on_signal(SIGNAL, heard)
    telling = Telling(shop.committer, feed)
    await shop.house.rooms.service.open(
        "onda", channel="voice", customer_id=shop.somebody(), conversation_id=shop.somebody(), locale="ko",
        journey_id="front",
    )  # fmt: skip
    assert telling._due == set()
    await asyncio.gather(shop.message(), shop.message())
    async with asyncio.timeout(5):
        await all_told.wait()
    assert told[0] == "onda"
    assert len(told) <= 2, "one for each half second at most"
