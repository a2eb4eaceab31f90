"""A place in line has clocks, and they are told of."""

from datetime import timedelta

from warmline.domain.contact import events as e
from warmline.domain.contact.model import ContactStatus
from warmline.domain.contact.policy import Widening


def test_the_search_widens_step_by_step_and_the_timeline_says_so(case):
    case.rules(widenings=(Widening(0, "ring"), Widening(60, "ring", teams=("Seoul",)), Widening(90, "skills"),
                          Widening(90, "overflow", "general")))  # fmt: skip
    case.queued()
    entered_at = case.it.queue.entered_at
    assert case.timers["queue.ring"] == entered_at + timedelta(seconds=60)
    case.fire("queue.ring")
    assert case.last(e.SearchWidened) == e.SearchWidened("orders", "ring", 60, None, ("Seoul",))
    case.later(-1)  # clocks of two machines differ a little
    case.now = max(case.now, entered_at)
    case.fire("queue.ring")
    widened = [event for event in case.events if isinstance(event, e.SearchWidened)]
    assert [(one.what, one.to_queue_id) for one in widened[1:]] == [("skills", None), ("overflow", "general")]
    assert case.said_by_bot()[-1] == "contact.overflow"
    assert "queue.ring" not in case.timers
    assert (case.it.status, case.it.queue.entered_at) == (ContactStatus.QUEUED, entered_at)
    case.check()


def test_what_a_customer_is_told_to_expect_is_written_down_as_it_was_told(case):
    case.queued()
    promised = case.last(e.WaitPromised)
    assert (promised.low_s, promised.high_s, promised.position) == (180, 300, 2)
    assert case.it.wait_promised == (case.now + timedelta(seconds=180), case.now + timedelta(seconds=300))
    assert case.kinds().count("wait_promised") == 1


def test_the_same_word_a_minute_later_is_no_new_promise_and_another_one_is(case):
    case.queued()
    case.later(60)
    case.world.wait_s = (120, 240)  # a minute has passed, and nothing else
    case.fire("journey.wait")
    assert case.kinds().count("wait_promised") == 1
    case.world.wait_s = (540, 900)  # two people went home
    case.later(60)
    case.fire("journey.wait")
    again = case.last(e.WaitPromised)
    assert (again.low_s, again.high_s) == (540, 900)
    assert case.kinds().count("wait_promised") == 2
    case.check()


def test_a_wait_nobody_knows_is_not_promised(case):
    case.world.wait_s = (None, None)
    case.queued()
    assert "wait_promised" not in case.kinds()
