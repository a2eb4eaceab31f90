"""Each guard of the batch statement by itself: with it customers are safe, without it the harm is done.

The guards are taken out by the mutants of the kill harness (`tests/chaos/mutants.py`).
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from chaos.mutants import Change, unsound, without_epoch_check, without_unique_events, without_version_check
from runtime.centre import Centre
from warmline.domain.contact.commands import MakeOffer
from warmline.domain.contact.model import ContactStatus
from warmline.kernel.ids import new_id
from warmline.runtime import commit_sql
from warmline.runtime.clock import utc_now
from warmline.runtime.committer import Committer, StaleEpoch
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring
from warmline.runtime.lease import Lease
from warmline.runtime.notifier import Notifier

REMEMBERED = 64  # how many dedupe keys a contact keeps in memory


@pytest_asyncio.fixture
async def elsewhere(database: Database, keyring: Keyring, notifier: Notifier) -> AsyncIterator[Committer]:
    """A committer in what could be another process: nothing tells one of them what the other writes."""
    running = Committer(database, keyring, notifier)
    running.start()
    yield running
    await running.close()


@pytest.fixture
def take_out(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Take one guard out of the statement for the rest of the test."""

    def take(guard: Change) -> None:
        monkeypatch.setattr(commit_sql, "statement", unsound(guard))

    return take


async def said_meanwhile(contacts: Any, here: Committer, elsewhere: Committer) -> int:
    """A customer writes in one process, the other decides on what it remembers; return the stored number."""
    contact_id = await contacts.open_contact(here)
    await elsewhere.execute("onda", contact_id, contacts.says("m1", "아직인가요?"))
    await here.execute("onda", contact_id, contacts.step(intent="delay"))  # no event: its number cannot collide
    here.evict_all()
    return (await here.load("onda", contact_id)).seq


async def test_a_decision_on_an_old_version_is_made_again_so_that_the_customers_words_stay(
    contacts: Any, committer: Committer, elsewhere: Committer
):
    assert await said_meanwhile(contacts, committer, elsewhere) == 2


async def test_without_the_version_check_the_contact_forgets_what_the_customer_said(
    contacts: Any, committer: Committer, elsewhere: Committer, take_out: Any
):
    take_out(without_version_check)
    assert await said_meanwhile(contacts, committer, elsewhere) == 1


async def said_again_long_after(contacts: Any, here: Committer, database: Database) -> tuple[int | None, int]:
    """A customer's message comes twice, the second time when the contact has forgotten the first.

    Return of what it is told to be the duplicate, and how many numbers of the timeline hold nothing.
    """
    contact_id = await contacts.open_contact(here)
    for number in range(REMEMBERED + 1):
        await here.execute("onda", contact_id, contacts.says(f"m{number}", "여보세요"))
    answer = await here.execute("onda", contact_id, contacts.says("m0", "여보세요"))
    async with database.tenant("onda") as conn:
        stored = await conn.fetchval("SELECT count(*) FROM event WHERE contact_id = $1", contact_id)
    return answer.duplicate_of, answer.contact.seq - stored


async def test_a_message_that_comes_again_after_its_key_was_forgotten_is_still_known(
    contacts: Any, committer: Committer, database: Database
):
    assert await said_again_long_after(contacts, committer, database) == (2, 0)


async def test_without_unique_events_a_message_is_acknowledged_that_stands_nowhere(
    contacts: Any, committer: Committer, database: Database, take_out: Any
):
    take_out(without_unique_events)
    assert await said_again_long_after(contacts, committer, database) == (None, 1)


@pytest_asyncio.fixture
async def centre(database: Database, committer: Committer, notifier: Notifier) -> AsyncIterator[Centre]:
    opened = Centre(database, committer, notifier)
    await opened.queue()
    yield opened
    await opened.close()


async def decided_by_the_leader_of_yesterday(centre: Centre) -> ContactStatus:
    """A leader decides, sleeps beyond its lease, and wakes up when another leads; return what became of it."""
    customer = await centre.customer()
    stale = await Lease(centre.database, "onda", "old").acquire()
    async with centre.database.tenant("onda") as conn:
        await conn.execute("UPDATE routing_lease SET expires_at = now() - interval '1 s' WHERE tenant_id = 'onda'")
    assert await Lease(centre.database, "onda", "new").acquire() == 2
    late = MakeOffer(new_id(), new_id(), utc_now() + timedelta(seconds=20), "decided long ago")
    try:
        await centre.command("onda", customer, late, stale)
    except StaleEpoch:
        centre.committer.evict_all()
    return (await centre.contact(customer)).status


async def test_what_a_stale_leader_decided_is_not_written(centre: Centre):
    assert await decided_by_the_leader_of_yesterday(centre) is ContactStatus.QUEUED
    assert centre.refused == ["stale_epoch"]


async def test_without_the_epoch_check_a_stale_leader_makes_its_offer(centre: Centre, take_out: Any):
    take_out(without_epoch_check)
    assert await decided_by_the_leader_of_yesterday(centre) is ContactStatus.OFFERED
