"""What the engine knows stays true when agents come, change and leave with contacts in hand."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from warmline.domain.routing.engine import Engine
from warmline.domain.routing.model import Agent, Profile, Seat
from warmline.domain.routing.rules import QueueRules
from warmline.domain.routing.state import MOST_AT_ONCE, QueueTerms
from warmline.domain.routing.waiting import WaitingContact

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
MINA = UUID(int=100)
C1, C2 = UUID(int=1), UUID(int=2)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def mina(capacity: int = 1, queue: str = "orders") -> Agent:
    return Agent(MINA, Profile.of((Seat(queue),), {}, {"webchat": capacity}), True, NOON)


def test_contacts_held_before_the_agent_is_known_count_once_the_agent_is():
    engine = Engine()
    engine.contact_held(C1, "webchat", MINA, at(0))
    assert list(engine.in_hand(MINA)) == [C1]
    engine.agent_changed(mina(), at(1))
    assert engine.contact_queued(WaitingContact(C2, "orders", "webchat", at(2)), at(2)) == []
    assert [match.contact_id for match in engine.contact_gone(C1, at(3))] == [C2]


def test_what_is_in_hand_moves_along_to_another_profile_and_outlasts_the_agent():
    engine = Engine()
    engine.agent_changed(mina(), at(0))
    engine.contact_held(C1, "webchat", MINA, at(0))
    engine.agent_changed(mina(2, "refunds"), at(1))
    (hand,) = engine.hands()
    assert (hand.load, hand.busy, list(engine.in_hand(MINA))) == ({"webchat": 1}, 1, [C1])
    engine.agent_gone(MINA, at(2))
    assert (engine.holder(C1), list(engine.in_hand(MINA))) == (MINA, [C1])
    engine.contact_gone(C1, at(3))
    assert list(engine.in_hand(MINA)) == []


def test_rules_out_of_bounds_are_brought_back_into_them():
    wild = QueueTerms(QueueRules(weight=0, reserve=-3, broadcast=900))
    assert (wild.weight_m, wild.reserve, wild.broadcast) == (1, 0, MOST_AT_ONCE)
