"""What desks ask of a call, read from the wire, and who may ask it."""

import pytest
from msgspec.structs import replace
from tests.channels.voice.conftest import Exchange
from tests.channels.voice.test_node import _connected, _session

from warmline.channels.voice.wishes import fulfil, read_wish
from warmline.kernel.errors import INVALID, Refused
from warmline.ports.calls import NOT_YOURS, pack_sdp, unpack_sdp


def test_a_wish_that_makes_no_sense_is_refused():
    with pytest.raises(Refused, match=INVALID):
        read_wish({"do": "join", "mode": "sing"})


async def test_nobody_but_the_owner_steers_a_call(exchange: Exchange):
    await _connected(exchange)
    session = await _session(exchange)
    stranger = exchange.house.agents["yuki"].agent_id
    for do in ("consult", "talk", "drop", "complete", "forward", "secure", "record", "keys"):
        with pytest.raises(Refused, match=NOT_YOURS):
            await fulfil(session, read_wish({"do": do, "agent_id": str(stranger), "number": "+82212345678"}))


async def test_an_agent_whose_acceptance_the_call_has_not_heard_of_yet_brings_their_audio_all_the_same(
    exchange: Exchange,
):
    await _connected(exchange)
    session = await _session(exchange)
    session.contact = replace(session.contact, agent_id=None)  # as it stood a moment ago
    mina = exchange.house.agents["mina"].agent_id
    wish = {"do": "join", "agent_id": str(mina), "name": "Mina", "sdp": pack_sdp("again")}
    answer = await fulfil(session, read_wish(wish))
    assert unpack_sdp(str(answer["sdp"])) == "answer to again"


async def test_keys_go_to_the_other_side_and_only_their_count_is_kept(exchange: Exchange):
    desk, _, contact_id = await _connected(exchange)
    desk.send(t="call_keys", cid="k1", contact=str(contact_id), keys="12#")
    await desk.take("ack", lambda frame: frame["cid"] == "k1")
    assert exchange.media.keys == [("customer", "12#")]
    await desk.event("keys_sent", count=3)


async def test_an_offer_that_is_none_is_refused(exchange: Exchange):
    await _connected(exchange)
    session = await _session(exchange)
    with pytest.raises(Refused, match=INVALID):
        await fulfil(session, read_wish({"do": "call", "sdp": "not packed"}))
