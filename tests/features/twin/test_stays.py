from msgspec.structs import replace

from warmline.features.twin.day import Stay
from warmline.features.twin.stays import Step, attempts_of, stays_of, unplayed


def step(at_s: float, kind: str, **more: str | None) -> Step:
    return replace(Step("c1", "webchat", at_s, kind), **more)


def stays(*steps: Step) -> tuple[Stay, ...]:
    return stays_of(steps, 86_400)


def test_a_declined_offer_does_not_begin_a_new_wait():
    (stay,) = stays(
        step(0, "contact_queued", queue_id="help"), step(5, "contact_queued", queue_id="help"),
        step(12, "agent_joined", agent_id="mina"), step(72, "agent_left", agent_id="mina"),
        step(100, "contact_wrapped_up", agent_id="mina"), step(72, "contact_ended", reason="agent_ended"),
    )  # fmt: skip
    assert (stay.at_s, stay.until_s, stay.handle_s, stay.wrap_up_s, stay.ending) == (0, 12, 60, 28, "answered")


def test_a_transferred_contact_waits_twice_and_is_worked_on_twice():
    first, second = stays(
        step(0, "contact_queued", queue_id="help"), step(10, "agent_joined", agent_id="mina"),
        step(70, "agent_left", agent_id="mina"), step(70, "contact_queued", queue_id="money"),
        step(80, "contact_wrapped_up", agent_id="mina"), step(90, "agent_joined", agent_id="yuki"),
        step(190, "agent_left", agent_id="yuki"), step(200, "contact_wrapped_up", agent_id="yuki"),
    )  # fmt: skip
    assert (first.queue_id, first.handle_s, first.agent_id) == ("help", 60, "mina")
    assert (second.queue_id, second.at_s, second.handle_s, second.wrap_up_s) == ("money", 70, 100, 10)


def test_overflow_ends_the_first_wait_as_moved():
    first, second = stays(step(0, "contact_queued", queue_id="help"), step(60, "contact_queued", queue_id="money"))
    assert (first.ending, first.until_s, second.ending) == ("moved", 60, "open")


def test_who_leaves_gave_up_and_whom_the_journey_sends_on_did_not():
    (left,) = stays(step(0, "contact_queued", queue_id="help"), step(9, "contact_ended", reason="customer_left"))
    (sent,) = stays(step(0, "contact_queued", queue_id="help"), step(9, "queue_left", queue_id="help"))
    (promised,) = stays(step(0, "contact_queued", queue_id="help"), step(9, "callback_promised"))
    assert (left.ending, sent.ending, promised.ending) == ("gave_up", "sent_away", "called")


def test_work_without_a_goodbye_ends_with_its_wrap_up():
    (stay,) = stays(
        step(0, "contact_queued", queue_id="help"), step(10, "agent_joined", agent_id="mina"),
        step(70, "contact_wrapped_up", agent_id="mina"),
    )  # fmt: skip
    assert (stay.handle_s, stay.wrap_up_s) == (60, 0)


def test_waits_that_began_later_belong_to_another_day():
    assert stays_of([step(100, "contact_queued", queue_id="help")], 50) == ()


def test_a_promised_call_ends_the_wait_and_the_work_on_it_comes_later():
    (stay,) = stays(
        step(0, "contact_queued", queue_id="help"),
        step(40, "callback_promised", by="customer"),
        step(300, "agent_joined", agent_id="mina"),
        step(420, "agent_left", agent_id="mina"),
        step(420, "contact_ended", reason="agent_ended"),
        step(430, "contact_wrapped_up", agent_id="mina"),
    )
    assert (stay.ending, stay.until_s, stay.called_by) == ("called", 40, "customer")
    assert (stay.called_at_s, stay.work_at_s, stay.handle_s, stay.wrap_up_s) == (300, 300, 120, 10)


def test_attempts_at_promised_calls_are_told_with_their_time():
    steps = [
        step(300, "agent_joined", agent_id="mina"), step(325, "callback_tried", outcome="no_answer"),
        step(900, "agent_joined", agent_id="yuki"), step(910, "callback_tried", outcome="reached"),
        step(990, "callback_tried", outcome="no_answer"),
    ]  # fmt: skip
    assert attempts_of(steps) == [(False, 25), (True, 10)]


def test_wishes_for_a_person_are_read_with_how_long_they_last():
    (last,) = stays(step(5, "contact_queued", queue_id="help", preferred_id="mina", preferred_until_s=35.0))
    assert (last.wished_id, last.wished_s, last.alone) == ("mina", 30, False)
    (only,) = stays(step(5, "contact_queued", queue_id="help", only_id="yuki"))
    assert (only.wished_id, only.wished_s, only.alone) == ("yuki", 60, True)


def test_of_the_day_before_only_what_was_not_over_at_midnight_counts():
    story = (step(-900, "contact_queued", queue_id="help"), step(-880, "agent_joined", agent_id="mina"))
    over = (*story, step(-100, "agent_left", agent_id="mina"), step(-100, "contact_wrapped_up", agent_id="mina"))
    assert stays(*over) == ()
    (in_hand,) = stays(*story, step(60, "agent_left", agent_id="mina"))
    assert (in_hand.at_s, in_hand.handle_s) == (-900, 940)
    (waiting,) = stays(step(-900, "contact_queued", queue_id="help"))
    assert waiting.ending == "open"
    assert stays(step(-900, "contact_queued", queue_id="help"), step(-5, "contact_ended")) == ()


def test_what_cannot_be_played_is_noticed():
    waited = step(0, "contact_queued", queue_id="help")
    assert unplayed([waited, step(40, "callback_promised")]) == ()
    assert unplayed([waited, step(40, "callback_promised", window=True)]) == ("windows",)
    assert unplayed([step(40, "callback_promised")]) == ("direct_calls",)
