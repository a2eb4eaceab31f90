"""Seeding fills an empty database once, and leaves alone what people changed since."""

from datetime import UTC, datetime

import msgspec
import pytest

from warmline.domain.hours.calendar import Calendar, state
from warmline.domain.journey.codec import write_journey
from warmline.domain.journey.document import Journey
from warmline.features.designer.cases import Cases
from warmline.features.security.audit import Actor
from warmline.features.security.passwords import Passwords
from warmline.features.staffing.store import read_settings
from warmline.runtime.database import Database
from warmline_demo.content.catalogue import GUIDES, HELP_PAGES, JOURNEYS
from warmline_demo.content.journeys.refund import REFUND
from warmline_demo.content.scripts import TESTS
from warmline_demo.content.seed import origins_of, seed, seed_demo
from warmline_demo.content.team import DEMO_PASSWORD, MEMBERS, YOU

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
ORIGINS = ["http://127.0.0.1:8420"]


async def test_the_company_is_there_after_seeding_and_once_only(database: Database):
    await seed(database, origins=ORIGINS, now=NOW)
    await seed(database, origins=["http://localhost:8420"], now=NOW)
    async with database.tenant("onda") as connection:
        counts = {
            table: await connection.fetchval(f"SELECT count(*) FROM {table}")
            for table in ("agent", "queue", "skill", "calendar", "routing_profile", "journey", "widget", "macro")
        }
        origins = await connection.fetchval("SELECT origins FROM widget WHERE key = 'onda-demo'")
        prompts = await connection.fetch("SELECT locale, count(*) AS n FROM prompt GROUP BY locale")
    assert counts == {
        "agent": len(MEMBERS), "queue": 4, "skill": 6, "calendar": 3, "routing_profile": 4,
        "journey": len(JOURNEYS) + len(GUIDES) + len(HELP_PAGES), "widget": 2, "macro": 6,
    }  # fmt: skip
    assert set(origins) == {"http://127.0.0.1:8420", "http://localhost:8420"}
    assert len({row["n"] for row in prompts}) == 1


async def test_what_people_changed_stays_as_they_left_it(database: Database):
    await seed(database, origins=ORIGINS, now=NOW)
    async with database.tenant("onda") as connection:
        await connection.execute("UPDATE queue SET target_s = 17 WHERE id = 'orders'")
        await connection.execute("UPDATE prompt SET text = 'Hi!' WHERE key = 'front.greeting' AND locale = 'en'")
    await seed(database, origins=ORIGINS, now=NOW)
    async with database.tenant("onda") as connection:
        assert await connection.fetchval("SELECT target_s FROM queue WHERE id = 'orders'") == 17
        assert (
            await connection.fetchval("SELECT text FROM prompt WHERE key = 'front.greeting' AND locale = 'en'")
            == "Hi!"
        )


async def test_the_journeys_come_with_saved_tests_and_one_that_somebody_deleted_stays_away(database: Database):
    await seed(database, origins=ORIGINS, now=NOW)
    async with database.tenant("onda") as connection:
        assert await connection.fetchval("SELECT count(*) FROM journey_case") == len(TESTS)
        await connection.execute("DELETE FROM journey_case WHERE journey_id = 'refund'")
        await connection.execute("UPDATE journey_case SET document = document - 'expect'")
        await connection.execute(
            "UPDATE journey SET document = '{\"id\": \"store-hours\"}' WHERE id = 'store-hours'"
        )
    await seed(database, origins=ORIGINS, now=NOW)
    async with database.tenant("onda") as connection:
        kept = await connection.fetch("SELECT journey_id, document ? 'expect' AS whole FROM journey_case")
    assert len(kept) == sum(1 for one in TESTS if one.journey != "refund")
    assert {row["journey_id"] for row in kept if row["whole"]} == {"store-hours"}, "renewed with its journey only"


