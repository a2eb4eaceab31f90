"""A worker goes on whatever one contact does to it, and survives a killed server."""

import asyncio
import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest
import pytest_asyncio

from warmline.domain.contact.commands import Decision
from warmline.domain.contact.model import Contact
from warmline.kernel.errors import CONFLICT, Refused
from warmline.runtime.committer import Committer
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring
from warmline.runtime.master_keys import MasterKeys
from warmline.runtime.migrate import migrate
from warmline.runtime.notifier import Notifier
from warmline.runtime.postgres import EmbeddedPostgres


@pytest_asyncio.fixture
async def killable() -> AsyncIterator[EmbeddedPostgres]:
    """A server of this test's own, with every durability setting as in production."""
    folder = Path(tempfile.mkdtemp(prefix="warmline-kill-"))
    folder.chmod(0o711)
    server = EmbeddedPostgres(folder, settings={"shared_buffers": "32MB"})
    await asyncio.to_thread(server.start)
    await migrate(server.admin_url, app_password=server.app_password)
    yield server
    await asyncio.to_thread(server.stop)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.chaos
async def test_when_the_server_is_killed_no_acknowledged_message_is_lost_and_none_is_doubled(
    contacts: Any, killable: EmbeddedPostgres
) -> None:
    admin = await asyncpg.connect(killable.admin_url)
    await admin.execute("INSERT INTO tenant (id, name, created_at) VALUES ('onda', 'Onda', now())")
    await admin.close()
    database = await Database.open(killable.url)
    keyring = await Keyring.open(database, MasterKeys((os.urandom(32),)))
    notifier = Notifier(database)
    committer = Committer(database, keyring, notifier)
    notifier.start()
    committer.start()
    ids = [await contacts.open_contact(committer) for _ in range(30)]
    acknowledged: dict[UUID, list[tuple[str, int]]] = {one: [] for one in ids}
    stop = asyncio.Event()

    async def customer(contact_id: UUID) -> None:
        n = 0
        while not stop.is_set():
            n += 1
            answer = await committer.execute("onda", contact_id, contacts.says(f"m{n}", "hello"))
            seq = answer.contact.seq if answer.duplicate_of is None else answer.duplicate_of
            acknowledged[contact_id].append((f"c:m{n}", seq))

    async def nemesis() -> None:
        for _ in range(4):
            await asyncio.sleep(0.4)
            pid = killable.pid
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
            async with asyncio.timeout(30):
                while not killable.ready or killable.pid == pid:
                    await asyncio.sleep(0.01)
        await asyncio.sleep(0.5)
        stop.set()

    async with asyncio.timeout(120):
        await asyncio.gather(nemesis(), *(customer(one) for one in ids))
    admin = await asyncpg.connect(killable.admin_url)
    rows = await admin.fetch("SELECT contact_id, seq, dedupe_key FROM event WHERE dedupe_key IS NOT NULL")
    stored = {(row["contact_id"], row["dedupe_key"]): row["seq"] for row in rows}
    assert len(stored) == len(rows)
    for contact_id, messages in acknowledged.items():
        assert len(messages) > 5
        for key, seq in messages:
            assert stored[contact_id, key] == seq
    torn = await admin.fetchval(
        "SELECT count(*) FROM contact c WHERE seq <> (SELECT count(*) FROM event e WHERE e.contact_id = c.id)"
    )
    assert torn == 0
    await admin.close()
    for service in (committer, notifier, database):
        await service.close()
    assert killable.restarts == 4


async def test_a_command_that_meets_a_newer_version_every_time_is_refused_in_the_end(
    contacts: Any, committer: Committer, admin_url: str
) -> None:
    contact_id = await contacts.open_contact(committer)
    admin = await asyncpg.connect(admin_url)
    # Whoever writes this contact finds it changed: the database itself raises the version first.
    await admin.execute(
        "CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$; "
        "CREATE TRIGGER meddle BEFORE UPDATE ON contact FOR EACH ROW EXECUTE FUNCTION meddle()"
    )
    runs = 0

    def counts(contact: Contact | None, now: Any) -> Decision:
        nonlocal runs
        runs += 1
        return contacts.says("m1", "hello")(contact, now)

    with pytest.raises(Refused, match=CONFLICT):
        await committer.execute("onda", contact_id, counts)
    assert runs == 20
    await admin.execute("DROP TRIGGER meddle ON contact")
    await admin.close()
    assert (await committer.execute("onda", contact_id, counts)).contact.seq == 2


async def test_contacts_read_anew_and_written_elsewhere_meanwhile_lose_no_words(
    contacts: Any, committer: Committer, database: Database, keyring: Keyring, notifier: Notifier
) -> None:
    ids = [await contacts.open_contact(committer) for _ in range(300)]
    elsewhere = Committer(database, keyring, notifier)
    elsewhere.start()
    committer.evict_all()  # all of them are to be read
    done = [committer.submit("onda", one, contacts.says("here", "hello")) for one in ids]
    others = [elsewhere.submit("onda", one, contacts.says("elsewhere", "hello")) for one in reversed(ids)]
    answers = await asyncio.gather(*done, *others)
    await elsewhere.close()
    assert sorted(answer.contact.seq for answer in answers) == [2] * 300 + [3] * 300
    async with database.tenant("onda") as conn:
        stored = await conn.fetch("SELECT contact_id, array_agg(dedupe_key ORDER BY dedupe_key) AS keys FROM event"
                                  " WHERE dedupe_key IS NOT NULL GROUP BY contact_id")  # fmt: skip
    assert {row["contact_id"]: row["keys"] for row in stored} == {one: ["c:elsewhere", "c:here"] for one in ids}


async def test_an_unknown_tenant_fails_its_own_callers_only(contacts: Any, committer: Committer) -> None:
    contact_id = await contacts.open_contact(committer)
    unknown, known = await asyncio.gather(
        committer.execute("nobody", contact_id, contacts.opened(contact_id, contact_id)),
        committer.execute("onda", contact_id, contacts.says("m1", "hello")),
        return_exceptions=True,
    )
    assert isinstance(unknown, LookupError)
    assert isinstance(known, Decision)
