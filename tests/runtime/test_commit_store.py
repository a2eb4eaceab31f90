"""What the committer asks the database, and what it makes of a broken line."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.runtime import commit_store
from warmline.runtime.clock import utc_now
from warmline.runtime.commit_fold import Fold, Pending, Rows, Run
from warmline.runtime.commit_store import CommitStore, connection_is_lost
from warmline.runtime.committer import Committer
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring
from warmline.runtime.lease import ROUTING, Lease


@pytest.fixture
def store(database: Database, keyring: Keyring) -> CommitStore:
    return CommitStore("test", database, keyring, ROUTING)


async def fold_of(store: CommitStore, contact_id: UUID, run: Run) -> Fold:
    """One command on a stored contact, decided and not yet written."""
    known, _ = await store.load("onda", [contact_id])
    waiting = asyncio.get_running_loop().create_future()
    fold = Fold("onda", contact_id, known[contact_id], True, [Pending("onda", contact_id, run, None, waiting)])
    fold.run(utc_now())
    return fold


async def test_a_batch_is_applied_once_and_known_to_be_applied(
    contacts: Any, committer: Committer, keyring: Keyring, store: CommitStore
) -> None:
    contact_id = await contacts.open_contact(committer)
    fold, now = await fold_of(store, contact_id, contacts.says("m1", "hello")), utc_now()
    rows: Rows = {}
    fold.write(keyring, now, rows, set())
    assert await store.was_applied("onda", [fold], now) == set()
    assert await store.write("onda", rows, now) is None  # all of them
    assert await store.was_applied("onda", [fold], now) == {contact_id}
    assert await store.write("onda", rows, now) == set()  # the version has moved on
    committer.evict_all()
    await committer.execute("onda", contact_id, contacts.says("m2", "and somebody wrote after it"))
    assert await store.was_applied("onda", [fold], now) == {contact_id}
    store.close()


async def test_another_ones_write_of_the_same_version_is_not_taken_for_ours(
    contacts: Any, committer: Committer, keyring: Keyring, store: CommitStore
) -> None:
    contact_id = await contacts.open_contact(committer)
    fold, now = await fold_of(store, contact_id, contacts.says("m1", "hello")), utc_now()
    fold.write(keyring, now, {}, set())
    await committer.execute("onda", contact_id, contacts.says("other", "theirs"))
    assert await store.was_applied("onda", [fold], now) == set()
    await committer.execute("onda", contact_id, contacts.says("another", "theirs, too"))
    assert await store.was_applied("onda", [fold], now) == set()
    store.close()


async def test_duplicates_and_epochs_are_found(
    contacts: Any, committer: Committer, store: CommitStore, database: Database
) -> None:
    contact_id = await contacts.open_contact(committer)
    await committer.execute("onda", contact_id, contacts.says("m1", "hello"))
    assert await store.duplicate_of("onda", contact_id, ["c:m1", "c:m2"]) == 2
    assert await store.duplicate_of("onda", contact_id, ["a:m1"]) is None
    assert await store.epoch("onda") is None
    await Lease(database, "onda", "me").acquire()
    assert await store.epoch("onda") == 1
    assert await store.versions("onda", [new_id()]) == {}
    store.close()


async def test_patience_outlasts_a_short_outage_and_ends_with_a_long_one(
    store: CommitStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = 0

    async def work() -> str:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise ConnectionResetError
        return "done"

    async def never() -> str:
        raise ConnectionRefusedError

    monkeypatch.setattr(commit_store, "RECONNECT_S", 0.001)
    assert await store.patiently(work) == "done"
    monkeypatch.setattr(commit_store, "GIVE_UP_S", 0.02)
    with pytest.raises(Refused, match="unavailable"):
        await store.patiently(never)

    async def broken() -> str:
        raise asyncpg.UndefinedTableError("a bug, not an outage")

    with pytest.raises(asyncpg.UndefinedTableError):
        await store.patiently(broken)


def test_only_broken_lines_leave_the_outcome_open() -> None:
    assert connection_is_lost(ConnectionResetError())
    assert connection_is_lost(TimeoutError())
    assert connection_is_lost(asyncpg.AdminShutdownError("bye"))
    assert connection_is_lost(asyncpg.ConnectionDoesNotExistError("gone"))
    assert connection_is_lost(asyncpg.InterfaceError("closed"))
    assert not connection_is_lost(asyncpg.UniqueViolationError("twice"))
    assert not connection_is_lost(ValueError("cannot be encoded"))
