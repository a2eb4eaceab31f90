from msgspec.structs import replace

from warmline.features.twin.day import Stay
from warmline.features.twin.stays import Step, stays_of


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
    assert (left.ending, sent.ending, promised.ending) == ("gave_up", "sent_away", "sent_away")


def test_work_without_a_goodbye_ends_with_its_wrap_up():
    (stay,) = stays(
        step(0, "contact_queued", queue_id="help"), step(10, "agent_joined", agent_id="mina"),
        step(70, "contact_wrapped_up", agent_id="mina"),
    )  # fmt: skip
    assert (stay.handle_s, stay.wrap_up_s) == (60, 0)


def test_waits_that_began_later_belong_to_another_day():
    assert stays_of([step(100, "contact_queued", queue_id="help")], 50) == ()
