"""Commands on contacts: each answered after its commit, none lost, none doubled, none mixed up."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from warmline.domain.contact.commands import ClearTimer, Decision, SetTimer, StartTask
from warmline.domain.contact.events import ContactOffered, ContactOpened, MessageSent, OfferEnded
from warmline.domain.contact.model import Contact, ContactStatus, Offer, QueueEntry
from warmline.kernel.errors import NOT_ALLOWED, Refused
from warmline.kernel.ids import new_id
from warmline.runtime.committer import BUSY, Committer, Run, StaleEpoch, StoredEvent
from warmline.runtime.contact_rows import decode_task
from warmline.runtime.database import Database
from warmline.runtime.keyring import Erased, Keyring
from warmline.runtime.lease import Lease
from warmline.runtime.notifier import Notifier


@pytest.fixture
def second(database: Database, keyring: Keyring, notifier: Notifier) -> Committer:
    """A committer in what could be another process: nothing tells one of them what the other writes."""
    return Committer(database, keyring, notifier)


async def test_an_opened_contact_is_stored_with_its_columns_and_nothing_personal_in_the_clear(
    contacts: Any, committer: Committer, database: Database
) -> None:
    contact_id = await contacts.open_contact(committer)
    await committer.execute("onda", contact_id, contacts.says("m1", "환불해 주세요"))
    async with database.tenant("onda") as conn:
        row = await conn.fetchrow("SELECT * FROM contact WHERE id = $1", contact_id)
        events = await conn.fetch("SELECT seq, kind, body, dedupe_key FROM event ORDER BY seq")
        lanes = await conn.fetch("SELECT lane, key FROM outbox")
    assert row is not None
    assert (row["status"], row["version"], row["seq"], row["journey_id"]) == ("journey", 2, 2, "welcome")
    assert [(e["seq"], e["kind"], e["dedupe_key"]) for e in events] == [
        (1, "contact_opened", None),
        (2, "message_sent", "c:m1"),
    ]
    assert "환불".encode() not in row["state"]
    assert "환불" not in str(events[1]["body"])
    assert "onda.kr" not in str(events[0]["body"])
    assert [tuple(lane) for lane in lanes] == [("index", contact_id)]


async def test_a_contact_reads_the_same_in_another_process(
    contacts: Any, committer: Committer, database: Database, keyring: Keyring, second: Committer
) -> None:
    contact_id = await contacts.open_contact(committer)
    await committer.execute("onda", contact_id, contacts.says("m1", "hello"))
    cold = Committer(database, await Keyring.open(database, keyring._masters), Notifier(database))
    assert await cold.load("onda", contact_id) == await committer.load("onda", contact_id)
    assert await cold.load_many("onda", [contact_id, new_id()]) == {
        contact_id: await committer.load("onda", contact_id)
    }
    with pytest.raises(Refused, match="not_found"):
        await cold.load("onda", new_id())
    with pytest.raises(Refused, match="not_found"):
        await cold.load("rival", contact_id)
    await cold.close()


async def test_many_messages_at_once_get_consecutive_numbers_in_the_order_they_came(
    contacts: Any, committer: Committer
) -> None:
    contact_id = await contacts.open_contact(committer)
    answers = await asyncio.gather(
        *(committer.execute("onda", contact_id, contacts.says(f"m{n}", f"message {n}")) for n in range(200))
    )
    assert [answer.contact.seq for answer in answers] == list(range(2, 202))


async def test_commands_put_in_line_without_waiting_keep_their_order(contacts: Any, committer: Committer) -> None:
    contact_id = await contacts.open_contact(committer)
    answers = [committer.submit("onda", contact_id, contacts.says(f"m{n}", f"message {n}")) for n in range(20)]
    assert not any(answer.done() for answer in answers)
    assert [(await answer).contact.seq for answer in answers] == list(range(2, 22))


async def test_a_message_sent_twice_counts_once_even_after_everybody_forgot_it(
    contacts: Any, committer: Committer, database: Database
) -> None:
    contact_id = await contacts.open_contact(committer)
    first = await committer.execute("onda", contact_id, contacts.says("m1", "hello"))
    both = await asyncio.gather(
        *(committer.execute("onda", contact_id, contacts.says("m1", "hello")) for _ in range(2)),
    )
    assert [one.duplicate_of for one in both] == [first.contact.seq] * 2
    for n in range(70):  # longer ago than the contact remembers
        await committer.execute("onda", contact_id, contacts.says(f"later {n}", "more"))
    again = await committer.execute("onda", contact_id, contacts.says("m1", "hello"))
    assert again.duplicate_of == first.contact.seq
    async with database.tenant("onda") as conn:
        assert await conn.fetchval("SELECT count(*) FROM event WHERE dedupe_key = 'c:m1'") == 1


async def test_a_refused_command_fails_alone(contacts: Any, committer: Committer) -> None:
    contact_id = await contacts.open_contact(committer)
    good, bad, also_good = await asyncio.gather(
        committer.execute("onda", contact_id, contacts.says("m1", "one")),
        committer.execute("onda", contact_id, contacts.refuses),
        committer.execute("onda", contact_id, contacts.says("m2", "two")),
        return_exceptions=True,
    )
    assert isinstance(bad, Refused)
    assert isinstance(good, Decision)
    assert isinstance(also_good, Decision)
    assert also_good.contact.seq == 3


async def test_two_processes_writing_one_contact_lose_nothing(
    contacts: Any, committer: Committer, second: Committer
) -> None:
    second.start()
    contact_id = await contacts.open_contact(committer)
    await asyncio.gather(
        *(
            one.execute("onda", contact_id, contacts.says(f"{who}-{n}", "x"))
            for n in range(40)
            for who, one in (("a", committer), ("b", second))
        )
    )
    second.evict_all()
    assert (await second.load("onda", contact_id)).seq == 81
    await second.close()


async def test_nobody_is_refused_because_of_what_another_process_changed_a_moment_ago(
    contacts: Any, committer: Committer, second: Committer
) -> None:
    def only_for_owner(agent_id: UUID) -> Run:
        def run(contact: Contact | None, now: datetime) -> Decision:
            if contact is None or contact.agent_id != agent_id:
                raise Refused(NOT_ALLOWED)
            return contacts.step(MessageSent(author="agent", text="hi"))(contact, now)

        return run

    second.start()
    contact_id, mina = await contacts.open_contact(committer), new_id()
    await second.load("onda", contact_id)  # remembers it without an owner
    await committer.execute("onda", contact_id, contacts.step(agent_id=mina, status=ContactStatus.CONNECTED))
    assert (await second.execute("onda", contact_id, only_for_owner(mina))).contact.seq == 2
    await second.close()


async def test_timers_tasks_and_lanes_are_written_with_the_command(
    contacts: Any, committer: Committer, database: Database, keyring: Keyring
) -> None:
    contact_id = await contacts.open_contact(committer)
    now = datetime.now(UTC)
    entry = QueueEntry("orders", now, skills=())
    task = StartTask("t1", "orders.find", {"number": "2026-1"}, 3.0, not_before=now + timedelta(seconds=9))
    effects = (SetTimer("idle", now), SetTimer("idle", now + timedelta(minutes=5)), SetTimer("x", now), task)
    await committer.execute(
        "onda", contact_id, contacts.step(effects=effects, queue=entry, status=ContactStatus.QUEUED)
    )
    await committer.execute("onda", contact_id, contacts.step(effects=(ClearTimer("x"),)))
    async with database.tenant("onda") as conn:
        timers = await conn.fetch("SELECT timer, due_at FROM timer")
        outbox = {row["lane"]: row for row in await conn.fetch("SELECT * FROM outbox")}
        row = await conn.fetchrow("SELECT queue_id, priority, queued_at, routing FROM contact")
    assert [tuple(timer) for timer in timers] == [("idle", now + timedelta(minutes=5))]
    assert set(outbox) == {"router", "task"}
    assert outbox["task"]["due_at"] == task.not_before
    assert b"2026-1" not in outbox["task"]["body"]
    assert decode_task(keyring, "onda", contact_id, outbox["task"]["body"]) == task
    assert row is not None
    assert tuple(row) == ("orders", 5, now, {})


async def test_a_contact_has_at_most_one_live_offer_and_every_offer_keeps_its_outcome(
    contacts: Any, committer: Committer, database: Database
) -> None:
    contact_id, mina, yuki = await contacts.open_contact(committer), new_id(), new_id()
    now = datetime.now(UTC)
    offers = [Offer(new_id(), agent, now, now + timedelta(seconds=20)) for agent in (mina, yuki)]
    await committer.execute("onda", contact_id, contacts.step(ContactOffered(offers[0]), offer=offers[0]))
    await asyncio.gather(
        committer.execute(
            "onda", contact_id, contacts.step(OfferEnded(offers[0].id, mina, "declined"), offer=None)
        ),
        committer.execute("onda", contact_id, contacts.step(ContactOffered(offers[1]), offer=offers[1])),
    )
    quick = Offer(new_id(), mina, now, now)
    await asyncio.gather(
        committer.execute(
            "onda", contact_id, contacts.step(OfferEnded(offers[1].id, yuki, "expired"), offer=None)
        ),
        committer.execute("onda", contact_id, contacts.step(ContactOffered(quick), offer=quick)),
        committer.execute("onda", contact_id, contacts.step(OfferEnded(quick.id, mina, "withdrawn"), offer=None)),
    )
    async with database.tenant("onda") as conn:
        rows = await conn.fetch("SELECT id, outcome, ended_at IS NULL AS live FROM offer")
    assert {row["id"]: (row["outcome"], row["live"]) for row in rows} == {
        offers[0].id: ("declined", False),
        offers[1].id: ("expired", False),
        quick.id: ("withdrawn", False),
    }


async def test_a_router_whose_lease_was_taken_over_can_offer_nothing(
    contacts: Any, committer: Committer, database: Database
) -> None:
    contact_id = await contacts.open_contact(committer)
    old = await Lease(database, "onda", "old", lasts_s=-1).acquire()
    await committer.execute("onda", contact_id, contacts.step(intent="a"), epoch=old)
    new = await Lease(database, "onda", "new").acquire()
    assert (old, new) == (1, 2)
    stale, fenced, free = await asyncio.gather(
        committer.execute("onda", contact_id, contacts.step(intent="stale"), epoch=old),
        committer.execute("onda", contact_id, contacts.step(intent="fresh"), epoch=new),
        committer.execute("onda", contact_id, contacts.says("m1", "hello")),
        return_exceptions=True,
    )
    assert isinstance(stale, StaleEpoch)
    assert isinstance(fenced, Decision)
    assert isinstance(free, Decision)
    assert (await committer.load("onda", contact_id)).intent == "fresh"


async def test_listeners_hear_what_was_committed_and_a_broken_one_disturbs_nobody(
    contacts: Any, committer: Committer
) -> None:
    heard: list[StoredEvent] = []

    def broken(*_: object) -> None:
        raise RuntimeError("a listener's bug")

    committer.on_committed += [broken, lambda tenant, contact, events: heard.extend(events)]
    contact_id = await contacts.open_contact(committer)
    await committer.execute("onda", contact_id, contacts.says("m1", "안녕하세요"))
    assert [(one.seq, type(one.event)) for one in heard] == [(1, ContactOpened), (2, MessageSent)]


async def test_a_customer_who_was_erased_can_neither_be_read_nor_written(
    contacts: Any, committer: Committer, keyring: Keyring
) -> None:
    contact_id, other = await contacts.open_contact(committer), await contacts.open_contact(committer)
    customer_id = (await committer.load("onda", contact_id)).customer_id
    await keyring.erase("onda", customer_id)
    with pytest.raises(Erased):
        await committer.execute("onda", contact_id, contacts.says("m1", "hello"))
    committer.evict_customer("onda", customer_id)
    with pytest.raises(Erased):
        await committer.load("onda", contact_id)
    results = await asyncio.gather(
        committer.execute("onda", contact_id, contacts.says("m1", "hello")),
        committer.execute("onda", other, contacts.says("m1", "hello")),
        return_exceptions=True,
    )
    assert isinstance(results[0], Erased)
    assert isinstance(results[1], Decision)


async def test_more_commands_than_can_wait_are_refused_at_once(
    contacts: Any, database: Database, keyring: Keyring, notifier: Notifier
) -> None:
    small = Committer(database, keyring, notifier, max_waiting=2)
    waiting = [asyncio.ensure_future(contacts.open_contact(small)) for _ in range(2)]  # noqa: TID251
    await asyncio.sleep(0)
    with pytest.raises(Refused, match=BUSY):
        await contacts.open_contact(small)
    small.start()
    assert len(await asyncio.gather(*waiting)) == 2
    await small.close()


async def test_a_command_that_cannot_be_written_fails_alone_and_the_others_are_stored(
    contacts: Any,
    committer: Committer,
) -> None:
    several = [await contacts.open_contact(committer) for _ in range(3)]
    runs: list[Callable[..., Decision]] = [
        contacts.says("m1", "fine"),
        contacts.step(assurance=40_000),
        contacts.says("m1", "also fine"),
    ]
    results = await asyncio.gather(
        *(committer.execute("onda", one, run) for one, run in zip(several, runs, strict=True)),
        return_exceptions=True,
    )
    assert isinstance(results[0], Decision)
    assert isinstance(results[2], Decision)
    assert isinstance(results[1], asyncpg.PostgresError | asyncpg.InterfaceError | ValueError)


async def test_cut_connections_cost_a_moment_and_no_message(
    contacts: Any, committer: Committer, admin_url: str
) -> None:
    several = [await contacts.open_contact(committer) for _ in range(8)]
    admin = await asyncpg.connect(admin_url)

    async def customer(contact_id: UUID) -> None:
        for n in range(30):
            await committer.execute("onda", contact_id, contacts.says(f"m{n}", "hello"))

    async def nemesis() -> None:
        for _ in range(10):
            await admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND application_name LIKE 'warmline committer%'"
            )
            await asyncio.sleep(0.02)

    await asyncio.gather(nemesis(), *(customer(one) for one in several))
    rows = await admin.fetch(
        "SELECT c.id, c.seq, count(e.*) AS events, count(DISTINCT e.dedupe_key) AS messages "
        "FROM contact c JOIN event e ON e.contact_id = c.id GROUP BY 1, 2"
    )
    await admin.close()
    assert {(row["seq"], row["events"], row["messages"]) for row in rows} == {(31, 31, 30)}
