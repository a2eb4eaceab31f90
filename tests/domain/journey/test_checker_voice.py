"""Journeys proved for callers, too."""

import pytest

from warmline.domain.journey.checker import check
from warmline.domain.journey.checker_replay import replayed
from warmline.domain.journey.checker_report import Problem, Report
from warmline.domain.journey.checker_static import World
from warmline.domain.journey.checker_voice import differs, works_unheard
from warmline.domain.journey.checker_words import Cause
from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.document import (
    Ask,
    Block,
    Callback,
    EmailInput,
    End,
    Journey,
    Menu,
    Option,
    Say,
    SendLink,
    Set,
    Step,
    TextInput,
    Var,
    Voicemail,
)
from warmline.domain.journey.session import Frame, JourneySession, Waiting
from warmline.domain.journey.tasks import TaskSpec
from warmline.kernel.locale import LOCALES, Locale

WORLD = World(frozenset({"orders"}), frozenset(), {"phone.send": TaskSpec()})
KEYS = (
    "hi", "bye", "which", "label", "leave", "common.no_input", "common.no_match", "common.one_moment",
    "common.last_resort", "input.hint.choice", "input.hint.text", "input.hint.phone", "voice.still_checking",
    "callback.ask_own", "callback.own_this", "callback.own_other", "callback.ask_phone", "callback.promised",
)  # fmt: skip
BASE = {
    **{key: key for key in KEYS},
    "voice.option": "for {label} {n}",
    "voice.option_last": "for {label} {n}",
    "common.words.agent": "agent",
}


def journey(*steps: Step, parameters: tuple[str, ...] = (), ends: bool = False) -> Journey:
    """A journey of these steps; `ends`: they end it themselves."""
    last = () if ends else (End("bye"),)
    sections: dict[str, Block] = {"start": (*steps, *last), "agent": (End("bye"),)}
    return Journey("j", (End("bye"),), sections, parameters=parameters)


def checked(one: Journey, channel: str | None = None, **texts: str) -> Report:
    everything: dict[Locale, dict[str, str]] = {locale: {**BASE, **texts} for locale in LOCALES}
    return check("j", {"j": one}, WORLD, everything, channel)


def found(report: Report) -> list[Problem]:
    """What is wrong, beside that nobody who is asked nothing can ask for a person."""
    return [problem for problem in report.problems if problem.code != "unreachable"]


def menu(count: int) -> Menu:
    return Menu("which", tuple(Option(f"o{n}", "label") for n in range(count)), give_up=(End("bye"),))


def test_nine_options_have_a_key_each_and_the_tenth_has_none() -> None:
    assert checked(journey(menu(9))).ok
    refused = checked(journey(menu(10)))
    assert [problem.code for problem in refused.problems] == ["too_many_options"]
    assert refused.problems[0].text.startswith("By telephone: `which` has 10 options")
    assert checked(journey(menu(10)), "webchat").ok


def test_what_cannot_be_keyed_needs_another_way_on() -> None:
    assert checked(journey(Ask("x", "which", TextInput(), give_up=(End("bye"),)))).ok
    refused = checked(journey(Ask("x", "which", TextInput(), give_up=())))
    assert [problem.code for problem in refused.problems] == ["no_keys"]


def test_a_spoken_text_that_reads_what_nobody_set_is_found_and_can_be_replayed() -> None:
    one = journey(Say("hi"))
    texts = {"hi@spoken": "hi {name}"}
    refused = checked(one, **texts)
    assert [(problem.code, problem.channel) for problem in found(refused)] == [("variable_unset", "voice")]
    problem = found(refused)[0]
    everything: dict[Locale, dict[str, str]] = {locale: {**BASE, **texts} for locale in LOCALES}
    lines = [
        line for step in replayed("j", problem.path, {"j": one}, everything, problem.channel) for line in step
    ]
    assert tuple(lines) == problem.transcript
    assert not found(checked(one, "webchat", **texts))


