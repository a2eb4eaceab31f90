"""What a journey is begun with: every value of a parameter that conditions tell apart, and the path says it."""

from typing import Any

import msgspec
import pytest
from tests.domain.journey.test_checker_broken import ALONE, BYE, LIBRARY, TEXTS, WORLD

from warmline.domain.journey import checker_given
from warmline.domain.journey.checker import begun_with, check
from warmline.domain.journey.checker_given import Beginnings
from warmline.domain.journey.checker_replay import CALLED, replayed, trial_of
from warmline.domain.journey.checker_report import Report, Stimulus
from warmline.domain.journey.checker_values import Decisive
from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.document import (
    AllOf,
    Ask,
    Block,
    CallModule,
    Compare,
    Condition,
    DigitsInput,
    Enqueue,
    Goto,
    Invoke,
    Journey,
    Return,
    Say,
    Scalar,
    Set,
    Step,
    Value,
    Var,
    When,
)
from warmline.kernel.locale import LOCALES, Locale

SAID: dict[Locale, dict[str, str]] = {
    loc: {
        **TEXTS[loc],
        "said.money": "{order.total:money:KRW}.",
        "said.topic": "{topic}!",
    }
    for loc in LOCALES
}
UNHEARD = Say("nobody.wrote.this")  # whoever comes here meets a fault
BACK: Block = (Return(),)
PEOPLE: Block = (Enqueue("general", BYE, BYE, BYE),)


def is_(name: str, op: str, right: Value | tuple[Scalar, ...] = None) -> Compare:
    return Compare(Var(name), op, right)  # pyright: ignore[reportArgumentType]


def module(
    *start: Step, parameters: tuple[str, ...] = ("topic",), on_error: Block = BACK, **more: Block
) -> Journey:
    return Journey("m", on_error, {"start": start, **more}, kind="module", parameters=parameters)


def journey(*start: Step, journey_id: str = "j", **more: object) -> Journey:
    sections: dict[str, Block] = {"start": start, "agent": PEOPLE}
    return Journey(journey_id, (Goto("agent"),), sections, **more)  # pyright: ignore[reportArgumentType]


def proved(one: Journey, *others: Journey, channel: str | None = "webchat") -> Report:
    library = {**LIBRARY, **{other.id: other for other in (one, *others)}}
    begun = one.id
    if one.kind == "module":
        library[one.id + CALLED], begun = trial_of(one), one.id + CALLED
    return check(begun, library, WORLD, SAID, channel)


def refusals(report: Report) -> list[tuple[str, str]]:
    return [(problem.code, problem.section) for problem in report.problems]


def branch(condition: Condition) -> tuple[Step, ...]:
    """A module that goes to one section where the condition holds, and to another where it does not."""
    return (When(condition, then=(Goto("so"),), otherwise=(Goto("otherwise"),)),)


ENDS: dict[str, Any] = {"so": (Return("so"),), "otherwise": (Return("otherwise"),)}
TOLD_APART = {
    "a topic": is_("topic", "==", "returns"),
    "any but a topic": is_("topic", "!=", "returns"),
    "one of several": is_("topic", "in", ("returns", "orders")),
    "a flag": is_("topic", "==", True),
    "more than a number": is_("topic", ">", 3),
    "at most a number": is_("topic", "<=", 3),
    "a number, if there is one": AllOf((is_("topic", "!=", ""), is_("topic", ">", 3))),
    "a day": is_("topic", "<", "2026-01-01"),
    "something at all": is_("topic", "is_set"),
    "a word in a text": is_("topic", "contains", "e"),
    "two words in a text": AllOf((is_("topic", "contains", "a"), is_("topic", "contains", "b"))),
    "a number in a list": is_("topic", "contains", 7),
    "two numbers in a list": AllOf((is_("topic", "contains", 7), is_("topic", "contains", 8))),
    "a field of a record": is_("topic.kind", "==", "gift"),
    "a field deep in a record": is_("topic.items.0.kind", "==", "gift"),
    "another parameter": is_("topic", "==", Var("other")),
}


@pytest.mark.parametrize("condition", TOLD_APART.values(), ids=TOLD_APART)
def test_a_module_alone_is_walked_on_both_sides_of_what_it_asks_of_a_parameter(condition: Condition):
    report = proved(module(*branch(condition), parameters=("topic", "other"), **ENDS))
    assert report.ok, report.lines()


