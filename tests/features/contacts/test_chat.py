"""What widgets and desks ask the house for."""

import asyncio
from uuid import UUID

from house import House
from warmline.domain.contact.commands import CustomerConnection, CustomerEnds, CustomerMessage
from warmline.domain.contact.model import Attachment
from warmline.features.contacts.chat import contradict
from warmline.kernel.errors import Refused


async def test_a_message_is_acknowledged_by_its_own_number(house: House):
    _, _, opened = await house.customer()
    contact_id = UUID(opened["contact"]["id"])
    seq = await house.rooms.chat.command("onda", contact_id, CustomerMessage("m", "agent", "agent"))
    told = await house.rooms.chat.history("onda", contact_id, seq - 1)
    assert told[0].event.client_id == "m"
    assert len(told) > 1, "the bot has answered behind it"
    assert await house.rooms.chat.command("onda", contact_id, CustomerMessage("m", "agent", "agent")) == seq


async def test_a_visitor_in_two_tabs_shares_one_conversation(house: House):
    chat = house.rooms.chat
    widget = chat.widget("onda")
    visitor = await chat.visit(widget, None, "ko")
    first = await chat.start(widget, visitor, "ko", page=None, attributes={"plan": "gold"})
    second = await chat.start(widget, visitor, "ko", page=None, attributes={})
    assert first.id == second.id
    assert first.attributes == {"plan": "gold"}
    assert (await chat.visit(widget, visitor.token, "ko")).contact_id == first.id


async def test_a_page_that_starts_a_chat_that_is_open_tells_it_which_help_page_it_is(house: House):
    chat = house.rooms.chat
    widget = chat.widget("onda")
    visitor = await chat.visit(widget, None, "ko")
    first = await chat.start(widget, visitor, "ko", page=None, attributes={"plan": "gold"})
    second = await chat.start(widget, visitor, "ko", page=None, attributes={"help_page": "Returns", "plan": "x"})
    assert (first.id, second.attributes["help_page"], second.attributes["plan"]) == (second.id, "Returns", "gold")
    told = await chat.history("onda", first.id, 0)
    assert [one.event.value for one in told if one.event.__struct_config__.tag == "data_collected"] == ["Returns"]


async def test_two_tabs_that_start_at_the_same_moment_share_one_conversation(house: House):
    chat = house.rooms.chat
    widget = chat.widget("onda")
    visitor = await chat.visit(widget, None, "ko")

    async def start() -> UUID:
        return (await chat.start(widget, visitor, "ko", page=None, attributes={})).id

    first = {await one for one in asyncio.as_completed([start(), start(), start()])}
    assert len(first) == 1
    await chat.command("onda", first.pop(), CustomerEnds())
    second = {await one for one in asyncio.as_completed([start(), start()])}
    assert len(second) == 1


async def test_an_open_page_objects_to_being_called_absent(house: House):
    _, _, opened = await house.customer()
    contact_id = UUID(opened["contact"]["id"])
    objections: list[UUID] = []

    class Pages:
        def contradicted(self, tenant_id: str, contact: UUID) -> None:
            objections.append(contact)

    before = await house.rooms.service.load("onda", contact_id)
    gone = await house.rooms.service.command("onda", contact_id, CustomerConnection(False))
    listen = contradict(Pages())  # type: ignore[arg-type]
    told = await house.rooms.chat.history("onda", contact_id, before.seq)
    listen("onda", gone.contact, told)
    listen("onda", before, told)
    assert objections == [contact_id]


async def test_a_message_without_a_task_is_answered_after_its_commit_with_the_same_number(house: House):
    _, _, opened = await house.customer()
    contact_id = UUID(opened["contact"]["id"])
    chat = house.rooms.chat
    answered: asyncio.Queue[int | BaseException] = asyncio.Queue(10)
    say = CustomerMessage("m", "agent", "agent")
    assert chat.submit("onda", contact_id, say, answered.put_nowait)
    assert answered.empty(), "not before the commit"
    seq = await asyncio.wait_for(answered.get(), 5)
    assert seq == await chat.command("onda", contact_id, say)
    assert chat.submit("onda", UUID(int=9), say, answered.put_nowait)
    refused = await asyncio.wait_for(answered.get(), 5)
    assert isinstance(refused, Refused)


async def test_what_needs_reading_first_takes_the_long_way(house: House):
    _, _, opened = await house.customer()
    contact_id = UUID(opened["contact"]["id"])
    chat, answers = house.rooms.chat, list[object]()
    photo = Attachment(UUID(int=1), "photo.jpg", "image/jpeg", 10)
    assert not chat.submit("onda", contact_id, CustomerMessage("f", "", None, (photo,)), answers.append)
    house.rooms.facts.settings_changed("onda")
    assert not chat.submit("onda", contact_id, CustomerMessage("m", "hello"), answers.append)
    assert (await chat.history("onda", contact_id, 0))[-1].event.client_id is None
    assert answers == []
