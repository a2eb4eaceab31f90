"""What the engine is told of a contact, and what it answers."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.reasons import Reason
from warmline.domain.routing.rules import Ring
from warmline.domain.routing.waiting import Match, WaitingContact

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
MINA, JUN = UUID(int=1), UUID(int=2)
KOREAN = (SkillNeed("ko", 3),)


def contact() -> WaitingContact:
    return WaitingContact(
        UUID(int=9), "orders", "webchat", NOON, 3, KOREAN, MINA, NOON + timedelta(seconds=60), passed_on_by=JUN
    )


def test_two_tellings_of_the_same_contact_are_equal_and_any_difference_counts():
    assert contact() == contact()
    assert contact() != contact().moved_to("returns")
    assert contact() != "orders"


def test_moved_to_another_queue_it_keeps_its_age_and_its_wishes():
    moved = contact().moved_to("returns")
    assert moved.queue_id == "returns"
    assert moved.moved_to("orders") == contact()


def test_its_wishes_about_persons_are_changed_together():
    assert contact().wishing().preferred_agent_id is None
    assert contact().wishing().preferred_until is None
    only = contact().wishing(only_agent_id=JUN)
    assert (only.only_agent_id, only.preferred_agent_id) == (JUN, None)
    assert only.wishing(MINA, NOON + timedelta(seconds=60)) == contact()


def test_rings_are_added_and_all_else_stays():
    ring = Ring(after_s=30, queue_id="returns")
    assert contact().widened_by((ring,)).rings == (ring,)
    assert contact().widened_by((ring,)).widened_by(()) == contact()
    assert "rings=()" in repr(contact())


def test_a_match_says_its_reason_in_a_sentence():
    match = Match(UUID(int=1), UUID(int=2), "orders", Reason("only_agent", "orders", 8))
    assert match.reason == "Meant for this agent alone; waited 8 s."
    assert "waited_s=8" in repr(match)
    assert match == Match(UUID(int=1), UUID(int=2), "orders", Reason("only_agent", "orders", 8))
    assert match != Match(UUID(int=1), UUID(int=3), "orders", Reason("only_agent", "orders", 8))
    assert match != "orders"