def test_a_problem_of_both_channels_is_told_once() -> None:
    refused = checked(journey(Say("hi")), hi="hi {name}")
    assert [(problem.code, problem.channel) for problem in found(refused)] == [("variable_unset", "webchat")]


def test_a_message_is_walked_recorded_and_not() -> None:
    box = Voicemail("leave", done=(Say("hi"), End("bye")), give_up=(Say("which"),))
    refused = checked(journey(box), hi="a {a}", which="b {b}")
    assert {problem.cause.details["name"] for problem in found(refused)} == {"a", "b"}
    assert "(the customer leaves a message)" in "".join(
        line for one in found(checked(journey(box), "voice", hi="a {a}")) for line in one.transcript
    )


def test_the_number_of_a_caller_is_walked_as_theirs_and_as_another() -> None:
    call = Callback("orders", give_up=(End("bye"),))
    report = checked(journey(call, parameters=("caller_number",), ends=True), "voice")
    assert report.ok
    assert report.states > checked(journey(call, ends=True), "voice").states


def test_a_link_that_nothing_could_send_is_a_problem_before_anybody_calls() -> None:
    link = SendLink(Var("number"), sent=(End("bye"),), failed=(End("bye"),))
    lonely = World(frozenset({"orders"}), frozenset(), {})
    texts: dict[Locale, dict[str, str]] = {locale: dict(BASE) for locale in LOCALES}
    report = check("j", {"j": journey(link, parameters=("number",), ends=True)}, lonely, texts, "voice")
    assert [one.code for one in report.problems] == ["no_short_messages"]


def test_silence_while_a_task_runs_is_no_endless_silence() -> None:
    link = SendLink(Var("number"), sent=(End("bye"),), failed=(End("bye"),))
    assert checked(journey(link, parameters=("number",), ends=True), "voice").ok


@pytest.mark.parametrize(
    ("one", "more", "walked"),
    [
        (journey(Say("hi")), {}, False),
        (journey(Say("hi")), {"hi@spoken": "hello"}, False),
        (journey(Say("hi")), {"hi@spoken": "hello {name}"}, True),
        (journey(Voicemail("leave", done=(), give_up=())), {}, True),
        (journey(Say("hi"), parameters=("caller_number",)), {}, True),
    ],
)
def test_the_second_walk_is_made_where_a_caller_may_come_to_something_else(
    one: Journey, more: dict[str, str], walked: bool
) -> None:
    texts = PromptSource({locale: {**BASE, **more} for locale in LOCALES})
    assert differs([one], texts) is walked


@pytest.mark.parametrize("expect", [TextInput(), EmailInput()])
def test_what_only_words_can_say_is_asked_where_giving_up_is_explained(expect: TextInput | EmailInput) -> None:
    """Nobody knows beforehand whether a recogniser is there: without one, every caller comes to `give_up`."""
    silent = Ask("x", "which", expect, give_up=(Set("x", ""),))
    assert "no_keys" in {problem.code for problem in checked(journey(silent)).problems}
    told = Ask("x", "which", expect, give_up=(Say("hi"), Set("x", "")))
    assert "no_keys" not in {problem.code for problem in checked(journey(told)).problems}


def test_a_menu_that_nobody_keeps_in_mind_is_told_and_not_refused() -> None:
    report = checked(journey(menu(6)))
    assert report.ok
    assert [one.cause for one in report.warnings] == [
        Cause("long_menu", {"name": "which", "count": "6", "most": "5"})
    ]
    assert checked(journey(menu(5))).warnings == ()
    assert checked(journey(menu(6)), "webchat").warnings == ()


def test_a_caller_who_waits_for_work_that_says_nothing_is_found() -> None:
    session = JourneySession((Frame("j", 1, "start", (0,)),), "en", waiting=Waiting("task", task_id="j.1"))
    assert works_unheard(session, frozenset({"journey.task"}))
    assert not works_unheard(session, frozenset({"journey.task", "journey.slow"}))
