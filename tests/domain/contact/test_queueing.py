"""Waiting: entering, being watched over, hearing from us, leaving."""

from datetime import timedelta

from msgspec.structs import replace

from warmline.domain.contact import commands as c
from warmline.domain.contact import events as e
from warmline.domain.contact.model import ContactStatus, SkillNeed


def test_who_had_an_agent_lately_is_offered_to_them_first(case, people):
    case.open(last_agent_id=people[1], last_agent_at=case.now - timedelta(hours=5))
    case.tap("agent")
    assert case.it.queue.preferred_agent_id == people[1]
    assert case.it.queue.preferred_until == case.now + timedelta(seconds=case.policy.preferred_s)


def test_yesterdays_agent_is_not_waited_for(case, people):
    case.open(last_agent_id=people[1], last_agent_at=case.now - timedelta(hours=25))
    case.tap("agent")
    assert case.it.queue.preferred_agent_id is None


def test_a_waiting_contact_looks_at_its_queue_by_itself(case):
    case.queued()
    case.fire("queue.watch")
    assert case.timers["queue.watch"] == case.now + timedelta(seconds=case.policy.queue_watch_s)


def test_when_everybody_goes_home_the_journey_decides_what_follows(case):
    case.queued()
    case.world.staffed = False
    case.do(c.QueueChanged())
    assert case.it.status is ContactStatus.JOURNEY
    assert case.last(e.QueueLeft).queue_id == "orders"
    assert case.said_by_bot()[-1] == "callback.ask_phone"


def test_a_customer_passed_on_hears_from_us_although_no_journey_runs(case, people):
    case.connected()
    case.do(c.Transfer(people[0], queue_id="refunds"))
    case.world.staffed = False
    for _ in range(6):
        case.fire("queue.watch")
    assert case.said_by_bot()[-1] == "contact.nobody_staffed"
    case.world.staffed = True
    for _ in range(6):
        case.fire("queue.watch")
    assert case.said_by_bot()[-1] == "contact.still_waiting"


def test_a_tenants_own_words_win_over_ours(case, people):
    case.world.texts["contact.transferred"] = "온다가 연결해 드릴게요."
    case.connected()
    case.do(c.Transfer(people[0], queue_id="refunds"))
    assert case.last(e.MessageSent).text == "온다가 연결해 드릴게요."


def test_a_customer_is_answered_in_their_language_if_anybody_speaks_it(case):
    case.policy = replace(case.policy, languages=frozenset({"ko", "ja"}))
    case.queued()
    assert case.it.queue.skills == (SkillNeed(case.it.locale, 2),)


def test_a_language_nobody_speaks_is_no_reason_to_wait_for_ever(case):
    case.policy = replace(case.policy, languages=frozenset({"ja"}))
    case.queued()
    assert case.it.queue.skills == ()


def test_another_queue_asks_for_the_same_language_once(case, people):
    case.policy = replace(case.policy, languages=frozenset({"ko", "ja", "en"}))
    case.connected()
    case.do(c.Transfer(people[0], queue_id="refunds"))
    case.fire("queue.watch")
    assert case.it.queue.skills == (SkillNeed(case.it.locale, 2),)
