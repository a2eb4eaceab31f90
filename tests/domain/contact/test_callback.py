"""A promised call: the place in line is kept, it is tried as often as promised, and it never ends in silence."""

from datetime import timedelta

import pytest

from warmline.domain.contact import commands as c
from warmline.domain.contact import events as e
from warmline.domain.contact.model import CallbackOrder, CallbackStage, ContactStatus, DisconnectReason
from warmline.domain.hours.calendar import Calendar
from warmline.kernel.errors import Refused

SEOUL = Calendar("Asia/Seoul", "", {"mon": (("09:00", "18:30"),), "tue": (("09:00", "18:30"),)})


def promised(case, **rules):
    """A customer in line has asked to be called."""
    case.rules(callback_offered=True, **rules)
    case.queued()
    entered_at = case.it.queue.entered_at
    case.later(30)
    case.do(c.RequestCallback("+821012345678"))
    return entered_at


def test_who_asks_for_a_call_keeps_the_exact_place_in_line(case, people):
    entered_at = promised(case)
    assert (case.it.status, case.it.callback.stage) == (ContactStatus.CALLBACK, CallbackStage.LINE)
    assert case.it.queue.entered_at == entered_at
    assert case.said_by_bot()[-1] == "contact.callback_promised"
    assert case.last(e.MessageSent).quick_replies[0].value == "callback:cancel"
    case.do(c.AcceptOffer(people[0], "Mina", case.offered(people[0])))
    assert case.it.status is ContactStatus.CONNECTED
    assert case.it.callback.phone == "+821012345678"
    assert case.said_by_bot()[-1] == "contact.callback_agent_here"
    case.check()


def test_an_agent_who_does_not_take_the_call_leaves_it_in_line(case):
    entered_at = promised(case)
    case.offered()
    case.fire("offer")
    assert (case.it.status, case.it.queue.entered_at) == (ContactStatus.CALLBACK, entered_at)
    assert case.last(e.CallbackMoved).why == "missed"
    assert case.timers.keys() == {"callback"}
    case.check()


def test_a_customer_who_writes_back_has_been_reached(case, people):
    promised(case)
    case.connected(people[0])
    case.say("네, 여기 있어요")
    assert case.it.callback is None
    assert case.last(e.CallbackClosed).outcome == "reached"
    assert any(task.task == "callbacks.settle" for task in case.tasks.values())
    case.check()


def test_nobody_answers_as_often_as_promised_and_then_it_ends_with_words(case, people):
    promised(case, callback_attempts=2, callback_retry_s=600)
    case.connected(people[0])
    case.do(c.CallbackOutcome(people[0], "no_answer"))
    assert (case.it.status, case.it.callback.stage) == (ContactStatus.CALLBACK, CallbackStage.LATER)
    assert case.it.callback.due_at == case.now + timedelta(seconds=600)
    assert case.said_by_bot()[-1] == "contact.callback_retry"
    case.check()
    case.fire("callback")
    assert case.it.callback.stage is CallbackStage.LINE
    case.connected(people[0])
    case.do(c.CallbackOutcome(people[0], "busy"))
    assert case.it.disconnect_reason is DisconnectReason.CALLBACK_UNREACHED
    assert case.said_by_bot()[-1] == "contact.callback_unreached"
    assert case.it.wrap_up is not None, "the agent writes down what happened"
    case.check()


def test_a_wrong_number_is_not_tried_again(case, people):
    promised(case)
    case.connected(people[0])
    case.do(c.CallbackOutcome(people[0], "wrong_number"))
    assert case.it.status is ContactStatus.ENDED
    assert case.said_by_bot()[-1] == "contact.callback_wrong_number"


def test_the_customer_is_asked_first_and_waits_for_nobody_twice(case, people):
    entered_at = promised(case, callback_order=CallbackOrder.CUSTOMER_FIRST, callback_confirm_s=120)
    case.do(c.MakeOffer(case.it.id, people[0], case.now + timedelta(seconds=20)))
    assert (case.it.status, case.it.offer) == (ContactStatus.CALLBACK, None)
    assert case.it.callback.stage is CallbackStage.ASKING
    assert case.timers["callback"] == case.now + timedelta(seconds=120)
    case.tap("callback:here")
    assert (case.it.status, case.it.queue.entered_at) == (ContactStatus.QUEUED, entered_at)
    case.do(c.AcceptOffer(people[0], "Mina", case.offered(people[0])))
    assert case.it.status is ContactStatus.CONNECTED
    case.check()


