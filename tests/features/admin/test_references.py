"""Nothing points to what is not there."""

import pytest

from warmline.features.admin.references import check_known, check_unused
from warmline.kernel.errors import Refused
from warmline.runtime.database import Database


async def test_a_dangling_pointer_is_named_by_its_field(database: Database):
    values = {"routing_profile_id": None, "skills": [{"skill_id": "korean", "level": 1}]}
    async with database.tenant("onda") as conn:
        with pytest.raises(Refused) as refusal:
            await check_known(conn, "onda", "agent", dict(values))
    assert refusal.value.details["field"] == "skills.0.skill_id"


async def test_a_record_of_another_company_does_not_count(database: Database):
    async with database.tenant("rival") as conn:
        await conn.execute("INSERT INTO skill VALUES ('rival', 'korean', '{}', 1)")
    async with database.tenant("onda") as conn:
        with pytest.raises(Refused):
            await check_known(
                conn, "onda", "agent", {"routing_profile_id": None, "skills": [{"skill_id": "korean"}]}
            )
        assert await check_unused(conn, "onda", "skill", "korean") is None
