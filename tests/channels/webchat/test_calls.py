"""A page's part in calls. The call itself: tests/channels/voice/test_node.py."""

from uuid import UUID

import pytest

from house import House
from warmline.channels.webchat import frames
from warmline.channels.webchat.calls import call_from_page, passing_view, tell_call
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.ports.calls import NO_NODE, NOT_RUNNING


def test_a_customer_sees_who_talks_and_never_who_listens():
    call = {
        "state": "talking",
        "parties": [
            {"kind": "supervisor", "name": "Sora", "state": "listening"},
            {"kind": "agent", "name": "Mina", "state": "talking"},
        ],
        "secure": {"what": "card", "digits": 4, "outcome": None, "masked": None},
    }
    contact = new_id()
    assert passing_view({"t": "call", "call": call}, contact) == {
        "t": "call", "contact": contact, "state": "talking", "agent": {"name": "Mina"}, "secure": {"digits": 4},
    }  # fmt: skip


def test_what_was_typed_is_gone_from_the_page_when_it_is_done_and_ringing_is_connecting():
    done = {"state": "ringing", "parties": [], "secure": {"digits": 16, "outcome": "done", "masked": "1111"}}
    view = passing_view({"t": "call", "call": done}, None)
    assert view is not None
    assert (view["secure"], view["state"], view["agent"]) == (None, "connecting", None)


def test_an_agents_typing_passes_and_a_customers_own_does_not():
    assert passing_view({"t": "typing", "from": "agent", "on": True}, None) is not None
    assert passing_view({"t": "typing", "from": "customer", "on": True}, None) is None


async def test_where_nobody_takes_calls_a_page_is_told_so(house: House):
    customer, _, opened = await house.customer()
    customer.send(t="call", cid="p1", sdp="offer")
    assert (await customer.take("error"))["code"] == NO_NODE
    contact = await house.rooms.chat.load("onda", UUID(opened["contact"]["id"]))
    with pytest.raises(Refused, match=NO_NODE):
        await call_from_page(None, contact, frames.Call("c", "offer"), "ko")
    with pytest.raises(Refused, match=NO_NODE):
        await tell_call(None, "onda", contact.id, frames.HangUp("c"))
    assert NOT_RUNNING != NO_NODE
