"""What people may do about messages."""

import pytest
from tests.features.messages.conftest import Shop

from warmline.domain.contact.events_voice import VoicemailHeard, VoicemailSettled
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id


async def told(shop: Shop, contact_id) -> list[object]:
    history = await shop.house.hub.contacts.history("onda", contact_id, 0)
    return [one.event for one in history if isinstance(one.event, VoicemailHeard | VoicemailSettled)]


async def test_only_the_first_who_listens_is_written_down_and_only_for_messages(shop: Shop):
    contact_id, id = await shop.message()
    mina, sora = shop.house.agents["mina"], shop.house.agents["sora"]
    await shop.messages.heard(mina, id)
    await shop.messages.heard(sora, id)
    await shop.messages.heard(mina, new_id())
    assert await told(shop, contact_id) == [VoicemailHeard(id, mina.agent_id, "Mina")]


async def test_done_said_twice_counts_once_and_can_be_taken_back(shop: Shop):
    contact_id, id = await shop.message()
    mina, sora = shop.house.agents["mina"], shop.house.agents["sora"]
    await shop.messages.settle(mina, id, open=False)
    await shop.messages.settle(sora, id, open=False)
    await shop.messages.settle(sora, id, open=True)
    await shop.messages.settle(sora, id, open=True)
    assert await told(shop, contact_id) == [
        VoicemailSettled(id, mina.agent_id, "Mina"),
        VoicemailSettled(id, sora.agent_id, "Sora", open=True),
    ]
    assert (await shop.messages.counts(mina)).open == 1


async def test_nobody_settles_what_is_another_queue_s_or_not_there(shop: Shop):
    _, id = await shop.message(queue="orders")
    with pytest.raises(Refused) as refusal:
        await shop.messages.settle(shop.house.agents["mina"], id, open=False)
    assert refusal.value.code == "messages.not_your_queue"
    with pytest.raises(Refused) as missing:
        await shop.messages.settle(shop.house.agents["mina"], new_id(), open=False)
    assert missing.value.code == "not_found"
    await shop.messages.settle(shop.house.agents["sora"], id, open=False)
    assert (await shop.messages.counts(shop.house.agents["sora"])).open == 0
