"""Everything that may happen next to a waiting customer is tried."""

from warmline.domain.journey.checker_answers import MOST_RESULTS
from warmline.domain.journey.checker_moves import current_step, moves
from warmline.domain.journey.checker_values import Decisive
from warmline.domain.journey.document import (
    Ask,
    Callback,
    Compare,
    DigitsInput,
    End,
    Invoke,
    Journey,
    NumberInput,
    Step,
    Var,
    Verify,
    When,
)
from warmline.domain.journey.interface import RunTask
from warmline.domain.journey.session import Frame, JourneySession, Waiting

INPUT = JourneySession((Frame("j", 1, "start", (0,)),), "en", waiting=Waiting("input"))
END = (End("bye"),)


def _journey(*start: Step) -> Journey:
    return Journey(id="j", on_error=END, sections={"start": start})


def _moves(step: Step, decisive: Decisive, **situation: object) -> list[tuple[str, str]]:
    given = {"specs": {}, "tasks": {}, "timers": frozenset(), "taps": (), "queued": False, **situation}
    found = moves(INPUT, step, agent_word="agent", decisive=decisive, **given)  # pyright: ignore
    return [(s.kind, s.text or s.name or s.outcome) for s in found]


def test_the_step_a_session_stands_at_is_found_by_its_path():
    ask = Ask("n", "p", DigitsInput(1, 2), give_up=END)
    assert current_step(INPUT, {"j": _journey(ask)}) == ask


def test_a_question_is_answered_rightly_wrongly_not_at_all_and_with_a_wish_for_a_person():
    ask = Ask("n", "p", DigitsInput(2, 4), give_up=END)
    found = _moves(ask, Decisive([_journey(ask)]), timers=frozenset({"journey.input"}))
    assert ("silence", "journey.input") in found
    assert {("say", "12"), ("say", "1234"), ("say", "??!"), ("say", "agent"), ("hang_up", "")} <= set(found)


def test_numbers_that_a_condition_looks_at_are_typed_within_their_range():
    ask = Ask("n", "p", NumberInput(0, 100), give_up=END)
    limit = When(Compare(Var("n"), ">", 100), then=END)
    found = _moves(ask, Decisive([_journey(ask, limit)]))
    assert ("say", "100") in found
    assert ("say", "99") in found
    assert ("say", "101") not in found


def test_a_waiting_customer_may_be_connected_or_hang_up_but_is_not_asked():
    found = _moves(End("bye"), Decisive([]), queued=True, taps=("yes",))
    assert found == [("tap", "yes"), ("connect", ""), ("queue_moved", ""), ("hang_up", "")]


def test_of_many_times_for_a_call_the_first_and_the_last_stand_for_all():
    call = Callback("q", give_up=END, ask_time=True)
    times = ("now", *(f"2026-11-24T{hour:02}:00:00+00:00" for hour in range(4, 10)))
    tapped = [text for kind, text in _moves(call, Decisive([]), taps=times) if kind == "tap"]
    assert tapped == ["now", "2026-11-24T04:00:00+00:00", "2026-11-24T09:00:00+00:00"]
    menu = tuple("abcdef")
    assert [text for kind, text in _moves(End("bye"), Decisive([]), taps=menu) if kind == "tap"] == list(menu)


def test_a_backend_fails_times_out_and_answers_in_every_decisive_way():
    step = Invoke("t", into="o", failed=END, result=("status", "total"))
    decide = When(Compare(Var("o.status"), "==", "lost"), then=END)
    decisive = Decisive([_journey(step, decide)])
    found = moves(INPUT, step, {"1": RunTask("1", "t", {}, 5)}, frozenset(), (), False, "agent", decisive, {})
    tasks = [s for s in found if s.kind == "task"]
    assert [s.outcome for s in tasks] == ["failed", "timed_out", "ok", "ok"]
    assert [s.result["status"] for s in tasks[2:]] == ["lost", "something else"]


def test_many_decisive_fields_are_each_tried_without_trying_every_combination():
    names = tuple(f"f{i}" for i in range(8))
    step = Invoke("t", into="o", failed=END, result=names)
    decide = [When(Compare(Var(f"o.{name}"), "==", "x"), then=END) for name in names]
    decisive = Decisive([_journey(step, *decide)])
    found = moves(INPUT, step, {"1": RunTask("1", "t", {}, 5)}, frozenset(), (), False, "agent", decisive, {})
    answers = [s.result for s in found if s.outcome == "ok"]
    assert len(answers) < MOST_RESULTS
    assert {answer["f3"] for answer in answers} == {"x", "something else"}


def test_a_verification_succeeds_fails_and_locks():
    step = Verify("account_pin", "A", failed=END, locked=END, level=3)
    found = moves(
        INPUT,
        step,
        {"1": RunTask("1", "identity.check_pin", {}, 5)},
        frozenset(),
        (),
        False,
        "a",
        Decisive([]),
        {},
    )
    answers = [s.result for s in found if s.outcome == "ok"]
    assert [(a["level"], a["locked"]) for a in answers] == [(3, False), (0, False), (0, True)]
