"""Shifts by hand, with every broken rule in view; a calendar of them."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace
from tests.features.staffing.conftest import BOSS, MIDNIGHT, MONDAY, Company

from warmline.domain.staffing.shifts import LUNCH, Pause, Shift
from warmline.features.staffing import store, store_shifts
from warmline.features.staffing.rooms import StaffingRooms
from warmline.features.staffing.roster import Draft, check_draft, day_of, paid_min
from warmline.features.staffing.settings import Terms
from warmline.features.staffing.store_shifts import ShiftRow
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

SHIFT = Shift(str(new_id()), "all", (), "full", MIDNIGHT, MIDNIGHT + timedelta(hours=8), 480)


def at(hour: float, day: int = 0) -> datetime:
    return MIDNIGHT + timedelta(days=day, hours=hour)


def id_of(row: ShiftRow) -> UUID:
    return UUID(row.shift.id)


def draft(company: Company, name: str | None = "mina", hour: float = 9, hours: float = 9, day: int = 0) -> Draft:
    start = at(hour, day)
    lunch = Pause(LUNCH, start + timedelta(hours=4), start + timedelta(hours=5)) if hours > 5 else None
    return Draft(
        None if name is None else company[name], start, start + timedelta(hours=hours),
        () if lunch is None else (lunch,), ("orders",), "full",
    )  # fmt: skip


async def test_a_shift_by_hand_is_seen_by_its_agent_at_once(rooms: StaffingRooms, company: Company):
    row = await rooms.rosters.add("onda", BOSS, draft(company), None)
    assert (row.shift.paid_min, row.version) == (480, 1)
    assert row.published_at is not None
    zone, own = await rooms.rosters.own("onda", company["mina"], MONDAY, MONDAY)
    assert (zone, own) == ("Asia/Seoul", [row])
    assert (await rooms.rosters.own("onda", company["yuki"], MONDAY, MONDAY))[1] == []
    assert day_of(row.shift, zone) == MONDAY
    roster = await rooms.rosters.roster("onda", MONDAY, MONDAY)
    assert roster.planned[18:36] == [1.0] * 8 + [0.0] * 2 + [1.0] * 8
    assert (await rooms.rosters.roster("rival", MONDAY, MONDAY)).shifts == []


async def test_an_edit_shows_what_it_breaks_and_does_not_hide_it(rooms: StaffingRooms, company: Company):
    late = await rooms.rosters.add("onda", BOSS, draft(company, hour=14), None)
    await rooms.rosters.add("onda", BOSS, draft(company, hour=9, day=1), None)
    tuesday = await rooms.rosters.roster("onda", MONDAY + timedelta(1), MONDAY + timedelta(1))
    (broken,) = tuesday.violations  # 23:00 to 09:00
    assert (broken.rule, broken.value, broken.limit) == ("rest", 600, 660)
    moved = replace(draft(company, hour=12), queues=("refunds",))
    changed = await rooms.rosters.change("onda", BOSS, id_of(late), moved, late.version)
    assert (changed.version, changed.shift.queues) == (2, ("refunds",))
    assert (await rooms.rosters.roster("onda", MONDAY, MONDAY + timedelta(1))).violations == []
    given = replace(moved, agent_id=company["emma"])
    await rooms.rosters.change("onda", BOSS, id_of(late), given, 2)
    await rooms.rules.change_terms("onda", BOSS, company["emma"], Terms(days_off=(MONDAY.isoformat(),)), 0)
    rules = [one.rule for one in (await rooms.rosters.roster("onda", MONDAY, MONDAY)).violations]
    assert rules == ["day_off", "queue"]


async def test_two_supervisors_do_not_overwrite_each_other(
    rooms: StaffingRooms, company: Company, database: Database
):
    row = await rooms.rosters.add("onda", BOSS, draft(company), None)
    await rooms.rosters.change("onda", BOSS, id_of(row), draft(company, "yuki"), 1)
    with pytest.raises(Refused, match="conflict"):
        await rooms.rosters.change("onda", BOSS, id_of(row), draft(company, "sora"), 1)
    await rooms.rosters.remove("onda", BOSS, id_of(row))
    with pytest.raises(Refused, match="not_found"):
        await rooms.rosters.remove("onda", BOSS, id_of(row))
    async with database.tenant("onda") as conn:
        actions = [one["action"] for one in await conn.fetch("SELECT action FROM audit ORDER BY seq")]
    assert actions == ["shift.added", "shift.changed", "shift.removed"]


async def test_a_plan_is_left_alone_while_it_is_being_made(
    rooms: StaffingRooms, company: Company, database: Database
):
    plan_id = new_id()
    async with database.tenant("onda") as conn:
        await store.insert_plan(conn, "onda", plan_id, MIDNIGHT, at(24), {}, company["mina"], utc_now())
        await store_shifts.insert_many(conn, "onda", plan_id, [SHIFT])
    for edit in (
        rooms.rosters.add("onda", BOSS, draft(company), plan_id),
        rooms.rosters.change("onda", BOSS, UUID(SHIFT.id), draft(company), 1),
        rooms.rosters.remove("onda", BOSS, UUID(SHIFT.id)),
    ):
        with pytest.raises(Refused, match=r"staffing\.being_made"):
            await edit
    row = await rooms.rosters.add("onda", BOSS, draft(company), None)  # what is published is no part of it
    assert row.published_at is not None
    async with database.tenant("onda") as conn:
        await store.finish_plan(conn, "onda", plan_id, "stopped", None, utc_now())
    row = await rooms.rosters.add("onda", BOSS, draft(company), plan_id)
    assert (row.plan_id, row.published_at) == (plan_id, None)


async def test_what_was_published_of_a_plan_that_is_gone_can_still_be_changed(
    rooms: StaffingRooms, company: Company, database: Database
):
    shift = replace(SHIFT, id=str(new_id()))
    async with database.tenant("onda") as conn:
        await store_shifts.insert_many(conn, "onda", new_id(), [shift], utc_now())
    row = await rooms.rosters.change("onda", BOSS, UUID(shift.id), draft(company), 1)
    assert row.version == 2
    with pytest.raises(Refused, match="not_found"):
        await rooms.rosters.add("onda", BOSS, draft(company), row.plan_id)


async def test_what_cannot_be_a_shift_is_refused(rooms: StaffingRooms, company: Company):
    usual = draft(company)
    for wrong, field in (
        (replace(usual, end_at=usual.start_at), "end_at"),
        (replace(usual, end_at=usual.start_at + timedelta(hours=17)), "end_at"),
        (replace(usual, pauses=(Pause("break", at(8), at(8.25)),)), "pauses"),
        (replace(usual, pauses=(Pause("break", at(10), at(11)), Pause("break", at(10.5), at(12)))), "pauses"),
    ):
        with pytest.raises(Refused, match=field):
            check_draft(wrong)
    for stranger in (company["alex"], new_id()):
        with pytest.raises(Refused, match="agent_id"):
            await rooms.rosters.add("onda", BOSS, replace(usual, agent_id=stranger), None)
    with pytest.raises(Refused, match="not_found"):
        await rooms.rosters.add("onda", BOSS, usual, new_id())
    with pytest.raises(Refused, match="not_found"):
        await rooms.rosters.roster("onda", MONDAY, MONDAY, new_id())
    with pytest.raises(Refused, match="invalid"):
        await rooms.rosters.roster("onda", MONDAY, date(2027, 11, 23))
    assert paid_min(usual) == 480


async def test_names_are_of_everybody_who_ever_worked_here(rooms: StaffingRooms, company: Company):
    assert (await rooms.rosters.names("onda"))[str(company["alex"])] == "Alex"
