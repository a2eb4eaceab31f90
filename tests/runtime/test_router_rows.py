"""What the router reads from the tables, and that only the leader of this epoch may take hints."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.model import Profile, Seat
from warmline.kernel.ids import new_id
from warmline.runtime import router_rows
from warmline.runtime.database import Database

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


async def insert_contact(conn: asyncpg.Connection, status: str, **more: Any) -> UUID:
    id = new_id()
    values: dict[str, Any] = {
        "tenant_id": "onda", "id": id, "version": 1, "seq": 1, "status": status, "channel": "webchat",
        "locale": "ko", "customer_id": id, "conversation_id": id, "opened_at": NOON,
        "updated_at": NOON, "state": b"",
    } | more  # fmt: skip
    marks = ", ".join(f"${n + 1}" for n in range(len(values)))
    await conn.execute(f"INSERT INTO contact ({', '.join(values)}) VALUES ({marks})", *values.values())
    return id


async def test_a_waiting_contact_brings_its_wishes(database: Database):
    mina = new_id()
    wishes = {
        "skills": [{"skill": "ja", "level": 3}],
        "preferred_agent_id": mina,
        "preferred_until": NOON + timedelta(seconds=30),
    }
    async with database.tenant("onda") as conn:
        await insert_contact(conn, "queued", queue_id="orders", priority=2, queued_at=NOON, routing=wishes)
        (row,) = await conn.fetch(router_rows.ALL_CONTACTS, "onda")
    waiting = router_rows.contact_row(row).waiting
    assert waiting is not None
    assert (waiting.queue_id, waiting.priority, waiting.entered_at) == ("orders", 2, NOON)
    assert waiting.skills == (SkillNeed("ja", 3),)
    assert (waiting.preferred_agent_id, waiting.preferred_until) == (mina, NOON + timedelta(seconds=30))


async def test_a_new_leader_reads_exactly_those_who_wait_or_are_in_hand(database: Database):
    async with database.tenant("onda") as conn:
        expected = {
            await insert_contact(conn, "queued", queue_id="orders", queued_at=NOON),
            await insert_contact(conn, "offered", agent_id=new_id()),
            await insert_contact(conn, "connected", agent_id=new_id()),
            await insert_contact(conn, "ended", agent_id=new_id(), wrapping=True),
        }
        for status in ("journey", "survey", "callback", "ended"):
            await insert_contact(conn, status)
        rows = [router_rows.contact_row(row) for row in await conn.fetch(router_rows.ALL_CONTACTS, "onda")]
    assert {row.id for row in rows} == expected
    assert [row.status for row in rows if row.ringing] == ["offered"]
    assert [row.status for row in rows if row.waiting] == ["queued"]


async def test_an_agent_brings_profile_skills_and_the_last_offer_as_idle_time(database: Database):
    mina = new_id()
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO routing_profile (tenant_id, id, name, capacity, queues)"
            " VALUES ('onda', 'chat', '{}', $1, $2)",
            {"webchat": 3}, [{"queue_id": "orders", "priority": 2, "delay_s": 30}],
        )  # fmt: skip
        await conn.execute(
            "INSERT INTO agent (tenant_id, id, email, name, roles, routing_profile_id, created_at)"
            " VALUES ('onda', $1, 'm@onda.kr', 'Mina', '{agent}', 'chat', $2)", mina, NOON,
        )  # fmt: skip
        await conn.execute("INSERT INTO agent_skill VALUES ('onda', $1, 'ja', 4)", mina)
        await conn.execute(
            "INSERT INTO agent_presence (tenant_id, agent_id, presence, next_presence, since_at, idle_since_at,"
            " misses) VALUES ('onda', $1, 'available', 'away', $2, $2, 1)", mina, NOON,
        )  # fmt: skip
        await conn.execute(
            "INSERT INTO offer (tenant_id, id, contact_id, agent_id, epoch, offered_at, expires_at, ended_at,"
            " outcome) VALUES ('onda', $1, $1, $2, 1, $3, $3, $4, 'declined')",
            new_id(), mina, NOON, NOON + timedelta(seconds=7),
        )  # fmt: skip
        book = router_rows.ProfileBook(await conn.fetch(router_rows.PROFILES, "onda"))
        (found,) = [book.agent_row(row) for row in await conn.fetch(router_rows.AGENTS, "onda", [mina])]
        everybody = [book.agent_row(row) for row in await conn.fetch(router_rows.ALL_AGENTS, "onda")]
    assert found.agent.profile == Profile.of((Seat("orders", 2, 30),), {"ja": 4}, {"webchat": 3})
    assert (found.agent.routable, found.agent.on_shift, found.announced, found.misses) == (False, True, True, 1)
    assert found.agent.idle_since == NOON + timedelta(seconds=7)
    assert everybody == [found]


async def test_an_agent_who_was_never_at_work_is_off_shift(database: Database):
    new = new_id()
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO agent (tenant_id, id, email, name, roles, created_at)"
            " VALUES ('onda', $1, 'n@onda.kr', 'New', '{agent}', $2)", new, NOON,
        )  # fmt: skip
        (row,) = await conn.fetch(router_rows.ALL_AGENTS, "onda")
    found = router_rows.ProfileBook([]).agent_row(row)
    assert (found.agent.id, found.agent.routable, found.agent.on_shift, found.misses) == (new, False, False, 0)
    assert found.agent.idle_since == NOON


async def test_hints_are_taken_once_and_only_with_the_epoch_of_the_lease(database: Database):
    contact, agent = new_id(), new_id()
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO routing_lease VALUES ('onda', 'routing', 5, 'me', now() + interval '1 minute')"
        )
        for key, body in ((contact, None), (agent, router_rows.AGENT_HINT)):
            await conn.execute(
                "INSERT INTO outbox (tenant_id, lane, key, body, due_at) VALUES ('onda', 'router', $1, $2, $3)",
                key, body, NOON,
            )  # fmt: skip
        await conn.execute(
            "INSERT INTO outbox (tenant_id, lane, key, due_at) VALUES ('onda', 'task', $1, $2)", contact, NOON
        )
        assert await router_rows.take_hints(conn, "onda", "routing", 4) is None
        hints = await router_rows.take_hints(conn, "onda", "routing", 5)
        assert hints is not None
        assert (hints.contacts, hints.agents) == ({contact}, {agent})
        again = await router_rows.take_hints(conn, "onda", "routing", 5)
        assert again == router_rows.Hints(set(), set())
        assert await conn.fetchval("SELECT count(*) FROM outbox") == 1
        assert await conn.fetchval("SHOW synchronous_commit") == "on"


def test_wishes_of_the_committer_are_understood():
    wishes = msgspec.convert({"only_agent_id": str(UUID(int=5))}, router_rows.Wishes)
    assert wishes.only_agent_id == UUID(int=5)
