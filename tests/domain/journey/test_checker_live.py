"""A variable that nobody can read any more does not make two situations different."""

from warmline.domain.journey.checker_live import ASSURANCE, Liveness
from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.document import (
    Ask,
    CallModule,
    Compare,
    DigitsInput,
    End,
    Goto,
    Hours,
    Journey,
    Return,
    Say,
    Set,
    Step,
    TransferJourney,
    Var,
    Verify,
    When,
)
from warmline.kernel.locale import LOCALES

TEXTS = PromptSource({loc: {"name": "Hi {person.name}", "bye": "Bye"} for loc in LOCALES})
END = (End("bye"),)


def _live(*start: Step, more: dict[str, tuple[Step, ...]] | None = None, **others: tuple[Step, ...]) -> Liveness:
    main = Journey(id="main", on_error=END, sections={"start": start, "agent": END, **(more or {})})
    library = {"main": main}
    for name, steps in others.items():
        library[name] = Journey(id=name, on_error=END, sections={"start": steps, "agent": END})
    return Liveness(library, TEXTS, "webchat")


def test_a_variable_is_live_until_its_last_reader():
    live = _live(Set("person", "x"), Say("name"), End("bye"))
    assert live.at("main", "start", (0,)) == frozenset()
    assert live.at("main", "start", (1,)) == {"person"}
    assert live.at("main", "start", (2,)) == frozenset()


def test_what_a_branch_reads_is_live_before_the_branch_and_what_follows_too():
    inner = When(Compare(Var("order.status"), "==", Var("wanted")), then=(Say("name"),))
    live = _live(Hours("seoul", closed=END), inner, Set("total", Var("sum")), End("bye"))
    assert live.at("main", "start", ()) == {"order", "wanted", "person", "sum"}
    assert live.at("main", "start", (1, "then", 0)) == {"person", "sum"}


def test_jumps_carry_what_their_target_reads():
    live = _live(Goto("later"), more={"later": (TransferJourney("other"),)}, other=(Say("name"), End("bye")))
    assert live.at("main", "start", ()) == {"person"}


def test_a_customer_who_may_ask_for_an_agent_keeps_what_that_section_reads():
    ask = Ask("n", "bye", DigitsInput(1, 2), give_up=END)
    live = _live(ask, End("bye"), more={"agent": (Say("name"), End("bye"))})
    assert "person" in live.at("main", "start", (0,))


def test_modules_read_their_own_variables_only():
    live = _live(
        CallModule("other", {"a": Var("b")}, into="c"), Say("name"), End("bye"), other=(Return(Var("a")),)
    )
    assert live.at("main", "start", ()) == {"b", "person"}
    assert live.at("other", "start", ()) == {"a"}


def test_the_identity_level_matters_only_before_a_verification():
    live = _live(Verify("account_pin", Var("account"), failed=END, locked=END), End("bye"))
    assert live.at("main", "start", (0,)) == {"account", ASSURANCE}
    assert live.at("main", "start", (1,)) == frozenset()


def test_the_identity_level_matters_before_a_module_that_verifies():
    proof = Verify("account_pin", Var("account"), failed=END, locked=END)
    live = _live(CallModule("other", {"account": "A"}), End("bye"), other=(proof, Return()))
    assert live.at("main", "start", (0,)) == {ASSURANCE}
    assert live.at("main", "start", (1,)) == frozenset()


def test_what_a_module_was_given_is_read_by_the_time_it_runs():
    call = CallModule("other", {"name": Var("number")}, into="found")
    live = _live(call, Say("name"), Set("x", Var("found")), End("bye"), other=(Say("bye"), Return(1)))
    assert live.at("main", "start", (0,)) == {"number", "person"}
    assert live.behind("main", "start", (0,)) == {"person"}
