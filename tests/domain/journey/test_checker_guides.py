"""Guides are proved as agents walk them, and cards as customers meet them."""

from importlib.resources import files

import pytest
from msgspec.structs import replace

from warmline.domain.journey.checker import check
from warmline.domain.journey.checker_report import Report
from warmline.domain.journey.checker_static import World
from warmline.domain.journey.document import (
    Ask,
    Block,
    CallModule,
    Compare,
    DigitsInput,
    EmailInput,
    End,
    Enqueue,
    Field,
    FileInput,
    Invoke,
    Journey,
    NumberInput,
    Option,
    Return,
    Say,
    Set,
    Show,
    Step,
    TextInput,
    TransferJourney,
    Var,
    When,
)
from warmline.domain.journey.prompts import parse_catalogue
from warmline.domain.journey.tasks import TaskSpec
from warmline.kernel.locale import LOCALES, Locale

WORLD = World(frozenset({"q"}), frozenset(), {"refund": TaskSpec()})
OWN = {key: key for key in ("title", "label", "send", "stop", "bye", "hello")}
FORM = (Field("amount", "label", NumberInput(0, 100)),)


def found(*steps: Step, kind: str = "guide", also: tuple[Journey, ...] = (), **texts: str) -> list[str]:
    """The codes of what is wrong with a journey of these steps."""
    return [problem.code for problem in report(*steps, kind=kind, also=also, **texts).problems]


def report(*steps: Step, kind: str = "guide", also: tuple[Journey, ...] = (), **texts: str) -> Report:
    sections: dict[str, Block] = {"start": (*steps, End("bye"))}
    if kind == "journey":
        sections["agent"] = (End("bye"),)
    one = Journey("g", (End("bye"),), sections, kind="guide" if kind == "guide" else "journey")
    catalogues: dict[Locale, dict[str, str]] = {
        locale: {
            **parse_catalogue((files("warmline") / "prompts" / f"{locale}.toml").read_text(encoding="utf-8")),
            **OWN,
            **texts,
        }
        for locale in LOCALES
    }
    return check("g", {"g": one, **{other.id: other for other in also}}, WORLD, catalogues)


def test_a_guide_of_cards_that_ends_on_every_path_is_fine() -> None:
    card = Show("title", fields=FORM, options=(Option("send", "send"), Option("stop", "stop", then=(End("bye"),))))
    proved = report(card, When(Compare(Var("amount"), ">", 50), (Say("hello"),)), Show("title", next="send"))

    assert proved.ok
    assert proved.complete
    assert proved.states == 2, "the two cards, whatever was entered: nothing reads it any more"


def test_what_speaks_to_a_customer_is_found_in_a_module_of_a_module_too() -> None:
    asking = Ask("n", "title", DigitsInput(), (Return(),))
    inner = Journey("inner", (Return(),), {"start": (asking, Return())}, kind="module")
    outer = Journey("outer", (Return(),), {"start": (CallModule("inner"), Return())}, kind="module")
    (problem,) = report(CallModule("outer"), also=(outer, inner)).problems
    assert (problem.code, problem.cause.details) == ("not_in_guide", {"step": "ask", "module": "inner"})


@pytest.mark.parametrize("kind", ["guide", "journey"])
def test_an_entry_that_may_be_empty_is_not_said_as_if_it_were_there(kind: str) -> None:
    optional = (Field("note", "label", TextInput(), required=False),)
    card = Show("title", fields=optional, give_up=(End("bye"),))

    assert "variable_unset" in found(card, Say("hello"), kind=kind, hello="You wrote {note}")
    asked_first = When(Compare(Var("note"), "is_set"), (Say("hello"),))
    assert found(card, asked_first, kind=kind, hello="You wrote {note}") == []


def test_a_way_that_only_one_entry_leads_to_is_found_and_told() -> None:
    card = Show("title", fields=(Field("order", "label", DigitsInput(4, 4)),))
    proved = report(card, When(Compare(Var("order"), "==", "4711"), (Say("hello"),)), hello="a {nothing}")

    (problem,) = proved.problems
    assert problem.code == "variable_unset"
    assert problem.channel == "guide"
    assert "Customer: order: 4711, [next]" in problem.transcript
    assert not problem.text.startswith("By telephone")


