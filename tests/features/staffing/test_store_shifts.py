"""Shifts and presence as they were written."""

from datetime import timedelta
from uuid import UUID

from tests.features.staffing.conftest import MIDNIGHT, Company

from warmline.domain.staffing.shifts import Pause, Shift
from warmline.features.staffing import store_shifts
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database

DAY = timedelta(days=1)


async def test_a_shift_is_read_as_it_was_written(database: Database, company: Company):
    plan_id = new_id()
    shift = Shift(
        str(new_id()), "all", ("orders", "refunds"), "full", MIDNIGHT, MIDNIGHT + DAY / 3, 420,
        (Pause("lunch", MIDNIGHT + DAY / 6, MIDNIGHT + DAY / 4),), str(company["mina"]),
    )  # fmt: skip
    async with database.tenant("onda") as conn:
        await store_shifts.insert_many(conn, "onda", plan_id, [shift])
        assert await store_shifts.between(conn, "onda", MIDNIGHT, MIDNIGHT + DAY) == []  # a draft
        (row,) = await store_shifts.between(conn, "onda", MIDNIGHT, MIDNIGHT + DAY, plan_id)
        assert (row.shift, row.plan_id, row.published_at, row.version) == (shift, plan_id, None, 1)
        assert await store_shifts.publish(conn, "onda", plan_id, MIDNIGHT, MIDNIGHT + DAY, MIDNIGHT) == 1
        assert await store_shifts.publish(conn, "onda", plan_id, MIDNIGHT, MIDNIGHT + DAY, MIDNIGHT) == 0
        mine = await store_shifts.between(conn, "onda", MIDNIGHT, MIDNIGHT + DAY, agent_id=company["mina"])
        assert [one.shift for one in mine] == [shift]
        await store_shifts.update(conn, "onda", shift)
        again = await store_shifts.one(conn, "onda", UUID(shift.id), lock=True)
        assert again is not None
        assert (again.shift, again.version) == (shift, 2)
        await store_shifts.delete(conn, "onda", UUID(shift.id))
        assert await store_shifts.one(conn, "onda", UUID(shift.id)) is None


async def test_presence_is_told_with_what_held_before(database: Database, company: Company):
    mina = company["mina"]
    async with database.tenant("onda") as conn:
        for hours, presence in ((-30, "offline"), (-2, "available"), (3, "away")):
            await conn.execute(
                "INSERT INTO presence_change VALUES ('onda', $1, $2, $3, NULL)",
                mina, MIDNIGHT + timedelta(hours=hours), presence,
            )  # fmt: skip
        found = await store_shifts.presence_history(conn, "onda", MIDNIGHT, MIDNIGHT + DAY)
        assert [(one.status, one.end_at) for one in found[str(mina)]] == [
            ("available", MIDNIGHT + timedelta(hours=3)), ("away", None),
        ]  # fmt: skip
        assert await store_shifts.presence_history(conn, "onda", MIDNIGHT, MIDNIGHT + DAY, company["yuki"]) == {}
