"""Counts as rows of a company's own days."""

from datetime import UTC, date, datetime

from warmline.features.help import store
from warmline.runtime.database import Database

LATE = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)


async def test_counts_add_up_on_the_companys_own_day_and_are_seen_by_nobody_else(database: Database) -> None:
    async with database.tenant("onda") as conn:
        await conn.execute("UPDATE tenant SET time_zone = 'Asia/Seoul' WHERE id = 'onda'")
        for _ in range(2):
            await store.add(
                conn, "onda", {("returns", 1, "ko", "seen"): 2, ("returns", 2, "en", "helped"): 1}, LATE
            )
        found = await store.of_page(conn, "onda", "returns", date(2026, 11, 23), date(2026, 11, 23))
        assert [(one.version, one.locale, one.what, one.times) for one in found] == [
            (1, "ko", "seen", 4),
            (2, "en", "helped", 2),
        ]
        assert await store.of_page(conn, "onda", "returns", date(2026, 11, 22), date(2026, 11, 22)) == []
    async with database.tenant("rival") as conn:
        assert await store.of_page(conn, "rival", "returns", date(2026, 11, 1), date(2026, 11, 30)) == []


async def test_people_are_given_the_numbers_of_the_telephone_network_only(database: Database) -> None:
    async with database.tenant("onda") as conn:
        for key, number in (("a", "+8215881234"), ("b", "700")):
            await conn.execute(
                "INSERT INTO phone_number (tenant_id, id, number, name, journey_id)"
                " VALUES ('onda', $1, $2, $3, 'front')", key, number, {"en": "Line"},
            )  # fmt: skip
        assert await store.lines(conn, "onda") == [({"en": "Line"}, "+8215881234")]
