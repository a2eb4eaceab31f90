"""A small company with two queues, a profile for each and one for both, and people who work there."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from warmline.features.security.audit import Actor
from warmline.features.staffing.rooms import StaffingRooms, staffing_rooms
from warmline.kernel.ids import new_id
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.database import Database

MONDAY = date(2026, 11, 23)
MIDNIGHT = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)  # of that Monday in Seoul
BOSS = Actor("Sora")


class Company:
    """Ids of agents by name."""

    def __init__(self, ids: dict[str, UUID]) -> None:
        self.ids = ids

    def __getitem__(self, name: str) -> UUID:
        return self.ids[name]

    def name_of(self, agent_id: object) -> str:
        return next(name for name, one in self.ids.items() if str(one) == str(agent_id))


@pytest.fixture
async def company(database: Database) -> Company:
    ids: dict[str, UUID] = {}
    async with database.tenant("onda") as conn:
        for queue in ("orders", "refunds"):
            names = {"ko": f"{queue} 대기열", "ja": f"{queue} の列", "en": queue.title()}
            await conn.execute(
                "INSERT INTO queue (tenant_id, id, name, target_s) VALUES ('onda', $1, $2, 20)", queue, names
            )
        for profile, served in (("orders", ["orders"]), ("both", ["orders", "refunds"])):
            await conn.execute(
                "INSERT INTO routing_profile (tenant_id, id, name, capacity, queues)"
                " VALUES ('onda', $1, $2, '{}'::jsonb, $3)",
                profile, {"en": profile}, [{"queue_id": q, "priority": 1, "delay_s": 0} for q in served],
            )  # fmt: skip
        people = {"mina": "both", "yuki": "both", "sora": "both", "emma": "orders", "jun": "orders", "alex": None}
        for name, profile in people.items():
            ids[name] = new_id()
            await conn.execute(
                "INSERT INTO agent (tenant_id, id, email, name, roles, locale, routing_profile_id, created_at)"
                " VALUES ('onda', $1, $2, $3, '{agent}', 'ja', $4, $5)",
                ids[name], f"{name}@onda.kr", name.title(), profile, MIDNIGHT,
            )  # fmt: skip
    return Company(ids)


@pytest.fixture
async def rooms(database: Database, company: Company):
    failures: list[BaseException] = []
    tasks = TaskRegistry(lambda _, failure: failures.append(failure))
    yield staffing_rooms(database, tasks, "https://desk.onda.example")
    await tasks.close()
    assert failures == []


__all__ = ["BOSS", "MIDNIGHT", "MONDAY", "Company", "StaffingRooms", "company", "rooms"]
