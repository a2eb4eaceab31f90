"""Settings and contracts are kept, by version, with an entry in the audit log."""

import pytest
from msgspec.structs import replace
from tests.features.staffing.conftest import BOSS, Company

from warmline.features.staffing.rooms import StaffingRooms
from warmline.features.staffing.settings import Described, Terms, default_settings
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database


async def test_settings_are_kept_as_written_and_a_second_writer_is_told(rooms: StaffingRooms, database: Database):
    assert await rooms.rules.settings("onda") == (default_settings(), 0)
    wanted = replace(default_settings(), pooled=False, patience_s=None, described={"orders": Described(50)})
    assert await rooms.rules.change_settings("onda", BOSS, wanted, 0) == 1
    assert await rooms.rules.settings("onda") == (wanted, 1)
    for stale in (0, 7):
        with pytest.raises(Refused, match="conflict"):
            await rooms.rules.change_settings("onda", BOSS, wanted, stale)
    assert await rooms.rules.change_settings("onda", BOSS, default_settings(), 1) == 2
    async with database.tenant("onda") as conn:
        actions = [row["action"] for row in await conn.fetch("SELECT action FROM audit ORDER BY seq")]
    assert actions == ["staffing_setting.changed"] * 2
    assert await rooms.rules.settings("rival") == (default_settings(), 0)


async def test_contracts_are_of_people_with_a_routing_profile(rooms: StaffingRooms, company: Company):
    people = await rooms.rules.people("onda")
    assert {person.name for person in people} == {"Mina", "Yuki", "Sora", "Emma", "Jun"}
    assert {person.name: person.queues for person in people}["Emma"] == ("orders",)
    terms = Terms(week_max_min=1200, days_off=("2026-11-23",))
    changed = await rooms.rules.change_terms("onda", BOSS, company["mina"], terms, 0)
    assert (changed.terms, changed.version) == (terms, 1)
    with pytest.raises(Refused, match="conflict"):
        await rooms.rules.change_terms("onda", BOSS, company["mina"], terms, 0)
    assert (await rooms.rules.change_terms("onda", BOSS, company["mina"], Terms(), 1)).version == 2
    for nobody in (company["alex"], new_id()):
        with pytest.raises(Refused, match="not_found"):
            await rooms.rules.change_terms("onda", BOSS, nobody, terms, 0)
