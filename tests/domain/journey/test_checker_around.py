"""What surrounds a customer follows from the machine's wishes; each stimulus is one event of the machine."""

import pytest

from warmline.domain.journey.checker_around import State, after, event_of
from warmline.domain.journey.checker_report import Stimulus
from warmline.domain.journey.interface import (
    EnterQueue,
    Finished,
    LeaveQueue,
    NoWake,
    QueueMoved,
    Reply,
    RunTask,
    Said,
    Speak,
    TaskDone,
    TimedOut,
    WakeMe,
)
from warmline.domain.journey.machine import begin
from warmline.domain.journey.session import JourneySession, Waiting

SESSION = begin("j", 1, "en")


def test_timers_taps_and_queue_are_as_the_machine_last_wished():
    before = State(SESSION, frozenset({"journey.wait", "journey.overflow"}), {}, ("a",), queued=True)
    speak = Speak("p", "?", (Reply("b", "B"),))
    wishes = (NoWake("journey.overflow"), LeaveQueue(), speak, WakeMe("journey.input", 9))
    now = after(before, Stimulus("silence", name="journey.wait"), wishes)
    assert (now.timers, now.taps, now.queued, now.ended) == ({"journey.input"}, ("b",), False, None)
    assert after(now, Stimulus("say", text="x"), (EnterQueue("orders"),)).queued
    assert after(now, Stimulus("say", text="x"), (Finished("contained"),)).ended == "contained"


def test_a_task_runs_only_while_somebody_waits_for_it():
    waiting = JourneySession(SESSION.frames, "en", waiting=Waiting("task", task_id="1"))
    task = RunTask("1", "find", {}, 5)
    assert after(State(SESSION), Stimulus("start"), (task,), waiting).tasks == {"1": task}
    assert after(State(SESSION), Stimulus("start"), (task,), SESSION).tasks == {}


def test_each_stimulus_is_one_event_of_the_machine():
    assert event_of(Stimulus("tap", text="a")) == Said("a", value="a")
    assert event_of(Stimulus("silence", name="journey.input")) == TimedOut("journey.input")
    assert event_of(Stimulus("queue_moved")) == QueueMoved()
    assert event_of(Stimulus("task", name="1", outcome="failed")) == TaskDone("1", "failed", reason="checked")
    with pytest.raises(ValueError, match="hang_up"):
        event_of(Stimulus("hang_up"))
