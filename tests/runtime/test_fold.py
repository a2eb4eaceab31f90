"""What the events tell of a contact is what its row says, after every step of its life."""

from datetime import timedelta
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warmline.domain.contact import commands as c
from warmline.domain.contact.commands import AnyCommand, Decision
from warmline.domain.contact.events import ContactOpened, ContactQueued
from warmline.domain.contact.fold import fold, seen
from warmline.domain.contact.machine import handle
from warmline.domain.contact.model import Contact, ContactStatus, QueueEntry
from warmline.domain.contact.policy import ContactPolicy, QueuePolicy, Widening
from warmline.domain.journey.interface import QueueFacts
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.committer import Committer, Run
from warmline.runtime.contact_rows import COLD_COLUMNS, cold_columns
from warmline.runtime.database import Database
from warmline.runtime.feed import Feed

MINA, YUKI = new_id(), new_id()
RULES = QueuePolicy(
    max_wait_s=600, callback_offered=True, callback_attempts=2, widenings=(Widening(60, "overflow", "refunds"),)
)
POLICY = ContactPolicy(
    fallback_queue_id="orders",
    queue_ids=frozenset({"orders", "refunds"}),
    wrap_up_optional=True,
    queues={"orders": RULES},
)


class StaffedQueues:
    """A world where somebody is always there and no journey is published."""

    def queue(self, *_: object) -> QueueFacts:
        return QueueFacts(staffed=True, waiting=1)

    def prompt(self, *_: object) -> None:
        return None

    def journey(self, journey_id: str, version: int | None) -> Any:
        raise KeyError(journey_id)

    def hours(self, *_: object) -> Any:
        return "open"

    def announcements(self, *_: object) -> tuple[()]:
        return ()


def waiting_in_line(contact_id: Any, customer_id: Any) -> Run:
    def run(contact: Contact | None, now: Any) -> Decision:
        assert contact is None
        entry, conversation_id = QueueEntry("orders", now), new_id()
        fresh = Contact(
            "onda", contact_id, "webchat", customer_id, conversation_id, "ko", ContactStatus.QUEUED, now,
            version=1, seq=2, queue=entry, first_queued_at=now,
        )  # fmt: skip
        opened = ContactOpened("webchat", customer_id, conversation_id, "ko", "welcome", 1)
        return Decision(fresh, (opened, ContactQueued(entry)))

    return run


def by(command: Any) -> Run:
    """Run a command, or what the current contact makes of it, through the real machine."""

    def run(contact: Contact | None, now: Any) -> Decision:
        assert contact is not None
        ready: AnyCommand = command(contact) if callable(command) else command
        return handle(contact, ready, StaffedQueues(), now, POLICY)

    return run


def accept(contact: Contact) -> AnyCommand:
    offer = contact.offer
    agent_id = offer.agent_id if offer else MINA
    return c.AcceptOffer(agent_id, "김미나", offer.id if offer else new_id())


def decline(contact: Contact) -> AnyCommand:
    offer = contact.offer
    return c.DeclineOffer(offer.agent_id if offer else MINA, offer.id if offer else new_id())


def owner(contact: Contact) -> Any:
    return contact.agent_id or (contact.wrap_up.agent_id if contact.wrap_up else MINA)


def make_offer(contact: Contact) -> AnyCommand:
    return c.MakeOffer(new_id(), MINA if contact.misses % 2 else YUKI, utc_now() + timedelta(seconds=20))


