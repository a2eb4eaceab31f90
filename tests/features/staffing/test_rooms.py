"""Further sources of expected work come first."""

from datetime import datetime

from tests.features.staffing.conftest import MONDAY, Company

from warmline.domain.staffing.volumes import Volume, Volumes
from warmline.features.staffing.needs_service import Asked
from warmline.features.staffing.rooms import staffing_rooms
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.database import Database


async def test_a_forecast_plugs_in_as_a_source(database: Database, company: Company):
    async def oracle(tenant_id: str, first_at: datetime, end_at: datetime) -> Volumes:
        return Volumes("forecast", {"orders": (Volume(first_at, 30, 22, 38, 240),)})

    rooms = staffing_rooms(database, TaskRegistry(lambda *_: None), "https://x.example/", forecast=oracle)
    assert rooms.needs.sources == ["forecast", "history", "described"]  # in place of our own
    assert rooms.public_url == "https://x.example"
    needs = await rooms.needs.needs("onda", Asked(MONDAY, MONDAY, "forecast"))
    assert needs.curves[0].needs[0].contacts == 30