@pytest.mark.parametrize("side", ["so", "otherwise"])
@pytest.mark.parametrize("condition", TOLD_APART.values(), ids=TOLD_APART)
def test_a_fault_on_either_side_is_found_and_its_path_says_what_the_module_was_given(
    condition: Condition, side: str
):
    report = proved(
        module(*branch(condition), parameters=("topic", "other"), **ENDS | {side: (UNHEARD, Return())})
    )
    found = [problem for problem in report.problems if problem.path]
    assert [(problem.code, problem.section) for problem in found] == [("prompt_missing", side)]
    (problem,) = found
    assert problem.path[0].kind == "start"
    assert problem.path[0].result or side == "otherwise"
    written = msgspec.json.decode(msgspec.json.encode(problem.path, enc_hook=str), type=tuple[Stimulus, ...])
    library = {
        "m": module(*branch(condition), parameters=("topic", "other"), **ENDS | {side: (UNHEARD, Return())})
    }
    lines = [line for step in replayed(report.journey, written, library, SAID) for line in step]
    assert tuple(lines) == problem.transcript


def test_the_transcript_of_a_path_begins_with_the_values_that_lead_to_it_in_every_language():
    asked = AllOf((is_("topic", "==", "returns"), is_("order.status", "==", "lost"), is_("strong", "==", True)))
    broken = module(
        When(asked, then=(UNHEARD,)), Return(), parameters=("topic", "order", "strong")
    )  # fmt: skip
    library = {**LIBRARY, "m": broken, "m" + CALLED: trial_of(broken)}
    told = {
        locale: next(p for p in check("m" + CALLED, library, WORLD, SAID, "webchat", locale).problems if p.path)
        for locale in LOCALES
    }
    assert told["en"].path[0].result == {"topic": "returns", "order": {"status": "lost"}, "strong": True}
    values = "order.status=lost, strong=True, topic=returns"
    assert told["en"].transcript[0].strip() == f"(begins with {values})"
    assert told["ko"].transcript[0].strip() == f"(시작할 때: {values})"
    assert told["ja"].transcript[0].strip() == f"（開始時の値: {values}）"


def test_a_parameter_that_is_handed_on_is_tried_with_what_the_next_module_asks_of_it():
    inner = Journey(
        "inner", (Return(),), {"start": branch(is_("what.kind", "==", "gift")), "so": (UNHEARD, Return()),
        "otherwise": (Return(),)}, kind="module", parameters=("what",),
    )  # fmt: skip
    outer = module(Set("copy", Var("topic")), CallModule("inner", {"what": Var("copy")}), Return())
    problem = next(p for p in proved(outer, inner).problems if p.path)
    assert problem.journey == "inner"
    assert problem.path[0].result == {"topic": {"kind": "gift"}}


def test_a_record_has_every_field_that_is_said_of_it_and_any_format_fits():
    present = is_("order", "is_set")
    alone = module(Say("said.money"), When(present, then=(Return(1),)), Return(), parameters=("order",))
    library = {**LIBRARY, "m": alone}
    rows = begun_with("m", library, PromptSource(SAID))
    assert rows == [{"order": {"total": "…"}}, {"order": None}]
    report = proved(alone)
    assert [p.code for p in report.problems] == ["variable_unset"]  # said of an order that may not be there
    guarded = module(When(present, then=(Say("said.money"),)), Return(), parameters=("order",))
    assert proved(guarded).ok


def test_a_constant_that_a_caller_passes_is_what_is_walked_in_the_caller():
    both = module(*branch(is_("topic", "==", "returns")), so=(UNHEARD, Return()), otherwise=(Return(),))
    well = journey(CallModule("m", {"topic": "orders"}), Goto("agent"))
    report = proved(well, both)
    assert [(p.code, p.path) for p in report.problems] == [
        ("prompt_missing", ())
    ] * 3  # the texts it lacks, no path
    ill = journey(CallModule("m", {"topic": "returns"}), Goto("agent"))
    assert any(p.path and p.path[0].result == {} for p in proved(ill, both).problems)


def test_a_section_that_only_other_callers_reach_is_not_held_against_this_one():
    both = module(*branch(is_("topic", "==", "returns")), **ENDS)
    assert proved(journey(CallModule("m", {"topic": "orders"}), Goto("agent")), both).ok
    dead = module(*branch(is_("topic", "==", "returns")), **ENDS, nobody=(Return(),))
    report = proved(journey(CallModule("m", {"topic": "orders"}), Goto("agent")), dead)
    assert refusals(report) == [("unreachable", "nobody")]


