"""Everybody's wait at once: with one crew the textbook's, with many what skills do to it."""

import math
from collections import Counter
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.engine import Engine
from warmline.domain.routing.hands import ProfileHands
from warmline.domain.routing.lines import Plan
from warmline.domain.routing.model import Agent, Profile, Seat, from_us
from warmline.domain.routing.rules import Ring
from warmline.domain.routing.waits import Pace, Reach, ask, crews_of, seat, seat_crowd

PATIENT = Pace(100, math.inf)
CHAT = {"webchat": 1}
JA = (SkillNeed("ja", 1),)


def qlr(ahead: int, per_answer_s: float, patience_s: float) -> float:
    """The estimator of Ibrahim and Whitt 2009, word for word."""
    return sum(1 / (1 / per_answer_s + left / patience_s) for left in range(ahead + 1))


def centre(*people: tuple[int, Profile]) -> tuple[Engine, Counter[ProfileHands]]:
    engine = Engine()
    for kind, (count, profile) in enumerate(people):
        for number in range(count):
            engine.agent_changed_us(Agent(UUID(int=1000 * kind + number + 1), profile, False, from_us(0)), 0, 0)
    return engine, Counter(hand.home for hand in engine.hands())


def reaches(on_shift: Counter[ProfileHands], *plans: Plan) -> list[Reach]:
    for plan in plans:
        for home in on_shift:
            plan.consider(home)
    found = crews_of(plans, on_shift)
    return [found[plan] for plan in plans]


def waits(reach: Reach, count: int, pace: Pace = PATIENT) -> list[float]:
    found = [seat(reach, "webchat", pace, 0) for _ in range(count)]
    return [-1.0 if wait is None else wait.mean_s for wait in found]


ORDERS = Profile.of((Seat("orders"),), {}, CHAT)
BILINGUAL = Profile.of((Seat("orders"),), {"ja": 3}, CHAT)


def test_next_in_line_waits_for_one_of_all_hands_to_become_free():
    _, on_shift = centre((4, ORDERS))
    [reach] = reaches(on_shift, Plan("orders"))
    assert waits(reach, 3) == [25, 50, 75]


@given(st.integers(0, 60), st.integers(1, 40), st.floats(60, 3600))
def test_with_one_crew_and_one_class_it_is_the_textbook_estimator(ahead: int, hands: int, patience_s: float):
    _, on_shift = centre((hands, ORDERS))
    [reach] = reaches(on_shift, Plan("orders"))
    assert waits(reach, ahead + 1, Pace(100, patience_s))[-1] == pytest.approx(
        qlr(ahead, 100 / hands, patience_s), rel=0.05
    )


def test_kinds_of_people_who_can_do_the_same_are_one_crew():
    other = Profile.of((Seat("orders"), Seat("mail")), {"ko": 2}, CHAT)
    _, on_shift = centre((2, ORDERS), (2, other))
    [reach] = reaches(on_shift, Plan("orders"))
    assert len(reach.crews) == 1
    assert waits(reach, 2) == [25, 50]


def test_a_rare_language_waits_for_the_few_who_speak_it_and_the_others_do_not_wait_for_them():
    _, on_shift = centre((9, ORDERS), (1, BILINGUAL))
    anybody, japanese = reaches(on_shift, Plan("orders"), Plan("orders", JA))
    assert waits(japanese, 3) == [100, 200, 300]
    assert waits(anybody, 1)[0] == pytest.approx(100 / 9)


def test_those_who_give_up_ahead_shorten_the_wait():
    _, on_shift = centre((1, ORDERS))
    plan = Plan("orders")
    patient, hasty = waits(reaches(on_shift, plan)[0], 20), waits(reaches(on_shift, plan)[0], 20, Pace(100, 120))
    assert hasty[0] == patient[0]
    assert hasty[-1] < patient[-1] / 3


def test_nobody_who_fits_means_no_wait_is_known():
    _, on_shift = centre((3, ORDERS))
    [japanese] = reaches(on_shift, Plan("orders", JA))
    assert seat(japanese, "webchat", PATIENT, 0) is None
    [plain] = reaches(on_shift, Plan("orders"))
    assert seat(plain, "phone", PATIENT, 0) is None, "nobody answers that channel"
    seat_crowd(plain, "phone", PATIENT, 9)
    assert waits(plain, 1) == [pytest.approx(100 / 3)], "so they are in nobody's way"


def test_help_from_a_ring_to_come_is_counted_from_the_moment_it_may_be_asked():
    other = Profile.of((Seat("mail"),), {}, {"webchat": 100})
    _, on_shift = centre((1, ORDERS), (1, other))
    [reach] = reaches(on_shift, Plan("orders", (), (Ring(40, "mail"),)))
    fresh, patient = seat(reach, "webchat", PATIENT, 0), seat(reach, "webchat", PATIENT, 35)
    assert fresh is not None
    assert patient is not None
    assert 40 < fresh.mean_s < 42
    assert 5 < patient.mean_s < 9


def test_free_hands_take_as_many_as_they_have_room_for():
    engine, _ = centre()
    engine.agent_changed_us(
        Agent(UUID(int=1), Profile.of((Seat("orders"),), {}, {"webchat": 2}), True, from_us(0)), 0
    )
    [reach] = reaches(Counter(hand.home for hand in engine.hands()), Plan("orders"))
    assert waits(reach, 3) == [0, 0, 50]


def test_asking_takes_no_place():
    _, on_shift = centre((1, ORDERS))
    [reach] = reaches(on_shift, Plan("orders"))
    assert ask(reach, "webchat", PATIENT) == ask(reach, "webchat", PATIENT)


@pytest.mark.parametrize("patience_s", [60.0, 600.0, 1e9])
def test_a_crowd_far_back_is_as_long_as_its_people_one_by_one(patience_s: float):
    _, on_shift = centre((3, ORDERS), (1, BILINGUAL))
    plan, pace = Plan("orders"), Pace(100, patience_s)
    [singly], [crowd] = reaches(on_shift, plan), reaches(on_shift, plan)
    waits(singly, 400, pace)
    seat_crowd(crowd, "webchat", pace, 400)
    one, other = ask(singly, "webchat", pace), ask(crowd, "webchat", pace)
    assert one is not None
    assert other is not None
    assert other.mean_s == pytest.approx(one.mean_s, rel=0.1)


def test_more_kinds_than_can_be_looked_at_leave_later_plans_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("warmline.domain.routing.waits.PAIRS_AT_MOST", 3)
    _, on_shift = centre((1, ORDERS), (1, BILINGUAL))
    plans = [Plan("orders"), Plan("orders", (SkillNeed("ja", 2),)), Plan("orders", JA)]
    for plan in plans:
        for home in on_shift:
            plan.consider(home)
    assert list(crews_of(plans, on_shift)) == plans[:2]