STEPS: dict[str, Any] = {
    "customer writes": lambda k: c.CustomerMessage(str(new_id()), "아직 안 왔어요"),
    "customer goes": c.CustomerConnection(False),
    "customer comes back": c.CustomerConnection(True),
    "customer speaks Japanese": c.CustomerLocale("ja"),
    "offer": make_offer,
    "accept": accept,
    "decline": decline,
    "agent writes": lambda k: c.AgentMessage(owner(k), "김미나", str(new_id()), "확인해 볼게요"),
    "note": lambda k: c.AddNote(MINA, "김미나", str(new_id()), "배송 지연"),
    "hold": lambda k: c.Hold(owner(k)),
    "resume": lambda k: c.Resume(owner(k)),
    "transfer": lambda k: c.Transfer(owner(k), queue_id="refunds", note="환불 문의"),
    "agent gone": lambda k: c.AgentGone(owner(k)),
    "reassign": c.Reassign(MINA, queue_id="orders"),
    "agent ends": lambda k: c.AgentEnds(owner(k)),
    "wrap up": lambda k: c.FinishWrapUp(owner(k), "solved", "해결"),
    "customer ends": c.CustomerEnds(),
    "offer to both": lambda k: c.MakeOffer(new_id(), MINA, utc_now() + timedelta(seconds=20), also=(YUKI,)),
    "call me": c.RequestCallback("+821012345678"),
    "call me later": lambda k: c.RequestCallback(not_before=utc_now() + timedelta(hours=2)),
    "not reached": lambda k: c.CallbackOutcome(owner(k), "no_answer"),
    "reached": lambda k: c.CallbackOutcome(owner(k), "reached"),
    "call off": c.CancelCallback(),
    "pick": c.PickContact(MINA, "김미나"),
    "push": c.Reassign(MINA, to_agent_id=YUKI, force="ring"),
    "connect": c.Reassign(MINA, to_agent_id=YUKI, force="connect", to_agent_name="田中"),
}
A_LIFE_WITH_A_CALL = [
    "offer to both", "decline", "decline", "call me", "offer to both", "accept", "not reached", "call me later",
    "call me", "offer", "accept", "customer writes", "agent ends", "wrap up",
]  # fmt: skip
A_WHOLE_LIFE = [
    "customer writes", "offer", "decline", "offer", "accept", "agent writes", "note", "hold", "resume", "transfer",
    "customer speaks Japanese", "offer", "accept", "customer goes", "customer comes back", "agent ends", "wrap up",
]  # fmt: skip


async def live(names: list[str], committer: Committer, feed: Feed, database: Database) -> Contact:
    """Live through the steps; after each compare the timeline, the document and the columns."""
    contact_id = new_id()
    await committer.execute("onda", contact_id, waiting_in_line(contact_id, new_id()))
    for name in [None, *names]:
        if name is not None:
            try:
                await committer.execute("onda", contact_id, by(STEPS[name]))
            except Refused:
                continue
        committer.evict_all()
        contact = await committer.load("onda", contact_id)
        events = await feed.history("onda", contact_id)
        assert [one.seq for one in events] == list(range(1, contact.seq + 1)), name
        assert fold(one.event for one in events) == seen(contact), name
        async with database.tenant("onda") as conn:
            row = await conn.fetchrow("SELECT * FROM contact WHERE id = $1", contact_id)
            timers = await conn.fetch("SELECT timer, due_at FROM timer WHERE key = $1", contact_id)
            offers = await conn.fetch(
                "SELECT id FROM offer WHERE contact_id = $1 AND ended_at IS NULL", contact_id
            )
        assert row is not None
        assert (row["version"], row["seq"]) == (contact.version, contact.seq)
        expected = dict(zip((column for column, _ in COLD_COLUMNS), cold_columns(contact), strict=True))
        stored = {column: row[column] for column in expected}
        told = msgspec.json.decode(msgspec.json.encode(expected.pop("routing")))
        assert stored.pop("routing") == told, name
        assert stored == expected, name
        assert {timer["timer"]: timer["due_at"] for timer in timers} == contact.timers, name
        assert [offer["id"] for offer in offers] == ([contact.offer.id] if contact.offer else []), name
    return contact


async def test_a_whole_life_folds_to_its_row(committer: Committer, feed: Feed, database: Database) -> None:
    contact = await live(A_WHOLE_LIFE, committer, feed, database)
    assert contact.status is ContactStatus.ENDED
    assert (contact.disposition, contact.transfers, contact.locale) == ("solved", 1, "ja")


async def test_a_life_with_a_promised_call_folds_to_its_row(
    committer: Committer, feed: Feed, database: Database
) -> None:
    contact = await live(A_LIFE_WITH_A_CALL, committer, feed, database)
    assert (contact.status, contact.callback) == (ContactStatus.ENDED, None)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(sorted(STEPS)), min_size=5, max_size=25))
async def test_any_life_folds_to_its_row(
    committer: Committer, feed: Feed, database: Database, names: list[str]
) -> None:
    contact = await live(names, committer, feed, database)
    assert contact.seq >= 2
