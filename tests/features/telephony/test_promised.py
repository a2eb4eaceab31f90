"""Promised calls dial themselves when an agent accepts them, where there is a telephone and it may be used."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

import pytest
import pytest_asyncio
from tests.channels.voice.around import until
from tests.channels.voice.conftest import Exchange, exchange

from house import Client
from warmline.domain.contact.commands import AcceptOffer, CustomerMessage, RequestCallback
from warmline.domain.contact.model import Contact, ContactStatus
from warmline.features.telephony.promised import PromisedCalls
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.telephone import CallEnd
from warmline.runtime.clock import utc_now
from warmline.runtime.committer import Committer

__all__ = ["exchange"]
NUMBER = "+821012345678"


@dataclass
class Owed:
    """A house that owes a customer of its chat a call."""

    exchange: Exchange
    contact_id: UUID
    desk: Client

    async def accepts(self) -> None:
        """Mina accepts the promised call."""
        house = self.exchange.house
        mina = house.agents["mina"]
        offer_id = await house.offer(str(self.contact_id))
        await house.rooms.service.command("onda", self.contact_id, AcceptOffer(mina.agent_id, "Mina", offer_id))

    async def joins(self) -> None:
        """Her browser brings its audio, as for every call."""
        await until(lambda: self.exchange.node.has("onda", self.contact_id))
        self.desk.send(t="call_join", cid="j1", contact=str(self.contact_id), sdp="offer", mode="talk")
        await self.desk.take("call_answer")
        self.exchange.media.up("a-")

    async def contact(self) -> Contact:
        return await self.exchange.rooms.contacts.load("onda", self.contact_id)


@pytest_asyncio.fixture
async def owed(exchange: Exchange, committer: Committer) -> AsyncIterator[Owed]:
    house = exchange.house
    async with house.database.tenant("onda") as conn:
        await conn.execute("UPDATE routing_profile SET capacity = $1 WHERE tenant_id = 'onda'", {"voice": 1})
        await conn.execute(
            "INSERT INTO trunk (tenant_id, id, name, mode, host)"
            " VALUES ('onda', 'line', '{}', 'address', '127.0.0.1')"
        )
        await conn.execute(
            "INSERT INTO outbound_policy (tenant_id, id, rules) VALUES ('onda', 'default', $1)",
            {"enabled": True, "region": "KR", "allowed": ["+82"]},
        )
        await conn.execute(
            "UPDATE queue SET rules = $1 WHERE tenant_id = 'onda' AND id = 'orders'",
            {"callback": {"offered": True, "attempts": 2}},
        )
    house.rooms.facts.settings_changed("onda")
    await exchange.node._rooms.rows.beat("node-1", utc_now(), draining=False, calls=0)
    tasks = TaskRegistry(lambda name, failure: house.failures.append(failure))
    wire = house.rooms.chat.wire
    assert wire is not None
    committer.on_committed.append(PromisedCalls(house.database, wire, tasks).committed)
    _, _, opened = await house.customer()
    contact_id = UUID(opened["contact"]["id"])
    service = house.rooms.service
    desk = await house.desk("mina")
    await desk.take("welcome")
    await service.command("onda", contact_id, CustomerMessage("m1", "", value="agent"))
    await service.command("onda", contact_id, RequestCallback(NUMBER))
    yield Owed(exchange, contact_id, desk)
    await tasks.close()


async def test_who_accepts_a_promised_call_hears_the_customer_ring_without_dialling(owed: Owed):
    await owed.accepts()
    await owed.joins()
    [(wish, line)] = await until(lambda: owed.exchange.telephone.dialled)
    assert wish.to == NUMBER
    await until(lambda: line.on_ringing is not None)
    line.on_ringing(None)
    await owed.desk.take("call", lambda frame: frame["call"]["state"] == "ringing")
    line.on_answered("their sdp")
    await owed.desk.take("call", lambda frame: frame["call"]["state"] == "talking")


async def test_their_phone_is_rung_first_if_one_stands_in_for_the_browser(owed: Owed):
    mina = owed.exchange.house.agents["mina"].agent_id
    owed.exchange.plan.phones[mina] = "onda/101"
    await owed.accepts()
    [(wish, phone)] = await until(lambda: owed.exchange.telephone.dialled)
    assert (wish.phone, wish.to) == (True, "onda/101")
    await until(lambda: phone.on_answered is not None)
    phone.on_answered("their sdp")
    await until(lambda: len(owed.exchange.telephone.dialled) == 2)
    assert owed.exchange.telephone.dialled[1][0].to == NUMBER


@pytest.mark.parametrize(("status", "outcome"), [(486, "busy"), (480, "no_answer")])
async def test_who_is_not_reached_is_written_down_and_called_again_later(owed: Owed, status: int, outcome: str):
    await owed.accepts()
    await owed.joins()
    [(_, line)] = await until(lambda: owed.exchange.telephone.dialled)
    await until(lambda: line.on_ended is not None)
    line.ends(CallEnd("them", 17, status))
    await owed.exchange.node.drain(5)  # all of it is written
    contact = await owed.contact()
    assert contact.callback is not None
    assert (contact.status, contact.callback.attempts) == (ContactStatus.CALLBACK, 1)
    [failed] = await owed.exchange.events(owed.contact_id, "CallFailed")
    assert failed.outcome == outcome
    shown = await owed.desk.take("call", lambda frame: frame["call"]["state"] == "ended")
    assert shown["call"]["result"] == outcome


async def test_an_attempt_the_agent_stops_stays_with_them_and_the_button_calls_again(owed: Owed):
    await owed.accepts()
    await owed.joins()
    await until(lambda: len(owed.exchange.telephone.dialled) == 1)
    owed.desk.send(t="call_leave", cid="l1", contact=str(owed.contact_id))
    await until(lambda: not len(owed.exchange.node))
    contact = await owed.contact()
    assert contact.callback is not None
    assert (contact.status, contact.callback.attempts) == (ContactStatus.CONNECTED, 0)
    owed.desk.send(t="call_dial", cid="d1", to=NUMBER, contact=str(owed.contact_id))
    await owed.joins()
    await until(lambda: len(owed.exchange.telephone.dialled) == 2)


async def test_a_press_of_the_button_meets_the_call_that_began_by_itself(owed: Owed):
    await owed.accepts()
    await until(lambda: owed.exchange.node.has("onda", owed.contact_id))
    owed.desk.send(t="call_dial", cid="d1", to=NUMBER, contact=str(owed.contact_id))
    ack = await owed.desk.take("ack", lambda frame: frame["cid"] == "d1")
    assert ack["contact"] == str(owed.contact_id)
    await owed.joins()
    await until(lambda: owed.exchange.telephone.dialled)
    assert len(owed.exchange.node) == 1
    assert len(owed.exchange.telephone.dialled) == 1


@pytest.mark.parametrize(
    "without",
    [
        "UPDATE trunk SET enabled = false WHERE tenant_id = 'onda'",
        "DELETE FROM outbound_policy WHERE tenant_id = 'onda'",
        "UPDATE routing_profile SET capacity = '{}' WHERE tenant_id = 'onda'",
    ],
)
async def test_where_nobody_can_or_may_call_the_promised_call_stays_by_hand(owed: Owed, without: str):
    async with owed.exchange.house.database.tenant("onda") as conn:
        await conn.execute(without)
    await owed.accepts()
    owed.desk.send(t="call_dial", cid="d1", to="", contact=str(owed.contact_id))
    await owed.desk.take("error", lambda frame: frame["cid"] == "d1")  # time has passed: nothing was begun
    assert len(owed.exchange.node) == 0
    assert (await owed.contact()).callback is not None
