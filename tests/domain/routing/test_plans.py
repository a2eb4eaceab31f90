"""Plans know who fits and from when on, are found without comparing everybody, and do not pile up."""

from datetime import UTC, datetime
from random import Random
from uuid import UUID

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.hands import ProfileHands
from warmline.domain.routing.lines import Plan, Stage, open_stage
from warmline.domain.routing.model import Profile, Seat
from warmline.domain.routing.plans import PLANS_KEPT, Plans
from warmline.domain.routing.rules import Ring
from warmline.domain.routing.waiting import WaitingContact

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
JA = (SkillNeed("ja", 3),)


def home(*seats: Seat, skills: dict[str, int] | None = None, **more) -> ProfileHands:
    return ProfileHands(Profile.of(seats or (Seat("orders"),), skills, {"webchat": 1}, **more))


def contact(number: int = 1, **wishes) -> WaitingContact:
    return WaitingContact(UUID(int=number), "orders", "webchat", NOON, **wishes)


def test_a_plan_knows_which_profiles_fit_and_their_delays():
    plan = Plan("orders", JA)
    fluent, learner = home(Seat("orders", 1, 20), skills={"ja": 5}), home(skills={"ja": 1})
    assert plan.consider(fluent)
    assert not plan.consider(learner)
    assert (plan.moments, fluent.plans) == ({20_000_000: 1}, {plan})
    plan.forget(fluent)
    assert (plan.fitting, plan.moments, fluent.plans) == ({}, {}, set())


def test_rings_widen_step_by_step_and_each_stage_is_better_than_the_one_before():
    rings = (Ring(30), Ring(60, "general"), Ring(90, teams=("night",)))
    plan = Plan("orders", JA, rings)
    assert plan.stages(home(skills={"ja": 4})) == (Stage(0, 1, 0),)
    assert plan.stages(home()) == (Stage(30_000_000, 1, 1),)
    assert plan.stages(home(Seat("general", 2))) == (Stage(60_000_000, 2, 2),)
    both = home(Seat("orders", 3, 80), Seat("general", 2))
    assert plan.stages(both) == (Stage(60_000_000, 2, 2), Stage(80_000_000, 2, 1))
    assert plan.stages(home(Seat("refunds"))) == ()


def test_any_skill_a_team_and_attributes_are_asked_for_as_the_ring_says():
    either = (SkillNeed("ja", 2), SkillNeed("ko", 2))
    step = Plan("orders", (), (Ring(10, None, either, "any", ("night", "vip"), (("site", "seoul"),)),)).steps[1]
    assert step.refusal(home(skills={"ko": 2}, teams=("vip",), attributes={"site": "seoul", "floor": "2"})) is None
    assert step.refusal(home(Seat("refunds"))) == "queue"
    assert step.refusal(home(skills={"ko": 1})) == "skills"
    assert step.refusal(home(skills={"ja": 5}, teams=("day",))) == "team"
    assert step.refusal(home(skills={"ja": 5}, teams=("night",))) == "attributes"


def test_the_stage_reached_is_the_last_one_whose_time_has_come():
    stages = (Stage(10, 2, 1), Stage(20, 1, 0))
    assert [open_stage(stages, waited) for waited in (9, 10, 19, 20)] == [None, stages[0], stages[0], stages[1]]


def test_contacts_that_ask_for_the_same_in_any_order_share_a_plan():
    plans = Plans()
    both = (SkillNeed("ja", 2), SkillNeed("vip", 1))
    assert plans.of(contact(skills=both)) is plans.of(contact(2, skills=both[::-1]))
    assert plans.of(contact()) is not plans.of(contact(rings=(Ring(30, "general"),)))
    assert len(list(plans.of_queue("orders"))) == 3


def test_profiles_and_plans_find_each_other_whoever_comes_first():
    rng, plans = Random(5), Plans()
    skills = [f"s{n}" for n in range(6)]
    homes, wanted = [], []
    for number in range(150):
        if rng.random() < 0.5:
            seats = [Seat(queue) for queue in rng.sample(["orders", "general", "night"], 2)]
            new = home(*seats, skills={skill: rng.randint(1, 3) for skill in rng.sample(skills, 3)})
            plans.welcome(new)
            homes.append(new)
        else:
            needs = tuple(SkillNeed(skill, rng.randint(0, 3)) for skill in rng.sample(skills, rng.randint(0, 2)))
            ring = Ring(9, "general", needs, rng.choice(["all", "any"]))
            wanted.append(plans.of(contact(number, skills=needs[:1], rings=(ring,))))
        if len(homes) > 20:
            plans.farewell(homes.pop(rng.randrange(len(homes))))
    assert len(wanted) > 50
    for plan in wanted:
        assert set(plan.fitting) == {each for each in homes if plan.stages(each)}
    for each in homes:
        assert each.plans >= {plan for plan in wanted if plan.stages(each)}


def test_wishes_nobody_has_any_more_are_dropped_before_they_pile_up():
    plans, one = Plans(), home()
    plans.welcome(one)
    kept = plans.of(contact())
    kept.waiting = 1
    for number in range(PLANS_KEPT + 10):
        plans.of(contact(rings=(Ring(number + 1),)))
    assert len(list(plans.of_queue("orders"))) < 20
    assert len(one.plans) < 20
    assert plans.of(contact()) is kept
