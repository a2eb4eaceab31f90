"""Stories of customers in line and agents who become free, told to the matching engine."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.engine import AGEING_S, AVOID_S, Engine
from warmline.domain.routing.model import Agent, Profile, Seat, from_us, to_us
from warmline.domain.routing.rules import QueueRules, Ring
from warmline.domain.routing.waiting import Match, WaitingContact

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
MINA, YUKI, EMMA = (UUID(int=100 + n) for n in range(3))
C1, C2, C3 = (UUID(int=1 + n) for n in range(3))
ORDERS = (Seat("orders"),)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def agent(id: UUID, since: float = 0, *, seats=ORDERS, skills=None, capacity=None, routable=True) -> Agent:
    return Agent(id, Profile.of(seats, skills, capacity or {"webchat": 1}), routable, at(since))


def waits(id: UUID, since: float, queue: str = "orders", **wishes) -> WaitingContact:
    return WaitingContact(id, queue, "webchat", at(since), **wishes)


def pairs(matches: list[Match]) -> list[tuple[UUID, UUID]]:
    return [(match.contact_id, match.agent_id) for match in matches]


def test_the_agent_who_has_been_idle_longest_gets_the_next_customer():
    engine = Engine()
    engine.agent_changed(agent(MINA, since=50), at(60))
    engine.agent_changed(agent(YUKI, since=10), at(60))
    matches = engine.contact_queued(waits(C1, 60), at(60))
    assert pairs(matches) == [(C1, YUKI)]
    assert matches[0].reason == "Idle longest (50 s) of those who serve orders; priority 5, waited 0 s."


def test_an_agent_with_a_chat_in_hand_comes_after_one_with_none():
    engine = Engine()
    engine.agent_changed(agent(MINA, since=0, capacity={"webchat": 3}), at(0))
    engine.contact_held(C1, "webchat", MINA, at(1))
    engine.agent_changed(agent(YUKI, since=50, capacity={"webchat": 3}), at(50))
    assert pairs(engine.contact_queued(waits(C2, 60), at(60))) == [(C2, YUKI)]
    assert pairs(engine.contact_queued(waits(C3, 61), at(61))) == [(C3, MINA)]


def test_a_free_agent_gets_the_oldest_customer_first():
    engine = Engine()
    engine.contact_queued(waits(C2, 5), at(5))
    engine.contact_queued(waits(C1, 3), at(6))
    assert pairs(engine.agent_changed(agent(MINA), at(10))) == [(C1, MINA)]
    assert pairs(engine.contact_gone(C1, at(20))) == [(C2, MINA)]


def test_an_urgent_customer_passes_only_those_who_have_not_waited_long_enough():
    urgent = 4  # steps of priority above the others
    engine = Engine()
    engine.contact_queued(waits(C1, 0, priority=5), at(0))
    engine.contact_queued(waits(C2, urgent * AGEING_S - 1, priority=1), at(urgent * AGEING_S - 1))
    assert engine.position(C2) == 1
    engine.contact_queued(waits(C3, urgent * AGEING_S + 1, priority=1), at(urgent * AGEING_S + 1))
    assert (engine.position(C1), engine.position(C3)) == (2, 3)


def test_skills_are_needed_at_their_level():
    engine = Engine()
    engine.agent_changed(agent(MINA, skills={"ja": 2}), at(0))
    engine.agent_changed(agent(YUKI, 5, skills={"ja": 4}), at(5))
    matches = engine.contact_queued(waits(C1, 10, skills=(SkillNeed("ja", 3),)), at(10))
    assert pairs(matches) == [(C1, YUKI)]
    assert "with ja 3+" in matches[0].reason


def test_capacity_is_counted_per_channel_and_is_never_exceeded():
    engine = Engine()
    engine.agent_changed(agent(MINA, capacity={"webchat": 2, "voice": 1}), at(0))
    offered = [engine.contact_queued(waits(id, n), at(n)) for n, id in enumerate((C1, C2, C3))]
    assert [len(matches) for matches in offered] == [1, 1, 0]
    call = WaitingContact(UUID(int=9), "orders", "voice", at(4))
    assert pairs(engine.contact_queued(call, at(4))) == [(call.id, MINA)]
    assert engine.contact_held(C1, "webchat", MINA, at(5), ringing=True) == []
    assert pairs(engine.contact_gone(C2, at(6))) == [(C3, MINA)]


def test_a_queue_served_second_is_served_when_the_first_is_empty():
    engine = Engine()
    seats = (Seat("orders", 1), Seat("general", 2))
    engine.contact_queued(waits(C1, 0, "general"), at(0))
    engine.contact_queued(waits(C2, 9, "orders"), at(9))
    assert pairs(engine.agent_changed(agent(MINA, seats=seats), at(10))) == [(C2, MINA)]
    assert pairs(engine.contact_gone(C2, at(20))) == [(C1, MINA)]


def test_reserve_agents_get_customers_only_after_the_delay_of_their_seat():
    engine = Engine()
    engine.agent_changed(agent(EMMA, seats=(Seat("orders", 1, 30),)), at(0))
    assert engine.contact_queued(waits(C1, 0), at(0)) == []
    assert engine.next_deadline() == at(30)
    assert engine.tick(at(29)) == []
    assert pairs(engine.tick(at(30))) == [(C1, EMMA)]
    assert engine.next_deadline() is None


def test_a_delay_that_is_set_while_customers_wait_is_kept():
    engine = Engine()
    engine.contact_queued(waits(C1, 0), at(0))
    assert engine.agent_changed(agent(EMMA, seats=(Seat("orders", 1, 30),)), at(10)) == []
    assert engine.next_deadline() == at(30)
    assert pairs(engine.tick(at(30))) == [(C1, EMMA)]


def test_the_last_agent_is_waited_for_and_then_everybody_may_help():
    engine = Engine()
    engine.agent_changed(agent(YUKI), at(0))
    engine.contact_held(C3, "webchat", YUKI, at(0))
    engine.agent_changed(agent(MINA), at(0))
    wish = {"preferred_agent_id": YUKI, "preferred_until": at(40)}
    assert engine.contact_queued(waits(C1, 10, **wish), at(10)) == []
    assert pairs(engine.contact_queued(waits(C2, 11), at(11))) == [(C2, MINA)]
    engine.contact_gone(C2, at(20))
    matches = engine.tick(at(40))
    assert pairs(matches) == [(C1, MINA)]


def test_the_last_agent_takes_the_known_customer_before_older_ones():
    engine = Engine()
    engine.agent_changed(agent(YUKI), at(0))
    engine.contact_held(C3, "webchat", YUKI, at(0))
    engine.contact_queued(waits(C2, 5), at(5))
    engine.contact_queued(waits(C1, 10, preferred_agent_id=YUKI, preferred_until=at(40)), at(10))
    matches = engine.contact_gone(C3, at(20))
    assert pairs(matches) == [(C1, YUKI)]
    assert matches[0].reason == "Helped this customer last; waited 10 s."


def test_nobody_waits_for_a_last_agent_who_goes_on_a_break():
    engine = Engine()
    engine.agent_changed(agent(YUKI), at(0))
    engine.contact_held(C3, "webchat", YUKI, at(0))
    engine.agent_changed(agent(MINA), at(0))
    engine.contact_queued(waits(C1, 10, preferred_agent_id=YUKI, preferred_until=at(600)), at(10))
    assert pairs(engine.agent_changed(agent(YUKI, routable=False), at(20))) == [(C1, MINA)]


def test_a_transfer_to_one_agent_is_for_that_agent_alone_even_from_a_queue_not_served():
    engine = Engine()
    engine.agent_changed(agent(MINA), at(0))
    engine.agent_changed(agent(YUKI, seats=(Seat("refunds"),), routable=False), at(0))
    assert engine.contact_queued(waits(C1, 1, only_agent_id=YUKI), at(1)) == []
    matches = engine.agent_changed(agent(YUKI, seats=(Seat("refunds"),)), at(9))
    assert pairs(matches) == [(C1, YUKI)]
    assert matches[0].reason == "Meant for this agent alone; waited 8 s."


def test_a_declined_customer_keeps_the_place_and_goes_to_somebody_else():
    engine = Engine()
    engine.agent_changed(agent(MINA), at(0))
    assert pairs(engine.contact_queued(waits(C1, 0), at(0))) == [(C1, MINA)]
    engine.contact_held(C1, "webchat", MINA, at(0), ringing=True)
    assert engine.is_ringing(C1)
    assert engine.contact_queued(waits(C2, 3), at(3)) == []
    assert pairs(engine.contact_queued(waits(C1, 0), at(5))) == [(C2, MINA)]
    assert engine.position(C1) == 1
    assert pairs(engine.agent_changed(agent(YUKI, since=6), at(6))) == [(C1, YUKI)]


def test_an_offer_that_is_passed_on_before_anybody_looked_at_it_counts_as_passed_on():
    engine = Engine()
    engine.agent_changed(agent(MINA, since=-5), at(0))
    engine.agent_changed(agent(YUKI), at(0))
    assert pairs(engine.contact_queued(waits(C1, 0), at(0))) == [(C1, MINA)]
    engine.offered(C1)
    assert engine.is_ringing(C1)
    assert pairs(engine.contact_queued(waits(C1, 0), at(1))) == [(C1, YUKI)]
    engine.contact_held(C1, "webchat", YUKI, at(2))
    engine.offered(C1)  # late news: it was accepted
    assert not engine.is_ringing(C1)


def test_who_declined_is_asked_again_when_nobody_else_came():
    engine = Engine()
    engine.agent_changed(agent(MINA), at(0))
    engine.contact_queued(waits(C1, 0), at(0))
    engine.contact_held(C1, "webchat", MINA, at(0), ringing=True)
    assert engine.contact_queued(waits(C1, 0), at(5)) == []
    assert engine.next_deadline() == at(5 + AVOID_S)
    assert pairs(engine.tick(at(5 + AVOID_S))) == [(C1, MINA)]


def test_a_customer_passed_on_does_not_come_back_at_once_even_to_the_only_agent_there():
    engine = Engine()
    engine.agent_changed(agent(MINA), at(0))
    engine.contact_held(C1, "webchat", MINA, at(0))
    passed_on = waits(C1, 0, passed_on_by=MINA, passed_on_until=at(65))
    assert engine.contact_queued(passed_on, at(5)) == []
    assert pairs(engine.contact_queued(waits(C2, 6), at(6))) == [(C2, MINA)]
    engine.contact_gone(C2, at(7))
    assert engine.next_deadline() == at(65)
    assert engine.tick(at(64)) == []
    assert pairs(engine.tick(at(65))) == [(C1, MINA)]


def test_a_customer_passed_on_goes_to_a_colleague_at_once_also_when_told_to_a_new_leader():
    engine = Engine()
    engine.agent_changed(agent(MINA), at(0))
    engine.agent_changed(agent(YUKI, since=1), at(1))
    passed_on = waits(C1, 0, passed_on_by=MINA, passed_on_until=at(65))
    assert pairs(engine.contact_queued(passed_on, at(5))) == [(C1, YUKI)]
    engine.contact_held(C1, "webchat", YUKI, at(5), ringing=True)
    assert engine.contact_queued(passed_on, at(10)) == []
    assert pairs(engine.tick(at(10 + AVOID_S))) == [(C1, YUKI)]


def test_who_missed_a_customer_they_had_passed_on_is_left_out_for_the_longer_of_both_times():
    engine = Engine()
    engine.agent_changed(agent(MINA), at(0))
    engine.contact_held(C1, "webchat", MINA, at(0), ringing=True)
    assert engine.contact_queued(waits(C1, 0, passed_on_by=MINA, passed_on_until=at(10)), at(5)) == []
    assert engine.tick(at(10)) == []
    assert pairs(engine.tick(at(5 + AVOID_S))) == [(C1, MINA)]


def test_a_customer_given_back_by_name_rings_even_at_the_agent_who_passed_them_on():
    engine = Engine()
    engine.agent_changed(agent(MINA), at(0))
    back = waits(C1, 0, passed_on_by=MINA, passed_on_until=at(65), only_agent_id=MINA)
    assert pairs(engine.contact_queued(back, at(5))) == [(C1, MINA)]


def test_a_contact_given_to_an_agent_by_name_rings_there_even_after_they_missed_it():
    engine = Engine()
    engine.agent_changed(agent(MINA), at(0))
    engine.contact_queued(waits(C1, 0), at(0))
    engine.contact_held(C1, "webchat", MINA, at(0), ringing=True)
    assert engine.contact_queued(waits(C1, 0), at(5)) == []
    assert pairs(engine.contact_queued(waits(C1, 0, only_agent_id=MINA), at(6))) == [(C1, MINA)]


def test_an_offer_that_could_not_be_made_returns_the_customer_without_prejudice():
    engine = Engine()
    engine.agent_changed(agent(MINA), at(0))
    engine.contact_queued(waits(C1, 0), at(0))
    assert pairs(engine.contact_queued(waits(C1, 0), at(1))) == [(C1, MINA)]


def test_telling_the_engine_the_same_twice_changes_nothing():
    engine = Engine()
    engine.contact_queued(waits(C1, 0), at(0))
    engine.contact_queued(waits(C2, 1), at(1))
    assert engine.contact_queued(waits(C1, 0), at(2)) == []
    assert (engine.waiting("orders"), engine.position(C1), engine.position(C2)) == (2, 1, 2)
    engine.agent_changed(agent(MINA), at(3))
    engine.contact_held(C1, "webchat", MINA, at(3), ringing=True)
    assert engine.contact_held(C1, "webchat", MINA, at(4)) == []
    assert (engine.is_ringing(C1), list(engine.in_hand(MINA))) == (False, [C1])


def test_a_customer_who_asks_for_something_else_keeps_age_and_changes_line():
    engine = Engine()
    engine.contact_queued(waits(C1, 0), at(0))
    engine.contact_queued(waits(C1, 0, "refunds", priority=2), at(9))
    assert (engine.waiting("orders"), engine.waiting("refunds")) == (0, 1)
    assert pairs(engine.agent_changed(agent(MINA, seats=(Seat("refunds"),)), at(10))) == [(C1, MINA)]


def test_a_disabled_agent_frees_nobody_and_gets_nobody():
    engine = Engine()
    engine.agent_changed(agent(MINA), at(0))
    engine.contact_queued(waits(C1, 0), at(0))
    assert engine.agent_gone(MINA, at(1)) == []
    assert engine.holder(C1) == MINA
    assert engine.contact_queued(waits(C2, 2), at(2)) == []
    engine.agent_changed(agent(MINA), at(3))
    assert engine.is_waiting(C2)
    assert engine.agent(MINA) is not None


def test_whoever_left_the_line_is_never_offered():
    engine = Engine()
    for id in (C1, C2, C3):
        engine.contact_queued(waits(id, id.int), at(id.int))
    engine.contact_gone(C1, at(5))
    engine.contact_gone(C2, at(6))
    assert [place.contact.id for place in engine.everybody_waiting()] == [C3]
    assert pairs(engine.agent_changed(agent(MINA), at(7))) == [(C3, MINA)]
    assert [hand.agent.id for hand in engine.hands()] == [MINA]


def test_events_told_in_microseconds_are_decided_like_those_told_in_moments():
    by_moment, by_number = Engine(), Engine()
    rules, rings = QueueRules(weight=2, broadcast=2), (Ring(30, "general"),)
    general = agent(YUKI, seats=(Seat("general"),))
    no_moment = waits(C1, 999, rings=rings)  # its moment is not read
    told = [
        by_moment.queue_rules("orders", rules, at(0)),
        by_moment.agent_changed(general, at(1)),
        by_moment.contact_queued(waits(C1, 2, rings=rings), at(2)),
        by_moment.tick(at(32)),
        by_moment.contact_held(C1, "webchat", YUKI, at(33), ringing=True),
        by_moment.offer_declined(C1, YUKI, at(34)),
        by_moment.agent_changed(agent(MINA, 35), at(35)),
        by_moment.contact_queued(waits(C2, 36), at(36)),
        by_moment.contact_gone(C1, at(37)),
        by_moment.contact_queued(waits(C3, 38), at(38)),
        by_moment.force(C3, YUKI, at(39), by="agent"),
        by_moment.agent_gone(MINA, at(40)),
    ]
    us = [to_us(at(second)) for second in range(41)]
    assert told == [
        by_number.queue_rules_us("orders", rules, us[0]),
        by_number.agent_changed_us(general, us[1], us[0]),
        by_number.contact_queued_us(no_moment, us[2], us[2]),
        by_number.tick_us(us[32]),
        by_number.contact_held_us(C1, "webchat", YUKI, us[33], ringing=True),
        by_number.offer_declined_us(C1, YUKI, us[34]),
        by_number.agent_changed_us(agent(MINA, 35), us[35]),
        by_number.contact_queued_us(waits(C2, 36), us[36]),
        by_number.contact_gone_us(C1, us[37]),
        by_number.contact_queued_us(waits(C3, 38), us[38]),
        by_number.force_us(C3, YUKI, us[39], by="agent"),
        by_number.agent_gone_us(MINA, us[40]),
    ]
    assert sum(map(len, told)) == 4
    due_us = by_number.next_deadline_us()
    assert by_moment.next_deadline() == (None if due_us is None else from_us(due_us))
