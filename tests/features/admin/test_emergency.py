"""One click to tell everybody, one to stop; both are on record."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from warmline.features.admin.emergency import Emergencies
from warmline.features.admin.schemas_telling import EmergencyStart
from warmline.features.security.audit import Actor
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
SORA = Actor("Sora")
TEXTS = {"ko": "폭설", "ja": "大雪", "en": "Snow"}


class Switch:
    """The switch with its signals and its clock in hand."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = NOW
        self.signals: list[str] = []
        self.emergencies = Emergencies(database, self._signal, lambda: self.now)

    async def _signal(self, tenant_id: str, name: str, payload: str) -> None:
        self.signals.append(f"{tenant_id} {name} {payload}")

    async def start(self, key: UUID | None = None, **more: Any) -> Any:
        document = {"id": key or new_id(), "texts": TEXTS, "ends_at": NOW + timedelta(hours=1), **more}
        return await self.emergencies.start("onda", SORA, EmergencyStart.model_validate(document))

    async def audited(self) -> list[tuple[str, Any]]:
        async with self.database.tenant("onda") as conn:
            rows = await conn.fetch("SELECT action, detail FROM audit WHERE tenant_id = 'onda' ORDER BY seq")
        return [(row["action"], row["detail"]) for row in rows]


@pytest.fixture
def switch(database: Database) -> Switch:
    return Switch(database)


async def test_one_click_tells_everybody_and_says_so_in_the_audit_log(switch: Switch):
    row = await switch.start(prepared_id="weather")
    assert (row["starts_at"], row["enabled"], row["slot"]) == (NOW, True, "emergency")
    assert switch.signals == ["onda settings announcement"]
    [(action, detail)] = await switch.audited()
    assert action == "announcement.started"
    assert detail["prepared"] == "weather"
    assert detail["waiting"] == 0
    [on] = await switch.emergencies.all("onda")
    assert on["valid_now"]


async def test_a_button_pressed_twice_is_one_announcement(switch: Switch):
    key = new_id()
    await switch.start(key)
    await switch.start(key)
    assert len(await switch.emergencies.all("onda")) == 1
    assert len(await switch.audited()) == 1


async def test_one_click_stops_it_and_a_second_does_no_harm(switch: Switch):
    row = await switch.start()
    for _ in range(2):
        await switch.emergencies.stop("onda", SORA, row["id"])
    assert await switch.emergencies.all("onda") == []
    assert [action for action, _ in await switch.audited()] == ["announcement.started", "announcement.stopped"]
    with pytest.raises(Refused):
        await switch.emergencies.stop("onda", SORA, new_id())


async def test_it_is_over_by_itself(switch: Switch):
    await switch.start()
    switch.now = NOW + timedelta(hours=1)
    assert await switch.emergencies.all("onda") == []


@pytest.mark.parametrize("scope", [{"queues": ["nowhere"]}, {"journeys": ["nowhere"]}])
async def test_a_scope_that_leads_nowhere_is_refused(switch: Switch, scope: dict[str, list[str]]):
    with pytest.raises(Refused) as refused:
        await switch.start(scope=scope)
    assert refused.value.details["field"].startswith("scope.")
    assert await switch.audited() == []


async def test_an_end_that_is_past_is_refused(switch: Switch):
    with pytest.raises(Refused) as refused:
        await switch.start(ends_at=NOW)
    assert refused.value.details["field"] == "ends_at"
