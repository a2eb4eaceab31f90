"""People called to a call: at their desk, and no more when it is too late."""

from tests.channels.voice.conftest import Exchange
from tests.channels.voice.test_node import _connected, _session


async def test_who_does_not_answer_in_time_is_not_asked_any_more(exchange: Exchange):
    exchange.rooms.ring_s = 0.2
    desk, _, contact_id = await _connected(exchange)
    yuki = await exchange.house.desk("yuki")
    await yuki.take("welcome")
    asked = str(exchange.house.agents["yuki"].agent_id)
    desk.send(t="call_consult", cid="c1", contact=str(contact_id), to={"agent_id": asked})
    ring = await yuki.take("call_ring")
    assert ring["customer"]["id"] == str((await _session(exchange)).contact.customer_id)
    assert (await yuki.take("call_unring"))["contact"] == str(contact_id)