def test_a_customer_who_does_not_answer_is_asked_again_later(case, people):
    promised(case, callback_order=CallbackOrder.CUSTOMER_FIRST, callback_attempts=2)
    for attempt in (1, 2):
        case.do(c.MakeOffer(case.it.id, people[0], case.now + timedelta(seconds=20)))
        case.fire("callback")
        assert case.last(e.CallbackTried).attempt == attempt
        if attempt == 1:
            case.fire("callback")
    assert case.it.disconnect_reason is DisconnectReason.CALLBACK_UNREACHED
    case.check()


def test_a_customer_may_put_the_call_off_or_cancel_it(case, people):
    promised(case, callback_order=CallbackOrder.CUSTOMER_FIRST)
    case.do(c.MakeOffer(case.it.id, people[0], case.now + timedelta(seconds=20)))
    case.tap("callback:later")
    assert case.it.callback.stage is CallbackStage.LATER
    case.tap("callback:cancel")
    assert case.it.disconnect_reason is DisconnectReason.CUSTOMER_LEFT
    assert case.last(e.CallbackClosed).outcome == "cancelled"
    case.check()


def test_a_supervisor_who_cancels_lets_the_customer_know(case, people):
    promised(case)
    case.do(c.CancelCallback(people[1]))
    assert case.said_by_bot()[-1] == "contact.callback_called_off"
    assert case.last(e.CallbackClosed).by_agent_id == people[1]
    case.check()


def test_a_call_waits_for_the_chosen_time_and_is_told_in_the_customers_own(case):
    case.rules(callback_offered=True)
    case.queued()
    start = case.now + timedelta(hours=5)
    case.do(c.RequestCallback(not_before=start, not_after=start + timedelta(hours=1), time_zone="Asia/Tokyo"))
    assert (case.it.callback.stage, case.timers["callback"]) == (CallbackStage.LATER, start)
    assert case.last(e.CallbackPromised).address_kind == "message"
    assert "오후 11:00" in case.last(e.MessageSent).text, "14:00 UTC is 23:00 in Tokyo"
    with pytest.raises(Refused):
        case.do(c.MakeOffer(case.it.id, case.it.id, case.now))
    case.fire("callback")
    assert case.it.callback.stage is CallbackStage.LINE
    assert case.timers["callback"] <= start + timedelta(hours=1)


def test_a_missed_window_is_admitted_and_the_call_still_comes(case):
    case.rules(callback_offered=True)
    case.queued()
    case.do(c.RequestCallback(not_after=case.now + timedelta(minutes=10)))
    case.fire("callback")
    assert case.said_by_bot()[-1] == "contact.callback_late"
    assert (case.it.callback.stage, case.it.callback.not_after) == (CallbackStage.LINE, None)
    assert case.it.callback.told_at == case.now, "it is late against the end of its window"


def test_a_promised_time_that_passes_without_a_call_is_admitted_once_and_stays_what_it_is_late_against(case):
    promised(case)
    told_at = case.it.callback.told_at
    assert told_at == case.last(e.CallbackPromised).due_at
    assert case.timers["callback"] == told_at + timedelta(minutes=5), "around a time is a few minutes"
    case.fire("callback")
    assert case.said_by_bot()[-1] == "contact.callback_late"
    assert case.it.callback.told_at == told_at
    assert case.it.callback.due_at > case.now, "the customer hears what to expect now"
    assert (case.it.callback.stage, case.last(e.CallbackMoved).why) == (CallbackStage.LINE, "window")
    case.check()
    for _ in range(12):
        case.fire("callback")
    assert case.said_by_bot().count("contact.callback_late") == 1
    case.later(3600)
    case.offered()
    case.fire("offer")
    assert case.it.callback.told_at == told_at, "an agent who misses it does not make the promise younger"
    case.check()


def test_a_promised_time_that_passes_while_it_rings_is_admitted_when_nobody_took_it(case):
    promised(case)
    told_at = case.it.callback.told_at
    case.now = told_at + timedelta(minutes=4, seconds=50)
    case.offered()
    assert "callback" not in case.timers
    case.fire("offer")
    assert case.timers["callback"] == case.now, "no later than now"
    case.fire("callback")
    assert case.said_by_bot()[-1] == "contact.callback_late"
    assert case.it.callback.told_at == told_at
    case.check()


def test_another_promised_time_is_kept_or_admitted_like_the_first(case, people):
    promised(case, callback_retry_s=600)
    case.fire("callback")
    case.connected(people[0])
    case.do(c.CallbackOutcome(people[0], "no_answer"))
    assert case.it.callback.told_at == case.now + timedelta(seconds=600)
    while case.said_by_bot().count("contact.callback_late") < 2:
        case.fire("callback")
    assert case.now == case.it.callback.told_at + timedelta(minutes=5)


