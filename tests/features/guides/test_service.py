"""Agents walk a refund guide beside a contact."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from tests.features.guides.conftest import Shop, wrote_in

from warmline.domain.contact.commands import AnyCommand, Decision
from warmline.domain.contact.events import Filled, GuideFinished, ReasonRecognised
from warmline.domain.contact.model import Contact
from warmline.features.contacts.assembly import ContactRooms
from warmline.features.guides.service import MOST_OPEN, Guides
from warmline.kernel.errors import Refused
from warmline.ports.chat import Told
from warmline.ports.identity import AgentIdentity
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring


@dataclass
class Desk:
    """Who follows a contact. Implements `warmline.ports.chat.Listener`."""

    heard: list[Mapping[str, object]] = field(default_factory=list)

    def on_events(self, contact: Contact, events: Sequence[Told]) -> None:
        pass

    def on_passing(self, message: Mapping[str, object]) -> None:
        self.heard.append(message)


Timeline = Callable[[type], Awaitable[list[Any]]]


async def test_the_guide_made_for_the_contacts_reason_is_suggested_first(
    guides: Guides, mina: AgentIdentity, contact: UUID
):
    offered, begun = await guides.of_contact(mina, contact)
    assert [(one.title, one.suggested) for one in offered] == [("title (en)", True), ("other (en)", False)]
    assert begun == []


async def test_a_guide_walked_to_its_end_is_on_the_timeline_with_everything_but_secrets(
    guides: Guides, mina: AgentIdentity, contact: UUID, shop: Shop, timeline: Timeline
):
    guide = await guides.start(mina, contact, "guide-refund")
    card = guide.state.now.shown
    assert (card.title, card.texts) == ("details (en)", ("read (en)",))
    assert card.fields[0].value == "4711", "what the customer has said is in the form already"
    guide = await guides.answer(mina, contact, guide.row.id, 1, "next", {"number": "4711"})
    entries = {"amount": "30", "note": "broken zip", "pin": "1234"}
    guide = await guides.answer(mina, contact, guide.row.id, 2, "pay", entries)
    assert guide.state.now.shown.title == "paid R-4711 (en)"
    assert len(shop.keys) == 1
    guide = await guides.answer(mina, contact, guide.row.id, 3, "next", {})
    assert guide.state.outcome == "contained"
    (finished,) = await timeline(GuideFinished)
    assert (finished.title, finished.agent_name, finished.outcome) == ("title (en)", "Mina", "contained")
    assert finished.filled == (
        Filled("order (en)", "4711"),
        Filled("amount (en)", "30"),
        Filled("note (en)", "broken zip"),
        Filled("pin (en)", "••••"),
        Filled("amount (en)", "pay (en)"),
    )
    with pytest.raises(Refused, match="come to its end"):
        await guides.back(mina, contact, guide.row.id, 4)


async def test_an_entry_that_does_not_fit_is_marked_and_nothing_else_is_lost(
    guides: Guides, mina: AgentIdentity, contact: UUID
):
    guide = await guides.start(mina, contact, "guide-refund")
    guide = await guides.answer(mina, contact, guide.row.id, 1, "next", {"number": "x"})
    card = guide.state.now.shown
    assert card.title == "details (en)"
    assert (card.fields[0].value, card.problem) == ("x", "Almost there. Please check the marked entries.")
    assert card.fields[0].problem


async def test_an_agent_goes_back_to_the_card_before_and_takes_another_way(
    guides: Guides, mina: AgentIdentity, contact: UUID, timeline: Timeline
):
    guide = await guides.start(mina, contact, "guide-refund")
    assert not guide.state.may_go_back
    guide = await guides.answer(mina, contact, guide.row.id, 1, "next", {"number": "1"})
    guide = await guides.back(mina, contact, guide.row.id, 2)
    assert guide.state.now.shown.title == "details (en)"
    guide = await guides.answer(mina, contact, guide.row.id, 3, "next", {"number": "2"})
    guide = await guides.answer(mina, contact, guide.row.id, 4, "no", {"amount": "5"})
    assert guide.state.now.shown.said == ("nothing (en)",)
    (finished,) = await timeline(GuideFinished)
    assert finished.filled[0] == Filled("order (en)", "2"), "what was taken back is not written down"


async def test_what_a_backend_did_cannot_be_taken_back_and_its_failure_has_a_way_on(
    guides: Guides, mina: AgentIdentity, contact: UUID, shop: Shop
):
    shop.down = True
    guide = await guides.start(mina, contact, "guide-refund")
    guide = await guides.answer(mina, contact, guide.row.id, 1, "next", {"number": "1"})
    guide = await guides.answer(mina, contact, guide.row.id, 2, "pay", {"amount": "5"})
    assert guide.state.now.shown.said == ("failed (en)",)
    assert guide.state.now.shown.title == "again (en)"
    assert not guide.state.may_go_back


async def test_a_colleague_goes_on_where_the_first_agent_stopped_in_their_own_language(
    guides: Guides, mina: AgentIdentity, yuki: AgentIdentity, contact: UUID, timeline: Timeline
):
    guide = await guides.start(mina, contact, "guide-refund")
    await guides.answer(mina, contact, guide.row.id, 1, "next", {"number": "4711"})
    _, (begun,) = await guides.of_contact(yuki, contact)
    assert begun.title == "title (ja)"
    assert begun.state.now.shown.title == "amount (ja)"
    guide = await guides.answer(yuki, contact, begun.row.id, 2, "no", {"amount": "5"})
    with pytest.raises(Refused, match="end"):
        await guides.answer(mina, contact, guide.row.id, 2, "no", {"amount": "5"})
    (finished,) = await timeline(GuideFinished)
    assert finished.agent_name == "Yuki"
    assert [one.entry for one in finished.filled] == ["4711", "5", "no (ja)"]


async def test_two_desks_never_overwrite_each_other(guides: Guides, mina: AgentIdentity, contact: UUID):
    guide = await guides.start(mina, contact, "guide-refund")
    await guides.answer(mina, contact, guide.row.id, 1, "next", {"number": "1"})
    with pytest.raises(Refused) as refused:
        await guides.answer(mina, contact, guide.row.id, 1, "next", {"number": "2"})
    assert refused.value.code == "guides.newer"


async def test_of_two_desks_with_one_card_only_one_pays(
    guides: Guides, mina: AgentIdentity, yuki: AgentIdentity, contact: UUID, shop: Shop
):
    guide = await guides.start(mina, contact, "guide-refund")
    await guides.answer(mina, contact, guide.row.id, 1, "next", {"number": "1"})
    shop.door = asyncio.Event()
    async with asyncio.TaskGroup() as desks:
        paying = desks.create_task(guides.answer(mina, contact, guide.row.id, 2, "pay", {"amount": "5"}))
        await shop.asked.wait()
        for late in (
            guides.answer(yuki, contact, guide.row.id, 2, "pay", {"amount": "50"}),
            guides.back(yuki, contact, guide.row.id, 2),
            guides.close(yuki, contact, guide.row.id, 2),
        ):
            with pytest.raises(Refused, match=r"guides\.newer"):
                await late
        shop.door.set()
    assert paying.result().row.revision == 3
    assert len(shop.keys) == 1


async def test_an_answer_that_was_broken_off_leaves_the_guide_to_others(
    guides: Guides, mina: AgentIdentity, yuki: AgentIdentity, contact: UUID, shop: Shop
):
    guide = await guides.start(mina, contact, "guide-refund")
    await guides.answer(mina, contact, guide.row.id, 1, "next", {"number": "1"})
    shop.door = asyncio.Event()
    async with asyncio.TaskGroup() as desks:
        paying = desks.create_task(guides.answer(mina, contact, guide.row.id, 2, "pay", {"amount": "5"}))
        await shop.asked.wait()
        paying.cancel()
    assert (await guides.answer(yuki, contact, guide.row.id, 2, "no", {"amount": "5"})).row.revision == 3


async def test_a_guide_put_away_is_written_down_as_far_as_it_went(
    guides: Guides, mina: AgentIdentity, contact: UUID, timeline: Timeline
):
    guide = await guides.start(mina, contact, "guide-refund")
    guide = await guides.answer(mina, contact, guide.row.id, 1, "next", {"number": "1"})
    await guides.close(mina, contact, guide.row.id, 2)
    (finished,) = await timeline(GuideFinished)
    assert (finished.outcome, len(finished.filled)) == ("closed", 1)


async def test_only_a_few_guides_are_open_at_once_and_only_guides_can_be_begun(
    guides: Guides, mina: AgentIdentity, contact: UUID
):
    for _ in range(MOST_OPEN):
        await guides.start(mina, contact, "guide-refund")
    with pytest.raises(Refused) as refused:
        await guides.start(mina, contact, "guide-refund")
    assert refused.value.code == "guides.too_many_open"
    for unknown in ("front", "nowhere"):
        with pytest.raises(Refused, match="no such guide"):
            await guides.start(mina, contact, unknown)


async def test_the_reason_a_guide_names_becomes_the_contacts_and_is_named_once(
    guides: Guides, mina: AgentIdentity, contact: UUID, rooms: ContactRooms, timeline: Timeline, database: Database
):
    guide = await guides.start(mina, contact, "guide-refund")
    assert [one.agent_id for one in await timeline(ReasonRecognised)] == [None], "what it was already is no news"
    await guides.answer(mina, contact, guide.row.id, 1, "next", {"number": "1"})
    await guides.answer(mina, contact, guide.row.id, 2, "no", {"amount": "5"})
    (_, named) = await timeline(ReasonRecognised)
    assert named == ReasonRecognised("kept", mina.agent_id, guide.row.id)
    assert (await rooms.service.load("onda", contact)).intent == "kept"
    other = await guides.start(mina, contact, "guide-other")
    await guides.start(mina, contact, "guide-other")
    assert [one.guide_id for one in await timeline(ReasonRecognised)] == [None, guide.row.id, other.row.id]
    async with database.tenant("onda") as conn:
        assert await conn.fetchval("SELECT intent FROM contact WHERE id = $1", contact) == "complaint"


async def test_more_agents_than_the_database_has_connections_put_their_guides_away_at_once(
    guides: Guides, mina: AgentIdentity, rooms: ContactRooms, keyring: Keyring, database: Database
):
    async def from_elsewhere(tenant_id: str, contact_id: UUID, command: AnyCommand) -> Decision:
        """Another process wrote to the contact: its customer is looked up once more before the command runs."""
        async with database.tenant(tenant_id) as conn:
            await conn.fetchval("SELECT customer_id FROM contact WHERE id = $1", contact_id)
        return await rooms.service.command(tenant_id, contact_id, command)

    beside = [await wrote_in(rooms, keyring) for _ in range(15)]
    begun = [await guides.start(mina, one, "guide-refund") for one in beside]
    busy = Guides(
        database, keyring, rooms.facts.of, rooms.service.load, rooms.chat.history, from_elsewhere,
        rooms.chat.pass_on, {}, rooms.report,
    )  # fmt: skip
    async with asyncio.timeout(30), asyncio.TaskGroup() as desks:
        closing = [
            desks.create_task(busy.close(mina, one, guide.row.id, 1))
            for one, guide in zip(beside, begun, strict=True)
        ]
    assert {one.result().row.outcome for one in closing} == {"closed"}


async def test_every_desk_that_follows_the_contact_hears_that_a_guide_went_on(
    guides: Guides, mina: AgentIdentity, contact: UUID, rooms: ContactRooms
):
    desk = Desk()
    follow = rooms.chat.follow("onda", contact, 0, desk)
    guide = await guides.start(mina, contact, "guide-refund")
    await guides.answer(mina, contact, guide.row.id, 1, "next", {"number": "1"})
    await guides.back(mina, contact, guide.row.id, 2)
    with pytest.raises(Refused):
        await guides.back(mina, contact, guide.row.id, 2)
    await guides.close(mina, contact, guide.row.id, 3)
    follow.close()
    assert desk.heard == [{"t": "guide", "guide": str(guide.row.id), "revision": at} for at in (1, 2, 3, 4)]


async def test_every_step_is_counted_by_its_blocks_and_holds_no_data(
    guides: Guides, mina: AgentIdentity, contact: UUID, database: Database
):
    guide = await guides.start(mina, contact, "guide-refund")
    guide = await guides.answer(mina, contact, guide.row.id, 1, "next", {"number": "4711"})
    await guides.answer(mina, contact, guide.row.id, 2, "pay", {"amount": "5"})
    async with database.tenant("onda") as conn:
        steps = await conn.fetch("SELECT kind, entered FROM guide_step ORDER BY revision")
        (state,) = await conn.fetch("SELECT state FROM guide")
    assert [step["kind"] for step in steps] == ["started", "answered", "answered"]
    assert steps[2]["entered"] == ["guide-refund#start/2/option:pay", "guide-refund#pay"]
    assert b"4711" not in bytes(state["state"]), "it is under the customer's key"


async def test_an_erased_customers_guides_cannot_be_read_any_more(
    guides: Guides, mina: AgentIdentity, contact: UUID, rooms: ContactRooms, keyring: Keyring, database: Database
):
    guide = await guides.start(mina, contact, "guide-refund")
    customer_id = (await rooms.service.load("onda", contact)).customer_id
    await keyring.erase("onda", customer_id)
    async with database.tenant("onda") as conn:
        state = await conn.fetchval("SELECT state FROM guide")
    assert state is not None
    assert await keyring.decrypt_many("onda", [(state, f"guide|{guide.row.id}")]) == [None]
