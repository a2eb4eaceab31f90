"""What is expected: like the last weeks, or like a day that somebody described."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.features.staffing.conftest import BOSS, MIDNIGHT, Company

from warmline.domain.staffing.volumes import HALF_HOUR
from warmline.features.staffing.rooms import StaffingRooms
from warmline.features.staffing.settings import Described, default_settings
from warmline.features.staffing.volumes import (
    DescribedVolumes,
    HistoryVolumes,
    described_days,
    expected_of,
    spread,
)
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database

SEOUL = ZoneInfo("Asia/Seoul")


async def call(database: Database, at: datetime, queue: str, handle_s: float | None = 300) -> None:
    contact_id = new_id()
    answered = None if handle_s is None else at + timedelta(seconds=30)
    done = None if handle_s is None else at + timedelta(seconds=30 + handle_s)
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO contact (tenant_id, id, version, seq, status, channel, locale, customer_id,"
            " conversation_id, opened_at, first_queued_at, connected_at, ended_at, wrapped_at, updated_at, state)"
            " VALUES ('onda', $1, 1, 1, 'ended', 'webchat', 'ko', $1, $1, $2, $2, $3, $4, $4, $2, '')",
            contact_id, at, answered, done,
        )  # fmt: skip
        await conn.execute(
            "INSERT INTO event (tenant_id, contact_id, seq, at, kind, body)"
            " VALUES ('onda', $1, 2, $2, 'contact_queued', $3)",
            contact_id, at, {"kind": "contact_queued", "entry": {"queue_id": queue}},
        )  # fmt: skip


async def test_a_monday_is_expected_to_be_like_the_mondays_before(database: Database, company: Company):
    # Four past Mondays at ten in Seoul: 2, 4, 4 and 6 contacts; one Tuesday contact long ago gives the full weeks.
    now = datetime.now(UTC)
    monday = (now.astimezone(SEOUL) - timedelta(days=now.astimezone(SEOUL).weekday())).replace(
        hour=10, minute=5, second=0, microsecond=0
    )
    if monday > now:
        monday -= timedelta(days=7)
    for week, count in enumerate((2, 4, 4, 6)):
        at = monday - timedelta(weeks=week)
        for _ in range(count):
            await call(database, at, "orders", 200 if week == 0 else None)
    coming = (monday + timedelta(days=7)).replace(hour=0, minute=0)
    first_at = coming.astimezone(UTC)
    found = await HistoryVolumes(database)("onda", first_at, first_at + timedelta(days=1))
    (one,) = found.queues["orders"]
    assert one.start_at.astimezone(SEOUL).strftime("%a %H:%M") == "Mon 10:00"
    assert one.expected == pytest.approx(4, rel=0.35)  # nearly four weeks of history
    assert one.handle_s == 200
    assert one.p10 < one.expected < one.p90
    assert (await HistoryVolumes(database)("rival", first_at, first_at + timedelta(days=1))).queues == {}


def test_counts_become_means_over_the_weeks_there_were():
    rows = [
        {"queue_id": "orders", "weekday": 0, "half": 20, "contacts": 8, "handle_s": 2400.0, "handled": 8},
        {"queue_id": "orders", "weekday": 1, "half": 20, "contacts": 8, "handle_s": None, "handled": 0},
    ]
    found = expected_of(rows, 2.0, "Asia/Seoul", MIDNIGHT, MIDNIGHT + timedelta(days=1))  # type: ignore[arg-type]
    (one,) = found["orders"]
    assert (one.start_at, one.expected, one.handle_s) == (MIDNIGHT + timedelta(hours=10), 4, 300)
    assert spread(0) == (0, 0)
    assert spread(100)[0] == pytest.approx(87.2, abs=0.1)


def test_a_described_day_adds_up_and_has_two_humps_within_its_hours():
    line = described_days(
        Described(200, 240, 540, 1080, 0.5), "Asia/Seoul", MIDNIGHT, MIDNIGHT + timedelta(days=7)
    )
    monday = [one for one in line if one.start_at < MIDNIGHT + timedelta(days=1)]
    assert sum(one.expected for one in monday) == pytest.approx(200)
    assert monday[0].start_at == MIDNIGHT + timedelta(hours=9)
    assert monday[-1].start_at + HALF_HOUR == MIDNIGHT + timedelta(hours=18)
    peaks = [
        now for before, now, after in zip(monday, monday[1:], monday[2:], strict=False)
        if before.expected < now.expected > after.expected
    ]  # fmt: skip
    assert len(peaks) == 2
    assert sum(one.expected for one in line) == pytest.approx(5 * 200 + 2 * 100)
    assert described_days(Described(10, 60, 600, 600), "UTC", MIDNIGHT, MIDNIGHT + timedelta(days=1)) == ()


async def test_a_company_without_history_plans_with_what_it_describes(rooms: StaffingRooms, database: Database):
    settings = default_settings()
    settings = type(settings)(patterns=settings.patterns, described={"orders": Described(50)})
    await rooms.rules.change_settings("onda", BOSS, settings, 0)
    found = await DescribedVolumes(database)("onda", MIDNIGHT, MIDNIGHT + timedelta(days=1))
    assert found.source == "described"
    assert sum(one.expected for one in found.queues["orders"]) == pytest.approx(50)
    assert rooms.needs.sources == ["forecast", "history", "described"]
