"""While customer and agent write, the agent's list is brought up to date a few times a second, not each time."""

import asyncio
from datetime import UTC, datetime

from msgspec.structs import replace

from warmline.domain.contact.model import Contact, ContactStatus
from warmline.features.desk.late_cards import LateCards
from warmline.kernel.ids import new_id

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def contact(text: str = "hello") -> Contact:
    return Contact(
        "onda", new_id(), "webchat", new_id(), new_id(), "ko", ContactStatus.CONNECTED, NOW, last_text=text
    )


class Desk:
    def __init__(self, wait_s: float = 0.005) -> None:
        self.shown: list[str | None] = []
        self.told = asyncio.Event()
        self.cards = LateCards(self.show, wait_s=wait_s)

    def show(self, one: Contact) -> None:
        self.shown.append(one.last_text)
        self.told.set()


async def test_three_quick_messages_are_one_card_with_the_last_of_them():
    desk, one = Desk(), contact()
    for text in ("I", "am", "here"):
        desk.cards.put(replace(one, last_text=text))
    assert desk.shown == []
    await asyncio.wait_for(desk.told.wait(), 5)
    assert desk.shown == ["here"]


async def test_each_contact_gets_its_card_and_later_messages_another():
    desk = Desk()
    desk.cards.put(contact("first"))
    desk.cards.put(contact("second"))
    await asyncio.wait_for(desk.told.wait(), 5)
    assert desk.shown == ["first", "second"]
    desk.told.clear()
    desk.cards.put(contact("third"))
    await asyncio.wait_for(desk.told.wait(), 5)
    assert desk.shown == ["first", "second", "third"]


async def test_a_card_that_was_shown_meanwhile_is_not_shown_again():
    desk, gone, here = Desk(), contact("gone"), contact("here")
    desk.cards.put(gone)
    desk.cards.put(here)
    desk.cards.drop(gone.id)
    await asyncio.wait_for(desk.told.wait(), 5)
    assert desk.shown == ["here"]


async def test_a_closed_desk_is_shown_nothing():
    desk, other = Desk(), Desk()
    desk.cards.put(contact())
    desk.cards.close()
    other.cards.put(contact())
    await asyncio.wait_for(other.told.wait(), 5)
    assert desk.shown == []