def test_a_call_is_made_only_while_its_queue_is_open(case):
    promised(case, calendar=SEOUL)
    closes_at = case.now.replace(hour=9, minute=30, second=0)
    assert case.timers["callback"] <= closes_at, "09:30 UTC is closing time in Seoul"
    while case.it.callback.stage is CallbackStage.LINE:
        case.fire("callback")
    assert case.now == closes_at
    assert case.it.callback.stage is CallbackStage.LATER
    assert case.it.callback.due_at == case.now.replace(hour=0, minute=0) + timedelta(days=1)
    assert case.said_by_bot()[-1] == "contact.callback_moved"
    case.check()


@pytest.mark.parametrize(
    ("window", "why"),
    [
        ({"not_after": timedelta(minutes=-5)}, "over"),
        ({"not_before": timedelta(hours=2), "not_after": timedelta(hours=1)}, "before it begins"),
        ({"not_before": timedelta(days=31)}, "30 days"),
        ({"not_before": timedelta(hours=2), "not_after": timedelta(hours=3)}, "nobody is there"),
        ({"time_zone": "Asia/Atlantis"}, "time zone"),
    ],
)
def test_a_time_that_cannot_be_kept_is_not_promised(case, window, why):
    case.rules(callback_offered=True, calendar=SEOUL)
    case.queued()
    wish = {name: case.now + value if isinstance(value, timedelta) else value for name, value in window.items()}
    with pytest.raises(Refused) as refused:
        case.do(c.RequestCallback(**wish))
    assert refused.value.code == "contact.callback_window"
    assert why in refused.value.text
    assert case.it.status is ContactStatus.QUEUED, "the place in line is still there"


def test_asking_twice_is_one_callback_with_the_newer_time(case):
    promised(case)
    later = case.now + timedelta(hours=3)
    case.do(c.RequestCallback(not_before=later))
    assert case.kinds().count("callback_promised") == 1
    assert (case.it.callback.stage, case.it.callback.due_at) == (CallbackStage.LATER, later)
    assert case.said_by_bot()[-1] == "contact.callback_moved"


def test_a_second_contact_of_a_customer_who_is_called_already_ends_explained(case):
    promised(case)
    task = next(task for task in case.tasks.values() if task.task == "callbacks.promise")
    case.do(c.TaskFinished(task.task_id, "ok", {"already": "another contact"}))
    assert case.it.disconnect_reason is DisconnectReason.CALLBACK_PROMISED
    assert case.said_by_bot()[-1] == "contact.callback_already"
    case.check()


def told_of_another(case):
    """The task that writes the promise down finds that the customer is called already."""
    task = next(task for task in case.tasks.values() if task.task == "callbacks.promise")
    case.do(c.TaskFinished(task.task_id, "ok", {"already": "another contact"}))


def test_a_second_promise_found_while_it_rings_at_an_agent_is_taken_back_too(case):
    promised(case)
    case.offered()
    told_of_another(case)
    assert case.it.disconnect_reason is DisconnectReason.CALLBACK_PROMISED
    assert (case.it.offer, case.it.callback) == (None, None)
    assert case.said_by_bot()[-1] == "contact.callback_already"
    assert any(task.task == "callbacks.settle" for task in case.tasks.values())
    case.check()


def test_a_second_promise_found_while_the_customer_is_back_in_line_is_one_call_all_the_same(case, people):
    promised(case, callback_order=CallbackOrder.CUSTOMER_FIRST)
    case.do(c.MakeOffer(case.it.id, people[0], case.now + timedelta(seconds=20)))
    case.tap("callback:here")
    assert case.it.status is ContactStatus.QUEUED
    told_of_another(case)
    assert case.it.disconnect_reason is DisconnectReason.CALLBACK_PROMISED
    case.check()


def test_a_second_promise_found_when_an_agent_is_there_leaves_them_the_conversation(case, people):
    promised(case)
    case.connected(people[0])
    told_of_another(case)
    assert (case.it.status, case.it.agent_id, case.it.callback) == (ContactStatus.CONNECTED, people[0], None)
    assert case.last(e.CallbackClosed).outcome == "duplicate"
    assert case.said_by_bot()[-1] == "contact.callback_already"
    case.check()


def test_a_supervisor_moves_a_call_and_the_customer_hears_of_it(case, people):
    promised(case)
    later = case.now + timedelta(hours=1)
    case.do(c.RescheduleCallback(people[1], not_before=later))
    assert case.it.callback.due_at == later
    assert case.last(e.CallbackMoved).by_agent_id == people[1]
    assert case.said_by_bot()[-1] == "contact.callback_moved"