async def test_a_saved_test_that_somebody_changed_stays_as_they_wrote_it_when_its_journey_is_renewed(
    database: Database,
):
    await seed(database, origins=ORIGINS, now=NOW)
    kept = Cases(database)
    changed, untouched, *_ = await kept.all("onda", ["refund"])
    shorter = msgspec.structs.replace(changed.case, deeds=())
    await kept.change("onda", Actor("Mina"), changed.id, changed.version, shorter)
    async with database.tenant("onda") as connection:
        await connection.execute(
            "UPDATE journey_case SET document = document - 'deeds' WHERE id = $1", untouched.id
        )
        await connection.execute("UPDATE journey SET document = '{\"id\": \"refund\"}' WHERE id = 'refund'")
    await seed(database, origins=ORIGINS, now=NOW)
    after = {one.id: one.case for one in await kept.all("onda", ["refund"])}
    assert after[changed.id].deeds == ()
    assert after[untouched.id] == untouched.case


async def test_a_changed_journey_is_published_as_a_new_version(database: Database):
    await seed(database, origins=ORIGINS, now=NOW)
    async with database.tenant("onda") as connection:
        await connection.execute("UPDATE journey SET document = '{\"id\": \"refund\"}' WHERE id = 'refund'")
    await seed(database, origins=ORIGINS, now=NOW)
    async with database.tenant("onda") as connection:
        rows = await connection.fetch("SELECT version, document FROM journey WHERE id = 'refund' ORDER BY version")
    assert [row["version"] for row in rows] == [1, 2]
    assert msgspec.convert(rows[1]["document"], Journey) in (*JOURNEYS, *GUIDES, *HELP_PAGES)


async def test_a_new_version_that_does_not_go_with_people_s_own_texts_is_not_published(
    database: Database, caplog: pytest.LogCaptureFixture
):
    await seed(database, origins=ORIGINS, now=NOW)
    older = msgspec.json.decode(write_journey(msgspec.structs.replace(REFUND, title="orders.title")))
    async with database.tenant("onda") as connection:
        await connection.execute("UPDATE journey SET document = $1 WHERE id = 'refund'", older)
        await connection.execute("UPDATE prompt SET text = 'Pay {gone}' WHERE key = 'refund.confirm'")
    await seed(database, origins=ORIGINS, now=NOW)
    async with database.tenant("onda") as connection:
        rows = await connection.fetch("SELECT version, document FROM journey WHERE id = 'refund'")
    assert [(row["version"], row["document"]) for row in rows] == [(1, older)]
    assert "gone" in caplog.text


async def test_the_demos_password_lets_its_people_in_and_calendars_are_readable(database: Database):
    await seed(database, origins=ORIGINS, now=NOW)
    async with database.tenant("onda") as connection:
        stored = await connection.fetchval("SELECT password_hash FROM agent WHERE email = $1", YOU.email)
        first = await connection.fetchval(
            "SELECT email FROM agent WHERE 'agent' = ANY(roles) ORDER BY cardinality(roles), email LIMIT 1"
        )
        rows = await connection.fetch("SELECT id, time_zone, country, weekly, exceptions, emergency FROM calendar")
    passwords = Passwords()
    assert await passwords.verify(stored, DEMO_PASSWORD)
    passwords.close()
    assert first == YOU.email  # the seat the role picker gives
    calendars = {row["id"]: msgspec.convert(dict(row), Calendar) for row in rows}
    assert state(calendars["always"], datetime(2026, 12, 25, 18, 30, tzinfo=UTC)) == "open"
    assert state(calendars["seoul"], datetime(2026, 11, 22, 3, 0, tzinfo=UTC)) == "closed"  # a Sunday
    assert state(calendars["tokyo"], datetime(2026, 11, 23, 3, 0, tzinfo=UTC)) == "holiday"


async def test_the_demo_seeds_by_url(database: Database, database_url: str, tmp_path):
    await seed_demo(database_url, tmp_path, "http://127.0.0.1:8420", 8431)
    async with database.tenant("onda") as connection:
        assert await connection.fetchval("SELECT count(*) FROM queue") == 4


def test_the_widget_may_stand_on_the_demos_own_pages_however_they_are_called():
    assert origins_of("http://127.0.0.1:8420") == ["http://127.0.0.1:8420", "http://localhost:8420"]


async def test_the_company_can_be_staffed_from_the_first_minute(database: Database):
    await seed(database, origins=ORIGINS, now=NOW)
    async with database.tenant("onda") as connection:
        settings, version = await read_settings(connection, "onda")
    assert version == 1
    assert set(settings.described) == {"orders", "refunds", "accounts", "general"}
    assert settings.patterns
