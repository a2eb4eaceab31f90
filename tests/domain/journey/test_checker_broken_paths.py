"""Shipped journeys, broken in a module or on the answer of a backend, are refused with the path that shows it."""

import msgspec
import pytest
from tests.domain.journey.test_checker_broken import ALONE, LIBRARY, TEXTS, before, checked, section

from warmline.domain.journey.document import CallModule, Compare, Goto, Menu, Say, Var, Verify, When
from warmline.kernel.locale import LOCALES, Locale


def test_a_verification_without_an_answer_when_locked_is_refused_in_the_module():
    module = LIBRARY["identify-customer"]
    (*rest, menu) = module.sections["start"]
    assert isinstance(menu, Menu)
    proof = menu.options[0].then[0]
    assert isinstance(proof, Verify)
    option = msgspec.structs.replace(
        menu.options[0], then=(msgspec.structs.replace(proof, locked=(Goto("lost"),)),)
    )
    broken = msgspec.structs.replace(menu, options=(option, *menu.options[1:]))
    library = {
        **ALONE,
        module.id: msgspec.structs.replace(module, sections={**module.sections, "start": (*rest, broken)}),
    }
    assert ("section_unknown", module.id) in {
        (p.code, p.journey) for p in checked("order-status", library, TEXTS).problems
    }


def test_a_module_that_calls_itself_is_refused():
    module = LIBRARY["identify-customer"]
    again = CallModule(module.id, {name: "" for name in module.parameters})
    library = {**ALONE, module.id: before("start", again)(module)}
    assert "too_deep" in {p.code for p in checked("order-status", library, TEXTS).problems}


def test_a_text_that_only_the_platform_says_is_missed_on_the_path_to_it():
    texts: dict[Locale, dict[str, str]] = {
        loc: {k: t for k, t in TEXTS[loc].items() if k != "identity.wrong_one_time_code"} for loc in LOCALES
    }
    problems = checked("order-status", ALONE, texts).problems
    places = {(problem.code, problem.journey, problem.section) for problem in problems}
    assert places == {("prompt_missing", "identify-customer", section) for section in ("start", "strong")}
    assert any("identity.check_code" in line for line in problems[0].transcript)


@pytest.mark.parametrize("field", ["status", "tracking", "expected_on"])
def test_a_field_the_backend_may_leave_empty_is_not_said_unasked(field: str):
    texts: dict[Locale, dict[str, str]] = {
        loc: {**TEXTS[loc], "odd.said": f"It says {{order.{field}}}."} for loc in LOCALES
    }
    said = section("look_up", lambda b: (b[0], Say("odd.said"), *b[1:]))
    library = {**ALONE, "order-status": said(ALONE["order-status"])}
    (problem,) = [p for p in checked("order-status", library, texts).problems if p.code == "variable_unset"]
    assert problem.cause.details["name"] == f"order.{field}"
    assert any(f"{field}=None" in line for line in problem.transcript)


def test_a_field_asked_for_before_it_is_said_is_fine():
    texts: dict[Locale, dict[str, str]] = {
        loc: {**TEXTS[loc], "odd.said": "It says {order.delay_reason}."} for loc in LOCALES
    }
    present = When(Compare(Var("order.delay_reason"), "is_set"), then=(Say("odd.said"),))
    guarded = section("late", lambda b: (present, *b))
    report = checked("order-status", {**ALONE, "order-status": guarded(ALONE["order-status"])}, texts)
    assert report.ok, report.lines()