@pytest.mark.parametrize("how", ["transferred", "reassigned"])
def test_a_call_given_to_one_agent_is_theirs_for_a_while_and_then_anybodys(case, people, how):
    mina, yuki = people
    promised(case)
    if how == "transferred":
        case.connected(mina)
        case.do(c.Transfer(mina, to_agent_id=yuki))
    else:
        case.do(c.Reassign(mina, to_agent_id=yuki, to_agent_name="Yuki"))
    assert (case.it.status, case.it.queue.only_agent_id) == (ContactStatus.CALLBACK, yuki)
    with pytest.raises(Refused):
        case.offered(mina)
    assert case.timers["queue.only"] == case.now + timedelta(seconds=case.policy.only_agent_s)
    case.check()
    case.fire("queue.only")
    assert (case.it.status, case.it.queue.only_agent_id) == (ContactStatus.CALLBACK, None)
    assert (case.last(e.CallbackMoved).why, case.it.callback.stage) == ("widened", CallbackStage.LINE)
    case.check()
    case.do(c.AcceptOffer(mina, "Mina", case.offered(mina)))
    assert case.it.agent_id == mina


def test_a_call_given_to_one_agent_for_later_is_kept_for_them_when_its_time_has_come(case, people):
    promised(case)
    start = case.now + timedelta(hours=3)
    case.do(c.RequestCallback(not_before=start, not_after=start + timedelta(minutes=30)))
    case.do(c.Reassign(people[0], to_agent_id=people[1], to_agent_name="Yuki"))
    assert "queue.only" not in case.timers, "the while begins when anybody could be asked"
    case.fire("callback")
    assert (case.it.callback.stage, case.it.queue.only_agent_id) == (CallbackStage.LINE, people[1])
    assert case.timers["queue.only"] == start + timedelta(seconds=case.policy.only_agent_s)
    case.check()


def test_after_an_attempt_that_reached_nobody_the_next_may_be_anybodys(case, people):
    promised(case)
    case.do(c.Reassign(people[0], to_agent_id=people[1], to_agent_name="Yuki"))
    case.connected(people[1])
    case.do(c.CallbackOutcome(people[1], "no_answer"))
    assert case.it.queue.only_agent_id is None
    case.check()


def test_a_call_passed_on_to_another_queue_keeps_its_age(case, people):
    entered_at = promised(case)
    case.connected(people[0])
    case.do(c.Transfer(people[0], queue_id="refunds"))
    assert (case.it.status, case.it.queue.queue_id) == (ContactStatus.CALLBACK, "refunds")
    assert case.it.queue.entered_at == entered_at
    case.check()


def test_an_agent_who_ends_the_conversation_owes_no_call_any_more(case, people):
    promised(case)
    case.connected(people[0])
    case.do(c.AgentEnds(people[0]))
    assert (case.it.status, case.it.callback) == (ContactStatus.SURVEY, None)
    assert case.last(e.CallbackClosed).outcome == "ended"
    case.check()


def test_words_of_a_company_that_cannot_be_filled_are_not_said(case):
    case.world.texts["contact.callback_promised"] = "{customer.name}님, 연락드릴게요."
    promised(case)
    assert "{" not in case.last(e.MessageSent).text
    assert "저희가 먼저 연락드릴게요" in case.last(e.MessageSent).text


def test_another_time_chosen_while_it_rings_takes_the_offer_back(case):
    promised(case)
    case.offered()
    case.do(c.RequestCallback(not_before=case.now + timedelta(hours=1)))
    assert (case.it.status, case.it.offer) == (ContactStatus.CALLBACK, None)
    case.check()


def test_a_call_can_be_cancelled_while_it_rings_at_an_agent(case):
    promised(case)
    case.offered()
    case.tap("callback:cancel")
    assert case.it.disconnect_reason is DisconnectReason.CUSTOMER_LEFT
    case.check()


def test_a_call_moved_forward_is_told_for_its_new_time_not_the_old_one(case, people):
    promised(case)
    late, soon = case.now + timedelta(hours=5), case.now + timedelta(hours=1)
    case.do(c.RescheduleCallback(people[0], late, late + timedelta(minutes=30)))
    assert case.it.callback.due_at == late
    case.do(c.RescheduleCallback(people[0], soon, soon + timedelta(minutes=30)))
    assert case.it.callback.due_at == soon
    case.do(c.RescheduleCallback(people[0]))
    assert case.it.callback.due_at < soon, "as soon as possible"
    case.check()
