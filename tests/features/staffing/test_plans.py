"""A supervisor plans a week, watches it, stops it, publishes it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from tests.features.staffing.conftest import BOSS, MIDNIGHT, MONDAY, Company

from warmline.domain.staffing.rules import Worker
from warmline.features.staffing.needs_service import Asked
from warmline.features.staffing.plans import Plan, demand_of
from warmline.features.staffing.rooms import StaffingRooms
from warmline.features.staffing.settings import Described, StaffingSettings, Terms, default_settings
from warmline.kernel.errors import Refused
from warmline.runtime.database import Database

WEEKDAYS = Asked(MONDAY, MONDAY + timedelta(2), "described")


async def set_up(rooms: StaffingRooms, **more: Any) -> StaffingSettings:
    """Describe usual days that four agents can serve."""
    described = {"orders": Described(120, 300), "refunds": Described(40, 400)}
    settings = replace(default_settings(), described=described, time_limit_s=8.0, gap=0.05, at_once=1, **more)
    _, version = await rooms.rules.settings("onda")
    await rooms.rules.change_settings("onda", BOSS, settings, version)
    return settings


async def made(rooms: StaffingRooms, plan: Plan) -> Plan:
    async with asyncio.timeout(60):
        while (plan := await rooms.plans.one("onda", plan.id)).status == "planning":
            await asyncio.sleep(0.1)
    return plan


async def test_a_plan_is_made_in_the_background_and_its_shifts_break_no_rule(
    rooms: StaffingRooms, company: Company
):
    await set_up(rooms)
    begun = await rooms.plans.begin("onda", BOSS, WEEKDAYS)
    assert begun.status == "planning"
    with pytest.raises(Refused, match=r"staffing\.busy"):
        await rooms.plans.begin("onda", BOSS, WEEKDAYS)
    plan = await made(rooms, begun)
    assert plan.status == "ready"
    assert plan.progress["step"] == "schedule"
    assert plan.result is not None
    assert 0 <= plan.result["gap"] <= 1
    roster = await rooms.rosters.roster("onda", MONDAY, MONDAY + timedelta(2), plan.id)
    assert len(roster.shifts) == plan.result["shifts"] > 5
    assert roster.violations == []
    assert {company.name_of(row.shift.agent_id) for row in roster.shifts if row.shift.agent_id} <= set(company.ids)
    assert {one["shift_id"] for one in plan.result["unfilled"]} == {
        row.shift.id for row in roster.shifts if row.shift.agent_id is None
    }
    # Nothing is shown to agents before it is published.
    assert (await rooms.rosters.roster("onda", MONDAY, MONDAY)).shifts == []


async def test_publishing_replaces_what_was_published_for_the_days(rooms: StaffingRooms, company: Company):
    await set_up(rooms)
    first = await made(rooms, await rooms.plans.begin("onda", BOSS, WEEKDAYS))
    published = await rooms.plans.publish("onda", BOSS, first.id)
    assert published.status == "published"
    second = await made(rooms, await rooms.plans.begin("onda", BOSS, changed_days(1)))
    await rooms.plans.publish("onda", BOSS, second.id)
    roster = await rooms.rosters.roster("onda", MONDAY, MONDAY + timedelta(2))
    assert {row.plan_id for row in roster.shifts if row.shift.start_at < MIDNIGHT + timedelta(days=1)} == {
        second.id
    }
    assert {row.plan_id for row in roster.shifts if row.shift.start_at >= MIDNIGHT + timedelta(days=1)} == {
        first.id
    }
    _, own = await rooms.rosters.own("onda", company["mina"], MONDAY, MONDAY + timedelta(6))
    assert own
    assert all(row.shift.agent_id == str(company["mina"]) for row in own)
    # Thrown away, a plan leaves what was published.
    await rooms.plans.remove("onda", first.id)
    assert len((await rooms.rosters.roster("onda", MONDAY, MONDAY + timedelta(2))).shifts) == len(roster.shifts)
    with pytest.raises(Refused, match="not_found"):
        await rooms.plans.one("onda", first.id)


def changed_days(days: int) -> Asked:
    return Asked(MONDAY, MONDAY + timedelta(days - 1), "described")


async def test_a_plan_that_is_stopped_ends_and_leaves_nothing(rooms: StaffingRooms):
    await set_up(rooms)
    plan = await rooms.plans.begin("onda", BOSS, WEEKDAYS)
    await rooms.plans.stop("onda", plan.id)
    ended = await made(rooms, plan)
    assert (ended.status, ended.result) == ("stopped", None)
    with pytest.raises(Refused, match="not_ready"):
        await rooms.plans.publish("onda", BOSS, plan.id)
    again = await rooms.plans.begin("onda", BOSS, changed_days(1))
    assert (await made(rooms, again)).status == "ready"
    assert [one.status for one in await rooms.plans.all("onda")] == ["ready", "stopped"]


async def test_a_search_that_is_stopped_keeps_the_best_plan_marked_as_stopped_with_its_gap(
    rooms: StaffingRooms, database: Database
):
    await set_up(rooms)
    settings, version = await rooms.rules.settings("onda")
    busy = replace(
        settings,
        gap=0.0,
        time_limit_s=60.0,
        described={"orders": Described(2100, 311), "refunds": Described(900, 401)},  # seconds of search
    )
    await rooms.rules.change_settings("onda", BOSS, busy, version)
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO agent (tenant_id, id, email, name, roles, locale, routing_profile_id, created_at)"
            " SELECT 'onda', gen_random_uuid(), n || '@onda.kr', 'N', '{agent}', 'ko', 'both', $1"
            " FROM generate_series(1, 180) n",
            MIDNIGHT,
        )
    plan = await rooms.plans.begin("onda", BOSS, changed_days(7))
    async with asyncio.timeout(60):
        while not (now := await rooms.plans.one("onda", plan.id)).progress.get("found"):
            assert now.status == "planning"
            await asyncio.sleep(0.1)
    await rooms.plans.stop("onda", plan.id)
    ended = await made(rooms, plan)
    assert ended.status == "stopped"
    assert ended.result is not None
    assert ended.result["gap"] > 0
    assert ended.result["shifts"] > 0
    assert (await rooms.plans.publish("onda", BOSS, plan.id)).status == "published"


async def test_a_plan_whose_process_died_with_the_server_has_failed(rooms: StaffingRooms, database: Database):
    await set_up(rooms)
    plan = await rooms.plans.begin("onda", BOSS, WEEKDAYS)
    await rooms.plans.stop("onda", plan.id)
    await made(rooms, plan)
    async with database.tenant("onda") as conn:
        await conn.execute("UPDATE staffing_plan SET status = 'planning', seen_at = seen_at - interval '1 minute'")
    assert (await rooms.plans.one("onda", plan.id)).status == "failed"
    again = await rooms.plans.begin("onda", BOSS, changed_days(1))  # a dead plan blocks nobody
    assert (await made(rooms, again)).status == "ready"


async def test_what_cannot_be_planned_says_why(rooms: StaffingRooms, database: Database):
    with pytest.raises(Refused, match="nothing_expected"):
        await rooms.plans.begin("onda", BOSS, Asked(MONDAY, MONDAY, "history"))
    await set_up(rooms)
    with pytest.raises(Refused, match="source is not valid"):
        await rooms.plans.begin("onda", BOSS, Asked(MONDAY, MONDAY, "stars"))
    with pytest.raises(Refused, match="to is not valid"):
        await rooms.plans.begin("onda", BOSS, Asked(MONDAY, MONDAY + timedelta(30), "described"))
    _, version = await rooms.rules.settings("onda")
    without = replace(default_settings(), patterns=(), described={"orders": Described(100)})
    await rooms.rules.change_settings("onda", BOSS, without, version)
    with pytest.raises(Refused, match="no_pattern"):
        await rooms.plans.begin("onda", BOSS, changed_days(1))
    async with database.tenant("onda") as conn:
        await conn.execute("UPDATE agent SET routing_profile_id = NULL")
    with pytest.raises(Refused, match="nobody"):
        await rooms.plans.begin("onda", BOSS, changed_days(1))


async def test_staff_is_counted_by_queue_contract_and_days(rooms: StaffingRooms, company: Company):
    await set_up(rooms, pooled=False)
    needs = await rooms.needs.needs("onda", WEEKDAYS)
    half = Terms(pattern_ids=("half",), week_max_min=1200, weekdays=(0, 1))
    await rooms.rules.change_terms("onda", BOSS, company["emma"], half, 0)
    needs = replace(needs, people=await rooms.rules.people("onda"))
    workers = tuple(
        Worker(
            str(person.id), person.name, frozenset(person.queues), week_max_min=person.terms.week_max_min,
            weekdays=frozenset(person.terms.weekdays),
            patterns=None if person.terms.pattern_ids is None else frozenset(person.terms.pattern_ids),
        )
        for person in needs.people
    )  # fmt: skip
    orders, refunds, both = demand_of(needs, workers).staff
    assert (orders.headcount, refunds.headcount, both.headcount) == (5, 3, 5)
    assert orders.week_shifts == 4 * 3 + 2
    assert orders.week_min == 4 * 2400 + 1200
    assert orders.patterns == {"full": 4}
    assert refunds.patterns == {}
