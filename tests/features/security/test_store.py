"""Whose session it is, straight from the tables."""

from datetime import timedelta

from tests.features.conftest import People

from warmline.features.security import store
from warmline.ports.identity import AgentIdentity
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database


async def test_expired_sessions_are_cleared_when_the_person_comes_back(database: Database, people: People):
    now = utc_now()
    mina = AgentIdentity("onda", people["onda", "agent"], "Mina", ("agent",), "ko")
    async with database.tenant("onda") as conn:
        old = now - timedelta(days=2)
        await store.open_session(conn, mina, b"old", b"c", old, old + timedelta(hours=12), None, None)
        await store.open_session(conn, mina, b"new", b"c", now, now + timedelta(hours=12), None, None)
        assert await store.find_session(conn, "onda", b"old") is None
        assert await store.find_session(conn, "onda", b"new") is not None
        assert await store.close_session(conn, "onda", b"new") == mina.agent_id


async def test_the_role_picker_prefers_the_person_with_the_fewest_roles(database: Database, people: People):
    async with database.tenant("onda") as conn:
        await conn.execute(
            "UPDATE agent SET roles = ARRAY['agent', 'supervisor'] WHERE email = 'agent@onda.example'"
        )
        assert await store.somebody_with_role(conn, "onda", "supervisor") == people["onda", "supervisor"]
        assert await store.somebody_with_role(conn, "onda", "agent") == people["onda", "agent"]
