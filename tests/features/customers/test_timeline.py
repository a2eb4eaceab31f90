"""One person, one story."""

import pytest
from tests.features.customers.conftest import MINA, Talk

from warmline.domain.contact.events import JourneyMoved, MessageSent
from warmline.features.customers.merging import Merging
from warmline.features.customers.model import Profile
from warmline.features.customers.service import Customers
from warmline.features.customers.timeline import timeline
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring


async def test_the_story_runs_across_contacts_and_merged_records_page_by_page_without_gaps(
    database: Database, keyring: Keyring, customers: Customers, talk: Talk
):
    known, visitor = await customers.create("onda", Profile(name="박지우")), await talk.visitor()
    first = await talk.begin(visitor, "하나", "둘")
    await talk.begin(known, "셋", "넷")
    await talk.add(first, JourneyMoved("front-desk", 1, "start"))
    await Merging(database).merge("onda", MINA, known, visitor, "said_so")

    told: list[str] = []
    cursor, pages = None, 0
    while pages == 0 or cursor:
        page = await timeline(database, keyring, "onda", known, cursor, 2)
        told += [item.e.text for item in page.items if isinstance(item.e, MessageSent)]
        assert {item.contact_id for item in page.items} == {line.id for line in page.contacts}
        cursor, pages = page.next, pages + 1
    assert told == ["넷", "셋", "둘", "하나"]
    assert pages == 3, "four messages and two openings; the journey's moves are not part of the story"


async def test_a_foreign_cursor_and_an_unknown_customer_are_refused(
    database: Database, keyring: Keyring, talk: Talk
):
    someone = await talk.visitor()
    with pytest.raises(Refused, match="cursor"):
        await timeline(database, keyring, "onda", someone, "bm9uc2Vuc2U=", 10)
    with pytest.raises(Refused, match="not_found"):
        await timeline(database, keyring, "onda", new_id(), None, 10)
