"""A supervisor asks who would get a contact, and is told why not the others."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from warmline.domain.contact.model import SkillNeed
from warmline.features.desk.routing_preview import Asked, Named, RoutingPreview
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database

NOW = datetime.now(UTC)
NAME = {"ko": "주문", "ja": "注文", "en": "Orders"}


class Floor:
    """A queue, a profile that serves it, and people."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.preview = RoutingPreview(database)

    async def open(self) -> None:
        async with self.database.tenant("onda") as conn:
            await conn.execute(
                "INSERT INTO queue (tenant_id, id, name) VALUES ('onda', 'orders', $1), ('onda', 'other', $1)",
                NAME,
            )
            await conn.execute(
                "INSERT INTO routing_profile (tenant_id, id, name, capacity, queues)"
                " VALUES ('onda', 'all', $1, $2, $3), ('onda', 'none', $1, $2, $4)",
                NAME, {"webchat": 1}, [{"queue_id": "orders", "priority": 1, "delay_s": 0}],
                [{"queue_id": "other", "priority": 1, "delay_s": 0}],
            )  # fmt: skip

    async def person(
        self,
        name: str,
        presence: str | None = "available",
        profile: str = "all",
        skills: Mapping[str, int] | None = None,
    ) -> Any:
        agent_id = new_id()
        async with self.database.tenant("onda") as conn:
            await conn.execute(
                "INSERT INTO agent (tenant_id, id, email, name, roles, routing_profile_id, created_at)"
                " VALUES ('onda', $1, $2, $3, '{agent}', $4, now())",
                agent_id, f"{name}@onda.example".lower(), name, profile,
            )  # fmt: skip
            if presence is not None:
                await conn.execute(
                    "INSERT INTO agent_presence (tenant_id, agent_id, presence, since_at, idle_since_at, version)"
                    " VALUES ('onda', $1, $2, now(), now(), 1)",
                    agent_id, presence,
                )  # fmt: skip
            for skill, level in (skills or {}).items():
                await conn.execute("INSERT INTO agent_skill VALUES ('onda', $1, $2, $3)", agent_id, skill, level)
        return agent_id

    async def contact(self, status: str, agent_id: Any = None) -> Any:
        contact_id = new_id()
        async with self.database.tenant("onda") as conn:
            await conn.execute(
                "INSERT INTO contact (tenant_id, id, version, seq, status, channel, locale, customer_id,"
                " conversation_id, queue_id, priority, queued_at, agent_id, opened_at, updated_at, state)"
                " VALUES ('onda', $1, 1, 1, $2, 'webchat', 'ko', $1, $1, 'orders', 5, now(), $3, now(), now(),'')",
                contact_id, status, agent_id,
            )  # fmt: skip
        return contact_id

    async def ask(self, **skills: int) -> dict[str, Named]:
        needs = tuple(SkillNeed(skill, level) for skill, level in skills.items())
        found = await self.preview.of_asked("onda", Asked("orders", "webchat", 5, needs), datetime.now(UTC))
        return {one.name: one for one in found}


@pytest.fixture
async def floor(database: Database) -> Floor:
    floor = Floor(database)
    await floor.open()
    return floor


async def test_everybody_is_named_with_their_place_or_what_stands_in_the_way(floor: Floor):
    await floor.person("Mina", skills={"ja": 5})
    await floor.person("Yuki", "away", skills={"ja": 5})
    await floor.person("Hana", skills={"ja": 1})
    await floor.person("Emma", profile="none")
    busy = await floor.person("Jun", skills={"ja": 5})
    await floor.contact("connected", busy)
    found = await floor.ask(ja=3)
    assert found["Mina"].candidate.rank == 1
    reasons = {name: one.candidate.why_not for name, one in found.items() if name != "Mina"}
    assert reasons == {"Yuki": "not_available", "Hana": "skills", "Emma": "queue", "Jun": "capacity"}


async def test_who_has_never_started_a_shift_is_off_shift_like_who_has_gone_home(floor: Floor):
    await floor.person("Mina")
    await floor.person("New", presence=None)
    await floor.person("Home", presence="offline")
    found = await floor.ask()
    assert {name: one.candidate.why_not for name, one in found.items()} == {
        "Mina": None, "New": "off_shift", "Home": "off_shift",
    }  # fmt: skip


async def test_a_contact_that_waits_is_explained_as_it_is_and_nothing_is_decided(floor: Floor):
    await floor.person("Mina")
    contact_id = await floor.contact("queued")
    (mina,) = await floor.preview.of_contact("onda", contact_id, datetime.now(UTC))
    assert (mina.name, mina.candidate.rank) == ("Mina", 1)
    async with floor.database.tenant("onda") as conn:
        assert await conn.fetchval("SELECT status FROM contact WHERE id = $1", contact_id) == "queued"


async def test_what_does_not_wait_or_is_not_there_cannot_be_explained(floor: Floor):
    ended = await floor.contact("ended")
    for contact_id in (ended, new_id()):
        with pytest.raises(Refused):
            await floor.preview.of_contact("onda", contact_id, NOW)
    with pytest.raises(Refused):
        await floor.preview.of_asked("onda", Asked("nowhere", "webchat", 5, ()), NOW)
