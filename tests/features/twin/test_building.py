import pytest
from msgspec.structs import replace
from tests.features.twin.conftest import HELP, MONDAY, MONEY, NINE_S, agent, busy_day, tiny

from warmline.domain.contact.model import SkillNeed
from warmline.domain.hours.calendar import Calendar
from warmline.domain.routing.rules import MediaRules, QueueRules, Ring
from warmline.domain.twin.distributions import Empirical, mean_s
from warmline.domain.twin.world import Rates, Recorded, RecordedContact, Shift, Span, validate
from warmline.features.twin.building import groups_of, left_out, shifts_of, world_of
from warmline.features.twin.day import Expected, Present
from warmline.kernel.errors import Refused


def test_the_recorded_day_becomes_a_world_that_can_be_played():
    world = world_of(busy_day())
    validate(world)
    assert {stream.queue_id for stream in world.streams} == {"help", "money"}
    assert [queue.target_s for queue in world.queues] == [20, 60]
    (group,) = world.groups
    assert (group.count, group.shifts) == (4, (Shift(NINE_S, NINE_S + 3 * 3_600),))


def test_exactly_means_each_contact_with_its_own_handle_time_and_patience():
    (stream,) = world_of(tiny(), exact=True).streams
    assert isinstance(stream.arrivals, Recorded)
    first, second, left, _ = stream.arrivals.contacts
    assert (first.at_s, first.handle_s) == (NINE_S + 10, 60)
    assert left == RecordedContact(NINE_S + 40, None, None, 30)
    assert second.patience_s is not None
    assert second.patience_s > 40  # who was answered after 40 s would have waited longer


def test_customers_who_ask_for_something_else_are_a_stream_of_their_own():
    day = tiny()
    korean = replace(day.stays[0], skills=(SkillNeed("ko", 3),))
    world = world_of(replace(day, stays=(korean, *day.stays[1:])))
    assert sorted(stream.skills for stream in world.streams) == [(), (SkillNeed("ko", 3),)]


def test_contacts_of_queues_that_are_gone_are_left_out():
    day = tiny()
    with pytest.raises(Refused) as refused:
        world_of(replace(day, queues=(MONEY,)))
    assert refused.value.code == "twin_nothing_recorded"


def test_a_day_without_people_is_refused():
    with pytest.raises(Refused) as refused:
        world_of(replace(tiny(), presence=()))
    assert refused.value.code == "twin_nobody_there"


def test_expected_contacts_keep_the_shares_of_those_recorded_and_the_handle_time_expected():
    day = replace(busy_day(), expected=(Expected("help", (0.0,) * 18 + (12.0,) * 6, 100.0),))
    (stream,) = world_of(day).streams
    assert stream.arrivals == Rates((0.0,) * 18 + (12.0,) * 6)
    assert mean_s(stream.handle) == pytest.approx(100)


def test_expected_contacts_meet_the_queue_s_opening_hours():
    weekly = {"mon": (("09:00", "12:00"), ("13:00", "18:00"))}
    open_queue = replace(HELP, calendar=Calendar("Asia/Seoul", "", weekly))
    day = replace(tiny(), queues=(open_queue,), expected=(Expected("help", (1.0,) * 48),))
    spans = (Span(NINE_S, 12 * 3_600), Span(13 * 3_600, 18 * 3_600))
    assert world_of(day).queues[0].opened == spans
    recorded = world_of(replace(tiny(), queues=(open_queue,))).queues[0]
    assert (recorded.opened, recorded.lets_in) == (spans, True)  # who was recorded had been let in
    closed = replace(day, date=MONDAY.replace(day=3))
    assert world_of(closed).queues[0].opened == (Span(86_400, 86_401),)


def test_overflow_and_the_longest_wait_are_the_queue_s_own_rules():
    rules = QueueRules(overflow_queue_id="money", overflow_after_s=90, max_wait_s=600, at_max_wait="message")
    day = replace(tiny(), queues=(replace(HELP, rules=rules), MONEY))
    assert world_of(day).queues[0].rules == rules


def test_everything_set_about_a_queue_is_played_but_what_names_queues_that_are_gone():
    rules = QueueRules(
        weight=2, selection="best_level", reserve=2, broadcast=3, relax_skills_after_s=40, leave_when_empty=True,
        rings=(Ring(30, teams=("blue",)), Ring(60, queue_id="gone")), overflow_queue_id="gone",
    )  # fmt: skip
    queue = world_of(replace(tiny(), queues=(replace(HELP, rules=rules),))).queues[0]
    assert queue.rules == replace(rules, rings=rules.rings[:1], overflow_queue_id=None)
    assert (queue.looks_every_s, queue.lets_in) == (60, True)


def test_agents_bring_their_team_their_attributes_and_their_profile_s_media_rules():
    media = MediaRules(exclusive=("voice",))
    blue = replace(agent("mina", "help"), team="blue", attributes={"floor": "3"}, media=media)
    (group,) = groups_of(replace(tiny(), agents=(blue,)))
    assert (group.teams, group.attributes, group.media) == (("blue",), {"floor": "3"}, media)
    day = busy_day(2)
    apart = (replace(day.agents[0], team="blue"), day.agents[1])
    assert [group.count for group in groups_of(replace(day, agents=apart))] == [1, 1]


def test_what_the_twin_cannot_play_of_a_day_is_named():
    assert left_out(replace(tiny(), left_out=("windows",))) == ["windows"]
    assert left_out(tiny()) == []


def test_agents_with_the_same_terms_and_times_stand_together():
    day = busy_day(3)
    early = Present("agent2", NINE_S - 600, NINE_S)
    groups = groups_of(replace(day, presence=(*day.presence, early)))
    assert sorted(group.count for group in groups) == [1, 2]


def test_offers_ring_as_long_as_they_did():
    (group,) = groups_of(replace(tiny(), answer_s=(3.0, 5.0), no_answer=0.1))
    assert (group.answers_after, group.no_answer) == (Empirical((3.0, 5.0)), 0.1)


def test_presence_becomes_shifts_with_breaks():
    spans = [
        Present("a", 0, 100), Present("a", 100, 160, True), Present("a", 160, 400),
        Present("a", 500, 500.5), Present("a", 600, 700, True), Present("a", 700, 900),
        Present("a", 2_000, 2_100, True),
    ]  # fmt: skip
    assert shifts_of(spans) == (Shift(0, 400, (Span(100, 160),)), Shift(600, 900, (Span(600, 700),)))


def test_people_without_a_queue_are_nobody_s_help():
    day = replace(tiny(), agents=(agent("mina"),))
    assert groups_of(day) == ()
