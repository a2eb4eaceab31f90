import pytest
from msgspec.structs import replace
from tests.features.twin.conftest import HELP, NINE_S, answered, busy_day, gone, tiny

from warmline.domain.routing.rules import CallbackRules, QueueRules
from warmline.domain.twin.distributions import Empirical
from warmline.domain.twin.ruled import RuledSimulation, simulation_of
from warmline.domain.twin.world import Carried, Recorded, RecordedContact, validate
from warmline.features.twin.beginnings import before_s, calls_of, contained_share, self_service_of
from warmline.features.twin.building import world_of
from warmline.features.twin.day import Contained, Day, Stay
from warmline.features.twin.needing import Goal, staff
from warmline.features.twin.replaying import replay
from warmline.features.twin.running import never_stop


def contacts(day: Day) -> tuple[RecordedContact, ...]:
    (stream,) = world_of(day).streams
    assert isinstance(stream.arrivals, Recorded)
    return stream.arrivals.contacts


def with_stay(day: Day, stay: Stay) -> Day:
    return replace(day, stays=(stay, *day.stays))


def test_a_contact_comes_when_it_opened_and_asks_for_a_person_after_its_journey():
    opened = replace(answered(NINE_S + 500, 0, 60), opened_s=NINE_S + 420.0)
    day = with_stay(tiny(), opened)
    assert RecordedContact(NINE_S + 420, before_s=80) in contacts(day)
    (stream,) = world_of(day).streams
    assert stream.self_service == Empirical((80.0,))
    report = replay(day, 2, 1, never_stop, exact=True)
    assert report is not None
    assert report.parts[0].total["came"].difference == 0


def test_of_a_journey_that_began_before_midnight_only_the_rest_is_played():
    early = replace(answered(30, 0, 60), opened_s=-50.0)
    assert before_s(early) == 30
    assert self_service_of([answered(30, 0, 60)]) is None


def test_whom_the_journey_kept_comes_with_the_stream_of_who_came_next_and_asks_for_nobody():
    opened = replace(answered(NINE_S + 500, 0, 60), opened_s=NINE_S + 420.0)
    day = replace(with_stay(tiny(), opened), contained=(Contained("voice", NINE_S + 100, NINE_S + 160),))
    assert RecordedContact(NINE_S + 100, before_s=60, contained=True) in contacts(day)
    assert contained_share(day, "voice") == 0.5
    assert contained_share(day, "webchat") == 0
    report = replay(day, 2, 1, never_stop)
    assert report is not None
    assert report.parts[0].total["came"].difference == 0


def test_what_midnight_left_open_is_carried_in():
    day = tiny()
    before = (
        replace(answered(-300, 10, 400), agent_id="mina"),
        gone(-100, 130),
        Stay(-50, "help", "voice", "open"),
        Stay(-9_000, "help", "voice", "called", -8_000, called_by="customer"),
        replace(answered(-300, 10, 400), agent_id="who left"),
    )
    night = replace(day.presence[0], from_s=0, until_s=600)
    day = replace(day, stays=(*before, *day.stays), presence=(night, *day.presence))
    world = world_of(day)
    validate(world)
    (stream,) = world.streams
    assert world.carried == (
        Carried(stream.id, -300, "mina", 110), Carried(stream.id, -100, patience_s=130),
        Carried(stream.id, -50), Carried(stream.id, -9_000, promised=True),
    )  # fmt: skip
    assert len(contacts(day)) == 4
    report = replay(day, 2, 1, never_stop, exact=True)
    assert report is not None
    assert report.parts[0].total["came"].difference == 0


def test_a_search_for_staff_carries_in_those_who_wait_and_nobody_in_somebody_s_hands():
    day = busy_day(4)
    held = replace(answered(-300, 10, 400), agent_id="agent0")
    wish = replace(day.stays[0], wished_id="agent1", wished_s=30.0)
    more = replace(day, stays=(held, Stay(-50, "help", "voice", "open"), wish, *day.stays[1:]))
    assert staff(more, Goal(0.8, 60), 1, 1, never_stop) is not None


def test_who_wishes_for_an_agent_gets_that_one_in_the_twin_as_well():
    day = busy_day(2)
    wishes = tuple(replace(stay, wished_id=stay.agent_id, wished_s=30.0) for stay in day.stays)
    apart = replace(day.agents[0], skills={"ko": 1})
    world = world_of(replace(day, stays=wishes, agents=(apart, day.agents[1])))
    recorded = [stream.arrivals for stream in world.streams if isinstance(stream.arrivals, Recorded)]
    assert len(recorded) == len(world.streams)
    names = {one.last for arrivals in recorded for one in arrivals.contacts}
    assert names == {None, "agent0", "agent1"}
    assert {stream.preferred_s for stream in world.streams} == {30}
    assert type(simulation_of(world, 1, 60)) is RuledSimulation


def test_who_is_passed_to_somebody_who_left_may_be_taken_by_anybody():
    lost = replace(answered(NINE_S + 500, 0, 60), wished_id="gone", wished_s=60.0, alone=True)
    assert RecordedContact(NINE_S + 500) in contacts(with_stay(tiny(), lost))


def test_the_share_who_want_a_call_is_of_those_who_were_asked():
    rules = QueueRules(callback=CallbackRules(offered=True, offer_after_s=30))
    queue = replace(HELP, rules=rules)
    called = Stay(NINE_S + 600, "help", "voice", "called", NINE_S + 640, called_by="customer")
    day = replace(with_stay(tiny(), called), queues=(queue,), reached=0.8, attempt_s=(20.0, 40.0))
    calls = calls_of(day, queue)
    assert calls.share == pytest.approx(1 / 3)  # one waited 40 s, one left after 30 s, one said yes
    assert (calls.reached, calls.attempt) == (0.8, Empirical((20.0, 40.0)))
    assert calls_of(tiny(), HELP).share == 0
