"""Backend tasks: answers, retries, time limits."""

from collections.abc import Callable
from typing import Any

from warmline.domain.journey.document import Ask, DigitsInput, End, Invoke, Journey, Say, Var
from warmline.domain.journey.interface import Collected, NoWake, RunTask, WakeMe

Talk = Callable[..., Any]


def calling(**more: Any) -> Journey:
    invoke = Invoke("orders.find", "order", failed=(End("failed"),), **more)
    return Journey("j", (End("sorry"),), {"start": (invoke, Say("found"), End("done"))})


TEXTS = {"found": "{order.status}"}


def test_an_answer_lands_in_its_variable_and_declared_fields_are_always_there(talk: Talk) -> None:
    customer = talk(calling(result=("status", "eta")), texts=TEXTS)
    customer.start()
    assert customer.tasks == [RunTask("j.1", "orders.find", {}, 5)]
    assert customer.commands(WakeMe) == [WakeMe("journey.task", 10)]
    assert customer.task(status="shipped") == ["shipped", "[done]"]
    assert customer.variables == {"order": {"status": "shipped", "eta": None}}


def test_a_failing_task_is_tried_again_after_a_pause_under_the_same_key(talk: Talk) -> None:
    customer = talk(calling(retries=2, retry_wait_s=3))
    customer.start()
    customer.task("failed")
    assert customer.tasks == [RunTask("j.1#2", "orders.find", {}, 5, attempt=2, delay_s=3)]
    customer.task("timed_out")
    assert customer.tasks[0].task_id == "j.1#3"
    assert customer.task("failed") == ["[failed]"]


def test_a_time_out_has_a_branch_of_its_own_where_one_is_drawn(talk: Talk) -> None:
    customer = talk(calling(retries=0, timed_out=(End("slow"),)))
    customer.start()
    assert customer.task("timed_out") == ["[slow]"]
    plain = talk(calling(retries=0))
    plain.start()
    assert plain.task("timed_out") == ["[failed]"]


def test_an_answer_that_never_arrives_counts_as_timed_out(talk: Talk) -> None:
    customer = talk(calling(retries=0))
    customer.start()
    assert customer.silence("journey.task") == ["[failed]"]
    assert not customer.timers


def test_a_slow_backend_is_explained_once(talk: Talk) -> None:
    customer = talk(calling(slow_prompt="slow"), texts=TEXTS)
    customer.start()
    assert WakeMe("journey.slow", 2) in customer.last.commands
    assert customer.silence("journey.slow") == ["[slow]"]
    assert customer.silence("journey.slow") == []
    customer.task(status="ok")
    assert customer.commands(NoWake) == [NoWake("journey.task")]


def test_a_quick_answer_takes_the_slow_timer_down(talk: Talk) -> None:
    customer = talk(calling(slow_prompt="slow"), texts=TEXTS)
    customer.start()
    customer.task(status="ok")
    assert customer.commands(NoWake) == [NoWake("journey.task"), NoWake("journey.slow")]


def test_a_secret_lives_until_its_task_is_through(talk: Talk) -> None:
    ask = Ask("pin", "ask", DigitsInput(), (), sensitivity="secret")
    invoke = Invoke("login", "x", failed=(End("failed"),), args={"pin": Var("pin")})
    customer = talk(Journey("j", (End("sorry"),), {"start": (ask, invoke, End("done"))}))
    customer.start()
    customer.say("1234")
    customer.task("failed")
    assert customer.tasks[0].args == {"pin": "1234"}  # the second attempt needs it too
    customer.task()
    assert customer.variables == {"x": {}}
    assert customer.session.frames[0].secrets == ()


def test_the_people_who_help_see_the_declared_answer_and_nothing_else(talk: Talk) -> None:
    customer = talk(calling(result=("status", "total", "eta")), texts=TEXTS)
    customer.start()
    customer.task(status="shipped", total=12.5, eta=None, internal="x")
    shown = [command for command in customer.last.commands if isinstance(command, Collected)]
    assert shown == [Collected("order", '{"status":"shipped","total":12.5}', pii=True)]
