"""An agent as their own desk shows them."""

from datetime import UTC, datetime
from uuid import UUID

from house import House
from warmline.domain.presence.model import Presence, Status
from warmline.features.desk.me import Work, me, work_of
from warmline.ports.identity import AgentIdentity

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_what_comes_next_is_shown_with_its_reason():
    agent = AgentIdentity("onda", UUID(int=1), "Mina", ("agent",), "ko")
    presence = Presence(
        UUID(int=1), Status.AVAILABLE, NOW, NOW, next_status=Status.AWAY, next_reason="lunch", version=4
    )
    shown = me(agent, presence, Work({"webchat": 3}, {"webchat": 1}))
    assert (shown.presence, shown.capacity, shown.load, shown.version) == (
        "available",
        {"webchat": 3},
        {"webchat": 1},
        4,
    )
    assert shown.next is not None
    assert (shown.next.presence, shown.next.reason) == ("away", "lunch")


async def test_capacity_comes_from_the_profile_and_load_from_contacts(house: House):
    mina = house.agents["mina"].agent_id
    assert await work_of(house.database, "onda", mina) == Work({}, {})
    async with house.database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO routing_profile (tenant_id, id, name, capacity, queues) VALUES ('onda', 'p', $1, $2, $3)",
            {"en": "All"}, {"webchat": 3}, [],
        )  # fmt: skip
        await conn.execute("UPDATE agent SET routing_profile_id = 'p' WHERE id = $1", mina)
    customer, _, opened = await house.customer()
    customer.send(t="say", cid="w", text="agent", value="agent")
    await customer.take("ack")
    await house.offer(opened["contact"]["id"])
    assert await work_of(house.database, "onda", mina) == Work({"webchat": 3}, {"webchat": 1})
