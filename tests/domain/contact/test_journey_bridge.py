"""What journeys want becomes events, timers, tasks and states."""

from datetime import datetime, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from warmline.domain.contact import commands as c
from warmline.domain.contact import events as e
from warmline.domain.contact import journey_bridge
from warmline.domain.contact.draft import Draft
from warmline.domain.contact.model import CallbackStage, ContactStatus, DisconnectReason
from warmline.domain.hours.calendar import Calendar
from warmline.domain.journey.document import Ask, Callback, DigitsInput, End, Journey
from warmline.domain.journey.interface import PromiseCallback


def test_a_backend_call_is_a_task_and_its_answer_goes_on(case):
    case.open()
    case.tap("order")
    case.say("1234")
    (task,) = case.tasks.values()
    assert (task.task, case.it.intent) == ("orders.find", "order_status")
    case.do(c.TaskFinished(task.task_id, "ok", {"status": "shipped"}))
    assert case.it.disconnect_reason is DisconnectReason.CONTAINED
    assert case.said_by_bot()[-1] == "bye"
    assert case.it.tasks == {}


def impatient(case, **person_after):
    case.policy = replace(case.policy, person_after=person_after)
    case.open()
    case.tap("order")


def test_who_is_misunderstood_as_often_as_the_reason_allows_comes_to_a_person_and_the_record_says_why(case):
    impatient(case, order_status=2)
    case.say("어제 산 거요")
    assert case.it.status is ContactStatus.JOURNEY
    case.say("그 파란 거요")
    assert case.it.status is ContactStatus.QUEUED
    assert case.last(e.HandedOver) == e.HandedOver(2, "order_status")
    assert "common.handing_over" in case.said_by_bot()
    case.check()


def test_the_limit_of_another_reason_or_of_none_changes_nothing(case):
    impatient(case, refund=1)
    case.say("어제 산 거요")
    assert case.it.status is ContactStatus.JOURNEY
    assert "handed_over" not in case.kinds()
    assert case.it.journey.misunderstood == 1


def test_with_nobody_there_the_customer_is_asked_for_a_number_as_after_the_word_agent(case):
    case.world.staffed = False
    impatient(case, order_status=1)
    case.say("???")
    assert case.it.status is ContactStatus.JOURNEY
    case.say("010-1234-5678")
    assert case.it.status is ContactStatus.CALLBACK
    case.check()


def test_a_question_after_the_conversation_brings_nobody_back_to_a_person(case, people):
    asked = Ask("again", "ask", DigitsInput(), give_up=(End("bye"),), attempts=3)
    case.world.journeys["csat", 1] = Journey("csat", (End("bye"),), {"start": (asked, End("bye"))}, kind="survey")
    case.world.texts["common.words.agent"] = "agent"
    impatient(case, order_status=1)
    case.say("agent")
    case.connected(people[0])
    case.do(c.AgentEnds(people[0]))
    assert case.it.status is ContactStatus.SURVEY
    case.say("글쎄요")
    assert case.it.status is ContactStatus.SURVEY
    assert "handed_over" not in case.kinds()
    case.check()


def test_a_failing_backend_leads_to_a_person(case):
    case.open()
    case.tap("order")
    case.say("1234")
    (task,) = case.tasks.values()
    case.do(c.TaskFinished(task.task_id, "failed", reason="down"))
    assert case.it.status is ContactStatus.QUEUED


def test_an_answer_told_twice_is_heard_once(case):
    case.open()
    case.tap("order")
    case.say("1234")
    (task,) = case.tasks.values()
    done = c.TaskFinished(task.task_id, "failed", reason="down")
    case.do(done)
    assert case.do(done).duplicate_of is not None


def test_proof_of_identity_raises_the_level_and_links_the_customer(case):
    case.open()
    case.tap("verify")
    case.say("4920")
    task = next(iter(case.tasks.values()))
    assert "4920" not in str(case.events)
    case.do(
        c.TaskFinished(task.task_id, "ok", {"level": 2, "customer_ref": "B-7", "tries_left": 2, "locked": False})
    )
    assert case.it.assurance == 2
    link = case.tasks[next(key for key in case.tasks if key.startswith("customers.link"))]
    assert link.args == {"customer_ref": "B-7"}


def test_a_promised_callback_keeps_the_place_and_competes_for_it(case, people):
    case.queued()
    entered_at = case.it.queue.entered_at
    case.fire("journey.callback")
    case.tap("callback:accept")
    case.say("010-1234-5678")
    assert case.it.status is ContactStatus.CALLBACK
    assert case.it.callback.due_at == case.last(e.CallbackPromised).due_at
    assert case.it.callback.phone == "+821012345678"
    promise = next(task for task in case.tasks.values() if task.task == "callbacks.promise")
    assert promise.args["queued_at"] == entered_at.isoformat()
    case.say("저녁에는 안 돼요")
    assert case.said_by_bot()[-1] == "contact.callback_waiting"
    case.do(c.CustomerConnection(False))
    assert "idle" not in case.timers, "who waits for a call need not keep the page open"
    assert case.it.queue.entered_at == entered_at
    case.offered(people[0])
    assert case.it.status is ContactStatus.OFFERED
    case.check()


