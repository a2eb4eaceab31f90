import datetime as dt

from tests.features.twin.conftest import MONDAY, NINE_S, Diary, write_played

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.rules import Ring
from warmline.domain.twin.ruled import RuledSimulation, simulation_of
from warmline.domain.twin.world import Carried
from warmline.features.twin.building import world_of
from warmline.features.twin.day import Contained, Present
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


async def test_a_queue_is_replayed_with_its_live_rules(diary: Diary, database: Database):
    rules = {
        "reserve": 1,
        "selection": "best_level",
        "broadcast": 2,
        "rings": [{"after_s": 30, "teams": ["blue"]}],
    }
    await diary.queue("help", 20, rules=rules)
    mina, yuki = await diary.agent("help", ko=4), await diary.agent("help", ko=2)
    async with database.tenant("onda") as conn:
        await conn.execute("UPDATE agent SET team = 'blue', attributes = $1 WHERE id = $2", {"floor": "3"}, mina)
        await conn.execute("UPDATE routing_profile SET media = $1 WHERE id = $2", {"exclusive": ["webchat"]}, yuki)
    for id in (mina, yuki):
        await diary.present(id, (NINE_S, "available"), (NINE_S + 3_600, "offline"))
    await diary.contact("help", NINE_S + 60, wait_s=4, agent_id=mina, handle_s=100)
    await diary.contact("help", NINE_S + 70, wait_s=4, agent_id=yuki, handle_s=90)
    day = await read_day(database, "onda", MONDAY, LATER)
    world = world_of(day)
    (queue,) = [queue for queue in world.queues if queue.id == "help"]
    assert (queue.rules.reserve, queue.rules.selection, queue.rules.broadcast) == (1, "best_level", 2)
    assert queue.rules.rings == (Ring(30, teams=("blue",)),)
    terms = {group.id: (group.teams, group.attributes, group.media.exclusive) for group in world.groups}
    assert terms == {mina: (("blue",), {"floor": "3"}, ()), yuki: ((), {}, ("webchat",))}
    assert type(simulation_of(world, 1, 60)) is RuledSimulation
    report = replay(day, 3, 1, never_stop, exact=True)
    assert report is not None
    assert (report.left_out, report.parts[0].total["came"].difference) == ([], 0)


async def test_promised_calls_are_read_and_replayed_with_what_became_of_them(diary: Diary, database: Database):
    rules = {"callback": {"offered": True, "offer_after_s": 30, "retry_s": 120}}
    await diary.queue("help", 20, rules=rules)
    mina = await diary.agent("help")
    await diary.present(mina, (NINE_S, "available"), (NINE_S + 3_600, "offline"))
    who = {"agent_id": mina, "agent_name": "A"}
    await diary.contact("help", NINE_S, wait_s=0, agent_id=mina, handle_s=100)
    queued = diary.entry("help", NINE_S + 10)
    await diary.lived(
        NINE_S - 20,
        (NINE_S + 10, "contact_queued", queued),
        (NINE_S + 40, "callback_promised", {"queue_id": "help", "by": "customer"}),
        (NINE_S + 100, "agent_joined", who),
        (NINE_S + 120, "callback_tried", {"attempt": 1, "outcome": "no_answer", "agent_id": mina}),
        (NINE_S + 120, "agent_left", {"agent_id": mina, "why": "callback"}),
        (NINE_S + 300, "agent_joined", who),
        (NINE_S + 310, "callback_tried", {"attempt": 2, "outcome": "reached", "agent_id": mina}),
        (NINE_S + 400, "agent_left", {"agent_id": mina, "why": "ended"}),
        (NINE_S + 400, "contact_ended", {"reason": "agent_ended", "by": "agent"}),
        ended_s=NINE_S + 400, queued_s=NINE_S + 10,
    )  # fmt: skip
    day = await read_day(database, "onda", MONDAY, LATER)
    (_, called) = day.stays
    assert (called.ending, called.called_by, called.opened_s) == ("called", "customer", NINE_S - 20)
    assert (called.called_at_s, called.handle_s) == (NINE_S + 300, 100)
    assert (day.reached, day.attempt_s, day.left_out) == (0.5, (20.0,), ())
    (stream,) = world_of(day).streams
    assert (stream.calls.share, stream.calls.reached) == (1.0, 0.5)
    report = replay(day, 4, 1, never_stop)
    assert report is not None
    assert report.parts[0].total["came"].difference == 0


async def test_contacts_open_at_midnight_and_those_the_journey_kept_are_read(diary: Diary, database: Database):
    await diary.queue("help", 20)
    mina = await diary.agent("help")
    await diary.present(mina, (-7_200, "available"), (1_800, "offline"))
    await diary.lived(
        -400, (-300, "contact_queued", diary.entry("help", -300)),
        (-200, "agent_joined", {"agent_id": mina, "agent_name": "A"}),
        (90, "agent_left", {"agent_id": mina, "why": "ended"}), (90, "contact_ended", {"reason": "agent_ended"}),
        ended_s=90, queued_s=-300,
    )  # fmt: skip
    await diary.lived(
        -60, (-40, "contact_queued", diary.entry("help", -40)),
        (70, "contact_ended", {"reason": "customer_left"}), ended_s=70, queued_s=-40,
    )  # fmt: skip
    await diary.lived(
        -900, (-800, "contact_queued", diary.entry("help", -800)),
        (-700, "contact_ended", {"reason": "customer_left"}), ended_s=-700, queued_s=-800,
    )  # fmt: skip
    await diary.lived(600, (640, "contact_ended", {"reason": "journey_ended"}), ended_s=640)
    await diary.contact("help", 700, wait_s=5, agent_id=mina, handle_s=60)
    day = await read_day(database, "onda", MONDAY, LATER)
    assert [stay.at_s for stay in day.stays] == [-300, -40, 700]
    assert day.contained == (Contained("webchat", 600, 640),)
    (stream,) = world_of(day).streams
    assert world_of(day).carried == (
        Carried(stream.id, -300, mina, 90), Carried(stream.id, -40, patience_s=110)
    )  # fmt: skip
    report = replay(day, 2, 1, never_stop, exact=True)
    assert report is not None
    assert report.parts[0].total["came"].difference == 0
    assert abs(report.parts[0].total["occupancy"].difference or 0) < 0.01


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
