"""A page's part in calls. The call itself: tests/channels/voice/test_node.py."""

from collections.abc import Mapping
from uuid import UUID

import pytest

from house import House
from warmline.channels.webchat import frames
from warmline.channels.webchat.calls import call_from_page, passing_view, tell_call
from warmline.kernel.errors import TOO_MANY, Refused
from warmline.kernel.ids import new_id
from warmline.ports.calls import NO_NODE, NOT_RUNNING


class Wire:
    """Implements `CallWire`: nobody answers."""

    def __init__(self, *, admitted: bool = True) -> None:
        self._admitted = admitted
        self.asked: list[str] = []

    async def ask(
        self, tenant_id: str, do: str, contact: UUID | None, fields: Mapping[str, object]
    ) -> Mapping[str, object]:
        self.asked.append(do)
        raise Refused(NO_NODE)

    def admits(self, address: str) -> bool:
        return self._admitted

    async def offered(self) -> bool:
        return True


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
        await tell_call(None, contact, frames.HangUp("c"))


async def test_keys_without_a_call_ask_nobody(house: House):
    customer, _, _ = await house.customer()
    house.rooms.chat.wire = Wire()
    customer.send(t="call_keys", keys="1")
    assert (await customer.take("error"))["code"] == NOT_RUNNING
    customer.send(t="call_end", cid="e1")
    assert (await customer.take("error"))["cid"] == "e1"
    assert house.rooms.chat.wire.asked == []


async def test_an_address_that_begins_too_many_calls_opens_nothing(house: House):
    house.rooms.chat.wire = Wire(admitted=False)
    page = await house.widget()
    await page.take("welcome")
    page.send(t="call", cid="p1", sdp="offer")
    assert (await page.take("error"))["code"] == TOO_MANY
    assert house.rooms.chat.wire.asked == []
    async with house.database.tenant("onda") as conn:
        assert await conn.fetchval("SELECT count(*) FROM contact") == 0
