"""A queue's rules become the rings of each contact: wider as it waits, never without its language."""

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.rings import rings_of
from warmline.domain.routing.rules import QueueRules, Ring

JA, VIP, ORDERS = SkillNeed("ja", 2), SkillNeed("vip", 3), SkillNeed("orders")


def test_a_plain_queue_never_widens():
    assert rings_of(QueueRules(), "orders", (JA, VIP)) == ()


def test_skills_are_relaxed_but_the_language_stays():
    rules = QueueRules(relax_skills_after_s=60)
    assert rings_of(rules, "orders", (JA, VIP)) == (Ring(60, skills=(JA,)),)
    assert rings_of(rules, "orders", (VIP,)) == (Ring(60),)


def test_nothing_is_relaxed_where_only_the_language_was_asked_for():
    assert rings_of(QueueRules(relax_skills_after_s=60), "orders", (JA,)) == ()


def test_overflow_asks_for_the_skills_still_needed_at_its_moment():
    late = QueueRules(relax_skills_after_s=60, overflow_queue_id="general", overflow_after_s=300)
    assert rings_of(late, "orders", (JA, VIP)) == (Ring(60, skills=(JA,)), Ring(300, "general", (JA,)))
    early = QueueRules(relax_skills_after_s=60, overflow_queue_id="general", overflow_after_s=30)
    assert rings_of(early, "orders", (JA, VIP)) == (
        Ring(30, "general", (JA, VIP)), Ring(60, skills=(JA,)), Ring(60, "general", (JA,)),
    )  # fmt: skip


def test_a_queue_that_overflows_into_itself_does_not():
    assert rings_of(QueueRules(overflow_queue_id="orders"), "orders") == ()


def test_rings_of_the_queue_itself_keep_the_language_whatever_they_ask_for():
    rules = QueueRules(rings=(Ring(90, teams=("night",)), Ring(20, "general", (VIP, ORDERS), "any")))
    assert rings_of(rules, "orders", (JA,)) == (
        Ring(20, "general", (VIP, JA)), Ring(20, "general", (ORDERS, JA)),
        Ring(90, skills=(JA,), teams=("night",)),
    )  # fmt: skip
    assert rings_of(rules, "orders") == (rules.rings[1], rules.rings[0])
