"""Who may take customers out of which line."""

import pytest
from tests.features.conftest import People

from warmline.features.desk.picking import Picking
from warmline.kernel.errors import Refused
from warmline.kernel.locale import Locale
from warmline.ports.identity import AgentIdentity
from warmline.runtime.database import Database


def somebody(people: People, role: str, locale: Locale = "ko") -> AgentIdentity:
    return AgentIdentity("onda", people["onda", role], "Mina", (role,), locale)


async def test_agents_pick_from_the_queues_of_their_profile_and_leaders_from_all(
    database: Database, people: People
):
    picking = Picking(database)
    agent, boss = somebody(people, "agent"), somebody(people, "supervisor")
    assert await picking.queues(agent) == frozenset(), "without a profile, nobody is theirs to take"
    seats = [{"queue_id": queue, "priority": 1, "delay_s": 0} for queue in ("orders", "refunds")]
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO routing_profile (tenant_id, id, name, capacity, queues)"
            " VALUES ('onda', 'own', '{}', '{}', $1)", seats,
        )  # fmt: skip
        await conn.execute("UPDATE agent SET routing_profile_id = 'own' WHERE id = $1", agent.agent_id)
    assert await picking.queues(agent) == {"orders", "refunds"}
    assert await picking.queues(boss) is None
    await picking.check(boss, "general")
    await picking.check(agent, "orders")
    with pytest.raises(Refused) as refused:
        await picking.check(agent, "general")
    assert refused.value.code == "desk.not_your_queue"
