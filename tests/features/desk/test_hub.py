"""Who sits where, and whom a commit concerns."""

import asyncio
from uuid import UUID

import pytest

from house import House
from warmline.domain.contact.commands import Reassign, Transfer
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.ports.identity import AgentIdentity


class Desk:
    def __init__(self) -> None:
        self.contacts: list[UUID] = []
        self.looked = 0

    def concern(self, contact_id: UUID) -> None:
        self.contacts.append(contact_id)

    def look_at_me(self) -> None:
        self.looked += 1


async def test_an_offer_is_told_to_every_desk_of_that_agent_and_to_nobody_else(house: House):
    mina, yuki = house.agents["mina"], house.agents["yuki"]
    desks = {name: Desk() for name in ("first", "second", "other")}
    house.hub.enter(mina, desks["first"])
    house.hub.enter(mina, desks["second"])
    house.hub.enter(yuki, desks["other"])
    assert len(house.hub) == 3
    contact = UUID(int=4)
    house.hub.on_signal("onda", f"{mina.agent_id.hex} {contact.hex}")
    house.hub.on_presence("onda", mina.agent_id)
    house.hub.on_signal("rival", f"{mina.agent_id.hex} {contact.hex}")
    assert [desk.contacts for desk in desks.values()] == [[contact], [contact], []]
    assert [desk.looked for desk in desks.values()] == [1, 1, 0]
    for desk in ("first", "second"):
        house.hub.leave(mina, desks[desk])
    house.hub.leave(mina, desks["first"])
    assert len(house.hub) == 1


async def test_a_command_repeated_with_its_key_is_answered_from_memory(house: House):
    from warmline.domain.contact.commands import AddNote

    _, _, opened = await house.customer()
    contact = UUID(opened["contact"]["id"])
    mina: AgentIdentity = house.agents["mina"]
    note = AddNote(mina.agent_id, "Mina", "n", "단골")
    first = await house.hub.command(mina, contact, "n", note)
    assert await house.hub.command(mina, contact, "n", note) == first


async def test_a_message_sent_twice_is_answered_from_memory_the_second_time(house: House):
    from warmline.domain.contact.commands import AddNote

    _, _, opened = await house.customer()
    contact = UUID(opened["contact"]["id"])
    mina: AgentIdentity = house.agents["mina"]
    note = AddNote(mina.agent_id, "Mina", "n", "단골")
    answers: asyncio.Queue[int | BaseException] = asyncio.Queue(10)
    assert house.hub.submit(mina, contact, "n", note, answers.put_nowait)
    seq = await asyncio.wait_for(answers.get(), 5)
    assert isinstance(seq, int)
    assert house.hub.submit(mina, contact, "n", note, answers.put_nowait)
    assert answers.get_nowait() == seq
    assert await house.hub.command(mina, contact, "n", note) == seq


async def test_a_contact_is_handed_only_to_somebody_who_takes_contacts(house: House):
    _, _, opened = await house.customer()
    contact = UUID(opened["contact"]["id"])
    mina, yuki, sora = (house.agents[name] for name in ("mina", "yuki", "sora"))
    async with house.database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO routing_profile (tenant_id, id, name, capacity, queues)"
            " VALUES ('onda', 'all', '{}', '{}', '[]')"
        )
        await conn.execute(
            "UPDATE agent SET routing_profile_id = 'all' WHERE tenant_id = 'onda' AND id = ANY($1::uuid[])",
            [mina.agent_id, yuki.agent_id],
        )

    async def refusal(target: UUID) -> str:
        with pytest.raises(Refused) as refused:
            await house.hub.command(sora, contact, str(target), Reassign(sora.agent_id, to_agent_id=target))
        return refused.value.code

    assert await refusal(new_id()) == "desk.no_such_colleague"
    assert await refusal(sora.agent_id) == "desk.no_such_colleague", (
        "without a routing profile nothing reaches her"
    )
    with pytest.raises(Refused) as refused:
        await house.hub.command(mina, contact, "self", Transfer(mina.agent_id, to_agent_id=mina.agent_id))
    assert refused.value.code == "desk.to_yourself"
    await house.hub.command(sora, contact, "ok", Reassign(sora.agent_id, to_agent_id=yuki.agent_id))
    assert (await house.rooms.service.load("onda", contact)).queue.only_agent_id == yuki.agent_id


async def test_the_same_key_on_another_contact_is_another_command(house: House):
    from warmline.domain.contact.commands import AddNote

    mina: AgentIdentity = house.agents["mina"]
    contacts = [UUID((await house.customer())[2]["contact"]["id"]) for _ in range(2)]
    for contact in contacts:
        await house.hub.command(mina, contact, "n", AddNote(mina.agent_id, "Mina", "n", "단골"))
        told = await house.rooms.chat.history("onda", contact, 0)
        assert told[-1].event.text == "단골"
