import datetime as dt

import pytest
from tests.features.twin.conftest import MONDAY, NINE_S, Diary

from warmline.features.twin.changes import Changes
from warmline.features.twin.comparing import what_if
from warmline.features.twin.foretelling import expect, foretold, series_of
from warmline.features.twin.running import never_stop
from warmline.kernel.errors import Refused
from warmline.runtime.database import Database

NEXT_MONDAY = dt.date(2026, 11, 9)
LATER = dt.datetime(2026, 11, 5, tzinfo=dt.UTC)
START = dt.datetime(2026, 9, 6, 15, 0, tzinfo=dt.UTC)  # a Monday's midnight in Seoul


def weeks(count: int, on_mondays: int = 40, otherwise: int = 10) -> list[dt.datetime]:
    """Contacts between nine and ten, every day of so many weeks."""
    found: list[dt.datetime] = []
    for day in range(7 * count):
        today = on_mondays if day % 7 == 0 else otherwise
        found += [START + dt.timedelta(days=day, hours=9, seconds=3_600 * n / today) for n in range(today)]
    return found


def test_the_forecast_knows_a_busy_weekday_and_its_hour():
    first = dt.date(2026, 9, 7)
    monday = expect(weeks(8), "Asia/Seoul", first + dt.timedelta(weeks=8), first + dt.timedelta(weeks=8), 48)
    assert sum(monday) == pytest.approx(40, rel=0.1)
    assert sum(monday[18:20]) == pytest.approx(sum(monday), rel=0.05)
    tuesday = expect(weeks(8), "Asia/Seoul", first + dt.timedelta(days=57), first + dt.timedelta(weeks=8), 48)
    assert sum(tuesday) == pytest.approx(10, rel=0.15)


def test_with_a_short_history_the_same_weekdays_are_averaged():
    first = dt.date(2026, 9, 7)
    monday = expect(weeks(1), "Asia/Seoul", first + dt.timedelta(days=7), first + dt.timedelta(days=7), 48)
    assert (sum(monday), monday[18]) == (40, 20)
    assert expect([], "Asia/Seoul", first, first, 48) == (0.0,) * 48


def test_days_without_contacts_are_days_too():
    times = [START + dt.timedelta(hours=9), START + dt.timedelta(days=3, hours=9, minutes=40)]
    series = series_of(times, "Asia/Seoul", dt.date(2026, 9, 12))
    assert [day.total for day in series.days] == [1, 0, 0, 1, 0]
    assert series.days[3].counts[19] == 1


async def test_a_day_to_come_has_the_people_of_the_same_weekday_before(diary: Diary, database: Database):
    await diary.queue("help")
    mina = await diary.agent("help")
    await diary.present(mina, (NINE_S, "available"), (NINE_S + 3_600, "offline"))
    for number in range(20):
        await diary.contact("help", NINE_S + 150 * number, wait_s=5, agent_id=mina, handle_s=60)
    day = await foretold(database, "onda", NEXT_MONDAY, LATER)
    assert (day.date, day.presence_source, len(day.presence), day.seen_until_s) == (
        NEXT_MONDAY,
        "presence",
        1,
        None,
    )
    (expected,) = day.expected
    assert (expected.per_half_hour[18], sum(expected.per_half_hour)) == (12, 20)
    report = what_if(day, Changes(volume=3), 4, 1, never_stop)
    assert report is not None
    assert report.verdict.word == "worse"


async def test_published_shifts_of_the_day_go_before_the_habits_of_others(diary: Diary, database: Database):
    await diary.queue("help")
    mina = await diary.agent("help")
    await diary.contact("help", NINE_S, wait_s=5, agent_id=mina, handle_s=60)
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO work_shift (tenant_id, id, agent_id, pool_id, queues, pattern_id, starts_at, ends_at,"
            " paid_min, pauses, published_at) VALUES ('onda', $1, $1, 'p', '{help}', 'day', $2, $3, 60, '[]', $2)",
            mina, diary.at(7 * 86_400 + NINE_S), diary.at(7 * 86_400 + NINE_S + 7_200),
        )  # fmt: skip
    day = await foretold(database, "onda", NEXT_MONDAY, LATER)
    assert day.presence_source == "shifts"
    assert (day.presence[0].from_s, day.presence[0].until_s) == (NINE_S, NINE_S + 7_200)


async def test_nothing_recorded_or_too_far_ahead_is_refused(diary: Diary, database: Database):
    with pytest.raises(Refused):
        await foretold(database, "onda", NEXT_MONDAY, LATER)
    await diary.queue("help")
    await diary.contact("help", NINE_S, wait_s=5)
    with pytest.raises(Refused):
        await foretold(database, "onda", MONDAY + dt.timedelta(days=200), LATER)
