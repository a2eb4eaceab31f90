"""Planned against actual: live and by day."""

from datetime import datetime, timedelta

from tests.features.conftest import SignedIn
from tests.features.staffing.conftest import BOSS, MIDNIGHT, MONDAY, Company
from tests.features.staffing.test_roster import at, draft

from warmline.domain.presence.model import Presence, Status
from warmline.features.contacts.ledger import Ledger
from warmline.features.desk import presence_store
from warmline.features.desk.board import BoardService
from warmline.features.desk.board_api import router as board_router
from warmline.features.desk.names import CustomerNames
from warmline.features.staffing.presence import Presences
from warmline.features.staffing.rooms import StaffingRooms
from warmline.runtime.database import Database


class Silence:
    async def signal(self, tenant_id: str, name: str, payload: str) -> None:
        """Nobody listens."""


async def does(
    database: Database, company: Company, name: str, when: datetime, status: str, reason: str | None = None
):
    """Change an agent's presence as the desk does."""
    async with database.tenant("onda") as conn:
        await presence_store.ensure(conn, "onda", company[name], MIDNIGHT - timedelta(days=1))
        presence = Presence(company[name], Status(status), when, when, reason)
        await presence_store.save(conn, "onda", presence, when, tell=False)


async def test_a_supervisor_sees_who_is_where_the_schedule_says(
    rooms: StaffingRooms, company: Company, database: Database
):
    for name in ("mina", "yuki", "sora"):
        await rooms.rosters.add("onda", BOSS, draft(company, name), None)
    await does(database, company, "mina", at(8.98), "available")
    await does(database, company, "yuki", at(8.9), "available")
    await does(database, company, "yuki", at(9.5), "away", "break")
    await does(database, company, "emma", at(9), "available")  # not planned
    now, live = await Presences(database, now=lambda: at(10)).live("onda")
    states = {one.name: (one.standing.state.value, one.standing.minutes) for one in live}
    assert now == at(10)
    assert states == {"Mina": ("in", 60), "Yuki": ("resting", 30), "Sora": ("absent", 60), "Emma": ("early", 60)}
    _, later = await Presences(database, now=lambda: at(13.5)).live("onda")
    assert {one.name: one.standing.planned_kind for one in later}["Mina"] == "lunch"
    assert (await Presences(database, now=lambda: at(10)).live("rival"))[1] == []


async def test_without_a_schedule_nobody_is_told_to_be_outside_of_it(company: Company, database: Database):
    await does(database, company, "mina", at(9), "available")
    assert (await Presences(database, now=lambda: at(10)).live("onda"))[1] == []


async def test_the_live_board_shows_who_is_not_where_the_schedule_says(
    rooms: StaffingRooms, company: Company, database: Database, browser: SignedIn
):
    for name in ("mina", "yuki"):
        await rooms.rosters.add("onda", BOSS, draft(company, name), None)
    await does(database, company, "mina", at(8.98), "available")
    await does(database, company, "yuki", at(8.9), "available")
    await does(database, company, "yuki", at(9.5), "away", "break")
    await does(database, company, "sora", at(-9), "offline")  # neither planned nor there

    async def no_names(tenant_id: str, customer_ids: object) -> dict:
        return {}

    async def silence(tenant_id: str, name: str, payload: str) -> None: ...

    boards = BoardService(
        database, CustomerNames(no_names), plan=Presences(database, now=lambda: at(10)), clock=lambda: at(10)
    )
    client = await browser([board_router(boards, Ledger(database, Silence(), silence), silence)], "supervisor")
    agents = {one["name"]: one["adherence"] for one in (await client.get("/api/board")).json()["agents"]}
    assert (agents["Mina"]["state"], agents["Mina"]["planned"]) == ("in", "work")
    assert agents["Yuki"]["state"] == "resting"
    assert datetime.fromisoformat(agents["Yuki"]["since_at"]) == at(9.5)
    assert agents["Sora"] is None


async def test_presence_from_before_the_history_was_kept_still_counts(
    rooms: StaffingRooms, company: Company, database: Database
):
    await rooms.rosters.add("onda", BOSS, draft(company), None)
    await does(database, company, "mina", at(8.98), "available")
    async with database.tenant("onda") as conn:
        await conn.execute("DELETE FROM presence_change")
    _, (mina,) = await Presences(database, now=lambda: at(10)).live("onda")
    assert mina.standing.state.value == "in"


async def test_a_day_is_told_in_minutes_and_a_day_that_is_not_over_up_to_now(
    rooms: StaffingRooms, company: Company, database: Database
):
    await rooms.rosters.add("onda", BOSS, draft(company), None)
    await does(database, company, "mina", at(-3), "offline")
    await does(database, company, "mina", at(9.5), "available")
    await does(database, company, "mina", at(18), "offline")
    (day,) = await Presences(database, now=lambda: at(30)).day("onda", MONDAY)
    assert (day.name, day.figures.planned_min, day.figures.in_adherence_min) == ("Mina", 480, 450)
    assert (day.figures.worked_min, day.figures.late_min) == (510, 30)
    (so_far,) = await Presences(database, now=lambda: at(10.5)).day("onda", MONDAY)
    assert (so_far.figures.planned_min, so_far.figures.in_adherence_min) == (90, 60)
    assert await Presences(database, now=lambda: at(30)).day("onda", MONDAY + timedelta(1)) == []