def test_the_rescue_of_a_module_is_walked_with_what_its_callers_give_it():
    on_error: Block = (When(is_("topic", "==", "returns"), then=(UNHEARD, Return())), Return())
    rescuing = module(Return(), on_error=on_error)
    alone = next(p for p in proved(rescuing).problems if p.path)
    assert (alone.path[0].name, alone.path[0].result) == ("fault", {"topic": "returns"})
    assert "topic=returns" in alone.transcript[0]
    calm = journey(CallModule("m", {"topic": "orders"}), Goto("agent"))
    assert not [p for p in proved(calm, rescuing).problems if p.path]
    wild = journey(
        Ask("n", "orders.ask_number", DigitsInput(2, 2), BYE), CallModule("m", {"topic": Var("n")}), *PEOPLE
    )
    assert [p.path[0].result for p in proved(wild, rescuing).problems if p.path] == [{"topic": "returns"}]


def test_a_journey_begins_with_what_nobody_knows_as_well_and_so_does_a_guide():
    big = journey(When(is_("amount", ">", 100), then=BYE), *PEOPLE, parameters=("amount",))
    (problem,) = [p for p in proved(big).problems if p.path]
    assert (problem.code, problem.path[0].result) == ("values_incomparable", {"amount": ""})
    assert problem.transcript[0].strip() == '(begins with amount="")'
    asked = AllOf((is_("amount", "!=", ""), is_("amount", ">", 100)))
    assert proved(journey(When(asked, then=BYE), *PEOPLE, parameters=("amount",))).ok


def test_a_caller_has_a_number_or_hides_it_and_nothing_else():
    hidden = is_("caller_number", "==", "")
    one = journey(When(hidden, then=BYE), *PEOPLE, parameters=("caller_number",))
    assert begun_with("j", {"j": one}, PromptSource(SAID)) == [{}, {"caller_number": ""}]


def test_what_can_no_longer_matter_does_not_multiply_the_situations():
    names = tuple(f"flag{n}" for n in range(6))
    asks = tuple(When(is_(name, "==", True), then=(Say("more.yes"),)) for name in names)
    wait = Ask("n", "orders.ask_number", DigitsInput(2, 2), give_up=(Return(),))
    report = proved(module(*asks, wait, wait, wait, Return(), parameters=names))
    assert report.ok, report.lines()
    assert report.complete
    assert report.states < 40  # not 64 of each


def test_a_parameter_nobody_looks_at_is_merely_unknown():
    report = proved(
        module(Say("said.topic"), Invoke("orders.find", "o", (Return(),), {"number": Var("topic")}), Return())
    )
    assert report.ok, report.lines()
    assert begun_with("m", {"m": module(Return())}, PromptSource(SAID)) == [{}]


def test_more_beginnings_than_can_be_walked_are_not_passed_unseen(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(checker_given, "MOST_BEGINNINGS", 10)
    names = ("a", "b", "c", "d")
    asks = tuple(When(is_(name, "==", True), then=(Say("more.yes"),)) for name in names)
    report = proved(module(*asks, Return(), parameters=names))
    assert "too_large" in {problem.code for problem in report.problems}
    assert not report.complete


def test_a_module_that_hands_its_parameter_round_in_a_circle_has_a_beginning():
    def handing(name: str, parameter: str, *steps: Step) -> Journey:
        return Journey(name, BACK, {"start": (*steps, Return())}, kind="module", parameters=(parameter,))

    one = handing("one", "a", CallModule("two", {"b": Var("a.x")}))
    two = handing("two", "b", Set("c", Var("b.y")), CallModule("one", {"a": Var("b")}))
    library = {"one": one, "two": two}
    begun = Beginnings(library, Decisive(library.values()), PromptSource(SAID), "webchat")
    assert begun.alone("one", {"a"}) == [{"a": {"x": {"y": "…"}}}]
    assert begun.called("two", {"b"}) == begun.alone("two", {"b"})
    assert begun.called("two", set()) == [{}]


def test_as_shipped_the_module_that_proves_customers_is_sound_alone_too():
    alone = LIBRARY["identify-customer"]
    library = {**ALONE, alone.id + CALLED: trial_of(alone)}
    report = check(alone.id + CALLED, library, WORLD, TEXTS)
    assert report.ok, report.lines()
    front = Journey("front-desk", BYE, {"start": (Goto("agent"),), "agent": BYE})  # asks for no strong proof
    report = check("order-status", {**LIBRARY, "front-desk": front}, WORLD, TEXTS)
    assert report.ok, report.lines()
