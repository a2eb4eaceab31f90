"""Many commands on one contact become one row and consecutive events."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from msgspec.structs import replace

from warmline.domain.contact.commands import ClearTimer, Decision, Effect, SetTimer, StartTask
from warmline.domain.contact.events import AnyEvent, ContactOffered, CustomerHeld, MessageSent
from warmline.domain.contact.model import Contact, ContactStatus, Offer, Passed, QueueEntry, WrapUp
from warmline.domain.contact.passages import Passage
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.commit_fold import BrokenDecision, Fold, Known, Pending, Rows, Run
from warmline.runtime.contact_rows import cold_columns
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring


@pytest_asyncio.fixture
async def known(contacts: Any, database: Database, keyring: Keyring) -> Known:
    customer_id = new_id()
    async with database.tenant("onda") as conn:
        await keyring.create("onda", customer_id, conn)
    contact = contacts.opened(new_id(), customer_id)(None, utc_now()).contact
    return Known(contact, cold_columns(contact))


def folded(known: Known, *runs: Any, epochs: tuple[int | None, ...] = ()) -> Fold:
    loop = asyncio.get_running_loop()
    items = [
        Pending("onda", known.contact.id, run, epochs[n] if epochs else None, loop.create_future())
        for n, run in enumerate(runs)
    ]
    fold = Fold("onda", known.contact.id, known, False, items)
    fold.run(utc_now())
    return fold


def written(fold: Fold, keyring: Keyring) -> tuple[Rows, set[str]]:
    rows: Rows = {}
    lanes: set[str] = set()
    fold.write(keyring, utc_now(), rows, lanes)
    return rows, lanes


async def test_one_message_is_written_the_short_way(contacts: Any, known: Known, keyring: Keyring) -> None:
    rows, lanes = written(folded(known, contacts.says("m1", "a")), keyring)
    assert set(rows) == {"said"}
    [(contact_id, expected, seq, _, body, dedupe_key)] = rows["said"]
    assert (contact_id, expected, seq, dedupe_key) == (known.contact.id, 1, 2, "c:m1")
    assert '"author":"customer"' in body
    assert lanes == {"index"}


async def test_a_message_that_moves_the_contact_or_starts_something_is_written_the_long_way(
    contacts: Any, known: Known, keyring: Keyring
) -> None:
    spoken = MessageSent("customer", "a", "m1")
    for run in (
        contacts.step(spoken, intent="refund"),
        contacts.step(spoken, effects=(SetTimer("idle", utc_now()),)),
        contacts.step(spoken, effects=(StartTask("t1", "orders.find", {}, 3.0),)),
        contacts.step(spoken, CustomerHeld()),
        contacts.step(spoken, wrap_up=WrapUp(new_id(), utc_now())),
    ):
        rows, lanes = written(folded(known, run), keyring)
        assert "said" not in rows
        assert "index" in lanes
        assert rows["event"][0][4] == "c:m1"
    fenced, _ = written(folded(known, contacts.step(spoken), epochs=(7,)), keyring)
    assert {"fence", "hot"} <= set(fenced)


async def test_places_passed_in_a_journey_are_written_with_the_event_that_led_there(
    contacts: Any, known: Known, keyring: Keyring
) -> None:
    contact = known.contact
    place = Passed(1, "welcome", 3, "start/1/option:refund")
    passage = Passage(place, contact.seq, "block", "start/1")

    def run(now: datetime) -> Decision:
        step: Run = contacts.step(MessageSent("customer", "a", "m1"), intent="refund", passed=place)
        return replace(step(contact, now), passages=(passage,))

    rows, _ = written(folded(known, lambda _, now: run(now)), keyring)
    assert "said" not in rows
    path = "start/1/option:refund"
    assert rows["passage"] == [
        (contact.id, 1, 1, "welcome", 3, path, "block", None, "start/1", "webchat", "ko", "refund")
    ]


def waits(known: Known) -> Known:
    """The contact stands in line, with a timer that looks after it."""
    now = utc_now()
    contact = replace(
        known.contact, status=ContactStatus.QUEUED, agent_id=None, queue=QueueEntry("orders", now),
        timers={"queue.watch": now},
    )  # fmt: skip
    return Known(contact, cold_columns(contact))


def offers(offer: Offer, *more: AnyEvent, effects: tuple[Effect, ...] = (), **changes: Any) -> Run:
    """Return the router's decision for this offer, `more` and `changes` added."""

    def run(contact: Contact | None, now: datetime) -> Decision:
        assert contact is not None
        timers = {**contact.timers, "offer": offer.expires_at}
        fields = {"status": ContactStatus.OFFERED, "offer": offer, "timers": timers, **changes}
        after = replace(contact, version=contact.version + 1, seq=contact.seq + 1 + len(more), **fields)
        return Decision(after, (ContactOffered(offer), *more), (SetTimer("offer", offer.expires_at), *effects))

    return run