def test_a_refund_started_from_a_guide_is_tried_with_all_its_answers() -> None:
    assert found(Invoke("refund", "done", (), result=("id",)), Say("hello"), hello="Number {done.id}") == [
        "variable_unset"
    ]
    assert (
        found(Invoke("refund", "done", (End("bye"),), result=("id",)), Say("hello"), hello="Number {done.id}")
        == []
    )


def test_a_guide_cannot_hold_what_needs_a_customer() -> None:
    assert "not_in_guide" in found(Enqueue("q", (), (), ()))
    sent = Journey("m", (Return(),), {"start": (Enqueue("q", (), (), ()), Return())}, kind="module")
    problems = report(CallModule("m"), also=(sent,)).problems
    assert ("not_in_guide", "module") in {(one.code, one.cause.variant) for one in problems}


def test_no_journey_leads_its_customers_into_a_guide() -> None:
    guide = Journey("other", (End("bye"),), {"start": (End("bye"),)}, kind="guide")
    assert "guide_not_called" in found(TransferJourney("other"), kind="journey", also=(guide,))


def test_only_the_customers_chat_takes_files_and_nobody_has_to_send_one() -> None:
    def told(*steps: Step, kind: str = "journey", also: tuple[Journey, ...] = ()) -> set[str]:
        problems = report(*steps, kind=kind, also=also).problems
        return {one.cause.variant for one in problems if one.code == "file_field"}

    photo = Field("photo", "label", FileInput(), required=False)
    assert told(Show("title", fields=(photo,))) == set()
    assert told(Show("title", fields=(replace(photo, required=True),))) == {"required"}
    assert told(Show("title", fields=(replace(photo, sensitivity="secret"),))) == {"secret"}
    assert told(Ask("photo", "title", FileInput(), give_up=(End("bye"),))) == {""}
    assert told(Show("title", fields=(photo,)), kind="guide") == {"guide"}
    sent = Journey("m", (Return(),), {"start": (Show("title", fields=(photo,)), Return())}, kind="module")
    assert told(CallModule("m"), kind="guide", also=(sent,)) == {"guide"}


def test_what_follows_from_a_file_is_proved_with_one_and_without() -> None:
    photo = Show("title", fields=(Field("photo", "label", FileInput(), required=False),), give_up=(End("bye"),))
    seen = When(Compare(Var("photo"), "is_set", True), (Say("hello"),), (End("bye"),))
    proved = report(photo, seen, kind="journey")
    assert proved.ok, "\n".join(proved.lines())


def test_cards_are_bound_by_the_rules_of_questions() -> None:
    twice = Show("title", fields=(*FORM, *FORM))
    assert "field_twice" in found(twice)
    assert "option_twice" in found(Show("title", options=(Option("a", "send"), Option("a", "stop"))))
    assert "nothing_fits" in found(Show("title", fields=(Field("n", "label", NumberInput(9, 1)),)))
    assert "out_of_range" in found(Show("title", fields=FORM, attempts=0))
    assert "prompt_missing" in found(Show("title", ("nowhere",)))


def test_what_is_personal_or_secret_on_a_card_is_guarded_as_in_a_question() -> None:
    mail = Show("title", fields=(Field("mail", "label", EmailInput()),))
    assert "personal_in_clear" in found(mail)
    secret = Show("title", fields=(Field("pin", "label", DigitsInput(), sensitivity="secret"),))
    assert "secret_leaks" in found(secret, Set("copy", Var("pin")))


def test_a_caller_who_cannot_key_a_field_needs_another_way_unless_it_may_be_empty() -> None:
    written = Field("note", "label", TextInput())
    assert "no_keys" in found(Show("title", fields=(written,)), kind="journey")
    assert found(Show("title", fields=(written,), give_up=(End("bye"),)), kind="journey") == []
    left_out = Field("note", "label", TextInput(), required=False)
    assert found(Show("title", fields=(left_out,)), kind="journey") == []
