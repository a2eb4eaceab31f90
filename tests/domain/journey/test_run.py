"""The workbench of one advance."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from warmline.domain.journey.document import Ask, CallModule, DigitsInput, End, Journey, Return, Say, Set, Var
from warmline.domain.journey.faults import Fault
from warmline.domain.journey.run import MAX_DEPTH, Run, expects_secret, timers
from warmline.domain.journey.session import Waiting

Talk = Callable[..., Any]
HELLO = Journey("hello", (End("sorry"),), {"start": (Say("hi"), End("bye"))})


def bench(talk: Talk, **variables: object) -> Run:
    customer = talk(HELLO, variables=variables, locale="ko")
    return Run(customer.session, customer.world, datetime(2026, 11, 22, 20, 0, tzinfo=UTC), "webchat", None)


def test_what_is_opened_and_frozen_unchanged_is_the_same(talk: Talk) -> None:
    run = bench(talk, n=1)
    frozen = run.freeze()
    assert frozen.commands == ()
    assert frozen.session.frames[0].variables == {"n": 1}
    assert Run(frozen.session, run.facts, run.now, "webchat", None).freeze().session == frozen.session


def test_today_is_the_customers_day(talk: Talk) -> None:
    assert str(bench(talk).today) == "2026-11-23"  # already Monday in Seoul
    assert str(bench(talk, time_zone="America/New_York").today) == "2026-11-22"
    assert str(bench(talk, time_zone="No/Where").today) == "2026-11-22"


def test_a_secret_is_masked_when_spoken_and_forgotten_when_used(talk: Talk) -> None:
    run = bench(talk)
    run.facts.texts["say"] = "It is {pin}."  # type: ignore[attr-defined]
    run.set_secret("pin", "1234")
    assert run.text("say") == "It is ••••."
    assert run.holds_secret("pin")
    run.forget_secrets(Var("pin"))
    assert "pin" not in run.variables
    run.set_secret("pin", "1234")
    run.set("pin", "public")
    assert run.text("say") == "It is public."


def test_a_secret_inside_a_record_makes_the_record_secret(talk: Talk) -> None:
    run = bench(talk)
    run.set_secret("login.pin", "1234")
    assert run.is_secret(Var("login"))
    assert run.is_secret(Var("login.pin"))
    assert not run.is_secret(Var("log"))
    assert not run.is_secret("login")


def test_modules_calling_each_other_without_end_are_stopped(talk: Talk) -> None:
    deep = Journey("deep", (End("sorry"),), {"start": (CallModule("deep"),)}, kind="module")
    customer = talk(deep)
    assert customer.start() == ["[sorry]"]
    assert customer.last.problems == ("too_deep",)
    assert len(customer.session.frames) == MAX_DEPTH


def test_a_result_of_a_secret_stays_secret_in_the_caller(talk: Talk) -> None:
    module = Journey(
        "m",
        (Return(),),
        {"start": (Ask("pin", "ask", DigitsInput(), (), sensitivity="secret"), Return(Var("pin")))},
        kind="module",
    )
    main = Journey(
        "main", (End("sorry"),), {"start": (CallModule("m", into="p"), Set("q", Var("p")), Say("say"), End("bye"))}
    )
    customer = talk(main, module, texts={"say": "{q}"})
    customer.start()
    assert customer.last.expects_secret
    assert customer.say("1234") == ["••••", "[bye]"]


def test_nothing_to_return_to_is_a_fault(talk: Talk) -> None:
    with pytest.raises(Fault, match="nothing_to_return_to"):
        bench(talk).back_to_caller(None)


def test_each_way_of_waiting_has_its_timers() -> None:
    assert timers(Waiting("input")) == ("journey.input",)
    assert timers(Waiting("task", data={"slow": True})) == ("journey.task", "journey.slow")
    assert timers(Waiting("task")) == ("journey.task",)
    assert timers(Waiting("survey")) == ("journey.survey",)
    assert timers(Waiting("queue", phase="offers")) == ("journey.wait", "journey.overflow", "journey.callback")
    assert timers(Waiting("queue")) == ("journey.wait", "journey.overflow")
    assert timers(Waiting("elsewhere")) == ()
    assert not expects_secret(None)


def test_a_journey_that_copies_a_record_into_itself_ends_explained_before_it_fills_the_memory(talk: Talk) -> None:
    double = (Set("b.left", Var("a")), Set("b.right", Var("a")), Set("a", Var("b")))
    journey = Journey("j", (End("sorry"),), {"start": (Set("a.x", "leaf"), *(double * 40), End("bye"))})
    customer = talk(journey)
    assert customer.start() == ["[sorry]"]
    assert customer.last.problems[0].startswith("value_too_large b.")
