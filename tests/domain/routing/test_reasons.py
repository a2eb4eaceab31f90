"""The reason of a choice names what mattered, in one sentence."""

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.reasons import Reason, sentence

SKILLS = (SkillNeed("ja", 3), SkillNeed("vip", 1))


def test_a_busy_agent_is_named_least_busy_with_the_skills_that_mattered():
    why = Reason("least_busy", "orders", 42, 2, SKILLS, idle_s=7, busy=2)
    assert sentence(why) == (
        "Least busy (2 in hand, 7 s since) of those who serve orders with ja 3+, vip 1+; priority 2, waited 42 s."
    )


def test_a_widened_search_a_weight_and_agents_kept_for_others_are_named():
    why = Reason(
        "fewest", "orders", 90, 5, ring=1, ring_after_s=60, ring_queue_id="general", measure=3, weight=1.5,
        reserved=("vip",), also=2,
    )  # fmt: skip
    assert sentence(why) == (
        "Fewest handled today (3) of those who may be asked for orders after 60 s, serving general;"
        " priority 5, waited 90 s, weight 1.5, 2 more ringing, enough left for vip."
    )


def test_what_people_decided_is_said_so():
    assert sentence(Reason("pushed", "orders", 5, over_capacity=True)) == (
        "Given by a supervisor, beyond what the agent can do at once; waited 5 s."
    )
    assert sentence(Reason("picked", "orders", 5)) == "Taken by the agent; waited 5 s."
    assert sentence(Reason("only_agent", "orders", 5)) == "Meant for this agent alone; waited 5 s."
    assert sentence(Reason("last_agent", "orders", 5)) == "Helped this customer last; waited 5 s."


def test_every_strategy_has_its_words():
    def words(code, measure=1) -> str:
        return sentence(Reason(code, "orders", 0, idle_s=9, measure=measure)).partition(" of those")[0]

    assert words("longest_idle") == "Idle longest (9 s)"
    assert words("spare_capacity") == "Most room (1 more)"
    assert words("round_robin") == "Next in turn"
    assert words("best_level", 8) == "Best at it (levels 8)"
    assert words("least_occupied", 60) == "Least occupied today (60 s)"
