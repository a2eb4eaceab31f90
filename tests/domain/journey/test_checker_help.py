"""A help page is refused when a step of it needs a contact, or a field of it asks for something personal."""

from importlib.resources import files

import pytest

from warmline.domain.journey.checker import check
from warmline.domain.journey.checker_report import Report
from warmline.domain.journey.checker_static import World
from warmline.domain.journey.checker_words_names import STEP_NAMES
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
    Menu,
    NumberInput,
    Option,
    Reason,
    Return,
    Say,
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

WORLD = World(frozenset({"q"}), frozenset(), {"look.up": TaskSpec()})
OWN = {key: key for key in ("title", "label", "send", "stop", "bye", "hello")}
BYE: Block = (End("bye"),)


def report(*steps: Step, also: tuple[Journey, ...] = (), kind: str = "help", locale: Locale = "en") -> Report:
    sections: dict[str, Block] = {"start": (*steps, End("bye"))}
    if kind == "journey":
        sections["agent"] = BYE
    one = Journey("h", BYE, sections, kind="help" if kind == "help" else "journey")
    catalogues: dict[Locale, dict[str, str]] = {
        each: {
            **parse_catalogue((files("warmline") / "prompts" / f"{each}.toml").read_text(encoding="utf-8")),
            **OWN,
        }
        for each in LOCALES
    }
    return check("h", {"h": one, **{other.id: other for other in also}}, WORLD, catalogues, locale=locale)


def codes(*steps: Step, also: tuple[Journey, ...] = (), kind: str = "help") -> list[str]:
    return [problem.code for problem in report(*steps, also=also, kind=kind).problems]


def module(*steps: Step, name: str = "m") -> Journey:
    return Journey(name, (Return(),), {"start": (*steps, Return())}, kind="module")


def test_a_page_of_cards_and_branches_is_fine_without_a_way_to_people_and_without_timers() -> None:
    card = Show(
        "title", ("hello",), (Field("n", "label", NumberInput(0, 9)),),
        (Option("send", "send"), Option("stop", "stop", then=BYE)),
    )  # fmt: skip
    proved = report(card, When(Compare(Var("n"), ">", 5), (Say("hello"),)), CallModule("m"), also=(module(card),))
    assert proved.ok, proved.lines()
    assert proved.complete


@pytest.mark.parametrize(
    "step",
    [
        Enqueue("q", (), (), ()),
        Menu("title", (Option("a", "send"),), BYE),
        Ask("n", "title", DigitsInput(), BYE),
        Invoke("look.up", "found", BYE),
        Reason("refund"),
    ],
    ids=lambda step: str(step.__struct_config__.tag),
)
def test_what_needs_a_contact_is_refused_on_a_page_and_in_the_modules_it_calls(step: Step) -> None:
    assert "not_in_help" in codes(step)
    outer = module(CallModule("deep"), name="m")
    (problem,) = [
        one
        for one in report(CallModule("m"), also=(outer, module(step, name="deep"))).problems
        if one.code == "not_in_help" and one.journey == "h"
    ]
    assert problem.cause.details["module"] == "deep"


@pytest.mark.parametrize("sensitivity", ["pii", "secret"])
def test_a_page_asks_for_nothing_personal_or_secret(sensitivity: str) -> None:
    card = Show("title", fields=(Field("pin", "label", TextInput(), sensitivity=sensitivity),))  # pyright: ignore[reportArgumentType]
    assert "help_asks_personal" in codes(card)
    assert "help_asks_personal" in codes(CallModule("m"), also=(module(card),))
    assert "file_field" in codes(Show("title", fields=(Field("photo", "label", FileInput(), required=False),)))
    assert "personal_in_clear" in codes(Show("title", fields=(Field("mail", "label", EmailInput()),)))


def test_a_page_takes_no_files_for_nobody_is_there_to_have_them() -> None:
    card = Show("title", fields=(Field("photo", "label", FileInput(), required=False),))
    assert "file_field" in codes(card)
    assert "file_field" in codes(CallModule("m"), also=(module(card),))


def test_no_conversation_is_led_into_a_help_page() -> None:
    page = Journey("other", BYE, {"start": BYE}, kind="help")
    assert "help_not_called" in codes(TransferJourney("other"), also=(page,), kind="journey")
    assert "help_not_called" in codes(CallModule("other"), also=(page,))


@pytest.mark.parametrize("written", ["money:KRW", "date", "number", "phone"])
def test_what_an_address_gives_along_is_any_words_so_it_fits_no_format(written: str) -> None:
    page = Journey("h", BYE, {"start": (Say("told"), End("bye"))}, kind="help", parameters=("given",))
    catalogues: dict[Locale, dict[str, str]] = {
        each: {**OWN, "told": f"You have {{given:{written}}}."} for each in LOCALES
    }
    assert {one.code for one in check("h", {"h": page}, WORLD, catalogues).problems} == {"format_unfit"}
    plain: dict[Locale, dict[str, str]] = {
        each: {**texts, "told": "You have {given}."} for each, texts in catalogues.items()
    }
    assert check("h", {"h": page}, WORLD, plain).ok


@pytest.mark.parametrize("locale", LOCALES)
def test_the_refusal_is_told_in_the_readers_language(locale: Locale) -> None:
    (problem,) = report(Reason("refund"), locale=locale).problems
    assert f"`{STEP_NAMES['reason'][locale]}`" in problem.text
    assert problem.fix


@pytest.mark.parametrize("name", ["card_number", "password", "form.birth_date", "phone"])
def test_a_page_asks_for_nothing_that_is_personal_by_its_name(name: str) -> None:
    assert "help_asks_personal" in codes(Show("title", fields=(Field(name, "label", TextInput()),)))


@pytest.mark.parametrize("name", ["symptom", "spinning", "cardinal", "order_number", "bought_on"])
def test_a_name_that_only_looks_alike_is_no_matter(name: str) -> None:
    assert "help_asks_personal" not in codes(Show("title", fields=(Field(name, "label", TextInput()),)))
