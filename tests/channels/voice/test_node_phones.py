"""Desk phones that dial: their agent's calls, through the gate, contacts like any other."""

import asyncio

from tests.channels.voice.around import MemoryCall, MemoryIncoming, eventually, until
from tests.channels.voice.conftest import Exchange

from warmline.channels.voice.greeting import Greeting
from warmline.channels.voice.inputs import Tick
from warmline.domain.contact.model import ContactStatus
from warmline.ports.telephone import CallEnd, Caller

PHONE = "onda/101"


def _dials(exchange: Exchange, called: str, phone: str = PHONE) -> MemoryCall:
    line = MemoryCall()
    assert exchange.telephone.on_call is not None
    exchange.telephone.on_call(MemoryIncoming(line, Caller(None), called, phone=phone))  # pyright: ignore[reportArgumentType]
    return line


async def test_a_desk_phone_dials_out_and_the_call_is_its_agents_contact(exchange: Exchange):
    mina = exchange.house.agents["mina"].agent_id
    exchange.plan.phones[mina] = PHONE
    phone = _dials(exchange, "+82212345678")
    [(wish, line)] = await until(lambda: exchange.telephone.dialled)
    assert phone.answer_sdp == "answer to their offer", "the agent hears it ring"
    assert (wish.to, wish.phone) == ("+82212345678", False), "and their phone is not rung"
    [(contact_id, session)] = exchange.node._by_contact.items()
    contact = await exchange.rooms.contacts.load("onda", contact_id)
    assert (contact.agent_id, contact.status) == (mina, ContactStatus.CONNECTED)
    [joined] = await exchange.events(contact_id, "AgentJoined")
    assert joined.agent_name == "Mina"
    await until(lambda: line.on_answered is not None)
    line.on_answered("their sdp")
    await until(lambda: session.machine.state.talking)
    phone.ends(CallEnd("them"))
    await until(lambda: not len(exchange.node))
    assert line.hung_up
    await until(lambda: exchange.gate.settled)  # it passed the gate


async def test_a_desk_phone_reaches_neither_help_nor_the_world_for_nobody(exchange: Exchange):
    phone = _dials(exchange, "+82212345678")
    assert await until(lambda: phone.refused) == 403, "on nobody's desk"
    exchange.plan.phones[exchange.house.agents["mina"].agent_id] = PHONE
    help_ = _dials(exchange, "119")
    assert await until(lambda: help_.refused) == 403
    nonsense = _dials(exchange, "sales")
    assert await until(lambda: nonsense.refused) == 404
    assert exchange.telephone.dialled == []


async def test_an_agent_who_hangs_up_before_anybody_answers_calls_nobody_any_more(exchange: Exchange):
    exchange.plan.phones[exchange.house.agents["mina"].agent_id] = PHONE
    phone = _dials(exchange, "+82212345678")
    [(_, line)] = await until(lambda: exchange.telephone.dialled)
    await until(lambda: line.on_ended is not None)
    [contact_id] = exchange.node._by_contact
    phone.ends(CallEnd("them"))
    await exchange.node.drain(5)  # all of it is written
    assert line.hung_up
    contact = await exchange.rooms.contacts.load("onda", contact_id)
    assert contact.status is ContactStatus.ENDED


async def test_a_desk_phone_that_dialled_hands_its_customer_on_by_refer(exchange: Exchange):
    exchange.plan.phones[exchange.house.agents["mina"].agent_id] = PHONE
    phone = _dials(exchange, "+82212345678")
    [(_, line)] = await until(lambda: exchange.telephone.dialled)
    await until(lambda: line.on_answered is not None)
    line.on_answered("their sdp")
    [session] = exchange.node._by_contact.values()
    await until(lambda: session.machine.state.talking)

    class Wish:
        target = "sip:+82298765432@warmline"
        replaces: str | None = None

        def __init__(self) -> None:
            self.said: list[object] = []

        def accept(self) -> None:
            self.said.append("accepted")

        def progress(self, status: int) -> None:
            self.said.append(status)

        def refuse(self, status: int = 603) -> None:
            self.said.append(("refused", status))

    wish = Wish()
    assert phone.on_refer is not None
    phone.on_refer(wish)
    await until(lambda: len(exchange.telephone.dialled) == 2)
    assert wish.said == ["accepted"]
    shop, other = exchange.telephone.dialled[1]
    assert shop.to == "+82298765432"
    answered = await until(lambda: other.on_answered)
    answered("their sdp")
    await until(lambda: wish.said == ["accepted", 200])
    phone.ends(CallEnd("them"))  # as phones do then
    await until(lambda: session.machine.state.bridging)
    assert session.machine.state.talking
    assert not line.hung_up


async def test_the_row_of_a_call_says_that_a_machine_answered(exchange: Exchange):
    exchange.plan.phones[exchange.house.agents["mina"].agent_id] = PHONE
    _dials(exchange, "+82212345678")
    [(_, line)] = await until(lambda: exchange.telephone.dialled)
    await until(lambda: line.on_answered is not None)
    line.on_answered("their sdp")
    [(contact_id, session)] = exchange.node._by_contact.items()
    await until(lambda: session.machine.state.talking)
    session.machine.state.greeting = Greeting(asyncio.get_running_loop().time() - 60)
    session.machine.state.greeting.speaking(True, asyncio.get_running_loop().time() - 59)
    session.put(Tick())
    await until(lambda: session.machine.state.result == "machine")
    line.ends(CallEnd("them"))

    async def outcome() -> str | None:
        async with exchange.house.database.tenant("onda") as conn:
            return await conn.fetchval("SELECT outcome FROM call WHERE contact_id = $1", contact_id)

    assert await eventually(outcome) == "machine"
