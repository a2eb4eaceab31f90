"""The rules of a queue become what happens to those who wait in it."""

from warmline.domain.contact.model import CallbackOrder
from warmline.domain.contact.policy import QueuePolicy, Widening
from warmline.domain.routing.rules import CallbackRules, QueueRules, Ring
from warmline.features.contacts.queue_policies import queue_policy, widenings


def test_a_queue_without_rules_is_a_plain_one():
    assert queue_policy("orders", QueueRules(), None, 20) == QueuePolicy()


def test_rings_skills_and_overflow_are_told_in_their_order():
    rules = QueueRules(
        rings=(Ring(0, teams=("Seoul",)), Ring(120, "orders"), Ring(300, "vip")),
        relax_skills_after_s=200,
        overflow_queue_id="general",
        overflow_after_s=90,
    )
    assert widenings("orders", rules) == (
        Widening(0, "ring", None, ("Seoul",)),
        Widening(90, "overflow", "general"),
        Widening(120, "ring"),
        Widening(200, "skills"),
        Widening(300, "ring", "vip"),
    )


def test_a_queue_that_overflows_into_itself_does_not_overflow():
    assert widenings("orders", QueueRules(overflow_queue_id="orders")) == ()


def test_how_promised_calls_are_kept_comes_along():
    rules = QueueRules(
        max_wait_s=60, at_max_wait="callback", callback=CallbackRules(True, 30, "customer_first", 2)
    )
    policy = queue_policy("orders", rules, None, 15)
    assert (policy.callback_order, policy.callback_attempts) == (CallbackOrder.CUSTOMER_FIRST, 2)
    assert (policy.max_wait_s, policy.at_max_wait, policy.offer_s) == (60, "callback", 15)
