"""What is told about a queue: the line in serving order, who is on shift, how fast it moves."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.engine import Engine
from warmline.domain.routing.estimates import HandleTimes
from warmline.domain.routing.model import Agent, Profile, Seat, WaitingContact
from warmline.domain.routing.views import queue_views

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
MINA, YUKI = UUID(int=100), UUID(int=101)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def test_line_staff_and_pace_of_each_queue():
    engine, times = Engine(), HandleTimes()
    times.start("orders", 120)
    on_break = Agent(MINA, Profile.of((Seat("orders"),), {}, {"webchat": 2}), False, NOON, on_shift=True)
    engine.agent_changed(on_break, NOON)
    engine.agent_changed(Agent(YUKI, Profile.of((Seat("orders"),)), False, NOON, on_shift=False), NOON)
    engine.contact_queued(WaitingContact(UUID(int=2), "orders", "webchat", at(2)), at(2))
    engine.contact_queued(WaitingContact(UUID(int=1), "orders", "webchat", at(1)), at(3))
    orders, general = queue_views(engine, ["orders", "general"], times)
    assert (orders.waiting, orders.staffed, orders.per_position_s) == (2, 1, 60)
    assert list(orders.line) == [UUID(int=1), UUID(int=2)]
    assert (general.waiting, general.staffed, general.per_position_s) == (0, 0, None)


def test_customers_whom_nobody_on_shift_fits_are_named():
    engine = Engine()
    engine.agent_changed(Agent(MINA, Profile.of((Seat("orders"),), {}, {"webchat": 1}), False, NOON), NOON)
    needs = (SkillNeed("ja", 1),)
    engine.contact_queued(WaitingContact(UUID(int=1), "orders", "webchat", NOON, skills=needs), NOON)
    engine.contact_queued(WaitingContact(UUID(int=2), "orders", "webchat", NOON, only_agent_id=YUKI), NOON)
    engine.contact_queued(WaitingContact(UUID(int=3), "orders", "webchat", NOON), NOON)
    (orders,) = queue_views(engine, ["orders"], HandleTimes())
    assert set(orders.unserved) == {UUID(int=1), UUID(int=2)}


def test_what_the_people_of_a_queue_can_do_is_told_once_for_each_kind():
    engine = Engine()
    seats = (Seat("orders"),)
    korean, english = Profile.of(seats, {"ko": 5}, {"webchat": 1}), Profile.of(seats, {"en": 4}, {"webchat": 1})
    away = Profile.of(seats, {"ja": 5}, {"webchat": 1})
    for number, profile in enumerate((korean, korean, english)):
        engine.agent_changed(Agent(UUID(int=number), profile, True, NOON), NOON)
    engine.agent_changed(Agent(YUKI, away, False, NOON, on_shift=False), NOON)
    (orders,) = queue_views(engine, ["orders"], HandleTimes())
    assert sorted(map(str, orders.skills)) == ["{'en': 4}", "{'ko': 5}"]
