import datetime as dt

from tests.features.twin.conftest import MONDAY, NINE_S, Diary, write_played

from warmline.domain.contact.model import SkillNeed
from warmline.features.twin.day import Present
from warmline.features.twin.replaying import replay
from warmline.features.twin.running import never_stop
from warmline.features.twin.store import arrivals, bounds, planned_presence, present_of, read_day
from warmline.runtime.database import Database

LATER = dt.datetime(2026, 11, 5, tzinfo=dt.UTC)


async def test_a_day_is_read_as_it_was_lived(diary: Diary, database: Database):
    await diary.queue("help", 20, target_share=90, max_waiting=7)
    mina = await diary.agent("help", at_once=2, ko=3)
    await diary.present(mina, (NINE_S, "available"), (NINE_S + 1_800, "away"), (NINE_S + 2_400, "available"),
                        (NINE_S + 3_600, "offline"))  # fmt: skip
    korean = (SkillNeed("ko", 1),)
    await diary.contact("help", NINE_S, wait_s=15, agent_id=mina, handle_s=60, wrap_up_s=30, skills=korean,
                        declined_s=5)  # fmt: skip
    await diary.contact("help", NINE_S + 100, wait_s=40)
    day = await read_day(database, "onda", MONDAY, LATER)
    (first, second) = day.stays
    assert (first.at_s, first.until_s, first.ending, first.agent_id) == (NINE_S, NINE_S + 15, "answered", mina)
    assert (first.handle_s, first.wrap_up_s, first.skills, first.channel) == (60, 30, korean, "webchat")
    assert (second.ending, second.until_s) == ("gave_up", NINE_S + 140)
    assert [(one.from_s - NINE_S, one.until_s - NINE_S, one.resting) for one in day.presence] == [
        (0, 1_800, False), (1_800, 2_400, True), (2_400, 3_600, False),
    ]  # fmt: skip
    (queue,) = [queue for queue in day.queues if queue.id == "help"]
    assert (queue.target_s, queue.target_share, queue.max_waiting) == (20, 0.9, 7)
    (agent,) = [agent for agent in day.agents if agent.id == mina]
    assert (agent.capacity, agent.skills, agent.seats[0].queue_id) == ({"webchat": 2}, {"ko": 3}, "help")
    assert (day.seen_until_s, day.length_s, day.presence_source) == (None, 86_400, "presence")


async def test_another_company_s_day_stays_its_own(diary: Diary, database: Database):
    await diary.queue("help")
    await diary.contact("help", NINE_S, wait_s=15)
    rival = await read_day(database, "rival", MONDAY, LATER)
    assert (rival.stays, rival.queues, rival.agents) == ((), (), ())


async def test_of_a_day_under_way_only_what_was_seen_counts(diary: Diary, database: Database):
    await diary.queue("help")
    await diary.contact("help", NINE_S, wait_s=15)
    await diary.contact("help", NINE_S + 7_200, wait_s=15)
    day = await read_day(database, "onda", MONDAY, diary.at(NINE_S + 3_600))
    assert (len(day.stays), day.length_s) == (1, NINE_S + 3_600)


async def test_without_presence_and_shifts_the_work_itself_tells_who_was_there(diary: Diary, database: Database):
    await diary.queue("help")
    mina = await diary.agent("help")
    await diary.contact("help", NINE_S, wait_s=10, agent_id=mina, handle_s=60)
    await diary.contact("help", NINE_S + 900, wait_s=10, agent_id=mina, handle_s=60, wrap_up_s=20)
    day = await read_day(database, "onda", MONDAY, LATER)
    assert day.presence == (Present(mina, NINE_S + 10, NINE_S + 990),)
    assert day.presence_source == "work"


async def test_published_shifts_are_taken_with_their_breaks(diary: Diary, database: Database):
    mina = await diary.agent("help")
    pause = {"kind": "lunch", "start_at": diary.at(NINE_S + 3_600), "end_at": diary.at(NINE_S + 5_400)}
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO work_shift (tenant_id, id, agent_id, pool_id, queues, pattern_id, starts_at, ends_at,"
            " paid_min, pauses, published_at) VALUES ('onda', $1, $1, 'p', '{help}', 'day', $2, $3, 60, $4, $2)",
            mina, diary.at(NINE_S), diary.at(NINE_S + 7_200), [pause],
        )  # fmt: skip
    expected = (
        Present(mina, NINE_S, NINE_S + 3_600),
        Present(mina, NINE_S + 3_600, NINE_S + 5_400, True),
        Present(mina, NINE_S + 5_400, NINE_S + 7_200),
    )
    assert await planned_presence(database, "onda", MONDAY) == expected
    day = await read_day(database, "onda", MONDAY, LATER)
    assert (day.presence, day.presence_source) == (expected, "shifts")


async def test_a_day_played_by_the_engine_and_written_down_replays_as_it_was(diary: Diary, database: Database):
    await write_played(diary, agents=6, per_hour=60)
    day = await read_day(database, "onda", MONDAY, LATER)
    assert len(day.stays) > 200
    report = replay(day, 12, 1, never_stop)
    assert report is not None
    assert report.verdict.word == "agrees", report.parts[0].total
    assert (report.parts[0].within_share or 0) > 0.85
    exact = replay(day, 4, 1, never_stop, exact=True)
    assert exact is not None
    for metric in ("service_level", "abandonment", "occupancy"):
        assert abs(exact.parts[0].total[metric].difference or 0) < 0.03, metric


async def test_arrivals_are_told_with_their_queue(diary: Diary, database: Database):
    await diary.queue("help")
    await diary.contact("help", NINE_S, wait_s=15, declined_s=3)
    zone, came = await arrivals(database, "onda", MONDAY, MONDAY + dt.timedelta(days=1))
    assert (zone, came) == ("Asia/Seoul", [("help", diary.at(NINE_S))])


def test_presence_lasts_until_the_next_change_and_offline_is_none():
    start_at, end_at = bounds(MONDAY, "Asia/Seoul")
    rows = [
        ("a", start_at, "available"), ("a", start_at + dt.timedelta(hours=1), "offline"),
        ("b", start_at + dt.timedelta(hours=2), "away"),
    ]  # fmt: skip
    assert present_of(rows, start_at, end_at) == (
        Present("a", 0, 3_600),
        Present("b", 7_200, 86_400, True),
    )
