"""What is told about a queue: the line in serving order, who is on shift, how long everybody waits."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.engine import Engine
from warmline.domain.routing.estimates import Lore
from warmline.domain.routing.model import Agent, Profile, Seat
from warmline.domain.routing.rules import Ring
from warmline.domain.routing.stats import POSITIONS_AT_MOST
from warmline.domain.routing.views import queue_views
from warmline.domain.routing.waiting import WaitingContact

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
MINA, YUKI = UUID(int=100), UUID(int=101)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def agent(id: UUID, profile: Profile, *, routable: bool = False, on_shift: bool = True) -> Agent:
    return Agent(id, profile, routable, NOON, on_shift=on_shift)


def experienced(handle_s: float = 120) -> Lore:
    lore = Lore()
    for _ in range(500):
        lore.handled(("orders", ()), handle_s)
    return lore


def test_line_staff_and_waits_of_each_queue():
    engine = Engine()
    engine.agent_changed(agent(MINA, Profile.of((Seat("orders"),), {}, {"webchat": 2})), NOON)
    engine.agent_changed(agent(YUKI, Profile.of((Seat("orders"),)), on_shift=False), NOON)
    engine.contact_queued(WaitingContact(UUID(int=2), "orders", "webchat", at(2)), at(2))
    engine.contact_queued(WaitingContact(UUID(int=1), "orders", "webchat", at(1)), at(3))
    orders, general = queue_views(engine, ["orders", "general"], experienced(), at(3))
    assert (orders.waiting, orders.staffed) == (2, 1)
    assert list(orders.line) == [UUID(int=1), UUID(int=2)]
    first, second = orders.waits
    assert first is not None
    assert second is not None
    assert orders.newcomer is not None
    assert first[0] == pytest.approx(60 * 0.69, abs=5), "half wait less than 42 s for one of two places"
    assert first < second < orders.newcomer
    assert (general.waiting, general.staffed, general.newcomer) == (0, 0, None)


def test_customers_whom_nobody_on_shift_fits_are_named():
    engine = Engine()
    engine.agent_changed(agent(MINA, Profile.of((Seat("orders"),), {}, {"webchat": 1})), NOON)
    needs = (SkillNeed("ja", 1),)
    engine.contact_queued(WaitingContact(UUID(int=1), "orders", "webchat", NOON, skills=needs), NOON)
    engine.contact_queued(WaitingContact(UUID(int=2), "orders", "webchat", NOON, only_agent_id=YUKI), NOON)
    engine.contact_queued(WaitingContact(UUID(int=3), "orders", "webchat", NOON), NOON)
    engine.contact_queued(WaitingContact(UUID(int=4), "orders", "phone", NOON), NOON)
    (orders,) = queue_views(engine, ["orders"], Lore(), NOON)
    assert set(orders.unserved) == {UUID(int=1), UUID(int=2), UUID(int=4)}
    assert [wait is None for wait in orders.waits] == [True, True, False, True]


def test_a_ring_to_come_helps_later_and_only_if_somebody_of_it_is_on_shift():
    engine, rings = Engine(), (Ring(60, "mail"),)
    engine.agent_changed(agent(MINA, Profile.of((Seat("mail"),), {}, {"webchat": 1}), on_shift=False), NOON)
    engine.contact_queued(WaitingContact(UUID(int=1), "orders", "webchat", NOON, rings=rings), NOON)

    def told(seconds: float) -> tuple[list[UUID], list[UUID]]:
        (orders, *_) = queue_views(engine, ["orders"], Lore(), at(seconds))
        return list(orders.unserved), list(orders.later)

    assert told(0) == ([UUID(int=1)], []), "the only one who could ever help has gone home"
    engine.agent_changed(agent(MINA, Profile.of((Seat("mail"),), {}, {"webchat": 1})), at(1))
    assert told(1) == ([], [UUID(int=1)])
    engine.tick(at(61))
    assert told(61) == ([], [])


def test_newcomers_are_told_the_wait_of_their_own_kind():
    engine, needs = Engine(), (SkillNeed("ja", 1),)
    engine.agent_changed(agent(MINA, Profile.of((Seat("orders"),), {"ja": 5}, {"webchat": 1})), NOON)
    engine.agent_changed(agent(YUKI, Profile.of((Seat("orders"),), {}, {"webchat": 9})), NOON)
    lore = experienced()
    lore.answered(("orders", needs), 20)
    (orders,) = queue_views(engine, ["orders"], lore, NOON)
    assert orders.newcomer is not None
    assert orders.newcomers[needs][1] > 5 * orders.newcomer[1]


def test_with_a_free_hand_and_nobody_waiting_a_newcomer_is_answered_at_once():
    engine = Engine()
    engine.agent_changed(agent(MINA, Profile.of((Seat("orders"),), {}, {"webchat": 1}), routable=True), NOON)
    (orders,) = queue_views(engine, ["orders"], Lore(), NOON)
    assert orders.newcomer == (0, 0)


def test_a_line_served_after_all_others_is_judged_by_how_long_its_head_has_waited():
    engine, lore = Engine(), experienced()
    seats = (Seat("vip", 1), Seat("orders", 2))
    engine.agent_changed(agent(MINA, Profile.of(seats, {}, {"webchat": 1})), NOON)
    for number in (1, 2):
        engine.contact_queued(WaitingContact(UUID(int=number), "orders", "webchat", at(number)), at(number))
    for _ in range(300):
        lore.took("vip", seats, lambda _: 1)
    (orders, _) = queue_views(engine, ["orders", "vip"], lore, at(1000))
    assert orders.newcomer is not None
    assert orders.newcomer[0] == pytest.approx(900, abs=120)


def test_a_line_longer_than_anybody_is_told_still_counts_for_newcomers():
    engine = Engine()
    engine.agent_changed(agent(MINA, Profile.of((Seat("orders"),), {}, {"webchat": 50})), NOON)
    for number in range(1, POSITIONS_AT_MOST + 301):
        engine.contact_queued(WaitingContact(UUID(int=number), "orders", "webchat", at(number)), at(number))
    (orders,) = queue_views(engine, ["orders"], Lore(), at(9000))
    assert (orders.waiting, len(orders.line)) == (POSITIONS_AT_MOST + 300, POSITIONS_AT_MOST)
    last = orders.waits[-1]
    assert last is not None
    assert orders.newcomer is not None
    assert orders.newcomer[0] > last[0]


def test_what_the_people_of_a_queue_can_do_is_told_once_for_each_kind():
    engine = Engine()
    seats = (Seat("orders"),)
    korean, english = Profile.of(seats, {"ko": 5}, {"webchat": 1}), Profile.of(seats, {"en": 4}, {"webchat": 1})
    away = Profile.of(seats, {"ja": 5}, {"webchat": 1})
    for number, profile in enumerate((korean, korean, english)):
        engine.agent_changed(Agent(UUID(int=number), profile, True, NOON), NOON)
    engine.agent_changed(Agent(YUKI, away, False, NOON, on_shift=False), NOON)
    (orders,) = queue_views(engine, ["orders"], Lore(), NOON)
    assert sorted(map(str, orders.skills)) == ["{'en': 4}", "{'ko': 5}"]
