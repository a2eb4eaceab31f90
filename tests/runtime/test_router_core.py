"""Rows become decisions: what is read twice does no harm, what follows is noted once."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.model import Agent, Profile, Seat
from warmline.domain.routing.rules import QueueRules
from warmline.runtime.router_core import RouterCore, Withdrawal
from warmline.runtime.router_rows import AgentRow, ContactRow, Wishes

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
MINA, YUKI = UUID(int=100), UUID(int=101)
C1, C2, C3, OFFER = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=50)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def agent(
    id: UUID, *, routable: bool = True, misses: int = 0, announced: bool = False,
    skills: dict[str, int] | None = None, seats: tuple[Seat, ...] = (Seat("orders"),),
) -> AgentRow:  # fmt: skip
    profile = Profile.of(seats, skills, {"webchat": 1})
    return AgentRow(Agent(id, profile, routable and not announced, NOON), misses, announced)


def contact(id: UUID, status: str, **more: Any) -> ContactRow:
    values: dict[str, Any] = {
        "id": id, "status": status, "channel": "webchat", "queue_id": "orders", "priority": 5, "queued_at": NOON,
        "routing": None, "offer_id": None, "agent_id": None, "wrapping": False, "connected_at": None,
        "wrapped_at": None,
    } | more  # fmt: skip
    return ContactRow(**values)


def ringing(id: UUID, agent_id: UUID) -> ContactRow:
    return contact(id, "offered", agent_id=agent_id, offer_id=OFFER)


def matched(core: RouterCore) -> list[tuple[UUID, UUID]]:
    return [(match.contact_id, match.agent_id) for match in core.take_matches()]


def test_a_decision_is_handed_out_once_and_is_in_flight_until_it_landed():
    core = RouterCore()
    core.agents([agent(MINA)], [MINA], NOON)
    core.contacts([contact(C1, "queued")], [C1], at(1))
    assert matched(core) == [(C1, MINA)]
    assert matched(core) == []
    assert core.in_flight == {C1}
    core.landed(C1)
    assert core.in_flight == set()


def test_a_decision_not_yet_handed_out_is_not_made_again_when_its_contact_is_read_once_more():
    core = RouterCore()
    core.agents([agent(MINA)], [MINA], NOON)
    waiting = [contact(C1, "queued"), contact(C2, "queued", queued_at=at(1))]
    core.contacts(waiting, [C1, C2], at(2))
    core.contacts(waiting, [C1, C2], at(3))
    assert matched(core) == [(C1, MINA)]


def test_whoever_got_a_free_hand_in_this_very_reading_is_not_seated_twice():
    core = RouterCore()
    core.agents([agent(MINA), agent(YUKI)], [MINA, YUKI], NOON)
    core.contacts([contact(id, "connected", agent_id=who) for id, who in ((C1, MINA), (C3, YUKI))], (), at(1))
    core.contacts([contact(C2, "queued", queued_at=at(1))], [C2], at(2))
    ended = [contact(C1, "ended"), contact(C2, "queued", queued_at=at(1)), contact(C3, "ended")]
    core.contacts(ended, [C1, C2, C3], at(3))
    assert matched(core) == [(C2, MINA)]


def test_an_offer_is_withdrawn_when_its_agent_goes_away():
    core = RouterCore()
    core.agents([agent(MINA)], [MINA], NOON)
    core.contacts([ringing(C1, MINA)], [C1], at(1))
    assert core.take_withdrawals() == []
    core.agents([agent(MINA, routable=False)], [MINA], at(2))
    assert core.take_withdrawals() == [Withdrawal(C1, OFFER, MINA)]


def test_an_offer_that_reaches_somebody_already_gone_is_withdrawn():
    core = RouterCore()
    core.agents([], [MINA], NOON)
    core.contacts([ringing(C1, MINA)], [C1], at(1))
    assert core.take_withdrawals() == [Withdrawal(C1, OFFER, MINA)]
    core.contacts([contact(C1, "connected", agent_id=MINA)], [C1], at(2))
    assert core.take_withdrawals() == []


def test_presence_is_looked_at_again_when_an_offer_ends_unanswered():
    core = RouterCore()
    core.agents([agent(MINA)], [MINA], NOON)
    core.contacts([ringing(C1, MINA)], [C1], at(1))
    core.contacts([contact(C1, "queued")], [C1], at(21))
    assert core.take_reviews() == [MINA]
    assert core.take_reviews() == []


def test_presence_is_looked_at_again_when_somebody_with_misses_answers():
    core = RouterCore()
    core.agents([agent(MINA, misses=2), agent(YUKI)], [MINA, YUKI], NOON)
    core.contacts([ringing(C1, MINA), ringing(C2, YUKI)], [C1, C2], at(1))
    core.contacts(
        [contact(id, "connected", agent_id=who) for id, who in ((C1, MINA), (C2, YUKI))], [C1, C2], at(2)
    )
    assert core.take_reviews() == [MINA]


def test_presence_is_looked_at_again_when_the_work_before_a_break_is_done():
    core = RouterCore()
    core.contacts([contact(C1, "connected", agent_id=MINA)], [C1], NOON)
    core.agents([agent(MINA, announced=True)], [MINA], at(1))
    assert core.take_reviews() == []
    core.contacts([contact(C1, "survey", agent_id=MINA, wrapping=True)], [C1], at(2))
    assert core.take_reviews() == []
    core.contacts([contact(C1, "ended")], [C1], at(3))
    assert core.take_reviews() == [MINA]


def test_an_announced_break_with_nothing_in_hand_is_looked_at_when_a_leader_starts():
    core = RouterCore()
    core.agents([agent(MINA, announced=True)], [MINA], NOON)
    assert core.take_reviews() == [MINA]


PLAIN = ("orders", ())
JAPANESE = ("orders", (SkillNeed("ja", 1),))


def test_handle_times_are_learnt_from_contacts_that_end():
    core = RouterCore()
    before_s = core.lore.handle_s(PLAIN)
    core.contacts([contact(C1, "connected", agent_id=MINA)], [C1], NOON)
    core.contacts([contact(C1, "ended", connected_at=NOON, wrapped_at=at(30))], [C1], at(30))
    assert core.lore.handle_s(PLAIN) < before_s


def test_what_a_kind_of_customer_asked_for_is_remembered_until_their_work_is_done():
    core = RouterCore()
    core.agents([agent(YUKI, skills={"ja": 3})], [YUKI], NOON)
    for number in range(1, 30):
        id, needs = UUID(int=number), Wishes(skills=JAPANESE[1])
        core.contacts([contact(id, "queued", queued_at=at(100 * number), routing=needs)], [id], at(100 * number))
        assert matched(core) == [(id, YUKI)]
        core.landed(id)
        core.contacts([contact(id, "offered", agent_id=YUKI, offer_id=OFFER)], [id], at(100 * number + 1))
        core.contacts([contact(id, "connected", agent_id=YUKI)], [id], at(100 * number + 2))
        core.contacts([contact(id, "connected", agent_id=YUKI)], [id], at(100 * number + 3))
        over = contact(id, "ended", connected_at=at(100 * number), wrapped_at=at(100 * number + 20))
        core.contacts([over], [id], at(100 * number + 90))
    assert core.lore.latest(5) == {"orders": [JAPANESE]}
    assert core.lore.handle_s(JAPANESE) < core.lore.handle_s(PLAIN) < 300
    assert core.lore.patience_s(JAPANESE) > 600, "everybody stayed until they were answered"


def test_patience_is_learnt_from_those_who_leave_the_line_and_only_once():
    core = RouterCore()
    for number in range(1, 40):
        id = UUID(int=number)
        core.contacts([contact(id, "queued")], [id], NOON)
        for _ in range(2):
            core.contacts([contact(id, "ended")], [id], at(30))
    assert core.lore.patience_s(PLAIN) < 60


def test_agents_who_serve_another_line_first_are_known_to_be_elsewhere():
    core = RouterCore()
    core.agents([agent(MINA, seats=(Seat("vip", 1), Seat("orders", 2)))], [MINA], NOON)
    core.contacts([contact(C1, "queued")], [C1], NOON)
    core.take_matches()
    for number in range(10, 60):
        id = UUID(int=number)
        core.contacts([contact(C2, "queued"), contact(id, "queued", queue_id="vip")], [C2, id], at(number))
        core.take_matches()
        core.contacts([contact(id, "connected", queue_id="vip", agent_id=MINA)], [id], at(number))
    assert core.lore.elsewhere("orders") > 0.7
    assert core.lore.elsewhere("vip") == 0


def test_rows_that_are_missing_mean_that_nothing_is_there():
    core = RouterCore()
    core.contacts([contact(C1, "queued")], [C1], NOON)
    core.contacts([], [C1], at(1))
    core.agents([agent(MINA)], [MINA], at(2))
    assert matched(core) == []
    core.agents([], [MINA], at(3))
    core.contacts([contact(C2, "queued")], [C2], at(4))
    assert matched(core) == []


def test_a_contact_at_rest_frees_its_agent():
    core = RouterCore()
    core.agents([agent(MINA)], [MINA], NOON)
    core.contacts([contact(C1, "queued"), contact(C2, "queued", queued_at=at(1))], [C1, C2], at(1))
    assert matched(core) == [(C1, MINA)]
    core.rest(C1, at(2))
    assert matched(core) == [(C2, MINA)]


def test_time_alone_may_decide():
    core = RouterCore()
    profile = Profile.of((Seat("orders", 1, 30),), {}, {"webchat": 1})
    core.agents([AgentRow(Agent(MINA, profile, True, NOON), 0, False)], [MINA], NOON)
    core.contacts([contact(C1, "queued")], [C1], NOON)
    core.tick(at(29))
    assert matched(core) == []
    core.tick(at(30))
    assert matched(core) == [(C1, MINA)]
    assert core.staff_changed


def test_rules_that_change_bring_back_those_who_wait_where_they_changed():
    core = RouterCore()
    core.contacts([contact(C1, "queued"), contact(C2, "queued", queue_id="refunds")], (), NOON)
    assert core.queues({"orders": QueueRules(), "refunds": QueueRules()}, NOON) == set(), "plain as before"
    assert core.queues({"orders": QueueRules(weight=2), "refunds": QueueRules()}, at(1)) == {C1}
    assert core.queues({"orders": QueueRules(weight=2), "refunds": QueueRules()}, at(2)) == set()


def test_an_agent_who_left_is_taken_out_of_an_offer_that_rings_at_others():
    core = RouterCore()
    core.agents([agent(MINA), agent(YUKI)], [MINA, YUKI], NOON)
    both = contact(C1, "offered", agent_id=MINA, offer_id=OFFER, routing=Wishes(also=(YUKI,)))
    core.contacts([both], [C1], at(1))
    assert core.engine.ringing_at(C1) == (MINA, YUKI)
    core.agents([agent(YUKI, routable=False)], [YUKI], at(2))
    assert core.take_withdrawals() == [Withdrawal(C1, OFFER, YUKI)]
    core.contacts([ringing(C1, MINA)], [C1], at(3))
    assert core.engine.ringing_at(C1) == (MINA,)
    assert core.take_reviews() == [YUKI]


def test_a_wrap_up_that_leaves_room_is_in_nobodys_hands():
    core = RouterCore()
    core.agents([agent(MINA)], [MINA], NOON)
    core.contacts([contact(C1, "connected", agent_id=MINA)], [C1], at(1))
    core.contacts([contact(C1, "ended", agent_id=MINA, wrapping=True, routing=Wishes(free=True))], [C1], at(2))
    core.contacts([contact(C2, "queued")], [C2], at(3))
    assert matched(core) == [(C2, MINA)]


def test_who_declines_before_the_offer_was_read_back_is_not_asked_again_and_is_reviewed():
    core = RouterCore()
    core.agents([agent(MINA), agent(YUKI)], [MINA, YUKI], NOON)
    core.contacts([contact(C1, "queued")], [C1], at(1))
    assert matched(core) == [(C1, MINA)]
    core.offered(C1)
    core.landed(C1)
    core.contacts([contact(C1, "queued")], [C1], at(2))  # declined within milliseconds
    assert matched(core) == [(C1, YUKI)]
    assert core.take_reviews() == [MINA]


def test_staffing_turns_only_when_a_queue_gets_its_first_colleague_or_loses_its_last():
    core = RouterCore()
    core.agents([agent(MINA)], [MINA], NOON)
    assert core.staffing_turned()
    core.agents([agent(YUKI)], [YUKI], NOON)  # one more at the same queue
    assert not core.staffing_turned()
    core.agents([agent(YUKI, seats=(Seat("orders"), Seat("refunds")))], [YUKI], NOON)
    assert core.staffing_turned()
    core.agents([], [MINA], NOON)
    assert not core.staffing_turned()
    core.agents([], [YUKI], NOON)
    assert core.staffing_turned()
    assert not core.staffing_turned()
