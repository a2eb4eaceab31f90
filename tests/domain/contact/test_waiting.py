"""What a queue does about those who wait too long, or for nobody."""

from datetime import datetime

import pytest
from msgspec.structs import replace

from warmline.domain.contact import commands as c
from warmline.domain.contact import events as e
from warmline.domain.contact.model import ContactStatus, DisconnectReason
from warmline.domain.hours.calendar import Calendar
from warmline.kernel.errors import Refused

NEVER = Calendar("Asia/Seoul", "", {})


def passed_on(case, people):
    """A customer waits in `refunds`, and no journey informs them."""
    case.connected(people[0])
    case.do(c.Transfer(people[0], queue_id="refunds"))


@pytest.mark.parametrize(
    ("then", "status", "words"),
    [
        ("stay", ContactStatus.QUEUED, "contact.max_wait_stay"),
        ("message", ContactStatus.ENDED, "contact.max_wait_message"),
        ("callback", ContactStatus.CALLBACK, "contact.callback_promised_here"),
    ],
)
def test_the_longest_wait_of_a_queue_is_kept_and_explained(case, then, status, words):
    case.rules(max_wait_s=240, at_max_wait=then, callback_offered=then == "callback")
    case.queued()
    case.fire("queue.max")
    assert (case.it.status, case.said_by_bot()[-1]) == (status, words)
    reached = case.last(e.WaitLimitReached)
    assert (reached.queue_id, reached.after_s, reached.then) == ("orders", 240, then)
    assert "queue.max" not in case.timers
    case.check()


def test_who_is_being_offered_at_that_moment_is_not_sent_away(case, people):
    case.rules(max_wait_s=240, at_max_wait="message")
    case.queued()
    case.later(235)
    offer = case.offered(people[0])
    case.fire("queue.max")
    assert case.it.status is ContactStatus.OFFERED
    case.do(c.DeclineOffer(people[0], offer))
    case.fire("queue.max")
    assert case.it.disconnect_reason is DisconnectReason.MESSAGE_TAKEN


def test_the_longest_wait_counts_from_the_first_entry_whatever_happens(case, people):
    case.rules(max_wait_s=240)
    case.queued()
    due_at = case.timers["queue.max"]
    case.later(100)
    case.do(c.DeclineOffer(people[0], case.offered(people[0])))
    assert case.timers["queue.max"] == due_at


def test_when_nobody_is_left_a_customer_without_a_journey_is_helped_otherwise(case, people):
    case.rules("refunds", leave_when_empty=True)
    passed_on(case, people)
    case.world.staffed = False
    case.do(c.QueueChanged())
    assert case.it.disconnect_reason is DisconnectReason.MESSAGE_TAKEN
    assert case.said_by_bot()[-1] == "contact.nobody_left"
    assert case.last(e.QueueDeserted).why == "nobody"
    case.check()


def test_when_nobody_is_left_a_queue_that_calls_back_promises_that(case, people):
    case.rules("refunds", leave_when_empty=True, callback_offered=True)
    passed_on(case, people)
    case.world.staffed = False
    case.fire("queue.watch")
    assert case.it.status is ContactStatus.CALLBACK
    assert case.last(e.CallbackPromised).by == "system"
    case.check()


def test_past_closing_time_the_line_ends_once_nobody_serves_it_any_more(case, people):
    case.rules("refunds", calendar=NEVER)
    passed_on(case, people)
    case.do(c.QueueChanged())
    assert case.it.status is ContactStatus.QUEUED, "those who are still there still help"
    case.world.staffed = False
    case.do(c.QueueChanged())
    assert case.said_by_bot()[-1] == "contact.queue_closed"
    assert case.it.status is ContactStatus.ENDED


def test_a_customer_passed_on_is_asked_once_whether_they_would_rather_be_called(case, people):
    case.rules("refunds", callback_offered=True, callback_after_s=60)
    passed_on(case, people)
    for _ in range(3):
        case.fire("queue.watch")
    assert case.said_by_bot().count("contact.callback_offer") == 1
    case.tap("callback:decline")
    assert case.said_by_bot()[-1] == "contact.callback_declined"
    case.tap("callback:accept")
    assert case.it.status is ContactStatus.CALLBACK
    case.check()


def test_a_queue_without_callbacks_promises_none(case):
    case.queued()
    with pytest.raises(Refused) as refused:
        case.do(c.RequestCallback())
    assert refused.value.code == "contact.callback_not_offered"


def test_the_number_given_to_the_journey_is_the_one_to_call(case):
    case.rules(callback_offered=True)
    case.open()
    case.tap("agent")
    journey = case.it.journey
    frame = replace(journey.frames[0], variables={"callback_phone": "+821055556666"})
    case.contact = replace(case.it, journey=replace(journey, frames=(frame,)))
    case.do(c.RequestCallback())
    assert case.it.callback.phone == "+821055556666"


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:00-11:00", "1999-12-31T00:00:00+00:00"]
)
@pytest.mark.parametrize("end", ["not_before", "not_after"])
def test_a_time_of_another_age_is_refused_however_it_is_asked_for(case, people, at, end):
    case.rules(callback_offered=True)
    case.queued()
    wish = {end: datetime.fromisoformat(at)}
    with pytest.raises(Refused) as refused:
        case.do(c.RequestCallback(**wish))
    assert refused.value.code == "contact.callback_window"
    case.do(c.RequestCallback())
    with pytest.raises(Refused) as refused:
        case.do(c.RescheduleCallback(people[0], **wish))
    assert refused.value.code == "contact.callback_window"
    case.check()
