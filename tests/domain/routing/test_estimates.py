"""A router learns handle times and patience, and a class seen little of borrows from its queue."""

from uuid import UUID

import pytest

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.estimates import CLASSES_KEPT, LONGEST_S, USUAL_HANDLE_S, Lore, class_of
from warmline.domain.routing.model import Seat, from_us
from warmline.domain.routing.waiting import WaitingContact

PLAIN = ("orders", ())
JAPANESE = ("orders", (SkillNeed("ja", 1),))


def test_a_queue_without_history_is_assumed_usual():
    assert Lore().handle_s(PLAIN) == USUAL_HANDLE_S
    assert Lore().patience_s(JAPANESE) == 600


def test_the_average_moves_towards_what_is_measured():
    lore = Lore()
    for _ in range(800):
        lore.handled(PLAIN, 200)
    assert lore.handle_s(PLAIN) == pytest.approx(200, rel=0.02)


def test_one_forgotten_conversation_does_not_spoil_the_estimate():
    lore = Lore()
    for _ in range(100):
        lore.handled(PLAIN, 100)
    lore.handled(PLAIN, 1_000_000)
    assert lore.handle_s(PLAIN) < 130 + 0.01 * LONGEST_S


def test_a_rare_class_borrows_from_its_queue_until_it_has_been_seen_often():
    lore = Lore()
    for _ in range(300):
        lore.handled(PLAIN, 100)
        lore.gave_up(PLAIN, 60)
    lore.handled(JAPANESE, 500)
    lore.answered(JAPANESE, 30)
    assert 100 < lore.handle_s(JAPANESE) < 180
    assert lore.patience_s(JAPANESE) == pytest.approx(lore.patience_s(PLAIN), rel=0.25)
    for _ in range(300):
        lore.handled(JAPANESE, 500)
        lore.gave_up(JAPANESE, 200)
    assert lore.handle_s(JAPANESE) > 450
    assert lore.patience_s(JAPANESE) > 150


def test_the_order_in_which_skills_are_asked_for_makes_no_class_of_its_own():
    needs = (SkillNeed("orders", 2), SkillNeed("ja", 1))
    one = WaitingContact(UUID(int=1), "q", "webchat", from_us(0), skills=needs)
    other = WaitingContact(UUID(int=2), "q", "webchat", from_us(0), skills=needs[::-1])
    assert class_of(one) == class_of(other)


def test_classes_are_remembered_latest_first_and_not_without_end():
    lore = Lore()
    for number in range(CLASSES_KEPT + 50):
        lore.answered(("orders", (SkillNeed(f"skill-{number}", 1),)), 10)
    lore.answered(("orders", (SkillNeed("skill-9", 1),)), 10)
    latest = lore.latest(3)["orders"]
    assert [skills[0].skill for _, skills in latest] == [
        "skill-9", f"skill-{CLASSES_KEPT + 49}", f"skill-{CLASSES_KEPT + 48}"
    ]  # fmt: skip
    assert sum(map(len, lore.latest(10_000).values())) <= CLASSES_KEPT


def test_a_line_learns_how_many_answers_go_to_lines_served_before_it():
    lore, seats = Lore(), (Seat("vip", 1), Seat("orders", 2), Seat("mail", 3))
    waiting = {"vip": 0, "orders": 4, "mail": 0}
    for number in range(200):
        lore.took("vip" if number % 4 else "orders", seats, lambda queue_id: waiting[queue_id])
    assert lore.elsewhere("orders") == pytest.approx(0.75, abs=0.08)
    assert lore.elsewhere("vip") == 0
    assert lore.elsewhere("mail") == 0, "nobody waits there, so nothing is taken from them"
    lore.took("overflowing", seats, lambda _: 1)
    assert lore.elsewhere("mail") == 0, "help from outside says nothing about ranks"
