"""Accounts, as the tables keep them."""

from tests.features.conftest import People

from warmline.features.admin import store_people
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database


async def test_a_change_of_skills_alone_is_a_new_version(database: Database, people: People):
    mina = people["onda", "agent"]
    async with database.tenant("onda") as conn:
        await conn.execute("INSERT INTO skill VALUES ('onda', 'korean', '{}', 1)")
        before = await store_people.read(conn, "onda", mina)
        assert before is not None
        values = before | {"skills": [{"skill_id": "korean", "level": 4}]}
        await store_people.update(conn, "onda", mina, values, utc_now())
        after = await store_people.read(conn, "onda", mina)
    assert after is not None
    assert after["skills"] == [{"skill_id": "korean", "level": 4}]
    assert after["version"] != before["version"]


async def test_other_administrators_are_counted_while_they_can_sign_in(database: Database, people: People):
    async with database.tenant("onda") as conn:
        assert await store_people.other_admins(conn, "onda", people["onda", "agent"]) == 1
        await conn.execute("UPDATE agent SET disabled_at = now() WHERE 'admin' = ANY(roles)")
        assert await store_people.other_admins(conn, "onda", people["onda", "agent"]) == 0
        assert await store_people.open_contacts(conn, "onda", people["onda", "agent"]) == 0
