"""An agent sees to whom a contact can be handed over."""

from uuid import UUID

from tests.features.conftest import SignedIn

from warmline.features.desk.colleagues_api import router
from warmline.runtime.database import Database


async def test_an_agent_sees_colleagues_who_take_contacts_but_not_themselves(
    browser: SignedIn, database: Database, people: dict[tuple[str, str], UUID]
):
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO routing_profile (tenant_id, id, name, capacity, queues)"
            " VALUES ('onda', 'all', '{}', '{}', '[]') ON CONFLICT DO NOTHING"
        )
        await conn.execute(
            "UPDATE agent SET routing_profile_id = 'all' WHERE tenant_id = 'onda' AND id = ANY($1::uuid[])",
            [people["onda", "agent"], people["onda", "supervisor"]],
        )
    agent = await browser([router(database)], "agent")
    found = (await agent.get("/api/colleagues")).json()["items"]
    assert [(one["id"], one["presence"]) for one in found] == [(str(people["onda", "supervisor"]), "offline")]


async def test_a_designer_has_no_need_to_know(browser: SignedIn, database: Database):
    designer = await browser([router(database)], "designer")
    assert (await designer.get("/api/colleagues")).status_code == 403
