"""Stories of queues with rules of their own: weights, strategies, agents kept back, many ringing, rings."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.engine import Engine
from warmline.domain.routing.model import Agent, Profile, Seat
from warmline.domain.routing.rules import MediaRules, QueueRules, Ring
from warmline.domain.routing.waiting import Match, WaitingContact

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
MINA, YUKI, EMMA = (UUID(int=100 + n) for n in range(3))
C1, C2, C3, C4 = (UUID(int=1 + n) for n in range(4))
BOTH = (Seat("orders"), Seat("vip"))


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def agent(id: UUID, since: float = 0, *, seats=BOTH, skills=None, routable=True, capacity=None, **more) -> Agent:
    return Agent(id, Profile.of(seats, skills, capacity or {"webchat": 1}, **more), routable, at(since))


def waits(id: UUID, since: float, queue: str = "orders", channel: str = "webchat", **wishes) -> WaitingContact:
    return WaitingContact(id, queue, channel, at(since), **wishes)


def pairs(matches: list[Match]) -> list[tuple[UUID, UUID]]:
    return [(match.contact_id, match.agent_id) for match in matches]


def test_a_heavy_queue_overtakes_once_its_weighted_wait_is_longer():
    for now, first in ((19, C1), (21, C2)):
        engine = Engine()
        engine.queue_rules("vip", QueueRules(weight=2), at(0))
        engine.contact_queued(waits(C1, 0), at(0))
        engine.contact_queued(waits(C2, 10, "vip"), at(10))
        (match,) = engine.agent_changed(agent(MINA, now), at(now))
        assert match.contact_id == first
    assert match.why.weight == 2
    assert match.reason.endswith("waited 11 s, weight 2.")


def test_weight_never_changes_the_order_inside_a_queue():
    engine = Engine()
    engine.queue_rules("orders", QueueRules(weight=10), at(0))
    engine.contact_queued(waits(C1, 0, priority=6), at(0))
    engine.contact_queued(waits(C2, 100, priority=5), at(100))
    engine.contact_queued(waits(C3, 121, priority=5), at(121))
    engine.agent_changed(agent(MINA, routable=False), at(130))
    assert [engine.position(id) for id in (C1, C2, C3)] == [2, 1, 3]
    served = pairs(engine.agent_changed(agent(MINA, 130), at(130)))
    for id in (C2, C1):
        served += pairs(engine.contact_gone(id, at(140)))
    assert [contact for contact, _ in served] == [C2, C1, C3]


@pytest.mark.parametrize(
    ("selection", "chosen"),
    [("longest_idle", YUKI), ("spare_capacity", EMMA), ("round_robin", MINA), ("fewest", YUKI),
     ("best_level", EMMA), ("least_occupied", MINA)],
)  # fmt: skip
def test_each_strategy_asks_the_agent_it_is_named_for(selection, chosen):
    engine, ja = Engine(), (SkillNeed("ja", 1),)
    engine.queue_rules("orders", QueueRules(selection=selection), at(0))
    engine.agent_changed(agent(MINA, 30, skills={"ja": 2}, capacity={"webchat": 2}), at(30))
    engine.agent_changed(agent(YUKI, 10, skills={"ja": 3}, capacity={"webchat": 2}), at(30))
    engine.agent_changed(agent(EMMA, 20, skills={"ja": 5}, capacity={"webchat": 3}), at(30))
    for id, handled, busy_s in ((MINA, 5, 60), (YUKI, 2, 90), (EMMA, 3, 120)):
        engine.agent_today(id, handled=handled, busy_s=busy_s)
    for id, turn in ((MINA, 1), (EMMA, 2), (YUKI, 3)):
        (hand,) = (hand for hand in engine.hands() if hand.agent.id == id)
        hand.turn = turn
    (match,) = engine.contact_queued(waits(C1, 40, skills=ja), at(40))
    assert match.agent_id == chosen
    assert match.why.code == selection


def test_a_new_day_begins_with_nothing_handled():
    engine = Engine()
    engine.queue_rules("orders", QueueRules(selection="fewest"), at(0))
    engine.agent_changed(agent(MINA, 0), at(0))
    engine.agent_changed(agent(YUKI, 5), at(5))
    engine.contact_queued(waits(C1, 6), at(6))
    engine.contact_held(C1, "webchat", MINA, at(6), ringing=True)
    engine.contact_held(C1, "webchat", MINA, at(7))
    engine.contact_gone(C1, at(8))
    assert pairs(engine.contact_queued(waits(C2, 9), at(9))) == [(C2, YUKI)]
    engine.contact_gone(C2, at(10))
    engine.new_day(at(20))
    assert pairs(engine.contact_queued(waits(C3, 21), at(21))) == [(C3, MINA)]


def test_an_agent_kept_for_a_queue_is_given_to_nobody_else_until_another_is_idle():
    engine = Engine()
    engine.queue_rules("vip", QueueRules(reserve=1), at(0))
    engine.agent_changed(agent(MINA), at(0))
    assert engine.contact_queued(waits(C1, 1), at(1)) == []
    vip_only = agent(YUKI, 2, seats=(Seat("vip"),))
    (match,) = engine.agent_changed(vip_only, at(2))
    assert (match.contact_id, match.agent_id, match.why.reserved) == (C1, MINA, ("vip",))
    assert pairs(engine.contact_queued(waits(C2, 3, "vip"), at(3))) == [(C2, YUKI)]


def test_those_held_back_are_served_oldest_first_when_the_rule_is_lifted():
    engine = Engine()
    engine.queue_rules("vip", QueueRules(reserve=2), at(0))
    engine.agent_changed(agent(MINA), at(0))
    engine.agent_changed(agent(YUKI, 1), at(1))
    for number, id in enumerate((C1, C2, C3)):
        assert engine.contact_queued(waits(id, 2 + number), at(2 + number)) == []
    assert pairs(engine.queue_rules("vip", QueueRules(reserve=1), at(9))) == [(C1, MINA)]
    assert pairs(engine.queue_rules("vip", QueueRules(), at(10))) == [(C2, YUKI)]
    assert engine.is_waiting(C3)


def test_several_ring_at_once_and_the_first_to_accept_frees_the_others():
    engine = Engine()
    engine.queue_rules("orders", QueueRules(broadcast=2), at(0))
    for since, id in enumerate((MINA, YUKI, EMMA)):
        engine.agent_changed(agent(id, since), at(since))
    (match,) = engine.contact_queued(waits(C1, 5), at(5))
    assert (match.agent_id, match.also, match.why.also) == (MINA, (YUKI,), 1)
    engine.contact_held(C1, "webchat", MINA, at(5), ringing=True)
    assert engine.ringing_at(C1) == (MINA, YUKI)
    assert pairs(engine.contact_queued(waits(C2, 6, "vip"), at(6))) == [(C2, EMMA)]
    assert engine.contact_queued(waits(C3, 7, "vip"), at(7)) == []
    assert pairs(engine.contact_held(C1, "webchat", YUKI, at(8))) == [(C3, MINA)]
    assert (engine.holder(C1), engine.is_ringing(C1)) == (YUKI, False)


def test_one_who_declines_leaves_the_others_ringing_and_the_last_puts_the_customer_back_in_line():
    engine = Engine()
    engine.queue_rules("orders", QueueRules(broadcast=3), at(0))
    engine.agent_changed(agent(MINA), at(0))
    engine.agent_changed(agent(YUKI, 1), at(1))
    engine.contact_queued(waits(C1, 5), at(5))
    engine.contact_held(C1, "webchat", MINA, at(5), ringing=True)
    assert engine.offer_declined(C1, MINA, at(6)) == []
    assert (engine.ringing_at(C1), engine.holder(C1)) == ((YUKI,), YUKI)
    assert engine.offer_declined(C1, EMMA, at(7)) == []  # nobody asked her
    assert engine.offer_declined(C1, YUKI, at(8)) == []
    assert (engine.position(C1), engine.ringing_at(C1)) == (1, ())
    assert engine.contact_queued(waits(C1, 5), at(9)) == []
    assert pairs(engine.tick(at(36))) == [(C1, MINA)]
    assert engine.ringing_at(C1) == ()  # decided, not yet told that it rings


def test_who_rings_is_told_to_a_new_leader():
    engine = Engine()
    for id in (MINA, YUKI, EMMA):
        engine.agent_changed(agent(id), at(0))
    engine.contact_held(C1, "webchat", MINA, at(1), ringing=True, also=(YUKI, EMMA))
    assert engine.ringing_at(C1) == (MINA, YUKI, EMMA)
    engine.contact_held(C1, "webchat", MINA, at(2), ringing=True, also=(EMMA,))
    assert engine.ringing_at(C1) == (MINA, EMMA)
    assert engine.offer_declined(C1, MINA, at(3)) == []
    assert engine.offer_declined(C1, EMMA, at(4)) == []
    assert engine.holder(C1) is None
    assert pairs(engine.contact_queued(waits(C1, 0), at(5))) == [(C1, YUKI)]


def test_a_waiting_customer_is_widened_to_other_skills_and_then_to_another_queue():
    engine = Engine()
    rings = (Ring(30), Ring(60, "general"))
    engine.agent_changed(agent(MINA, seats=(Seat("general"),)), at(0))
    assert engine.contact_queued(waits(C1, 0, skills=(SkillNeed("ja", 2),), rings=rings), at(0)) == []
    assert engine.next_deadline() == at(60)
    engine.agent_changed(agent(YUKI, seats=(Seat("orders"),), routable=False), at(10))
    assert engine.next_deadline() == at(30)
    assert engine.tick(at(30)) == []
    (match,) = engine.tick(at(60))
    assert (match.agent_id, match.queue_id, match.why.ring, match.why.ring_queue_id) == (
        MINA,
        "orders",
        2,
        "general",
    )
    assert match.reason == (
        "Idle longest (60 s) of those who may be asked for orders after 60 s, serving general;"
        " priority 5, waited 60 s."
    )


def test_everybody_behind_the_head_is_widened_in_turn_also_when_the_clock_jumps():
    engine = Engine()
    for number, id in enumerate((C1, C2, C3)):
        engine.contact_queued(waits(id, number, rings=(Ring(30, "general"),)), at(number))
    for id in (MINA, YUKI):
        engine.agent_changed(agent(id, seats=(Seat("general"),)), at(5))
    assert pairs(engine.tick(at(40))) == [(C1, MINA), (C2, YUKI)]
    assert pairs(engine.contact_gone(C1, at(50))) == [(C3, MINA)]


def test_a_call_may_interrupt_mail_and_a_supervisor_may_give_more_than_fits():
    media = MediaRules(total=2, interrupts=(("voice", "email"),))
    engine = Engine()
    engine.agent_changed(agent(MINA, capacity={"voice": 1, "email": 2, "webchat": 2}, media=media), at(0))
    for number, id in enumerate((C1, C2)):
        assert len(engine.contact_queued(waits(id, number, channel="email"), at(number))) == 1
    assert engine.contact_queued(waits(C3, 2), at(2)) == []
    assert pairs(engine.contact_queued(waits(C4, 3, channel="voice"), at(3))) == [(C4, MINA)]
    (match,) = engine.force(C3, MINA, at(4), by="agent")
    assert (match.why.code, match.why.over_capacity) == ("picked", True)
    assert engine.force(C3, MINA, at(4)) == []
    engine.contact_queued(waits(C1, 0, channel="email"), at(5))
    assert engine.contact_gone(C3, at(6)) == []
    assert pairs(engine.contact_gone(C4, at(7))) == [(C1, MINA)]
