"""Many commands on one contact become one row and consecutive events."""

import asyncio
from typing import Any

import pytest_asyncio

from warmline.domain.contact.commands import Decision, SetTimer
from warmline.domain.contact.model import Contact
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.commit_fold import BrokenDecision, Fold, Known, Pending, merge
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


async def test_three_commands_write_one_row_with_the_first_version_expected_and_the_last_stored(
    contacts: Any, known: Known, keyring: Keyring
) -> None:
    fold = folded(known, contacts.says("m1", "a"), contacts.refuses, contacts.says("m2", "b"))
    lanes: set[str] = set()
    rows = fold.rows(keyring, utc_now(), lanes)
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
    lanes: set[str] = set()
    rows = folded(known, contacts.step(agent_id=new_id())).rows(keyring, utc_now(), lanes)
    assert set(rows) == {"moved", "router"}
    assert lanes == {"router"}


async def test_the_last_word_on_a_timer_counts(contacts: Any, known: Known, keyring: Keyring) -> None:
    now = utc_now()
    fold = folded(known, *(contacts.step(effects=(SetTimer("idle", now),)) for _ in range(2)))
    assert fold.rows(keyring, now, set())["set_timer"] == [(known.contact.id, "idle", now)]


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


def test_rows_of_many_contacts_become_one_set() -> None:
    assert merge([{"hot": [(1,)]}, {"hot": [(2,)], "event": [(3,)]}]) == {"hot": [(1,), (2,)], "event": [(3,)]}
