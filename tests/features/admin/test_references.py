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


async def test_rules_of_a_queue_point_to_queues_and_skills_that_exist(database: Database):
    plain = {"calendar_id": None, "survey_journey_id": None}
    async with database.tenant("onda") as conn:
        for rules, field in (
            ({"overflow_queue_id": "nowhere"}, "rules.overflow_queue_id"),
            ({"rings": [{"queue_id": None}, {"queue_id": "nowhere"}]}, "rules.rings.1.queue_id"),
            ({"rings": [{"skills": [{"skill": "korean"}]}]}, "rules.rings.0.skills.0.skill"),
        ):
            with pytest.raises(Refused) as refusal:
                await check_known(conn, "onda", "queue", {**plain, "rules": rules})
            assert refusal.value.details["field"] == field


async def test_a_queue_that_others_overflow_into_stays(database: Database):
    async with database.tenant("onda") as conn:
        rules = {"overflow_queue_id": "general", "rings": [{"queue_id": "night", "skills": [{"skill": "ja"}]}]}
        await conn.execute("INSERT INTO queue (tenant_id, id, name, rules) VALUES ('onda', 'a', '{}', $1)", rules)
        for kind, key in (("queue", "general"), ("queue", "night"), ("skill", "ja")):
            with pytest.raises(Refused) as refusal:
                await check_unused(conn, "onda", kind, key)
            assert refusal.value.details["user"] == "the queue a"


async def test_a_record_of_another_company_does_not_count(database: Database):
    async with database.tenant("rival") as conn:
        await conn.execute("INSERT INTO skill VALUES ('rival', 'korean', '{}', 1)")
    async with database.tenant("onda") as conn:
        with pytest.raises(Refused):
            await check_known(
                conn, "onda", "agent", {"routing_profile_id": None, "skills": [{"skill_id": "korean"}]}
            )
        assert await check_unused(conn, "onda", "skill", "korean") is None


async def test_customers_are_answered_by_journeys_and_not_by_guides_or_help_pages(database: Database):
    async with database.tenant("onda") as conn:
        for kind in ("journey", "guide", "help", "module"):
            await conn.execute(
                "INSERT INTO journey (tenant_id, id, version, document, published_at)"
                " VALUES ('onda', $1, 1, $2, now())",
                kind, {"id": kind, "kind": kind},
            )  # fmt: skip
        await check_known(conn, "onda", "widget", {"journey_id": "journey"})
        for kind in ("guide", "help", "module"):
            with pytest.raises(Refused) as refusal:
                await check_known(conn, "onda", "phone_number", {"journey_id": kind, "trunk_id": None})
            assert refusal.value.details["field"] == "journey_id"
