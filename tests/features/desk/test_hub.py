"""Who sits where, and whom a commit concerns."""

import asyncio
from uuid import UUID

from house import House
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