def decided(known: Known, keyring: Keyring, run: Run, *, epoch: int | None = 7, later_s: int = 0) -> Rows:
    """Return what is written when `run` decides now and `later_s` after the offer's own time."""
    now = known.contact.timers["queue.watch"] + timedelta(seconds=later_s)
    fold = Fold(
        "onda", known.contact.id, known, False,
        [Pending("onda", known.contact.id, run, epoch, asyncio.get_running_loop().create_future())],
    )  # fmt: skip
    fold.run(now)
    rows: Rows = {}
    lanes: set[str] = set()
    fold.write(keyring, now, rows, lanes)
    assert fold.after is not None
    assert fold.cold == cold_columns(fold.after)
    assert lanes == {"router"}
    return rows


async def test_one_offer_of_the_router_to_one_agent_is_written_the_short_way(
    known: Known, keyring: Keyring
) -> None:
    waiting = waits(known)
    now = waiting.contact.timers["queue.watch"]
    offer = Offer(new_id(), new_id(), now, now + timedelta(seconds=20))
    rows = decided(waiting, keyring, offers(offer))
    assert set(rows) == {"offered"}
    [(contact_id, expected, epoch, seq, _, offer_id, agent_id, expires_at, body)] = rows["offered"]
    assert (contact_id, expected, epoch, seq) == (known.contact.id, 1, 7, 2)
    assert (offer_id, agent_id, expires_at) == (offer.id, offer.agent_id, offer.expires_at)
    assert '"kind":"contact_offered"' in body


async def test_an_offer_with_anything_else_about_it_is_written_the_long_way(
    known: Known, keyring: Keyring
) -> None:
    waiting = waits(known)
    now = waiting.contact.timers["queue.watch"]
    offer = Offer(new_id(), new_id(), now, now + timedelta(seconds=20))
    several = replace(offer, also=(new_id(),))
    for rows in (
        decided(waiting, keyring, offers(several)),
        decided(waiting, keyring, offers(offer, CustomerHeld())),
        decided(waiting, keyring, offers(offer, intent="refund")),
        decided(waiting, keyring, offers(offer, effects=(ClearTimer("queue.watch"),), timers={})),
        decided(waiting, keyring, offers(offer), later_s=1),
        decided(waiting, keyring, offers(offer), epoch=None),
    ):
        assert "offered" not in rows
        assert rows["offer"][0][:3] == (known.contact.id, offer.id, offer.agent_id)
        assert rows["moved"][0][5] is ContactStatus.OFFERED


async def test_three_commands_write_one_row_with_the_first_version_expected_and_the_last_stored(
    contacts: Any, known: Known, keyring: Keyring
) -> None:
    fold = folded(known, contacts.says("m1", "a"), contacts.refuses, contacts.says("m2", "b"))
    rows, lanes = written(fold, keyring)
    assert [row[:4] for row in rows["hot"]] == [(known.contact.id, 1, 3, 3)]
    assert [(row[1], row[2], row[4]) for row in rows["event"]] == [
        (2, "message_sent", "c:m1"),
        (3, "message_sent", "c:m2"),
    ]
    assert lanes == {"index"}
    assert [type(outcome) for outcome in fold.outcomes] == [Decision, Refused, Decision]
    fold.settle()
    assert isinstance(fold.items[1].done.exception(), Refused)


async def test_a_command_that_moves_the_contact_writes_its_columns_and_tells_the_router(
    contacts: Any, known: Known, keyring: Keyring
) -> None:
    rows, lanes = written(folded(known, contacts.step(agent_id=new_id())), keyring)
    assert set(rows) == {"moved", "router"}
    assert lanes == {"router"}


async def test_the_last_word_on_a_timer_counts(contacts: Any, known: Known, keyring: Keyring) -> None:
    now = utc_now()
    fold = folded(known, *(contacts.step(effects=(SetTimer("idle", now),)) for _ in range(2)))
    rows, _ = written(fold, keyring)
    assert rows["set_timer"] == [(known.contact.id, "idle", now)]


async def test_commands_of_another_epoch_wait_for_the_next_batch(contacts: Any, known: Known) -> None:
    fold = folded(known, *(contacts.step() for _ in range(3)), epochs=(7, None, 8))
    assert [item.epoch for item in fold.items] == [7, None]
    assert [item.epoch for item in fold.later] == [8]


async def test_a_machine_that_miscounts_is_stopped_before_it_writes(contacts: Any, known: Known) -> None:
    def miscounts(contact: Contact | None, now: Any) -> Decision:
        decision = contacts.says("m1", "x")(contact, now)
        return Decision(contacts.step()(decision.contact, now).contact, (*decision.events, *decision.events))

    fold = folded(known, miscounts)
    assert not fold.writes
    assert isinstance(fold.outcomes[0], BrokenDecision)


async def test_a_caller_who_gave_up_is_not_answered(contacts: Any, known: Known) -> None:
    fold = folded(known, contacts.says("m1", "a"))
    fold.items[0].done.cancel()
    fold.settle()
    fold.fail(RuntimeError())
    assert fold.items[0].done.cancelled()


async def test_what_cannot_be_sealed_leaves_nothing_behind(contacts: Any, known: Known, keyring: Keyring) -> None:
    task = StartTask("t1", "orders.find", {"number": object()}, 3.0)
    fold = folded(known, contacts.step(effects=(task,)))
    rows: Rows = {}
    with pytest.raises(TypeError):
        fold.write(keyring, utc_now(), rows, set())
    assert rows == {}
