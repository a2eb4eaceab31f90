"""A simulated conversation runs on virtual time: nothing sleeps, everything happens in order."""

from msgspec.structs import replace

from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.document import Ask, DigitsInput, End, Enqueue, Goto, Invoke, Journey, Say, Step
from warmline.domain.journey.interface import RunTask
from warmline.domain.journey.simulate import Answer, Conversation
from warmline.domain.journey.simulate_run import NOW, Scene, Setting
from warmline.kernel.locale import LOCALES

WORDS = {
    "hello": "Hello.", "bye": "Goodbye.", "ask": "Number?", "slow": "Still looking.",
    "common.no_input": "Are you there?", "common.no_match": "Pardon?", "queue.enter": "Queue.",
    "queue.wait": "Wait.", "queue.enter_plain": "Queue.", "queue.wait_plain": "Wait.",
    "queue.wait_position": "Wait.",
    "input.hint.digits": "Digits.", "common.last_resort": "Sorry.", "common.one_moment": "Moment.",
}  # fmt: skip
TEXTS = PromptSource({locale: WORDS for locale in LOCALES})
END = (End("bye"),)
QUEUE = Enqueue("orders", END, END, END, overflow_after_s=600)


def _talk(*start: Step, answer: Answer | None = None, connect_after_s: float | None = 45, **setting: object):
    journey = Journey(id="j", on_error=END, sections={"start": start, "agent": (QUEUE,)})
    scene = Scene({"j": journey}, TEXTS, replace(Setting(), **setting))

    def backend(task: RunTask) -> Answer:
        return answer or Answer()

    return Conversation("j", scene, backend, NOW, connect_after_s=connect_after_s)


def test_a_customer_who_answers_is_served_and_the_talk_is_written_down():
    talk = _talk(Say("hello"), Ask("n", "ask", DigitsInput(4, 4), give_up=END), End("bye"))
    talk.say("1234")
    assert talk.ended == "contained"
    assert talk.lines == ["Bot: Hello.", "Bot: Number?", "Customer: 1234", "Bot: Goodbye."]


def test_silence_costs_virtual_time_only():
    talk = _talk(Ask("n", "ask", DigitsInput(4, 4), give_up=(Goto("agent"),), attempts=2, no_input_s=180))
    assert talk.step()
    assert (talk.now - NOW).total_seconds() == 180
    assert any("Are you there?" in line for line in talk.lines)
    assert talk.step()
    assert talk.queued_in == "orders"


def test_a_backend_that_times_out_takes_as_long_as_it_may():
    step = Invoke("t", into="o", failed=END, timeout_s=5, retries=0)
    talk = _talk(step, End("hello"), answer=Answer("timed_out"))
    assert talk.busy
    talk.finish_tasks()
    assert (talk.now - NOW).total_seconds() == 5
    assert talk.lines[-1] == "Bot: Goodbye."


def test_a_waiting_customer_meets_a_person_unless_nobody_is_there():
    talk = _talk(Goto("agent"))
    while talk.step():
        pass
    assert talk.ended == "person"
    alone = _talk(Goto("agent"), queues={"orders": "unstaffed"})
    assert alone.ended == "contained"


def test_a_customer_who_leaves_hears_no_more():
    talk = _talk(Ask("n", "ask", DigitsInput(4, 4), give_up=END))
    talk.leave()
    talk.say("1234")
    assert talk.ended == "left"
    assert not talk.step()