def test_while_an_agent_may_accept_any_second_the_journey_holds_its_breath(case):
    case.queued()
    case.offered()
    timer = next(name for name in case.timers if name.startswith("journey."))
    case.now = case.timers[timer]
    case.do(c.TimerFired(timer))
    assert case.it.status is ContactStatus.OFFERED
    assert case.timers[timer] == case.it.offer.expires_at


def test_a_journey_that_forgot_to_wake_up_is_rescued_into_a_queue(case):
    case.open()
    case.do(c.TimerFired("journey.watch"))
    stuck = msgspec.structs.replace(case.it, timers={"journey.watch": case.now})
    case.contact, case.timers = stuck, {"journey.watch": case.now}
    case.do(c.TimerFired("journey.watch"))
    assert case.it.status is ContactStatus.QUEUED
    assert case.said_by_bot()[-1] == "contact.trouble"


def test_a_page_sets_only_the_variables_that_the_journey_asks_it_for(case):
    front = case.world.journeys["front", 1]
    case.world.journeys["front", 1] = replace(front, parameters=("product", "campaign"))
    case.open(attributes={"product": "lamp", "customer_id": "somebody-else", "time_zone": "Mars"})
    assert case.it.journey.frames[-1].variables == {"product": "lamp", "campaign": ""}
    assert case.it.attributes["customer_id"] == "somebody-else", "the agent may see it, no journey believes it"


def test_a_journey_promises_the_call_for_the_half_hour_the_customer_chose(case):
    case.queued()
    begins = case.now + timedelta(hours=3)
    window = (begins, begins + timedelta(minutes=30), "Asia/Seoul")
    draft = Draft(case.it, case.world, case.now, case.policy)
    journey_bridge._promise(draft, PromiseCallback("orders", "+821012345678", *window))
    promised = draft.contact.callback
    assert (promised.stage, promised.due_at) == (CallbackStage.LATER, begins)
    assert (promised.not_before, promised.not_after, promised.time_zone) == window
    assert not draft.spoke, "the journey has told the customer itself"


def test_a_time_outside_the_hours_of_the_queue_becomes_as_soon_as_possible_and_is_told(case):
    case.queued()
    begins = case.now + timedelta(days=40)
    draft = Draft(case.it, case.world, case.now, case.policy)
    journey_bridge._promise(
        draft, PromiseCallback("orders", "+821012345678", begins, begins + timedelta(minutes=30))
    )
    assert draft.contact.callback.not_before is None
    assert [event.prompt for event in draft.events if isinstance(event, e.MessageSent)] == [
        "contact.callback_promised"
    ]


WEEKDAYS = Calendar("Asia/Seoul", "", {"mon": (("09:00", "18:30"),), "tue": (("09:00", "18:30"),)})


def asking_for_a_time(case, **more):
    """A journey that promises a call of queue `orders`, which is open on two days from nine to half past six."""
    step = Callback("orders", give_up=(End("bye"),), phone="010-1234-5678", **more)
    case.world.journeys["front", 1] = Journey("front", (End("bye"),), {"start": (step,)})
    case.rules(calendar=WEEKDAYS)


def test_a_journey_offers_only_half_hours_in_which_the_queue_is_open(case):
    asking_for_a_time(case, ask_time=True)
    case.open()  # 18:00 in Seoul: closing time is in half an hour
    offered = [one.value for one in case.last(e.MessageSent).quick_replies if one.value != "now"]
    assert offered, "tomorrow there is time"
    tomorrow = case.now.replace(hour=0, minute=0) + timedelta(days=1)
    assert all(tomorrow <= datetime.fromisoformat(at) < tomorrow + timedelta(hours=9.5) for at in offered)
    case.tap(offered[0])
    assert case.it.callback.not_before == tomorrow
    assert [key for key in case.said_by_bot() if "promised" in key] == ["callback.promised_at"]
    case.check()


@pytest.mark.parametrize("ahead", [timedelta(hours=2), timedelta(days=31)])
def test_a_known_time_that_cannot_be_kept_is_answered_with_one_promise_not_two(case, ahead):
    asking_for_a_time(case, at=(case.now + ahead).isoformat())
    case.open()
    assert [key for key in case.said_by_bot() if "promised" in key] == ["contact.callback_promised"]
    assert (case.it.status, case.it.callback.not_before) == (ContactStatus.CALLBACK, None)
    case.check()


def test_a_customer_whose_time_is_not_understood_hears_that_and_when_the_call_comes_about(case):
    asking_for_a_time(case, ask_time=True)
    case.open()
    for text in ("음", "글쎄요", "hm"):
        case.say(text)
    assert case.said_by_bot()[-2:] == ["callback.time_unclear", "contact.callback_promised"]
    assert (case.it.status, case.it.callback.not_before) == (ContactStatus.CALLBACK, None)
    case.check()
