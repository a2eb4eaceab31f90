"""The forecast as a source of expected work."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.features.staffing.conftest import Company

from warmline.domain.staffing.forecast.series import Day, Series
from warmline.domain.staffing.shifts import local_at
from warmline.features.staffing.forecast import ForecastVolumes, foretold, series_of
from warmline.features.staffing.volumes import HistoryVolumes
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database

SEOUL = ZoneInfo("Asia/Seoul")
TODAY = date(2026, 11, 23)
DAYS = 70


def contacts_on(day: date) -> int:
    """Twelve at ten o'clock on working days, four at weekends."""
    return 4 if day.weekday() >= 5 else 12


async def fill(database: Database, queue: str, days: int) -> None:
    """Write contacts of the last `days` days, each answered for four minutes."""
    contacts, events = [], []
    for back in range(1, days + 1):
        day = TODAY - timedelta(days=back)
        for nth in range(contacts_on(day)):
            at, contact_id = local_at(day, 600, SEOUL) + timedelta(minutes=nth), new_id()
            contacts.append((contact_id, at, at + timedelta(seconds=20), at + timedelta(seconds=260)))
            events.append((contact_id, at, {"kind": "contact_queued", "entry": {"queue_id": queue}}))
    async with database.tenant("onda") as conn:
        await conn.executemany(
            "INSERT INTO contact (tenant_id, id, version, seq, status, channel, locale, customer_id,"
            " conversation_id, opened_at, first_queued_at, connected_at, ended_at, wrapped_at, updated_at, state)"
            " VALUES ('onda', $1, 1, 1, 'ended', 'webchat', 'ko', $1, $1, $2, $2, $3, $4, $4, $2, '')", contacts,
        )  # fmt: skip
        await conn.executemany(
            "INSERT INTO event (tenant_id, contact_id, seq, at, kind, body)"
            " VALUES ('onda', $1, 2, $2, 'contact_queued', $3)", events,
        )  # fmt: skip


async def test_the_week_to_come_is_expected_with_bounds_and_handle_times(database: Database, company: Company):
    await fill(database, "orders", DAYS)
    now = local_at(TODAY, 8 * 60, SEOUL)
    source = ForecastVolumes(database, HistoryVolumes(database), now=lambda: now)
    first_at = local_at(TODAY, 0, SEOUL)
    found = await source("onda", first_at, first_at + timedelta(days=7))
    assert found.source == "forecast"
    by_day: dict[date, float] = {}
    for one in found.queues["orders"]:
        day = one.start_at.astimezone(SEOUL).date()
        by_day[day] = by_day.get(day, 0.0) + one.expected
        assert one.p10 <= one.expected <= one.p90 + 1
    assert by_day[TODAY] == pytest.approx(12, rel=0.25)
    assert by_day[TODAY + timedelta(days=5)] == pytest.approx(4, rel=0.4)
    ten = next(one for one in found.queues["orders"] if one.expected > 5)
    assert ten.handle_s == pytest.approx(240, rel=0.05)
    assert await source("onda", first_at, first_at + timedelta(days=7)) is found  # a slider asks again and again


async def test_a_queue_with_little_history_is_like_its_last_weeks(database: Database, company: Company):
    await fill(database, "orders", 2)
    now = local_at(TODAY, 0, SEOUL)

    async def usual(tenant_id: str, first_at: datetime, end_at: datetime):
        return await HistoryVolumes(database)(tenant_id, first_at, end_at)

    source = ForecastVolumes(database, usual, now=lambda: now)
    found = await source("onda", now, now + timedelta(days=7))
    assert found.queues.keys() <= {"orders"}
    nothing = await source("rival", now, now + timedelta(days=7))
    assert nothing.queues == {}


def test_quiet_days_count_as_days():
    rows = [
        {"queue_id": "q", "day": date(2026, 11, 1), "half": 20, "contacts": 3, "handle_s": 400.0, "handled": 2},
        {"queue_id": "q", "day": date(2026, 11, 4), "half": 21, "contacts": 1, "handle_s": None, "handled": 0},
    ]
    series = series_of(rows, "Asia/Seoul", date(2026, 11, 5))  # type: ignore[arg-type]
    assert [day.total for day in series.days] == [3, 0, 0, 1]
    assert series.days[0].work_s[20] == 600


def test_what_lies_too_far_ahead_is_not_foretold():
    series = Series("UTC", 30, (Day(date(2026, 1, 1), (1.0,) * 48),))
    at = datetime(2027, 1, 1, tzinfo=UTC)
    assert foretold(series, "", at, at + timedelta(days=1), date(2026, 1, 2)) is None
    short = datetime(2026, 1, 3, tzinfo=UTC)
    assert foretold(series, "", short, short + timedelta(days=1), date(2026, 1, 2)) is None
